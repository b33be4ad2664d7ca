"""FileSensor: a file, or a folder with a file in it."""

from __future__ import annotations

from types import MappingProxyType

from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Body, Call, Code, Literal, Task, Value
from airflow2prefect.operators.connections import block_needed, is_literal
from airflow2prefect.operators.polling import sensor, true
from airflow2prefect.operators.registry import missing


@sensor(
    "airflow.contrib.sensors.file_sensor.FileSensor",
    "airflow.sensors.filesystem.FileSensor",
    "airflow.providers.standard.sensors.filesystem.FileSensor",
)
def file(task: Task, *, filepath: Value | None = None, fs_conn_id: Value | None = None, recursive: Value | None = None) -> Body:
    """From 2.0 on the path is a glob pattern. It is looked for below the path of the connection.

    https://github.com/apache/airflow/blob/1.10.15/airflow/contrib/sensors/file_sensor.py
    https://github.com/apache/airflow/blob/2.10.5/airflow/sensors/filesystem.py
    """
    if filepath is None:
        return missing(task, "filepath")
    text = filepath.value if isinstance(filepath, Literal) else filepath.parts[0] if isinstance(filepath, Code) and filepath.parts else None
    absolute = isinstance(text, str) and text.startswith("/")
    found: tuple[Finding, ...] = ()
    fields = {"path": filepath}
    connection = Literal("fs_default") if fs_conn_id is None else fs_conn_id
    if not absolute and is_literal(connection, "fs_default"):
        found = (finding("A2P211", task.site.line, task.site.column, task.task_id, operator="FileSensor", connection="fs_default"),)
    elif not absolute:
        fields["connection"] = Call("airflow_connections.get_connection", (connection,), MappingProxyType({}))
        found = (block_needed(task, connection, "Secret"),)
    patterns = task.airflow >= 2 and not (isinstance(filepath, Literal) and isinstance(text, str) and not set("*?[") & set(text))
    return Body(
        template="file_sensor",
        fields=MappingProxyType(fields),
        templated=frozenset(["path"]),
        flags=MappingProxyType({"absolute": absolute, "patterns": patterns, "recursive": true(recursive)}),
        imports=(*(("glob.glob",) if patterns else ()), *(() if absolute else ("os",))),
        helpers=(("airflow_sensors", "landed"),),
        findings=found,
    )
