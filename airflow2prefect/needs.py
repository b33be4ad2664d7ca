"""What the tasks and callbacks of a DAG take from its run and from each other, found once their bodies are known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from airflow2prefect.emit.callables import OBJECTS
from airflow2prefect.emit.taken import gives_context
from airflow2prefect.emit.values import pieces_of, value_needs
from airflow2prefect.model import WHOLE_CONTEXT, Body, Callable, Dag, Need, Reference, Task
from airflow2prefect.plan.flow import params_of
from airflow2prefect.plan.rules import descendants


def needs_of(dag: Dag, bodies: Mapping[str, Body]) -> Iterable[Need]:
    """All that the tasks may take from the context."""
    if any(map(_reads_params, _callbacks(dag))):
        yield from (Need("param", name) for name in params_of(dag))
    for task in dag.tasks:
        body = bodies[task.task_id]
        if body.gap is not None:
            continue
        for value in (*body.fields.values(), body.args, body.kwargs, *(body.polls or {}).values(), *body.over.values()):
            yield from value_needs(value)
        if not body.template and task.callable is None and dag.airflow < 2 and gives_context(dag, task):
            yield WHOLE_CONTEXT
        if task.callable is not None and gives_context(dag, task):
            yield from dict.fromkeys(read.need for read in task.callable.reads)
            yield from (
                Need("context", p.name) for p in task.callable.parameters if p.kind in ("positional", "keyword") and p.name not in OBJECTS
            )
            if (task.callable.kind == "other" and task.callable.taskflow is None) or any(
                what == "context" for _, what in task.callable.escapes
            ):
                yield WHOLE_CONTEXT


def pulled_by(task: Task, body: Body) -> frozenset[str]:
    """The tasks whose XComs a task takes; "?" for what its code computes."""
    values = (*body.fields.values(), body.args, body.kwargs, *(body.polls or {}).values(), *body.over.values())
    found = {need.name for value in values for need in value_needs(value) if need.kind == "xcom"}
    for pull in task.callable.pulls if task.callable is not None else ():
        found.update(pull.task_ids or ("?",))
    return frozenset(found)


def consumes(task: Task, body: Body) -> bool:
    """Whether a task takes what others return."""
    if task.callable is not None and (task.callable.pulls or task.callable.hands_on):
        return True
    return any(
        need.kind == "xcom" for value in (*body.fields.values(), body.args, body.kwargs, *body.over.values()) for need in value_needs(value)
    )


def pulls_of(task: Task, body: Body) -> Iterator[tuple[str, str | None]]:
    """The XComs that a task takes and names: task and key."""
    for pull in task.callable.pulls if task.callable is not None else ():
        yield from ((task.within + task_id, pull.key) for task_id in pull.task_ids or pull.candidates)
    for value in (*body.fields.values(), body.args, body.kwargs):
        yield from ((task.within + need.name, need.key) for need in value_needs(value) if need.kind == "xcom")


def unordered(dag: Dag, bodies: Mapping[str, Body]) -> frozenset[str]:
    """The tasks that take an XCom of one that need not end before them: it is None of one that did not succeed."""
    taken = {task.task_id: {name for name, _ in pulls_of(task, bodies[task.task_id])} for task in dag.tasks}
    if not any(taken.values()):
        return frozenset()
    below = descendants(dag)
    return frozenset(task_id for task_id, names in taken.items() if any(n in below and n != task_id and task_id not in below[n] for n in names))


def with_pulled_keys(dag: Dag, bodies: dict[str, Body]) -> tuple[Dag, dict[str, Body]]:
    """Operators of which others pull a key that they push give all XComs that are pulled: bridged ones, and those that can."""
    bridged = {task_id for task_id, body in bodies.items() if body.template == "bridge"}
    giving = bridged | {task_id for task_id, body in bodies.items() if body.keys}
    if not giving:
        return dag, bodies
    keys: dict[str, dict[str, None]] = {}
    for task in dag.tasks:
        for of, key in pulls_of(task, bodies[task.task_id]):
            if key not in (None, "return_value", "*") and (of in bridged or (of in giving and key in bodies[of].keys)):
                keys.setdefault(of, {})[key] = None
    tasks = tuple(replace(t, pulled=tuple(keys[t.task_id])) if t.task_id in keys else t for t in dag.tasks)
    for task_id in keys.keys() & bridged:
        flags = MappingProxyType({**bodies[task_id].flags, "all_keys": True})
        bodies[task_id] = replace(bodies[task_id], flags=flags, returns=True)
    return replace(dag, tasks=tasks), bodies


def _callbacks(dag: Dag) -> Iterable[Callable]:
    every = (dag.arguments, dag.default_args, *(task.arguments for task in dag.tasks))
    found = (value for given in every for name, value in given.items() if name.endswith("_callback"))
    return (value.callable for value in found if isinstance(value, Reference) and value.callable is not None)


def _reads_params(callback: Callable) -> bool:
    """Whether a callback looks at the params of its run."""
    escapes = any(what in ("context", "params") for _, what in callback.escapes)
    return escapes or any(read.need.kind == "param" or read.need.name == "params" for read in callback.reads)


# What a callable or template takes that is a date or made from one with its timezone.
_ZONED = re.compile(r"execution_date|logical_date|data_interval|^ts$|^\*$|airflow_run_id")


_DATES = frozenset(
    ("execution_date", "logical_date", "prev_execution_date", "next_execution_date", "data_interval_start", "data_interval_end", "*")
)
# What dates of Airflow have that a datetime has not; `add` and `format` others have as well.
_PENDULUM = re.compile(
    r"\.(?:to_date_string|to_datetime_string|to_time_string|to_iso8601_string|to_atom_string|subtract|start_of|end_of|in_timezone|in_tz"
    r"|day_of_week|day_of_year|week_of_year|int_timestamp|float_timestamp)\b|(?:execution_date|logical_date|data_interval_start|data_interval_end)['\"]?[\])]*\.(?:add|format|diff)\("
)


def asks_pendulum(dag: Dag, needs: Iterable[Need], code: Iterable[str]) -> bool:
    """Whether functions of the file call methods of pendulum's, and tasks are given dates."""
    dated = any(need.kind == "context" and need.name in _DATES for need in needs)
    return dated and any(_PENDULUM.search(text) for text in code)


def sees_timezone(dag: Dag, bodies: Mapping[str, Body]) -> bool:
    """Whether it shows that a date has no timezone: to callables that get it, and in `ts` and its like."""
    for task in dag.tasks:
        function = task.callable
        if function is not None and gives_context(dag, task):
            names = [read.need.name for read in function.reads] + [p.name for p in function.parameters]
            whole = (function.kind == "other" and function.taskflow is None) or any(what == "context" for _, what in function.escapes)
            if whole or any(map(_ZONED.search, names)):
                return True
    pieces = (piece for body in bodies.values() for value in (*body.fields.values(), body.args, body.kwargs) for piece in pieces_of(value))
    return any(
        any(need.name == "ts" for need in piece.needs) or (any(_ZONED.search(need.name) for need in piece.needs) and not piece.spec)
        for piece in pieces
    )
