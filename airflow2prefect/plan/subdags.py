"""Sub-DAGs as part of the flow: their tasks under the SubDagOperator's id, and its own task behind them.

https://github.com/apache/airflow/blob/1.10.15/airflow/operators/subdag_operator.py
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from airflow2prefect.findings import finding
from airflow2prefect.model import Dag, Task

# Rules that run a task of a sub-DAG also where the sub-DAG never started.
AFTER_ALL = frozenset(("all_done", "all_failed", "one_failed", "none_skipped", "dummy", "always"))


def with_subdags(dag: Dag) -> Dag:
    """`dag` with the tasks of its sub-DAGs, each as `subdag_task.task`. The operator's task ends them: it fails if they do."""
    tasks: list[Task] = []
    edges = set(dag.edges)
    loops = dict(dag.loops)
    found = list(dag.findings)
    for task in dag.tasks:
        if task.subdag is None or not task.subdag.tasks:
            tasks.append(task)
            continue
        inner = with_subdags(task.subdag)
        prefix = f"{task.task_id}."
        fed = {down for _, down in inner.edges}
        feeding = {up for up, _ in inner.edges}
        before = [up for up, down in dag.edges if down == task.task_id]
        for each in inner.tasks:
            rule = task.trigger_rule if each.task_id not in fed and before else each.trigger_rule
            group = prefix + each.group if each.group else task.task_id
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
                )
            )
            edges |= {(up, prefix + each.task_id) for up in before if each.task_id not in fed}
            edges |= {(prefix + each.task_id, task.task_id)} if each.task_id not in feeding else set()
            if before and each.task_id in fed and each.trigger_rule in AFTER_ALL:
                found.append(finding("A2P321", each.site.line, each.site.column, prefix + each.task_id, rule=each.trigger_rule))
        edges -= {(up, task.task_id) for up in before}
        edges |= {(prefix + up, prefix + down) for up, down in inner.edges}
        # A sub-DAG run fails if one of its last tasks did; where all were skipped, so was the operator.
        tasks.append(replace(task, trigger_rule="none_failed_or_skipped"))
        loops |= inner.loops
    kept = tuple(edge for edge in dag.edges if edge in edges)
    return replace(dag, tasks=tuple(tasks), edges=(*kept, *sorted(edges - set(kept))), loops=MappingProxyType(loops), findings=tuple(found))
