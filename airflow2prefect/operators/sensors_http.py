"""HttpSensor: asks a server until it answers with success, and a check of the answer is true."""

from __future__ import annotations

from types import MappingProxyType

from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Body, Literal, Task, Value
from airflow2prefect.operators.connections import block_needed, refused, set_value
from airflow2prefect.operators.context_calls import with_context
from airflow2prefect.operators.http import HOOK, is_of_1_10
from airflow2prefect.operators.polling import sensor
from airflow2prefect.operators.registry import missing


@sensor(
    "airflow.sensors.http_sensor.HttpSensor",
    "airflow.sensors.http.HttpSensor",
    "airflow.operators.sensors.HttpSensor",
    "airflow.operators.HttpSensor",
    "airflow.providers.http.sensors.http.HttpSensor",
)
def http_sensor(
    task: Task,
    *,
    endpoint: Value | None = None,
    http_conn_id: Value | None = None,
    method: Value | None = None,
    request_params: Value | None = None,
    request_kwargs: Value | None = None,
    headers: Value | None = None,
    response_check: Value | None = None,
    response_error_codes_allowlist: Value | None = None,
    extra_options: Value | None = None,
    tcp_keep_alive: Value | None = None,
    tcp_keep_alive_idle: Value | None = None,
    tcp_keep_alive_count: Value | None = None,
    tcp_keep_alive_interval: Value | None = None,
) -> Body:
    """A 404 is no answer yet, or in 2.x what response_error_codes_allowlist names; any other error fails the task.

    https://github.com/apache/airflow/blob/1.10.15/airflow/sensors/http_sensor.py
    https://github.com/apache/airflow/blob/2.10.5/providers/src/airflow/providers/http/sensors/http.py
    """
    if endpoint is None:
        return missing(task, "endpoint")
    old = is_of_1_10(task)
    check = set_value(response_check)
    if check is not None and not old:
        check = with_context(check)
        if check is None:
            return refused(task, "response_check")
    connection = http_conn_id or Literal("http_default")
    keep_alive = (tcp_keep_alive, tcp_keep_alive_idle, tcp_keep_alive_count, tcp_keep_alive_interval)
    given = dict(zip(HOOK[1:], keep_alive, strict=True))
    given |= {"data": request_params, "headers": headers, "extra_options": extra_options, "request_kwargs": request_kwargs}
    given |= {"response_check": check, "later": response_error_codes_allowlist}
    fields: dict[str, Value] = {"endpoint": endpoint, "connection": connection, "method": method or Literal("GET")}
    fields |= {name: known for name, value in given.items() if (known := set_value(value)) is not None}
    hook = "Airflow1HttpHook" if old else "HttpHook"
    told: tuple[Finding, ...] = (finding("A2P230", task.site.line, task.site.column, task.task_id),) if old else ()
    return Body(
        template="http_sensor",
        fields=MappingProxyType(fields),
        templated=frozenset(("endpoint", "data") if old else ("endpoint", "data", "headers")),
        flags=MappingProxyType({"default": connection == Literal("http_default")}),
        words=MappingProxyType({"hook": hook}),
        helpers=(("airflow_http", hook), ("airflow_http", "answers")),
        findings=(block_needed(task, connection, "Secret"), *told),
    )
