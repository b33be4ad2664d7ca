"""Spark: spark-submit and spark-sql, with the command lines that Airflow's hooks make (templates/airflow_spark.py)."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from airflow2prefect.model import Body, Literal, Task, Value
from airflow2prefect.operators.registry import operator
from airflow2prefect.operators.runs import runs

SUBMIT = (
    "application", "conf", "conn_id", "files", "py_files", "archives", "driver_class_path", "jars", "java_class", "packages", "exclude_packages",
    "repositories", "total_executor_cores", "executor_cores", "executor_memory", "driver_memory", "keytab", "principal", "proxy_user", "name",
    "num_executors", "status_poll_interval", "application_args", "env_vars", "verbose", "spark_binary", "properties_file", "yarn_queue",
    "deploy_mode",
)  # fmt: skip
SQL = (
    "sql", "conf", "conn_id", "total_executor_cores", "executor_cores", "executor_memory", "keytab", "principal", "master", "name", "num_executors",
    "verbose", "yarn_queue",
)  # fmt: skip


@operator(
    "airflow.contrib.operators.spark_submit_operator.SparkSubmitOperator",
    "airflow.providers.apache.spark.operators.spark_submit.SparkSubmitOperator",
    takes=(*SUBMIT, "use_krb5ccache"),
)
def spark_submit(task: Task, **given: Value) -> Body:
    """https://github.com/apache/airflow/blob/1.10.15/airflow/contrib/hooks/spark_submit_hook.py"""
    body = runs(task, given, "airflow_spark.spark_submit", connection=("conn_id", "spark_default"), refuses=("use_krb5ccache",))
    if body.gap is not None or "name" in body.fields:
        return body
    name = "arrow-spark" if task.operator.startswith("airflow.providers.") and task.airflow >= 2 else "airflow-spark"
    return replace(body, fields=MappingProxyType({**body.fields, "name": Literal(name)}))


@operator(
    "airflow.contrib.operators.spark_sql_operator.SparkSqlOperator",
    "airflow.providers.apache.spark.operators.spark_sql.SparkSqlOperator",
    takes=SQL,
)
def spark_sql(task: Task, **given: Value) -> Body:
    """https://github.com/apache/airflow/blob/1.10.15/airflow/contrib/hooks/spark_sql_hook.py

    1.10 takes master and queue from the operator, the providers' hook from the connection as well.
    """
    if task.airflow < 2 and task.operator.startswith("airflow.contrib."):
        return runs(task, given, "airflow_spark.spark_sql", needs=("sql",), drops=("conn_id",))
    given.setdefault("conn_id", Literal("spark_sql_default"))
    return runs(task, given, "airflow_spark.spark_sql", connection=("conn_id", "spark_sql_default"), needs=("sql",))
