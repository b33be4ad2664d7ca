"""Databricks: runs by its REST API, with the DatabricksCredentials block of prefect-databricks (templates/airflow_databricks.py)."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from airflow2prefect.model import Body, Literal, Task, Value
from airflow2prefect.operators.connections import block_needed, block_of, set_value
from airflow2prefect.operators.registry import operator
from airflow2prefect.operators.runs import runs

HOW = ("json", "polling_period_seconds", "databricks_retry_limit", "databricks_retry_delay", "wait_for_termination", "idempotency_token")
SUBMIT = (
    "tasks", "spark_jar_task", "notebook_task", "spark_python_task", "spark_submit_task", "pipeline_task", "dbt_task", "new_cluster",
    "existing_cluster_id", "libraries", "run_name", "timeout_seconds", "access_control_list", "git_source",
)  # fmt: skip
RUN = (
    "job_id", "job_name", "job_parameters", "notebook_params", "python_params", "jar_params", "spark_submit_params", "python_named_params",
    "dbt_commands",
)  # fmt: skip
DROPPED = ("databricks_conn_id", "do_xcom_push")
REFUSED = ("databricks_retry_args", "repair_run", "databricks_repair_reason_new_settings", "cancel_previous_runs")
PROVIDER = "airflow.providers.databricks.operators.databricks"


@operator(
    "airflow.contrib.operators.databricks_operator.DatabricksSubmitRunOperator",
    f"{PROVIDER}.DatabricksSubmitRunOperator",
    takes=(*HOW, *SUBMIT, *DROPPED, *REFUSED, "deferrable"),
)
def submit_run(task: Task, **given: Value) -> Body:
    """https://github.com/apache/airflow/blob/1.10.15/airflow/contrib/operators/databricks_operator.py"""
    return _run(task, given, "submit_run")


@operator(
    "airflow.contrib.operators.databricks_operator.DatabricksRunNowOperator",
    f"{PROVIDER}.DatabricksRunNowOperator",
    takes=(*HOW, *RUN, *DROPPED, *REFUSED, "deferrable"),
)
def run_now(task: Task, **given: Value) -> Body:
    return _run(task, given, "run_job")


def _run(task: Task, given: dict[str, Value], function: str) -> Body:
    """Airflow pushes the run's id and page under keys of their own; nothing is returned."""
    connection = set_value(given.get("databricks_conn_id")) or Literal("databricks_default")
    returns = bool(task.pulled)
    body = runs(
        task, given, f"airflow_databricks.{function}", refuses=REFUSED, drops=DROPPED, returns=returns, rendered=frozenset(("json",))
    )
    if body.gap is not None:
        return body
    old = task.airflow < 2 and task.operator.startswith("airflow.contrib.")
    first = {"credentials": block_of(connection), **({"version": Literal("2.0")} if old else {})}
    # What is given beside `json` becomes a part of it, and is rendered as such.
    rendered = frozenset(body.fields) - {*HOW[1:-1]}
    return replace(
        body,
        fields=MappingProxyType({**first, **body.fields}),
        templated=rendered,
        findings=(block_needed(task, connection, "DatabricksCredentials"), *body.findings),
    )
