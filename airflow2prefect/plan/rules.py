"""Which tasks need Airflow's trigger rules and skips spelled out, and which plain Prefect gets right."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from airflow2prefect.model import Body, Dag, Rules, Task
from airflow2prefect.plan.choices import meant_by_choices, named_choices

# What `wait_for` does by itself where nothing upstream can be skipped.
PLAIN = frozenset(("all_success", "none_failed"))
AWAITED = frozenset(("all_done",))
UNBOUND = frozenset(("dummy", "always"))  # these do not wait for anything
# By these a task is skipped where none before it was, and by those where one was.
SKIPPING = frozenset(("all_failed", "all_skipped", "one_success", "one_failed", "one_done"))
HANDING_ON = frozenset(("all_success", "all_done_setup_success", "none_skipped", "none_failed_or_skipped", "none_failed_min_one_success"))
# By these no task runs before which none has succeeded.
NOT_ALONE = frozenset(("all_success", "none_failed_or_skipped", "none_failed_min_one_success", "one_success"))
KNOWN = frozenset(
    ("all_success", "all_failed", "all_done", "all_skipped", "one_success", "one_failed", "one_done",
     "all_done_setup_success", "none_failed", "none_failed_or_skipped", "none_failed_min_one_success", "none_skipped", *UNBOUND)
)  # fmt: skip


def plan_rules(
    dag: Dag, bodies: Mapping[str, Body], skipping: frozenset[str], consuming: frozenset[str], apart: frozenset[str], runner: str
) -> Rules:
    """`skipping`: tasks that may skip themselves; `consuming`: tasks that take XComs, which are None of tasks that failed;
    `apart`: those that take one of a task that is not before them.

    https://airflow.apache.org/docs/apache-airflow/1.10.15/concepts.html#trigger-rules"""
    below = descendants(dag)
    by_id = {task.task_id: task for task in dag.tasks}
    choosers = {task_id: body.chooses for task_id, body in bodies.items() if body.chooses}
    choices: dict[str, tuple[str, ...]] = {}
    when: dict[str, dict[str, tuple[str, ...] | bool | None]] = {}
    for chooser, kind in choosers.items():
        # What decides in a sub-DAG does so for its tasks, not for those behind it.
        own = by_id[chooser].within
        direct = [down for up, down in dag.edges if up == chooser and by_id[down].within.startswith(own)]
        if kind == "soft_fail":
            # Airflow 1 skips all that follows; what waits for the sensor alone does so by its rule.
            for child in _short_circuited(dag, chooser, [], below):
                if by_id[child].trigger_rule != "all_success" or any(down == child and up != chooser for up, down in dag.edges):
                    when.setdefault(child, {})[chooser] = False
        elif kind == "branch":
            known = named_choices(by_id[chooser], bodies[chooser])
            meant = meant_by_choices(dag, by_id[chooser], direct, known, below)
            for child in direct:
                wanted = tuple(choice for choice, tasks in meant.items() if any(child == t or child in below[t] for t in tasks))
                when.setdefault(child, {})[chooser] = wanted
            # In 1.10 a task that nothing follows may choose whatever it likes.
            if (known is None or not set(known) <= meant.keys()) and (direct or dag.airflow >= 2):
                choices[chooser] = tuple(meant)
        else:
            for child in direct if kind == "short_circuit_next" else _short_circuited(dag, chooser, direct, below):
                when.setdefault(child, {})[chooser] = True
    skippable = _skippable(dag, skipping | when.keys())
    first = {}
    for task in dag.tasks:
        if task.after and not _ends_with_first(dag, task, skippable):
            # What decides before the sub-DAG does so for its first tasks, and this one ends as they do.
            inner = {
                chooser: wanted
                for chooser, wanted in when.get(task.task_id, {}).items()
                if by_id[chooser].within.startswith(by_id[task.after].within)
            }
            when[task.task_id] = {**inner, task.after: None}
            first[task.after] = task
    skippable = _skippable(dag, skipping | when.keys())
    gates = MappingProxyType({k: MappingProxyType(v) for k, v in when.items()})
    # After a skipped task, Prefect runs what waits for it: that is right by the rules none_failed and all_done.
    tainted = {down for up, down in dag.edges if up in skippable and by_id[down].trigger_rule == "all_success"}
    odd = {task.task_id for task in dag.tasks if not _plain(task, dag, task.task_id in consuming)}
    ruled = tainted | odd | skipping | when.keys() | choices.keys() | apart | first.keys()
    taking = consuming | {task_id for task_id, body in bodies.items() if body.over}
    if runner != "thread" and (ruled or _beyond(dag, taking, runner)):
        # These wait for futures of the rules helper only in the flow, not on the task runner.
        ruled |= {down for _, down in dag.edges} | consuming
    return Rules(frozenset(ruled), gates, MappingProxyType(choices), skippable)


def _skippable(dag: Dag, sources: frozenset[str]) -> frozenset[str]:
    """The tasks that may end as skipped: `sources`, by a rule, or because one before them was."""
    by_rule = {task.task_id: task.trigger_rule for task in dag.tasks}
    following: dict[str, list[str]] = {}
    for up, down in dag.edges:
        following.setdefault(up, []).append(down)
    found = {*sources, *(down for _, down in dag.edges if by_rule[down] in SKIPPING)}
    stack = list(found)
    while stack:
        more = [down for down in following.get(stack.pop(), ()) if by_rule[down] in HANDING_ON and down not in found]
        found.update(more)
        stack += more
    return frozenset(found)


def upstream_of(dag: Dag) -> dict[str, list[str]]:
    """For each task that waits for others, those."""
    upstream: dict[str, list[str]] = {}
    for up, down in dag.edges:
        upstream.setdefault(down, []).append(up)
    return upstream


def _beyond(dag: Dag, consuming: frozenset[str], runner: str) -> bool:
    """Whether task runners other than of threads need the rules helper where threads do not: `allow_failure` is lost on them,
    and data of a task that failed ends the flow on that of processes. Measured with Prefect 3.8."""
    waiting = {down for _, down in dag.edges}
    return any(t.trigger_rule in AWAITED and t.task_id in waiting for t in dag.tasks) or (runner == "process" and bool(consuming))


def _ends_with_first(dag: Dag, task: Task, skippable: frozenset[str]) -> bool:
    """Whether a task of a sub-DAG, or the operator's own behind them, does not run by its rule where the sub-DAG does not start.

    By induction: nothing of the sub-DAG has succeeded then. The operator's own ends as the first task does."""
    if task.subdag is None:
        return task.trigger_rule in NOT_ALONE or (task.trigger_rule == "none_failed" and task.after not in skippable)
    inside = [t for t in dag.tasks if t.task_id.startswith(f"{task.task_id}.")]
    return task.after not in skippable and all(t.trigger_rule in PLAIN | HANDING_ON for t in inside)


def _short_circuited(dag: Dag, chooser: str, direct: list[str], below: Mapping[str, frozenset[str]]) -> list[str]:
    """The descendants that skipping would not reach by itself: their rule, or another upstream, says otherwise."""
    within = next(task.within for task in dag.tasks if task.task_id == chooser)
    cone = {task.task_id for task in dag.tasks if task.task_id in below[chooser] and task.within.startswith(within)}
    upstream = upstream_of(dag)
    return [
        task.task_id
        for task in dag.tasks
        if task.task_id in cone
        and (task.task_id in direct or task.trigger_rule != "all_success" or any(u not in cone for u in upstream[task.task_id]))
    ]


def rule_of(task: Task, dag: Dag) -> str:
    """The rule by its name in the rules helper: 1.10 and 2.x differ on one_success where nothing succeeded and something failed."""
    if task.trigger_rule not in KNOWN:  # the task raises
        return "all_success"
    if task.trigger_rule == "all_done_setup_success":
        return "all_done"
    return "one_success_airflow_2" if task.trigger_rule == "one_success" and dag.airflow >= 2 else task.trigger_rule


def _plain(task: Task, dag: Dag, consumes: bool) -> bool:
    if task.trigger_rule not in KNOWN or task.trigger_rule in PLAIN or (task.trigger_rule in AWAITED | UNBOUND and not consumes):
        return True
    return not any(down == task.task_id for _, down in dag.edges)


def is_sure(dag: Dag, rules: Rules, task_id: str, before: str) -> bool:
    """Whether the task `before` has succeeded wherever `task_id` runs."""
    upstream = upstream_of(dag)
    by_rule = {task.task_id: task.trigger_rule for task in dag.tasks}
    stack, seen = [task_id], {task_id}
    while stack:
        current = stack.pop()
        for up in upstream.get(current, ()):
            if by_rule[current] != "all_success" and (not by_rule[current].startswith("none_failed") or up in rules.skippable):
                continue
            if up == before:
                return True
            if up not in seen:
                seen.add(up)
                stack.append(up)
    return False


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
