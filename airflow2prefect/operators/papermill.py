"""PapermillOperator: papermill.execute_notebook, as Airflow calls it."""

from __future__ import annotations

from types import MappingProxyType

from airflow2prefect.model import Body, Literal, Task, Value
from airflow2prefect.operators.connections import is_set, refused, set_value
from airflow2prefect.operators.registry import missing, operator

NAMES = {"input_nb": "input_path", "output_nb": "output_path", "parameters": "parameters", "kernel_name": "kernel_name", "language_name": "language"}


@operator(
    "airflow.operators.papermill_operator.PapermillOperator",
    "airflow.providers.papermill.operators.papermill.PapermillOperator",
    takes=(*NAMES, "kernel_conn_id"),
)
def papermill(task: Task, **given: Value) -> Body:
    """https://github.com/apache/airflow/blob/1.10.15/airflow/operators/papermill_operator.py"""
    for name in ("input_nb", "output_nb"):
        if not is_set(given.get(name)):
            return missing(task, name)
    if is_set(given.get("kernel_conn_id")):
        return refused(task, "kernel_conn_id")
    fields = {NAMES[name]: value for name, value in given.items() if name in NAMES and set_value(value) is not None}
    old = task.operator.startswith("airflow.operators.")
    return Body(
        template="run",
        fields=MappingProxyType({**fields, "progress_bar": Literal(False), "report_mode": Literal(True)}),
        # 1.10 renders nothing of it.
        templated=frozenset() if old else frozenset(NAMES.values()) & fields.keys(),
        words=MappingProxyType({"runs": "execute_notebook", "after": ""}),
        imports=("papermill.execute_notebook",),
    )
