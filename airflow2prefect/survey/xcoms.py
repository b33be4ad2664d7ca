"""XComs of a DAG: what each task pushes, who pulls it, and what does not meet.

Airflow: https://github.com/apache/airflow/blob/1.10.15/airflow/models/xcom.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal as OneOf

from airflow2prefect.emit.pulls import gives, of_shape, outputs_keys, resolve_pull
from airflow2prefect.emit.values import value_needs
from airflow2prefect.inventory import Status, XCom
from airflow2prefect.model import Callable, Dag, FlowPlan, Literal, Pairs, Pull, Reference, Return, Sequence, Task, Value, XComOf
from airflow2prefect.plan.rules import descendants
from airflow2prefect.survey.code import Doings
from airflow2prefect.survey.returns import gives_nothing, handed, keys_returned, worth_of
from airflow2prefect.survey.tasks import Tasks, texts

RETURNED = "return_value"
FAILS = ("A2P203", "A2P322")  # gaps of tasks that Airflow fails as well
LINEAGE = ("outlets", "inlets")  # Airflow pushes what these name as well, for its lineage
# A template that pushes.
_PUSH = re.compile(r"\b(?:ti|task_instance)\.xcom_push\([^)]*?key\s*=\s*['\"](?P<key>[^'\"]+)")
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
                if read or push.key in self.plan.bodies[task.task_id].keys:
                    made += read  # what an operator pushes besides, and nobody reads, is not worth a word
                elif push.key.startswith("pipeline_") or self._maybe_read(push.key, pulls):
                    made.append(replace(base, status="assumed"))
                else:
                    made.append(base)
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
        body = self.plan.bodies[task.task_id]
        made = () if _is_false(task.argument("do_xcom_push")) else self._returned(task)
        for pushed in (*made, *self._keys(task, task.callable, next(self.tasks.doings(task), None))):
            # A task that Airflow fails as well returns nothing until it is mended: what it would push is still of interest.
            yield replace(pushed, certain=False) if pushed.implicit and body.gap is not None and body.gap.code in FAILS else pushed
        line = task.site.line
        yield from (_Pushed(key, line, False, True, "") for key in body.keys)
        yield from (_Pushed(f"pipeline_{name}", line, True, True, "") for name in LINEAGE if _is_given(task.argument(name)))
        for value in task.arguments.values():
            for text in texts(value) if task.callable is None else ():
                yield from (_Pushed(found["key"], line, True, False, "") for found in _PUSH.finditer(text))

    def _returned(self, task: Task) -> Iterator[_Pushed]:
        function, body, line = task.callable, self.plan.bodies[task.task_id], task.site.line
        if body.chooses:
            # 1.10 and 2.x keep which tasks were chosen, for tasks that are cleared; a short-circuit of 2.x gives what was true.
            if self.dag.airflow >= 2:
                returned, certain = self._worth(task, function) if function is not None else ([], True)
                if returned or function is None:
                    yield _Pushed(RETURNED, line, certain and body.chooses == "branch", True, "")
        elif function is not None:
            doings = next(self.tasks.doings(task), None)
            returned, certain = self._worth(task, function)
            if returned:
                at = min((r.span.line for r in returned), default=function.span.line)
                yield _Pushed(RETURNED, at, certain, True, doings.returned if doings else "")
        elif body.gap is None and gives(self.plan, task):
            called = task.argument("python_callable")
            if not isinstance(called, Reference):
                yield _Pushed(RETURNED, line, True, True, "")
            elif not gives_nothing(called.path or called.name):
                yield _Pushed(RETURNED, line, False, True, "")

    def _worth(self, task: Task, function: Callable) -> tuple[list[Return], bool]:
        """The returns that may give a value, and whether one is given in any case."""
        valued = [r for r in function.returns if r.value is not None and not r.is_none]
        if function.kind == "lambda" and not valued:
            valued = [Return(function.span, function.body)]
        own = self.tasks.function(task)
        if own is None:
            return valued, not function.ends_open and len(valued) == len(function.returns)
        worths = worth_of(self.tasks.code, own)
        if function.kind != "lambda":
            written = [r for r in function.returns if r.value is not None]
            if len(written) != len(worths):
                return valued, False
            valued = [r for r, worth in zip(written, worths, strict=True) if worth != "nothing"]
        elif worths == ("nothing",):
            valued = []
        bare = len(function.returns) > len(worths) and function.kind != "lambda"
        return valued, not function.ends_open and not bare and set(worths) == {"something"}

    def _keys(self, task: Task, function: Callable | None, doings: Doings | None) -> Iterator[_Pushed]:
        own = self.tasks.function(task)
        if own is not None and outputs_keys(task):
            for key, always in keys_returned(self.tasks.code, own).items():
                yield _Pushed(key, task.site.line, always, True, "")
        if self.dag.airflow >= 2 and task.operator.rpartition(".")[2] == "TriggerDagRunOperator":
            yield _Pushed("trigger_run_id", task.site.line, True, True, "")
        if function is None:
            return
        for push in function.pushes:
            value = doings.pushed.get(push.span.line, "") if doings else ""
            yield _Pushed(push.key or "", push.span.line, push.always, False, value)
        for push in function.helper_pushes:
            given = handed(self.tasks.code, own, push.span.line, push.key_text) if push.key is None and own is not None else None
            for key in given or (push.key or "",):
                yield _Pushed(key, push.span.line, False, False, "")

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
        own = self.tasks.function(task) if pull.task_ids is None and not pull.any_task else None
        if own is not None and task.callable is not None and pull in task.callable.helper_pulls:
            pull = replace(pull, task_ids=handed(self.tasks.code, own, pull.span.line, pull.ids_text))
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


def _is_given(value: Value | None) -> bool:
    return value is not None and not (isinstance(value, Literal) and not value.value) and not (isinstance(value, Sequence) and not value.items)


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
