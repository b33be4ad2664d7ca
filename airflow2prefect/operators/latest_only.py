"""LatestOnlyOperator: what follows is skipped unless the run is the latest of its schedule."""

from __future__ import annotations

from types import MappingProxyType

from airflow2prefect.model import Body, Need, Piece, Task, Template
from airflow2prefect.operators.polling import context
from airflow2prefect.operators.registry import operator


@operator(
    "airflow.operators.latest_only_operator.LatestOnlyOperator",
    "airflow.operators.latest_only.LatestOnlyOperator",
    "airflow.operators.LatestOnlyOperator",
    "airflow.providers.standard.operators.latest_only.LatestOnlyOperator",
)
def latest_only(task: Task) -> Body:
    """1.10 skips all that follows, 2.x the next tasks, and of the rest what their rules say. A run started by hand skips nothing.

    https://github.com/apache/airflow/blob/1.10.15/airflow/operators/latest_only_operator.py
    https://github.com/apache/airflow/blob/2.10.5/airflow/operators/latest_only.py
    """
    external = Template("", (Piece("{0}", (Need("context", "external_trigger"),), is_string=True),))
    fields = {"external": external, "start": context("data_interval_end"), "end": context("next_data_interval_end")}
    return Body(
        template="latest_only",
        fields=MappingProxyType(fields),
        imports=("datetime.datetime", "datetime.timezone"),
        returns=True,
        passive=True,
        chooses="short_circuit" if task.airflow < 2 else "short_circuit_next",
    )
