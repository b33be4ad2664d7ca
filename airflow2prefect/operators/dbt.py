"""dbt on the command line: the operators of airflow-dbt (https://pypi.org/project/airflow-dbt), by templates/airflow_dbt.py."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from airflow2prefect.model import Body, Literal, Task, Value
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
