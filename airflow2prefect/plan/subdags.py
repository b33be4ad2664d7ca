"""Sub-DAGs as part of the flow: their tasks under the SubDagOperator's id, and its own task behind them.

https://github.com/apache/airflow/blob/1.10.15/airflow/operators/subdag_operator.py
https://github.com/apache/airflow/blob/2.10.5/airflow/operators/subdag.py
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

from airflow2prefect.model import Dag, Literal, Reference, Task, TaskGroup

# Rules by which a failure before a task is one of the task's as well.
_HANDING_ON = frozenset(("all_success", "none_failed", "none_failed_or_skipped", "none_failed_min_one_success"))
# What the operator's task waits for by which rule, if it is told to hand on that its last tasks were skipped.
_PROPAGATING = {"all_leaves": "none_failed_or_skipped", "any_leaf": "all_success"}


def with_subdags(dag: Dag) -> Dag:
    """`dag` with the tasks of its sub-DAGs, each as `subdag_task.task`. The operator's task ends them: it fails if they do."""
    tasks: list[Task] = []
    found = list(dag.findings)
    edges = set(dag.edges)
    loops = dict(dag.loops)
    for task in dag.tasks:
        if task.subdag is None or not task.subdag.tasks:
            tasks.append(task)
            continue
        inner = with_subdags(task.subdag)
        prefix = f"{task.task_id}."
        own = TaskGroup(
            task.task_id, task.id_value, task.statement, tuple(i.loop for i in task.iterations), inner.made_by, inner.doc, task.comment
        )
        around = (*task.groups, own)
        found += inner.findings
        fed = {down for _, down in inner.edges}
        before = [up for up, down in dag.edges if down == task.task_id]
        first = next((each.task_id for each in inner.tasks if each.task_id not in fed), "") if before else ""
        for each in inner.tasks:
            leads = each.task_id not in fed
            rule = task.trigger_rule if leads and before else each.trigger_rule
            group = prefix + each.group if each.group else task.task_id
            after = (each.after and prefix + each.after) or ("" if leads else first and prefix + first)
            tasks.append(
                replace(
                    each,
                    task_id=prefix + each.task_id,
                    within=prefix + each.within,
                    outer=(task.id_value, *each.outer),
                    group=group,
                    trigger_rule=rule,
                    inlined=True,
                    comment="",
                    after=after,
                    groups=(*around, *(replace(each_group, group_id=prefix + each_group.group_id) for each_group in each.groups)),
                )
            )
            edges |= {(up, prefix + each.task_id) for up in before if leads}
        edges |= {(prefix + each, task.task_id) for each in _telling(inner)}
        edges -= {(up, task.task_id) for up in before}
        edges |= {(prefix + up, prefix + down) for up, down in inner.edges}
        tasks.append(replace(task, trigger_rule=_ending(task), after=first and prefix + first, groups=around, comment=""))
        loops |= inner.loops
    kept = tuple(edge for edge in dag.edges if edge in edges)
    return replace(dag, tasks=tuple(tasks), edges=(*kept, *sorted(edges - set(kept))), loops=MappingProxyType(loops), findings=tuple(found))


def _ending(task: Task) -> str:
    """The rule of the operator's task: it fails with its tasks, and succeeds where they were skipped."""
    wanted = task.argument("propagate_skipped_state")
    path = (wanted.path or "").rpartition(".")[2].lower() if isinstance(wanted, Reference) else ""
    return _PROPAGATING.get(str(wanted.value) if isinstance(wanted, Literal) else path, "none_failed")


def _telling(dag: Dag) -> Iterator[str]:
    """The tasks that tell whether a sub-DAG failed. In Airflow 2 its last; in 1.10 any, of which those matter that none after it fails with."""
    below: dict[str, list[str]] = {}
    for up, down in dag.edges:
        below.setdefault(up, []).append(down)
    several = {down for _, down in dag.edges if sum(1 for edge in dag.edges if edge[1] == down) > 1}
    # A task that waits for several may be skipped by one of them, and does not tell what became of the others.
    unsure = several if any(_may_skip_others(task) for task in dag.tasks) else set()
    handing = {task.task_id for task in dag.tasks if task.trigger_rule in _HANDING_ON} - unsure
    for task in dag.tasks:
        following = below.get(task.task_id)
        if not following or (dag.airflow < 2 and not handing.intersection(following)):
            yield task.task_id


def _may_skip_others(task: Task) -> bool:
    soft = task.argument("soft_fail")
    name = task.operator.rpartition(".")[2]
    return (
        task.made_of is not None
        or soft is not None
        or any(word in name for word in ("Branch", "ShortCircuit", "LatestOnly", "branch", "short"))
    )
