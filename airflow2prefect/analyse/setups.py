"""Setups and teardowns (Airflow 2.7): what `as_teardown` and `with setup_task:` order.

https://github.com/apache/airflow/blob/2.10.5/airflow/utils/setup_teardown.py
"""

from __future__ import annotations

from airflow2prefect.analyse import edges
from airflow2prefect.analyse.objects import Const, Items, Object, TaskObject, XComObject
from airflow2prefect.analyse.reader import Context, Reader

__all__ = ["Context", "leave", "make_teardown", "managers"]


def make_teardown(reader: Reader, task: TaskObject, setups: Object | None, fails: Object | None) -> None:
    """`task.as_teardown(setups=...)`: these are setups then, and come before it."""
    task.is_teardown = True
    task.arguments["trigger_rule"] = Const("all_done_setup_success")
    task.fails_dag = isinstance(fails, Const) and bool(fails.value)
    for each in _tasks(setups) if setups is not None else ():
        each.is_setup = True
        edges.connect(reader, [each], [task])


def managers(thing: Object) -> list[TaskObject]:
    """The setups or teardowns that `with thing:` stands for; none if it is something else."""
    if not isinstance(thing, (TaskObject, XComObject, Items)):
        return []
    found = _tasks(thing)
    return found if found and all(task.is_setup or task.is_teardown for task in found) else []


def _tasks(thing: Object) -> list[TaskObject]:
    return [task for task in edges.ends(thing, upstream=True) if isinstance(task, TaskObject)]


def leave(reader: Reader, stack: list[Context]) -> None:
    """At the end of the block, its tasks come after the setups and before the teardowns; so do blocks inside one another."""
    context, outer = stack[-1], stack[-2] if len(stack) > 1 else None
    work = [task for task in context.made if not task.is_setup and not task.is_teardown]
    dag = context.tasks[0].dag
    every = list(dag.tasks.values()) if dag is not None else []
    if work:
        fed = {id(up) for task in every for up in task.upstream.values()}
        roots = [task for task in work if not task.upstream]
        leaves = [task for task in work if id(task) not in fed]
        if context.tasks[0].is_setup:
            edges.connect(reader, context.tasks, roots or work[:1])
            edges.connect(reader, leaves or work[-1:], _nearest(context.tasks[0], every, teardown=True))
        else:
            edges.connect(reader, leaves or work[-1:], context.tasks)
            edges.connect(reader, _nearest(context.tasks[0], every, teardown=False), roots or work[:1])
    if outer is not None and outer.tasks[0].is_setup == context.tasks[0].is_setup:
        edges.connect(reader, *((outer.tasks, context.tasks) if context.tasks[0].is_setup else (context.tasks, outer.tasks)))


def _nearest(start: TaskObject, every: list[TaskObject], *, teardown: bool) -> list[TaskObject]:
    """The teardowns below a setup, or the setups above a teardown, that are the fewest steps away."""
    below = [task for task in every if any(up is start for up in task.upstream.values())]
    level = below if teardown else list(start.upstream.values())
    seen = {id(start)}
    while level:
        found = [task for task in level if (task.is_teardown if teardown else task.is_setup)]
        if found:
            return found
        seen.update(map(id, level))
        near = [up for task in level for up in task.upstream.values()]
        near += [task for task in every if any(id(up) in {id(each) for each in level} for up in task.upstream.values())]
        level = [task for task in near if id(task) not in seen]
    return []
