"""Rows of databases as files in Cloud Storage, as the operators of Airflow 1.10's contrib write them.

The database is that of a SqlAlchemyConnector block, Cloud Storage that of a GcpCredentials block.
"""

import base64
import calendar
import csv
import json
import time as clock
from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from tempfile import NamedTemporaryFile
from typing import Any

from airflow_gcs import GCSHook
from airflow_sql import MsSqlHook, MySqlHook, PostgresHook, execute


def export_postgres(*, sql: str, postgres_conn_id: str = "postgres_default", parameters: Any = None, **export: Any) -> None:
    """The rows of a query to PostgreSQL."""
    with closing(PostgresHook(postgres_conn_id).get_conn()) as conn:
        cursor = conn.cursor()
        execute(cursor, sql, parameters)
        _export(cursor, postgres_field, postgres_value, **export)


POSTGRES_TYPES = {
    1114: "TIMESTAMP", 1184: "TIMESTAMP", 1082: "TIMESTAMP", 1083: "TIMESTAMP", 1005: "INTEGER", 1007: "INTEGER", 1016: "INTEGER", 20: "INTEGER",
    21: "INTEGER", 23: "INTEGER", 16: "BOOLEAN", 700: "FLOAT", 701: "FLOAT", 1700: "FLOAT",
}  # fmt: skip
POSTGRES_ARRAYS = (1009, 1005, 1007, 1016)


def postgres_field(column: Any) -> dict[str, Any]:
    mode = "REPEATED" if column[1] in POSTGRES_ARRAYS else "NULLABLE"
    return {"name": column[0], "type": POSTGRES_TYPES.get(column[1], "STRING"), "mode": mode}


def postgres_value(value: Any, kind: str | None) -> Any:
    """Dates are seconds since 1970, by the clock of this machine."""
    match value:
        case date():
            return clock.mktime(value.timetuple())
        case time():
            moment = datetime.strptime(str(value), "%H:%M:%S")
            return int(timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second).total_seconds())
        case Decimal():
            return float(value)
    return value


def export_mysql(*, sql: str, mysql_conn_id: str = "mysql_default", ensure_utc: bool = False, **export: Any) -> None:
    """The rows of a query to MySQL."""
    with closing(MySqlHook(mysql_conn_id).get_conn()) as conn:
        cursor = conn.cursor()
        if ensure_utc:
            cursor.execute("SET time_zone = '+00:00'")
        cursor.execute(sql)
        _export(cursor, mysql_field, mysql_value, **export)


# By the numbers that MySQL has for its types.
MYSQL_TYPES = {
    16: "INTEGER", 12: "TIMESTAMP", 10: "TIMESTAMP", 0: "FLOAT", 246: "FLOAT", 5: "FLOAT", 4: "FLOAT", 9: "INTEGER", 3: "INTEGER", 8: "INTEGER",
    2: "INTEGER", 11: "TIME", 7: "TIMESTAMP", 1: "INTEGER", 13: "INTEGER",
}  # fmt: skip


def mysql_field(column: Any) -> dict[str, Any]:
    """Some timestamps of MySQL are no dates and read as None, so a column of them may always be empty."""
    kind = MYSQL_TYPES.get(column[1], "STRING")
    return {"name": column[0], "type": kind, "mode": "NULLABLE" if column[6] or kind == "TIMESTAMP" else "REQUIRED"}


def mysql_value(value: Any, kind: str | None) -> Any:
    match value:
        case date():
            return calendar.timegm(value.timetuple())
        case timedelta():
            return value.total_seconds()
        case Decimal():
            return float(value)
    return base64.standard_b64encode(value).decode("ascii") if kind == "BYTES" else value


def export_mssql(*, sql: str, mssql_conn_id: str = "mssql_default", **export: Any) -> None:
    """The rows of a query to SQL Server."""
    with closing(MsSqlHook(mssql_conn_id).get_conn()) as conn:
        cursor = conn.cursor()
        cursor.execute(sql)
        _export(cursor, mssql_field, mssql_value, **export)


MSSQL_TYPES = {3: "INTEGER", 4: "TIMESTAMP", 5: "NUMERIC"}


def mssql_field(column: Any) -> dict[str, Any]:
    return {"name": column[0].replace(" ", "_"), "type": MSSQL_TYPES.get(column[1], "STRING"), "mode": "NULLABLE"}


def mssql_value(value: Any, kind: str | None) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def _export(
    cursor: Any, field: Callable[[Any], dict[str, Any]], convert: Callable[[Any, str | None], Any], *, bucket: str, filename: str,
    schema_filename: str | None = None, schema: Any = None, export_format: str = "json", field_delimiter: str = ",",
    approx_max_file_size_bytes: int = 1900000000, gzip: bool = False, google_cloud_storage_conn_id: str = "google_cloud_default",
) -> None:  # fmt: skip
    """Write the rows to files, a new one where the last is large enough, and upload them.

    `{}` in `filename` is the file's number. `gzip` compresses the file of the schema, as in Airflow 1.10.
    """
    names = [column[0] for column in cursor.description]
    kinds = types_of(schema)
    as_csv = export_format.lower() == "csv"
    with ExitStack() as stack:
        files: list[tuple[str, Any]] = []

        def begun() -> tuple[Any, Any]:
            file = stack.enter_context(NamedTemporaryFile("w", encoding="utf-8", newline=""))
            files.append((filename.format(len(files)), file))
            writer = csv.writer(file, delimiter=field_delimiter)
            if as_csv:
                writer.writerow(names)
            return file, writer

        file, writer = begun()
        for row in cursor:
            values = [convert(value, kinds.get(name)) for name, value in zip(names, row, strict=False)]
            if as_csv:
                writer.writerow(values)
            else:
                file.write(json.dumps(dict(zip(names, values, strict=False)), sort_keys=True) + "\n")
            if file.tell() >= approx_max_file_size_bytes:
                file, writer = begun()
        hook = GCSHook(google_cloud_storage_conn_id)
        for name, file in files:
            file.flush()
            kind = "text/csv" if as_csv else "application/json"
            hook.upload(bucket, name, file.name, mime_type=kind, gzip=gzip and name == schema_filename)
        if schema_filename:
            file = stack.enter_context(NamedTemporaryFile("w", encoding="utf-8"))
            file.write(json.dumps([field(column) for column in cursor.description], sort_keys=True))
            file.flush()
            hook.upload(bucket, schema_filename, file.name, mime_type="application/json", gzip=gzip)


def types_of(schema: Any) -> dict[str, str]:
    """The types that the user's own schema of BigQuery gives to columns."""
    fields = json.loads(schema) if isinstance(schema, str) else schema if isinstance(schema, list) else []
    return {field["name"]: field["type"] for field in fields} if all("name" in f and "type" in f for f in fields) else {}
