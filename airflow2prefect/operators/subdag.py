"""SubDagOperator: its tasks are tasks of the flow, and its own task stands behind them."""

from __future__ import annotations

from airflow2prefect.findings import finding
from airflow2prefect.model import Body, Literal, Task, Value
from airflow2prefect.operators.registry import operator


@operator(
    "airflow.operators.subdag_operator.SubDagOperator",
    "airflow.operators.subdag.SubDagOperator",
    "airflow.operators.SubDagOperator",
)
def subdag(
    task: Task,
    *,
    subdag: Value | None = None,
    executor: Value | None = None,
    session: Value | None = None,
    conf: Value | None = None,
    propagate_skipped_state: Value | None = None,
) -> Body:
    """https://github.com/apache/airflow/blob/1.10.15/airflow/operators/subdag_operator.py"""
    if task.subdag is None:
        return Body(gap=finding("A2P320", task.site.line, task.site.column, task.task_id))
    propagates = propagate_skipped_state is not None and not (
        isinstance(propagate_skipped_state, Literal) and not propagate_skipped_state.value
    )
    told = (finding("A2P323", task.site.line, task.site.column, task.task_id),) if propagates else ()
    return Body(template="subdag", passive=True, findings=told)
