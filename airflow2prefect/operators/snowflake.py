"""Snowflake: a statement through SnowflakeHook of templates/airflow_sql.py."""

from __future__ import annotations

from types import MappingProxyType

from airflow2prefect.model import Body, Literal, Task, Value
from airflow2prefect.operators.connections import block_needed, is_set, pushes, refused, set_value
from airflow2prefect.operators.registry import missing, operator

# What goes before what the connection says.
HOOK = ("warehouse", "database", "role", "schema", "authenticator", "session_parameters")
REFUSED = ("handler", "output_processor", "hook_params", "split_statements", "return_last")
BESIDE = ("conn_id", "retry_on_failure", "do_xcom_push")


@operator(
    "airflow.contrib.operators.snowflake_operator.SnowflakeOperator",
    "airflow.providers.snowflake.operators.snowflake.SnowflakeOperator",
    takes=("sql", "snowflake_conn_id", "parameters", "autocommit", *HOOK, *REFUSED, *BESIDE),
)
def snowflake(task: Task, **given: Value) -> Body:
    """One statement or several, each committed by itself unless autocommit=False; the provider's gives the rows.

    https://github.com/apache/airflow/blob/1.10.15/airflow/contrib/operators/snowflake_operator.py
    https://github.com/apache/airflow/blob/2.10.5/providers/src/airflow/providers/snowflake/operators/snowflake.py
    """
    if "sql" not in given:
        return missing(task, "sql")
    for name in REFUSED:
        if is_set(given.get(name)):
            return refused(task, name)
    connection = set_value(given.get("snowflake_conn_id")) or set_value(given.get("conn_id")) or Literal("snowflake_default")
    fields = {"sql": given["sql"], "connection": connection, "autocommit": given.get("autocommit") or Literal(True)}
    fields |= {name: given[name] for name in (*HOOK, "parameters") if is_set(given.get(name))}
    returns = task.operator.startswith("airflow.providers.") and pushes(task)
    return Body(
        template="snowflake",
        fields=MappingProxyType(fields),
        templated=frozenset(("sql", "parameters") if returns else ("sql",)),
        extensions=(".sql",),
        helpers=(("airflow_sql", "SnowflakeHook"), *((("airflow_sql", "fetch_all"),) if returns else ())),
        returns=returns,
        findings=(block_needed(task, connection, "SqlAlchemyConnector"),),
    )
