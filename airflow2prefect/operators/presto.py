"""Presto: checks of its data, and rows of it into MySQL, as those of other databases."""

from __future__ import annotations

from airflow2prefect.model import Body, Literal, Task, Value
from airflow2prefect.operators.registry import operator
from airflow2prefect.operators.sql_checks import check, check_interval, check_value, generic_transfer

ALL = ("conn_id", "database", "hook_params", "retry_on_failure")  # of every check
CHECKS = "airflow.operators.presto_check_operator"


def _of_presto(given: dict[str, Value]) -> dict[str, Value]:
    return {**{name: value for name, value in given.items() if name != "presto_conn_id"}, "conn_id": given.get("presto_conn_id") or Literal("presto_default")}


@operator(f"{CHECKS}.PrestoCheckOperator", takes=("sql", "parameters", "presto_conn_id", *ALL))
def presto_check(task: Task, **given: Value) -> Body:
    """https://github.com/apache/airflow/blob/1.10.15/airflow/operators/presto_check_operator.py"""
    return check(task, **_of_presto(given))


@operator(f"{CHECKS}.PrestoValueCheckOperator", takes=("sql", "pass_value", "tolerance", "presto_conn_id", *ALL))
def presto_check_value(task: Task, **given: Value) -> Body:
    return check_value(task, **_of_presto(given))


@operator(
    f"{CHECKS}.PrestoIntervalCheckOperator",
    takes=("table", "metrics_thresholds", "date_filter_column", "days_back", "ratio_formula", "ignore_zero", "presto_conn_id", *ALL),
)
def presto_check_interval(task: Task, **given: Value) -> Body:
    return check_interval(task, **_of_presto(given))


@operator(
    "airflow.operators.presto_to_mysql.PrestoToMySqlTransfer",
    "airflow.providers.mysql.transfers.presto_to_mysql.PrestoToMySqlOperator",
    takes=("sql", "mysql_table", "presto_conn_id", "mysql_conn_id", "mysql_preoperator"),
)
def presto_to_mysql(task: Task, **given: Value) -> Body:
    """https://github.com/apache/airflow/blob/1.10.15/airflow/operators/presto_to_mysql.py"""
    return generic_transfer(
        task,
        sql=given.get("sql"),
        destination_table=given.get("mysql_table"),
        source_conn_id=given.get("presto_conn_id") or Literal("presto_default"),
        destination_conn_id=given.get("mysql_conn_id") or Literal("mysql_default"),
        preoperator=given.get("mysql_preoperator"),
    )
