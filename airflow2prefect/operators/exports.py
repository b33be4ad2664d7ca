"""Rows of databases into files in Cloud Storage (templates/airflow_exports.py; those of 1.10's contrib: templates/airflow_contrib_exports.py)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from airflow2prefect.model import Body, Literal, Task, Value
from airflow2prefect.operators.connections import block_needed, is_set, pushes, set_value
from airflow2prefect.operators.registry import operator
from airflow2prefect.operators.runs import runs

GOOGLE = "airflow.providers.google.cloud.transfers"
CONTRIB = "airflow.contrib.operators"
REFUSED = ("delegate_to", "impersonation_chain")
COMMON = ("sql", "bucket", "filename", "schema_filename", "schema", "approx_max_file_size_bytes", "export_format", "field_delimiter", "gzip", "parameters")
LATER = (
    "stringify_dict", "null_marker", "upload_metadata", "exclude_columns", "partition_columns", "write_on_empty", "parquet_row_group_size",
    "gcp_conn_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """A database: the hook whose driver is needed, its connection's argument, arguments of its own, its operators, and whether it takes parameters."""

    name: str
    hook: str
    operator: str
    own: tuple[str, ...] = ()
    contrib: str = ""
    binds: bool = False


SOURCES = (
    Source("postgres", "PostgresHook", "PostgresToGCSOperator", ("use_server_side_cursor", "cursor_itersize"), "postgres_to_gcs_operator.PostgresToGoogleCloudStorageOperator", binds=True),
    Source("mysql", "MySqlHook", "MySQLToGCSOperator", ("ensure_utc",), "mysql_to_gcs.MySqlToGoogleCloudStorageOperator"),
    Source("mssql", "MsSqlHook", "MSSQLToGCSOperator", ("bit_fields",), "mssql_to_gcs.MsSqlToGoogleCloudStorageOperator"),
    Source("oracle", "OracleHook", "OracleToGCSOperator", ("ensure_utc",)),
    Source("presto", "PrestoHook", "PrestoToGCSOperator"),
    Source("trino", "TrinoHook", "TrinoToGCSOperator"),
)  # fmt: skip


def _register(source: Source) -> None:
    connection = f"{source.name}_conn_id"
    takes = {*COMMON, *LATER, *source.own, *REFUSED, connection, "google_cloud_storage_conn_id"}
    paths = [f"{GOOGLE}.{source.name}_to_gcs.{source.operator}", *([f"{CONTRIB}.{source.contrib}"] if source.contrib else [])]

    @operator(*paths, takes=takes)
    def export(task: Task, **given: Value) -> Body:
        """https://github.com/apache/airflow/blob/2.10.5/providers/src/airflow/providers/google/cloud/transfers/sql_to_gcs.py
        https://github.com/apache/airflow/blob/1.10.15/airflow/contrib/operators/sql_to_gcs.py
        """
        old = task.operator.startswith("airflow.contrib.") and task.airflow < 2
        google = "google_cloud_storage_conn_id" if old else "gcp_conn_id"
        named = next((v for n in ("gcp_conn_id", "google_cloud_storage_conn_id") if (v := set_value(given.pop(n, None))) is not None), None)
        if named is not None:
            given[google] = named
        function = f"airflow_contrib_exports.export_{source.name}" if old else f"airflow_exports.{source.name}_to_gcs"
        # Airflow only renders them: no query of these operators has them.
        drops = () if source.binds else ("parameters",)
        if not (source.binds and is_set(given.get("stringify_dict"))):
            drops = (*drops, "stringify_dict")
        body = runs(
            task, given, function, needs=("sql", "bucket", "filename"), refuses=REFUSED, drops=drops, returns=not old and pushes(task),
            rendered=frozenset(("sql", "bucket", "filename", "schema_filename", "schema", "parameters", "partition_columns")),
        )  # fmt: skip
        if body.gap is not None:
            return body
        blocks = (
            block_needed(task, set_value(given.get(connection)) or Literal(f"{source.name}_default"), "SqlAlchemyConnector"),
            block_needed(task, named or Literal("google_cloud_default"), "GcpCredentials"),
        )
        return replace(body, driver=source.hook, findings=(*blocks, *body.findings))


for _source in SOURCES:
    _register(_source)
