"""Loops that cannot be kept because of what their tasks take from each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from airflow2prefect.emit.draft import Draft
from airflow2prefect.emit.tasks import Impossible
from airflow2prefect.emit.values import Scope, text_of, value_needs
from airflow2prefect.model import Body, FlowPlan, Need, Step, Task
from airflow2prefect.plan.policy import Policy


def check_passes(plan: FlowPlan, step: Step) -> None:
    """Raises Impossible for a loop in which a task takes an XCom of another pass: the flow's variable is that of its own."""
    for task in step.tasks if step.loops else ():
        for need in _needs(plan, task):
            found = plan.steps_by_task.get(task.within + need.name)
            if found is None or not found.loops or need.default is not None:
                continue
            depth = len(found.loops)
            producer = next(t for t in found.tasks if t.task_id == task.within + need.name)
            if step.loops[:depth] == found.loops and producer.iterations[:depth] != task.iterations[:depth]:
                raise Impossible("for", need.name, step, loop=step.loops[0])


def check_alike(draft: Draft, plan: FlowPlan, step: Step, policies: Mapping[str, Policy]) -> None:
    """Raises Impossible for a loop whose passes differ in more than the loop's variables: one call cannot be all of them."""
    if not step.loops or len(step.tasks) < 2:
        return
    known, first = _written(draft, plan, step, step.task), policies[step.task.task_id]
    scope = Scope(draft, plan.targets(step.loops), lambda need: None)
    callbacks = [(name, text_of(value, scope)) for name, value in first.callbacks]
    for task in step.tasks[1:]:
        own = policies[task.task_id]
        same = own.options == first.options and [(name, text_of(value, scope)) for name, value in own.callbacks] == callbacks
        if not same or _written(draft, plan, step, task) != known:
            raise Impossible("for", task.task_id, step, loop=_differs(step, task))


def _differs(step: Step, task: Task) -> int:
    """The innermost loop of a step that is in another pass for this task than for the first."""
    first = {each.loop: each.index for each in step.task.iterations}
    here = {each.loop: each.index for each in task.iterations}
    return next((loop for loop in reversed(step.loops) if first[loop] != here[loop]), step.loops[-1])


def _written(draft: Draft, plan: FlowPlan, step: Step, task: Task) -> object:
    """All that the flow would say of one pass, in the loop's variables; what it needs of other tasks by the calls that give it."""
    body = plan.bodies[task.task_id]

    def need(each: Need) -> str:
        found = plan.steps_by_task.get(task.within + each.name) if each.kind == "xcom" else None
        return f"need_{abs(hash((each.kind, each.name if found is None else found.index, each.key, each.default)))}"

    scope = Scope(draft, plan.targets(step.loops), need)
    values = (*task.outer, task.id_value, *body.fields.values(), *(body.polls or {}).values(), *body.over.values(), body.args, body.kwargs)
    function = None if task.callable is None else task.callable.span.start
    return _shape(body), function, [None if value is None else text_of(value, scope) for value in values]


def _shape(body: Body) -> object:
    """What of a body is no value."""
    gap = None if body.gap is None else body.gap.code
    return gap, body.template, dict(body.words), dict(body.flags), body.returns, body.builds, tuple(body.fields), body.driver


def _needs(plan: FlowPlan, task: Task) -> Iterator[Need]:
    body = plan.bodies[task.task_id]
    for value in (*body.fields.values(), body.args, body.kwargs):
        yield from (need for need in value_needs(value) if need.kind == "xcom")
    for pull in task.callable.pulls if task.callable is not None else ():
        yield from (Need("xcom", task_id) for task_id in pull.task_ids or ())
