"""Mapped tasks: which may have no run at all, and which may return nothing."""

from __future__ import annotations

from collections.abc import Mapping

from airflow2prefect.model import Body, Dag, Loop, Task, XComOf


def may_be_empty(dag: Dag, bodies: Mapping[str, Body]) -> frozenset[str]:
    """The mapped tasks for which there may be nothing to map over: Airflow skips them."""
    by_id = {task.task_id: task for task in dag.tasks}
    found: set[str] = set()

    def visit(task_id: str) -> bool:
        body = bodies[task_id]
        if not body.may_be_empty:
            return False
        for value in body.over.values():
            producer = by_id.get(value.task_id) if isinstance(value, XComOf) else None
            # What another mapped task returned, as long as it returns something.
            whole = producer is not None and isinstance(value, XComOf) and value.key == "return_value"
            if producer is None or not whole or not bodies[producer.task_id].over or gives_nothing(producer, bodies[producer.task_id]):
                return True
            if visit(producer.task_id):
                return True
        return False

    found.update(task.task_id for task in dag.tasks if bodies[task.task_id].over and visit(task.task_id))
    return frozenset(found) | _first_of_groups(dag)


def group_loop(dag: Dag, task: Task) -> Loop | None:
    """The loop that stands for the mapped group that a task is in."""
    return next((dag.loops[each.loop] for each in task.iterations if dag.loops[each.loop].over), None)


def is_written(loop: Loop) -> bool:
    """Whether all that a group is mapped over is written out."""
    return not any(isinstance(value, XComOf) for _, value in loop.over)


def _first_of_groups(dag: Dag) -> frozenset[str]:
    """The first tasks of groups that are mapped over what only the run knows: without anything to map over they are skipped."""
    homes = {task.task_id: loop for task in dag.tasks if (loop := group_loop(dag, task)) is not None and not is_written(loop)}
    later = {down for up, down in dag.edges if down in homes and homes.get(up) is homes[down]}
    return frozenset(homes.keys() - later)


def gives_nothing(task: Task, body: Body) -> bool:
    """Whether a run may evidently end without a value: Airflow leaves it out of the list that others take."""
    function = task.callable
    if body.template or function is None:
        return not body.returns or not body.template
    if function.kind == "lambda":
        return False
    return function.may_skip or function.ends_open or any(each.value is None or each.is_none for each in function.returns)


def may_skip(task: Task, body: Body) -> bool:
    """Whether a task may end as skipped by what it does itself."""
    return body.skips or (not body.passive and task.callable is not None and task.callable.may_skip)
