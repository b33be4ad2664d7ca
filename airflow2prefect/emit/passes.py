"""Loops that cannot be kept because of what their tasks take from each other."""

from __future__ import annotations

from collections.abc import Iterator

from airflow2prefect.emit.tasks import Impossible
from airflow2prefect.emit.values import value_needs
from airflow2prefect.model import FlowPlan, Need, Step, Task


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


def _needs(plan: FlowPlan, task: Task) -> Iterator[Need]:
    body = plan.bodies[task.task_id]
    for value in (*body.fields.values(), body.args, body.kwargs):
        yield from (need for need in value_needs(value) if need.kind == "xcom")
    for pull in task.callable.pulls if task.callable is not None else ():
        yield from (Need("xcom", task_id) for task_id in pull.task_ids or ())
