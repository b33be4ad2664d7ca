"""DummyOperator, EmptyOperator: a point in the graph."""

from __future__ import annotations

from airflow2prefect.model import Body, Task
from airflow2prefect.operators.registry import operator


@operator(
    "airflow.operators.dummy_operator.DummyOperator",
    "airflow.operators.dummy.DummyOperator",
    "airflow.operators.empty.EmptyOperator",
    "airflow.operators.DummyOperator",
    "airflow.providers.standard.operators.empty.EmptyOperator",
)
def dummy(task: Task) -> Body:
    """https://github.com/apache/airflow/blob/1.10.15/airflow/operators/dummy_operator.py"""
    return Body(template="dummy", passive=True)
