"""dbt: the operators of airflow-dbt (https://pypi.org/project/airflow-dbt) and jobs of dbt Cloud, by templates/airflow_dbt.py."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from airflow2prefect.findings import finding
from airflow2prefect.model import Body, Literal, Task, Value
from airflow2prefect.operators.connections import pushes
from airflow2prefect.operators.registry import operator
from airflow2prefect.operators.runs import runs

COMMANDS = {
    "DbtRunOperator": "run",
    "DbtTestOperator": "test",
    "DbtSeedOperator": "seed",
    "DbtSnapshotOperator": "snapshot",
    "DbtDocsGenerateOperator": "docs generate",
    "DbtDepsOperator": "deps",
    "DbtCleanOperator": "clean",
    "DbtBuildOperator": "build",
}
TAKEN = (
    "profiles_dir", "target", "dir", "env", "vars", "models", "exclude", "select", "selector", "dbt_bin", "verbose", "warn_error", "full_refresh",
    "data", "schema", "output_encoding",
)  # fmt: skip


@operator(*(f"airflow_dbt.operators.dbt_operator.{name}" for name in COMMANDS), takes=TAKEN)
def dbt(task: Task, **given: Value) -> Body:
    """https://github.com/gocardless/airflow-dbt/blob/master/airflow_dbt/hooks/dbt_hook.py"""
    rendered = frozenset(("env", "vars"))
    body = runs(task, given, "airflow_dbt.run_dbt", drops=("verbose", "output_encoding"), rendered=rendered)
    words = COMMANDS[task.operator.rpartition(".")[2]]
    return body if body.gap is not None else replace(body, fields=MappingProxyType({"command": Literal(words), **body.fields}))


CLOUD = (
    "dbt_cloud_conn_id", "job_id", "account_id", "trigger_reason", "steps_override", "schema_override", "wait_for_termination", "timeout",
    "check_interval", "additional_run_config", "deferrable",
)  # fmt: skip
CLOUD_REFUSED = ("project_name", "environment_name", "job_name", "reuse_existing_run", "retry_from_failure")


@operator("airflow.providers.dbt.cloud.operators.dbt.DbtCloudRunJobOperator", takes=(*CLOUD, *CLOUD_REFUSED))
def dbt_cloud(task: Task, **given: Value) -> Body:
    """A job, waited for; the run's id is the XCom.

    https://github.com/apache/airflow/blob/2.10.5/providers/src/airflow/providers/dbt/cloud/operators/dbt.py
    """
    if task.pulled:  # the address of the run, which is pushed beside its id
        place = task.site
        what = {"operator": "DbtCloudRunJobOperator", "argument": "do_xcom_push", "what": ", ".join(task.pulled)}
        return Body(gap=finding("A2P210", place.line, place.column, task.task_id, **what))
    connection = ("dbt_cloud_conn_id", "dbt_cloud_default")
    function, returns = "airflow_dbt.run_dbt_cloud_job", pushes(task)
    refuses = CLOUD_REFUSED if "job_id" not in given else CLOUD_REFUSED[3:]
    return runs(task, given, function, connection=connection, needs=() if "job_name" in given else ("job_id",), refuses=refuses, returns=returns)
