"""Rows of databases as files in Cloud Storage, as Airflow's operators that end in `ToGCSOperator` write them.

The database is that of a SqlAlchemyConnector block, Cloud Storage that of a GcpCredentials block.
"""

import base64
import calendar
import csv
import json
import os
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from tempfile import NamedTemporaryFile
from typing import Any

from airflow_gcs import GCSHook
from airflow_sql import (
    MsSqlHook,
    MySqlHook,
    OracleHook,
    PostgresHook,
    PrestoHook,
    TrinoHook,
    execute,
)

MIME_TYPES = {"json": "application/json", "csv": "text/csv", "parquet": "application/octet-stream"}


def postgres_to_gcs(
    *, sql: str, postgres_conn_id: str = "postgres_default", parameters: Any = None, stringify_dict: bool = False,
    use_server_side_cursor: bool = False, cursor_itersize: int = 2000, **export: Any,
) -> dict[str, Any]:  # fmt: skip
    """The rows of a query to PostgreSQL."""
    with closing(PostgresHook(postgres_conn_id).get_conn()) as conn:
        cursor = conn.cursor(name=f"export_{uuid.uuid4().hex}" if use_server_side_cursor else None)
        execute(cursor, sql, parameters)
        rows: Iterable[Any] = cursor
        if use_server_side_cursor:  # it knows its columns when it has fetched
            cursor.itersize = cursor_itersize
            first = cursor.fetchone()
            rows = iter(()) if first is None else (row for part in ([first], cursor) for row in part)
        return export_rows(rows, cursor.description, postgres_field, partial(postgres_value, stringify_dict=stringify_dict), **export)


POSTGRES_TYPES = {
    1114: "DATETIME", 1184: "TIMESTAMP", 1082: "DATE", 1083: "TIME", 1005: "INTEGER", 1007: "INTEGER", 1016: "INTEGER", 20: "INTEGER",
    21: "INTEGER", 23: "INTEGER", 16: "BOOL", 700: "FLOAT", 701: "FLOAT", 1700: "FLOAT",
}  # fmt: skip
POSTGRES_ARRAYS = (1009, 1005, 1007, 1016)


def postgres_field(column: Any) -> dict[str, Any]:
    mode = "REPEATED" if column[1] in POSTGRES_ARRAYS else "NULLABLE"
    return {"name": column[0], "type": POSTGRES_TYPES.get(column[1], "STRING"), "mode": mode}


def postgres_value(value: Any, kind: str | None, stringify_dict: bool = False) -> Any:
    match value:
        case datetime(tzinfo=zone):
            return value.isoformat() if zone is None else value.timestamp()
        case date():
            return value.isoformat()
        case time():
            moment = datetime.strptime(str(value), "%H:%M:%S")
            return str(timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second))
        case dict() if stringify_dict:
            return json.dumps(value)
        case Decimal():
            return float(value)
    return value


def mysql_to_gcs(*, sql: str, mysql_conn_id: str = "mysql_default", ensure_utc: bool = False, **export: Any) -> dict[str, Any]:
    """The rows of a query to MySQL."""
    with closing(MySqlHook(mysql_conn_id).get_conn()) as conn:
        cursor = conn.cursor()
        if ensure_utc:
            cursor.execute("SET time_zone = '+00:00'")
        cursor.execute(sql)
        return export_rows(cursor, cursor.description, mysql_field, mysql_value, **export)


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
        case datetime():
            return str(value)
        case timedelta():
            return str((datetime.min + value).time())
        case Decimal():
            return float(value)
        case date():
            return value.isoformat() if kind == "DATE" else str(datetime.combine(value, time.min))
        case bytes():
            return as_bytes(value, kind)
    return value


def as_bytes(value: bytes, kind: str | None) -> int | str:
    """A number, or base64 as BigQuery reads it."""
    return int.from_bytes(value, "big") if kind == "INTEGER" else base64.standard_b64encode(value).decode("ascii")


def oracle_to_gcs(*, sql: str, oracle_conn_id: str = "oracle_default", ensure_utc: bool = False, **export: Any) -> dict[str, Any]:
    """The rows of a query to Oracle."""
    with closing(OracleHook(oracle_conn_id).get_conn()) as conn:
        cursor = conn.cursor()
        if ensure_utc:
            cursor.execute("SET time_zone = '+00:00'")
        cursor.execute(sql)
        return export_rows(cursor, cursor.description, oracle_field, oracle_value, **export)


ORACLE_TYPES = {
    "DB_TYPE_BINARY_DOUBLE": "DECIMAL", "DB_TYPE_BINARY_FLOAT": "DECIMAL", "DB_TYPE_BINARY_INTEGER": "INTEGER", "DB_TYPE_BOOLEAN": "BOOLEAN",
    "DB_TYPE_DATE": "TIMESTAMP", "DB_TYPE_NUMBER": "NUMERIC", "DB_TYPE_TIMESTAMP": "TIMESTAMP", "DB_TYPE_TIMESTAMP_LTZ": "TIMESTAMP",
    "DB_TYPE_TIMESTAMP_TZ": "TIMESTAMP",
}  # fmt: skip


def oracle_field(column: Any) -> dict[str, Any]:
    kind = ORACLE_TYPES.get(getattr(column[1], "name", ""), "STRING")
    return {"name": column[0], "type": kind, "mode": "NULLABLE" if not column[6] or kind == "TIMESTAMP" else "REQUIRED"}


def oracle_value(value: Any, kind: str | None) -> Any:
    match value:
        case datetime():
            return calendar.timegm(value.timetuple())
        case timedelta():
            return value.total_seconds()
        case Decimal():
            return float(value)
        case date():
            return value.isoformat() if kind == "DATE" else calendar.timegm(value.timetuple())
        case bytes():
            return as_bytes(value, kind)
    return value


def mssql_to_gcs(*, sql: str, mssql_conn_id: str = "mssql_default", bit_fields: Iterable[str] = (), **export: Any) -> dict[str, Any]:
    """The rows of a query to SQL Server."""
    with closing(MsSqlHook(mssql_conn_id).get_conn()) as conn:
        cursor = conn.cursor()
        cursor.execute(sql)
        return export_rows(cursor, cursor.description, partial(mssql_field, bits=bit_fields), mssql_value, **export)


MSSQL_TYPES = {2: "BOOLEAN", 3: "INTEGER", 4: "TIMESTAMP", 5: "NUMERIC"}


def mssql_field(column: Any, bits: Iterable[str]) -> dict[str, Any]:
    kind = "BOOLEAN" if column[0] in bits else MSSQL_TYPES.get(column[1], "STRING")
    return {"name": column[0].replace(" ", "_"), "type": kind, "mode": "NULLABLE"}


def mssql_value(value: Any, kind: str | None) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, (date, time)) else value


def presto_to_gcs(*, sql: str, presto_conn_id: str = "presto_default", **export: Any) -> dict[str, Any]:
    """The rows of a query to Presto."""
    with closing(PrestoHook(presto_conn_id).get_conn()) as conn:
        return _of_presto(conn, sql, export)


def trino_to_gcs(*, sql: str, trino_conn_id: str = "trino_default", **export: Any) -> dict[str, Any]:
    """The rows of a query to Trino."""
    with closing(TrinoHook(trino_conn_id).get_conn()) as conn:
        return _of_presto(conn, sql, export)


def _of_presto(conn: Any, sql: str, export: dict[str, Any]) -> dict[str, Any]:
    cursor = conn.cursor()
    cursor.execute(sql)
    first = cursor.fetchone()  # the columns are known then
    rows = (row for part in ([] if first is None else [first], iter(cursor.fetchone, None)) for row in part)
    return export_rows(rows, cursor.description, presto_field, presto_value, **export)


PRESTO_TYPES = {
    "BOOLEAN": "BOOL", "TINYINT": "INT64", "SMALLINT": "INT64", "INTEGER": "INT64", "BIGINT": "INT64", "REAL": "FLOAT64", "DOUBLE": "FLOAT64",
    "DECIMAL": "NUMERIC", "VARBINARY": "BYTES", "DATE": "DATE", "TIME": "TIME", "TIMESTAMP": "TIMESTAMP",
}  # fmt: skip


def presto_field(column: Any) -> dict[str, Any]:
    return {"name": column[0], "type": PRESTO_TYPES.get(column[1].upper().partition("(")[0], "STRING")}


def presto_value(value: Any, kind: str | None) -> Any:
    """As Presto's protocol has it, JSON; some of its clients make more of it."""
    if isinstance(value, bytes):
        return base64.standard_b64encode(value).decode("ascii")
    return value if value is None or isinstance(value, (str, int, float, list, tuple, dict)) else str(value)


@dataclass
class Export:
    """A file of rows that is to be uploaded."""

    file: Any
    name: str
    rows: int = 0
    partition: tuple[Any, ...] | None = None


def export_rows(
    rows: Iterable[Any], columns: Any, field: Callable[[Any], dict[str, Any]], convert: Callable[[Any, str | None], Any], *, bucket: str,
    filename: str, schema_filename: str | None = None, schema: Any = None, export_format: str = "json", gzip: bool = False,
    gcp_conn_id: str = "google_cloud_default", upload_metadata: bool = False, **layout: Any,
) -> dict[str, Any]:  # fmt: skip
    """Write rows to files, upload each, and tell of them. `{}` in `filename` is the file's number."""
    hook, export_format = GCSHook(gcp_conn_id), export_format.lower()
    columns = list(columns)
    left_out = set(layout.pop("exclude_columns", None) or ())
    if schema_filename:
        fields = schema or [field(column) for column in columns if column[0] not in left_out]
        with NamedTemporaryFile("w", encoding="utf-8") as file:
            file.write(json.dumps(fields, sort_keys=True) if isinstance(fields, list) else fields)
            file.flush()
            hook.upload(bucket, schema_filename, file.name, mime_type="application/json")
    names = [column[0] for column in columns if column[0] not in left_out]
    kinds = types_of(schema)
    partition_columns = layout.get("partition_columns") or ()
    told: list[dict[str, Any]] = []
    converted = (
        ([convert(value, kinds.get(name)) for name, value in zip(names, row, strict=False)], dict(zip(names, row, strict=False)))
        for row in rows
    )
    for made in files_of(converted, names, [field(column) for column in columns], filename, export_format, **layout):
        target = made.name
        if partition_columns:
            head, tail = os.path.split(target)
            parts = [f"{name}={value}" for name, value in zip(partition_columns, made.partition or (), strict=False)]
            target = os.path.join(head, *parts, tail)
        metadata = {"row_count": made.rows} if upload_metadata else None
        hook.upload(
            bucket, target, made.file.name, mime_type=MIME_TYPES.get(export_format, "application/json"), gzip=gzip, metadata=metadata
        )
        made.file.close()
        mime_type = MIME_TYPES.get(export_format, "application/json")
        told.append({"file_name": made.name, "file_mime_type": mime_type, "file_row_count": made.rows})
    return {"bucket": bucket, "total_row_count": sum(file["file_row_count"] for file in told), "total_files": len(told), "files": told}


def types_of(schema: Any) -> dict[str, str]:
    """The types that the user's own schema of BigQuery gives to columns."""
    fields = json.loads(schema) if isinstance(schema, str) else schema if isinstance(schema, list) else []
    return {field["name"]: field["type"] for field in fields} if all("name" in f and "type" in f for f in fields) else {}


def files_of(
    rows: Iterable[tuple[list[Any], dict[str, Any]]], names: list[str], fields: list[dict[str, Any]], filename: str, export_format: str, *,
    approx_max_file_size_bytes: int = 1900000000, field_delimiter: str = ",", null_marker: str | None = None,
    partition_columns: list[str] | None = None, write_on_empty: bool = False, parquet_row_group_size: int = 100000,
) -> Iterator[Export]:  # fmt: skip
    """Files of rows, a new one where the last is large enough, or where the values of `partition_columns` change."""
    number, partition = 0, None

    def begun() -> tuple[Export, Writer]:
        file = NamedTemporaryFile("w", encoding="utf-8")  # noqa: SIM115  closed when it is uploaded
        made = Export(file, filename.format(number))
        if export_format == "parquet":
            return made, Parquet(file, fields, parquet_row_group_size)
        return made, Csv(file, names, field_delimiter) if export_format == "csv" else Json(file, names)

    export, writer = begun()
    for row, raw in rows:
        if partition_columns:
            values = tuple(raw.get(column, "") for column in partition_columns)
            if partition is not None and values != partition:
                number += 1
                writer.close()
                export.partition = partition
                yield export
                export, writer = begun()
            partition = values
        export.rows += 1
        if null_marker is not None and export_format in ("csv", "parquet"):
            row = [value or null_marker for value in row]
        writer.write(row)
        if writer.size() >= approx_max_file_size_bytes:
            number += 1
            writer.close()
            export.partition = partition
            yield export
            export, writer = begun()
    writer.close()
    if export.rows or (number == 0 and write_on_empty):
        export.partition = partition
        yield export


class Writer:
    """Rows into an open file."""

    file: Any

    def write(self, row: list[Any]) -> None:
        raise NotImplementedError

    def size(self) -> int:
        return self.file.seek(0, os.SEEK_END)

    def close(self) -> None:
        self.file.flush()


class Json(Writer):
    """An object a line."""

    def __init__(self, file: Any, names: list[str]) -> None:
        self.file, self.names = file, names

    def write(self, row: list[Any]) -> None:
        self.file.write(json.dumps(dict(zip(self.names, row, strict=False)), sort_keys=True, ensure_ascii=False) + "\n")


class Csv(Writer):
    """With the names of the columns in the first line."""

    def __init__(self, file: Any, names: list[str], delimiter: str) -> None:
        self.file, self.writer = file, csv.writer(file, delimiter=delimiter)
        self.writer.writerow(names)

    def write(self, row: list[Any]) -> None:
        self.writer.writerow(row)


class Parquet(Writer):
    """In groups of `size` rows."""

    def __init__(self, file: Any, fields: list[dict[str, Any]], size: int) -> None:
        import pyarrow
        import pyarrow.parquet

        types = {
            "INTEGER": pyarrow.int64(), "FLOAT": pyarrow.float64(), "NUMERIC": pyarrow.float64(), "BIGNUMERIC": pyarrow.float64(),
            "BOOL": pyarrow.bool_(), "BYTES": pyarrow.binary(), "DATE": pyarrow.date32(), "DATETIME": pyarrow.date64(),
            "TIMESTAMP": pyarrow.timestamp("s"),
        }  # fmt: skip
        self.schema = pyarrow.schema([(field["name"], types.get(field["type"], pyarrow.string())) for field in fields])
        self.file, self.group, self.rows = file, size, list[list[Any]]()
        self.writer = pyarrow.parquet.ParquetWriter(file.name, self.schema)

    def write(self, row: list[Any]) -> None:
        self.rows.append(row)
        if len(self.rows) >= self.group:
            self._write()

    def _write(self) -> None:
        import pyarrow

        columns = {name: [row[at] for row in self.rows] for at, name in enumerate(self.schema.names)}
        self.writer.write_table(pyarrow.Table.from_pydict(columns, self.schema))
        self.rows = []

    def close(self) -> None:
        if self.rows:
            self._write()
        self.writer.close()
