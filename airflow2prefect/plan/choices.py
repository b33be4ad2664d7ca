"""What a branching task may choose, and the tasks that it means by that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Body, Dag, Literal, Rules, Sequence, Task, Value

# So many choices are written out in the call of a task; of more, only those that something follows.
READABLE = 12


def known_choices(task: Task, body: Body) -> tuple[str, ...] | None:
    """All that a branching task can return, if they are strings known from the file."""
    if task.callable is not None:
        return task.callable.choices
    texts = [value.value for value in _given(body) if isinstance(value, Literal) and isinstance(value.value, str)]
    return tuple(dict.fromkeys(texts)) if len(texts) == 2 else None


def named_choices(task: Task, body: Body) -> tuple[str, ...] | None:
    """All ids that a branching task can name, by itself or in a list, if they are known from the file."""
    if task.callable is not None:
        return task.callable.choices
    items = [item for value in _given(body) for item in (value.items if isinstance(value, Sequence) else (value,))]
    texts = [item.value for item in items if isinstance(item, Literal) and isinstance(item.value, str)]
    return tuple(dict.fromkeys(texts)) if texts and len(texts) == len(items) else None


def _given(body: Body) -> list[Value]:
    """What the operators of operators/branches.py are given to choose from."""
    return [body.fields[name] for name in ("yes", "no") if name in body.fields]


def meant_by_choices(
    dag: Dag, chooser: Task, direct: list[str], known: tuple[str, ...] | None, below: Mapping[str, frozenset[str]]
) -> dict[str, list[str]]:
    """What a branching task may choose, and the tasks that it means: tasks right after it, any others, groups (2.x).

    Airflow takes the id of any task of the DAG; it runs what is right after the branching task and is that one or follows it.
    https://github.com/apache/airflow/blob/2.10.5/airflow/models/skipmixin.py
    """
    depth = len(chooser.within)  # callables name the tasks of their own DAG
    meant: dict[str, list[str]] = {}
    others: dict[str, list[str]] = {}
    for task in dag.tasks:
        name = task.task_id[depth:]
        if task.task_id in direct:
            whole = _subdag_of(dag, task, chooser)
            meant.setdefault((whole or task).task_id[depth:], []).append(task.task_id)
        elif task.within == chooser.within and (name in known if known is not None else _may_follow(chooser, task, below)):
            others.setdefault(name, [task.task_id])
    if known is not None or len(meant) + len(others) <= READABLE:
        meant |= {name: tasks for name, tasks in others.items() if name not in meant}
    groups = {task.group for task in dag.tasks if task.task_id in direct and task.group} if dag.airflow >= 2 else set()
    for group in sorted(groups if known is None else groups & set(known)):
        inside = {task.task_id for task in dag.tasks if task.group == group or task.group.startswith(f"{group}.")}
        fed = {down for up, down in dag.edges if up in inside}
        meant[group] = [task.task_id for task in dag.tasks if task.task_id in inside - fed]
    return meant


def refused_choices(dag: Dag, rules: Rules, bodies: Mapping[str, Body], below: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
    """Of branching tasks that may choose anything, those whose call does not write out all that Airflow takes."""
    for task in dag.tasks:
        written = rules.choices.get(task.task_id)
        if written is None or named_choices(task, bodies[task.task_id]) is not None:
            continue
        taken = (other for other in dag.tasks if other.within == task.within and _may_follow(task, other, below))
        if any(other.task_id[len(task.within) :] not in written for other in taken):
            yield finding("A2P327", task.site.line, task.site.column, task.task_id)


def _may_follow(chooser: Task, task: Task, below: Mapping[str, frozenset[str]]) -> bool:
    """Whether a branching task may sensibly name a task that is not right after it: none before it."""
    return task.task_id != chooser.task_id and chooser.task_id not in below[task.task_id]


def _subdag_of(dag: Dag, task: Task, chooser: Task) -> Task | None:
    """The SubDagOperator beside `chooser` whose sub-DAG `task` is in."""
    inside = (t for t in dag.tasks if t.subdag is not None and t.within == chooser.within and task.task_id.startswith(f"{t.task_id}."))
    return next(inside, None) if task.within != chooser.within else None
