"""SqlSensor: waits until the first value that a query returns is true, or meets a criterion."""

from __future__ import annotations

from types import MappingProxyType

from airflow2prefect.model import Body, Literal, Task, Value
from airflow2prefect.operators.connections import block_needed, refused, set_value
from airflow2prefect.operators.polling import sensor, true
from airflow2prefect.operators.registry import missing


@sensor(
    "airflow.sensors.sql_sensor.SqlSensor",
    "airflow.sensors.sql.SqlSensor",
    "airflow.operators.sensors.SqlSensor",
    "airflow.providers.common.sql.sensors.sql.SqlSensor",
)
def sql_sensor(
    task: Task,
    *,
    conn_id: Value | None = None,
    sql: Value | None = None,
    parameters: Value | None = None,
    success: Value | None = None,
    failure: Value | None = None,
    selector: Value | None = None,
    fail_on_empty: Value | None = None,
    allow_null: Value | None = None,
    hook_params: Value | None = None,
) -> Body:
    """In 1.10 NULL counts as true, unless allow_null is false.

    https://github.com/apache/airflow/blob/1.10.15/airflow/sensors/sql_sensor.py
    https://github.com/apache/airflow/blob/2.10.5/airflow/providers/common/sql/sensors/sql.py
    """
    if sql is None or conn_id is None:
        return missing(task, "conn_id" if conn_id is None else "sql")
    for name, value in (("hook_params", hook_params), ("fail_on_empty", fail_on_empty), ("allow_null", allow_null)):
        if set_value(value) is not None and (name == "hook_params" or not isinstance(value, Literal)):
            return refused(task, name)
    criteria = {"success": set_value(success), "failure": set_value(failure), "selector": set_value(selector)}
    nullable = task.airflow < 2 and (allow_null is None or true(allow_null)) and criteria["success"] is None
    given = {"sql": sql, "connection": conn_id, "parameters": set_value(parameters), **criteria}
    return Body(
        template="sql_sensor",
        fields=MappingProxyType({name: value for name, value in given.items() if value is not None}),
        templated=frozenset(("sql", "parameters") if task.airflow >= 2 else ("sql",)),
        extensions=(".hql", ".sql"),
        flags=MappingProxyType({"strict": true(fail_on_empty), "nullable": nullable}),
        helpers=(("airflow_sql", "DbApiHook"), ("airflow_sql", "met")),
        driver="DbApiHook",
        findings=(block_needed(task, conn_id, "SqlAlchemyConnector"),),
    )
