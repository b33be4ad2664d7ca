"""Which tasks need Airflow's trigger rules and skips spelled out, and which plain Prefect gets right."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from airflow2prefect.model import Body, Dag, Rules, Task

# What `wait_for` does by itself where nothing upstream can be skipped.
PLAIN = frozenset(("all_success", "none_failed"))
AWAITED = frozenset(("all_done",))


def plan_rules(dag: Dag, bodies: Mapping[str, Body], skipping: frozenset[str], consuming: frozenset[str]) -> Rules:
    """`skipping`: tasks that may skip themselves; `consuming`: tasks that take XComs, which are None of tasks that failed.

    https://airflow.apache.org/docs/apache-airflow/1.10.15/concepts.html#trigger-rules"""
    below = descendants(dag)
    choosers = {task_id: body.chooses for task_id, body in bodies.items() if body.chooses}
    sources = set(choosers) | skipping
    tainted = {down for source in sources for down in below[source]}
    odd = {task.task_id for task in dag.tasks if not _plain(task, dag, task.task_id in consuming)}
    ruled = tainted | odd | skipping
    when: dict[str, dict[str, tuple[str, ...] | bool]] = {}
    for chooser, kind in choosers.items():
        direct = [down for up, down in dag.edges if up == chooser]
        if kind == "branch":
            for child in direct:
                choices = tuple(c for c in direct if c == child or child in below[c])
                when.setdefault(child, {})[chooser] = choices
        else:
            for child in _short_circuited(dag, chooser, direct, below):
                when.setdefault(child, {})[chooser] = True
    return Rules(frozenset(ruled), MappingProxyType({k: MappingProxyType(v) for k, v in when.items()}))


def _short_circuited(dag: Dag, chooser: str, direct: list[str], below: Mapping[str, frozenset[str]]) -> list[str]:
    """The descendants that skipping would not reach by itself: their rule, or another upstream, says otherwise."""
    cone = below[chooser]
    upstream: dict[str, list[str]] = {}
    for up, down in dag.edges:
        upstream.setdefault(down, []).append(up)
    return [
        task.task_id
        for task in dag.tasks
        if task.task_id in cone
        and (task.task_id in direct or task.trigger_rule != "all_success" or any(u not in cone for u in upstream[task.task_id]))
    ]


def _plain(task: Task, dag: Dag, consumes: bool) -> bool:
    if task.trigger_rule in PLAIN or (task.trigger_rule in AWAITED and not consumes):
        return True
    return not any(down == task.task_id for _, down in dag.edges)


def descendants(dag: Dag) -> dict[str, frozenset[str]]:
    """For each task_id, all tasks that start after it ended."""
    direct: dict[str, list[str]] = {task.task_id: [] for task in dag.tasks}
    for up, down in dag.edges:
        direct[up].append(down)
    known: dict[str, frozenset[str]] = {}
    for start in direct:
        seen: set[str] = set()
        stack = list(direct[start])
        while stack:
            task_id = stack.pop()
            if task_id not in seen:
                seen.add(task_id)
                stack.extend(direct[task_id])
        known[start] = frozenset(seen)
    return known
