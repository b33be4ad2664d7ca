"""XComs of a DAG: what each task pushes, who pulls it, and what does not meet.

Airflow: https://github.com/apache/airflow/blob/1.10.15/airflow/models/xcom.py
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal as OneOf

from airflow2prefect.emit.pulls import gives, of_shape, resolve_pull
from airflow2prefect.emit.values import value_needs
from airflow2prefect.inventory import Status, XCom
from airflow2prefect.model import Callable, Dag, FlowPlan, Literal, Pairs, Pull, Reference, Sequence, Task, Value, XComOf
from airflow2prefect.plan.rules import descendants
from airflow2prefect.survey.code import Doings
from airflow2prefect.survey.tasks import Tasks

RETURNED = "return_value"
How = OneOf["python", "template", "output"]


@dataclass(frozen=True, slots=True)
class _Pushed:
    key: str
    line: int
    certain: bool
    implicit: bool
    value: str


@dataclass(frozen=True, slots=True)
class _Pulled:
    producer: str
    key: str
    line: int
    how: How
    status: Status


def xcoms_of(dag: Dag, plan: FlowPlan, tasks: Tasks) -> tuple[XCom, ...]:
    """All XComs of a DAG, in the order of the tasks that push them; then pulls of what nobody pushes."""
    return _Dag(dag, plan, tasks).xcoms()


class _Dag:
    def __init__(self, dag: Dag, plan: FlowPlan, tasks: Tasks) -> None:
        self.dag, self.plan, self.tasks = dag, plan, tasks
        self.below = descendants(dag)
        self.by_id = {task.task_id: task for task in dag.tasks}
        self.pushes = {task.task_id: list(self._pushes(task)) for task in dag.tasks}

    def xcoms(self) -> tuple[XCom, ...]:
        pulls = {task.task_id: list(dict.fromkeys(self._pulls(task))) for task in self.dag.tasks}
        made: list[XCom] = []
        for task in self.dag.tasks:
            for push in self.pushes[task.task_id]:
                base = XCom(task.task_id, push.key, push.line, "", 0, "unread", "", push.implicit, push.certain, push.value)
                read = [
                    replace(base, consumer=consumer, pull_line=pull.line, how=pull.how, status=pull.status)
                    for consumer, pulled in pulls.items()
                    for pull in pulled
                    if pull.producer == task.task_id and pull.key in (push.key, "*")
                ]
                made += read or ([base] if not self._maybe_read(push.key, pulls) else [replace(base, status="assumed")])
        for consumer, pulled in pulls.items():
            for pull in pulled:
                keys = {push.key for push in self.pushes.get(pull.producer, ())}
                if pull.producer not in self.by_id or not (pull.key in keys or (pull.key == "*" and keys)):
                    made.append(XCom(pull.producer, pull.key, 0, consumer, pull.line, pull.status, pull.how))
        return tuple(made)

    def _maybe_read(self, key: str, pulls: Mapping[str, list[_Pulled]]) -> bool:
        """Whether a pull that is only known at run time may be of this key, or a task instance goes where it is not followed."""
        computed = any(p.status == "computed" and p.key in (key, "*", "") for pulled in pulls.values() for p in pulled)
        return computed or any(task.callable is not None and task.callable.hands_on for task in self.dag.tasks)

    # ------------------------------------------------------------------ pushes

    def _pushes(self, task: Task) -> Iterator[_Pushed]:
        function, line = task.callable, task.site.line
        body = self.plan.bodies[task.task_id]
        doings = next(self.tasks.doings(task), None)
        if _is_false(task.argument("do_xcom_push")):
            yield from self._keys(function, doings)
            return
        if function is not None and not body.chooses:
            returned = [r for r in function.returns if r.value is not None and not r.is_none]
            if returned or function.kind == "lambda":
                certain = not function.ends_open and len(returned) == len(function.returns)
                at = min((r.span.line for r in returned), default=function.span.line)
                yield _Pushed(RETURNED, at, certain, True, doings.returned if doings else "")
        elif body.chooses:
            # 1.10 and 2.x keep which tasks were chosen, for tasks that are cleared.
            yield from self._chosen(task, line)
        elif body.gap is None and gives(self.plan, task):
            yield _Pushed(RETURNED, line, task.callable is None and not isinstance(task.argument("python_callable"), Reference), True, "")
        yield from self._keys(function, doings)

    def _chosen(self, task: Task, line: int) -> Iterator[_Pushed]:
        if self.dag.airflow >= 2:
            yield _Pushed(RETURNED, line, True, True, "")

    def _keys(self, function: Callable | None, doings: Doings | None) -> Iterator[_Pushed]:
        if function is None:
            return
        for push in function.pushes:
            value = doings.pushed.get(push.span.line, "") if doings else ""
            yield _Pushed(push.key or "", push.span.line, push.always, False, value)
        for push in function.helper_pushes:
            yield _Pushed(push.key or "", push.span.line, False, False, "")

    # ------------------------------------------------------------------ pulls

    def _pulls(self, task: Task) -> Iterator[_Pulled]:
        function = task.callable
        if function is not None:
            for pull in (*function.pulls, *function.helper_pulls):
                yield from self._of_code(task, pull)
        body = self.plan.bodies[task.task_id]
        line = task.site.line
        for value in (*body.fields.values(), body.args, body.kwargs):
            for need in value_needs(value):
                if need.kind == "xcom":
                    yield self._pulled(task, need.name, need.key, line, "template")
        for value in task.arguments.values():
            for output in _outputs(value):
                yield self._pulled(task, output.task_id, output.key, line, "output")

    def _of_code(self, task: Task, pull: Pull) -> Iterator[_Pulled]:
        line, key = pull.span.line, "" if pull.key is None else pull.key
        if pull.foreign:
            status: Status = "earlier run" if "prior" in pull.foreign else "other DAG"
            for producer in pull.task_ids or ("",):
                yield _Pulled(producer, key, line, "python", status)
            return
        producers = self._producers(task, pull)
        if producers is None or pull.key is None:
            yield _Pulled(next(iter(producers or ()), ""), key, line, "python", "computed")
            return
        for producer in producers:
            yield self._pulled(task, producer, key, line, "python")

    def _producers(self, task: Task, pull: Pull) -> tuple[str, ...] | None:
        """The tasks that a pull names; None if only the run knows."""
        if pull.task_ids is not None:
            return pull.task_ids
        if pull.candidates:
            return pull.candidates
        step = self.plan.steps_by_task[task.task_id]
        if pull.any_task:
            before = [t for t in self.by_id if task.task_id in self.below[t]]
            wanted = [t for t in before if any(push.key == pull.key for push in self.pushes[t])]
            blind = any(push.key == "" for t in before for push in self.pushes[t])
            return tuple(wanted) or (None if blind else ("",))
        if pull.pattern is not None:
            found = resolve_pull(self.plan, step, pull)
            return None if found is None else tuple(t.task_id for need in found for t in self.plan.steps_by_task[need.name].tasks)
        given = self._given(task, pull.ids_text)
        if given is not None:
            return given
        return tuple(of_shape(self.plan, pull.shape)) or None if pull.shape else None

    def _given(self, task: Task, name: str) -> tuple[str, ...] | None:
        """The ids that op_kwargs give for a parameter of the callable."""
        kwargs = task.argument("op_kwargs")
        for key, value in kwargs.items if isinstance(kwargs, Pairs) else ():
            if isinstance(key, Literal) and key.value == name:
                items = value.items if isinstance(value, Sequence) else (value,)
                ids = tuple(item.value for item in items if isinstance(item, Literal) and isinstance(item.value, str))
                return ids if len(ids) == len(items) else None
        return None

    def _pulled(self, task: Task, producer: str, key: str, line: int, how: How) -> _Pulled:
        return _Pulled(producer, key, line, how, self._status(task, producer, key))

    def _status(self, task: Task, producer: str, key: str) -> Status:
        other = self.by_id.get(producer)
        if other is None:
            return "no producer"
        if task.task_id not in self.below[producer]:
            return "not before"
        keys = {push.key for push in self.pushes[producer]}
        if key in keys or (key == "*" and keys):
            return "read"
        return "no producer" if self._seen(other) and "" not in keys else "assumed"

    def _seen(self, task: Task) -> bool:
        """Whether all that a task pushes can be seen from here."""
        body, function = self.plan.bodies[task.task_id], task.callable
        if function is not None:
            return not function.hands_on and function.kind != "other"
        return body.gap is None and bool(body.template)


def _is_false(value: Value | None) -> bool:
    return isinstance(value, Literal) and value.value is False


def _outputs(value: Value) -> Iterator[XComOf]:
    match value:
        case XComOf():
            yield value
        case Sequence(items=items):
            for item in items:
                yield from _outputs(item)
        case Pairs(items=pairs):
            for _, item in pairs:
                yield from _outputs(item)
