"""What stands at the other end of transfers from and to Google, for both sides of google_recorder.py and service_airflow.py: databases, an SFTP server."""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from types import SimpleNamespace
from typing import Any


class Kind:
    """A type of Oracle's driver."""

    def __init__(self, name: str) -> None:
        self.name = f"DB_TYPE_{name}"


# By database: its columns as its driver describes them (name, type, ..., whether NULL is allowed), and rows with what its driver makes of values.
TABLES: dict[str, tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]] = {
    "postgres": (
        [("id", 23), ("at", 1114), ("zoned", 1184), ("day", 1082), ("clock", 1083), ("price", 1700), ("ok", 16), ("tags", 1009), ("more", 114)],
        [
            (1, datetime(2024, 3, 6, 1, 2, 3, 4), datetime(2024, 3, 6, tzinfo=timezone.utc), date(2024, 3, 6), time(1, 2, 3), Decimal("1.5"), True, ["é", "b"], {"a": 1}),
            (2, None, None, date(2024, 3, 7), None, None, False, None, None),
            (3, datetime(2024, 3, 6), datetime(2024, 3, 6, tzinfo=timezone(timedelta(hours=2))), date(2024, 3, 7), time(23, 0), Decimal(0), None, [], {}),
        ],
    ),
    "mysql": (
        [("id", 3), ("at", 12), ("day", 10), ("clock", 11), ("price", 246), ("bits", 16), ("blob", 252), ("name", 253)],
        [
            (1, datetime(2024, 3, 6, 1, 2, 3), date(2024, 3, 6), timedelta(hours=1, seconds=5), Decimal("1.5"), b"\x01", b"\x00\xff", "é, b"),
            (2, None, None, None, None, None, None, None),
        ],
    ),
    "mssql": (
        [("a b", 3), ("at", 4), ("price", 5), ("bit", 3)],
        [(1, datetime(2024, 3, 6, 1, 2, 3), Decimal("1.5"), True), (2, date(2024, 3, 6), None, False), (3, time(1, 2), None, None)],
    ),
    "presto": (
        [("id", "bigint"), ("name", "varchar(25)"), ("price", "decimal(10,2)"), ("at", "timestamp"), ("list", "array(bigint)")],
        [[1, "é", "1.50", "2024-03-06 00:00:00.000", [1, 2]], [2, None, None, None, None]],
    ),
    "oracle": (
        [("ID", Kind("NUMBER")), ("AT", Kind("DATE")), ("RAW", Kind("RAW"))],
        [(1, datetime(2024, 3, 6, 1, 2, 3), b"\x00\x01"), (Decimal("2.5"), timedelta(seconds=3), None)],
    ),
}  # fmt: skip
TABLES["trino"] = TABLES["presto"]
HOOKS = {
    "postgres": ("airflow.providers.postgres.hooks.postgres", "PostgresHook"), "mysql": ("airflow.providers.mysql.hooks.mysql", "MySqlHook"),
    "mssql": ("airflow.providers.microsoft.mssql.hooks.mssql", "MsSqlHook"), "presto": ("airflow.providers.presto.hooks.presto", "PrestoHook"),
    "trino": ("airflow.providers.trino.hooks.trino", "TrinoHook"), "oracle": ("airflow.providers.oracle.hooks.oracle", "OracleHook"),
}  # fmt: skip
OLD = {
    "postgres": ("airflow.hooks.postgres_hook", "PostgresHook"), "mysql": ("airflow.hooks.mysql_hook", "MySqlHook"),
    "mssql": ("airflow.hooks.mssql_hook", "MsSqlHook"),
}  # fmt: skip
# Numbers of MySQL's types, as MySQLdb names them: https://dev.mysql.com/doc/dev/mysql-server/latest/field__types_8h.html
MYSQL = {
    "DECIMAL": 0, "TINY": 1, "SHORT": 2, "LONG": 3, "FLOAT": 4, "DOUBLE": 5, "TIMESTAMP": 7, "LONGLONG": 8, "INT24": 9, "DATE": 10, "TIME": 11,
    "DATETIME": 12, "YEAR": 13, "BIT": 16, "NEWDECIMAL": 246,
}  # fmt: skip
ORACLE = (
    "BINARY_DOUBLE", "BINARY_FLOAT", "BINARY_INTEGER", "BOOLEAN", "DATE", "NUMBER", "TIMESTAMP", "TIMESTAMP_LTZ", "TIMESTAMP_TZ", "RAW",
)  # fmt: skip


class Cursor:
    """Gives the rows of its database, none where the statement says so; of `SELECT a, b` only these columns."""

    itersize = 0

    def __init__(self, name: str) -> None:
        self.columns, self.rows = TABLES[name]

    def execute(self, sql: str, parameters: Any = None) -> None:
        named = sql.partition("SELECT ")[2].partition(" FROM")[0].split(", ")
        wanted = [number for number, column in enumerate(self.columns) if column[0] in named or "*" in named]
        self.description = [(*self.columns[number], None, None, None, None, number % 2) for number in wanted]
        self._rows = iter([] if "nothing" in named else [[row[number] for number in wanted] for row in self.rows])

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        return next(self._rows)


def connection(name: str) -> Any:
    return SimpleNamespace(cursor=lambda **named: Cursor(name), close=lambda: None)


class SFTPHook:
    """A server with three files, which keeps what it is asked."""

    calls: list[Any] = []  # noqa: RUF012  the recorder's

    def __init__(self, ssh_conn_id: str, *args: Any, **kwargs: Any) -> None:
        self.ssh_conn_id = ssh_conn_id

    def _told(self, *call: Any) -> None:
        self.calls.append([f"sftp {self.ssh_conn_id}", *call])

    def create_directory(self, path: str) -> None:
        self._told("mkdir", path)

    def store_file(self, remote: str, local: str) -> None:
        with open(local) as file:
            self._told("put", remote, file.read())

    def retrieve_file(self, remote: str, local: str, prefetch: bool = True) -> None:
        self._told("get", remote, prefetch)
        with open(local, "w") as file:
            file.write(f"of {remote}")

    def delete_file(self, path: str) -> None:
        self._told("delete", path)

    def get_tree_map(self, path: str, prefix: str = "", delimiter: str = "") -> tuple[list[str], list[str], list[str]]:
        files = [f"{path}/{name}" for name in ("a.csv", "in/ab.csv", "c.txt")]
        return [name for name in files if name.startswith(prefix) and name.endswith(delimiter)], [], []


def in_airflow(old: bool = False) -> None:
    """The hooks of the providers, and the constants of drivers, as modules of ours."""
    oracle = {(kind := Kind(name)).name: kind for name in ORACLE}
    TABLES["oracle"] = ([(column, oracle[kind.name]) for column, kind in TABLES["oracle"][0]], TABLES["oracle"][1])
    _module("MySQLdb")
    _module("MySQLdb.constants", FIELD_TYPE=SimpleNamespace(**MYSQL))
    _module("oracledb", **oracle)
    if not old:
        _module("airflow.providers.sftp.hooks.sftp", SFTPHook=SFTPHook)
    for database, (path, name) in (OLD if old else HOOKS).items():
        given = {"get_conn": lambda self, database=database: connection(database), "__init__": lambda self, *args, **kwargs: None}
        _module(path, **{name: type(name, (), given)})


def _module(path: str, **names: Any) -> None:
    parts = path.split(".")
    for end in range(1, len(parts) + 1):
        name = ".".join(parts[:end])
        if name not in sys.modules and not (name in ("airflow", "airflow.providers", "airflow.hooks") and __import__(name)):
            sys.modules[name] = types.ModuleType(name)
            sys.modules[name].__path__ = []
    vars(sys.modules[path]).update(names)


def in_prefect() -> None:
    """The hooks that flows have."""
    if "airflow_transfers" in sys.modules:
        sys.modules["airflow_transfers"].SFTPHook = SFTPHook  # type: ignore[attr-defined]
    module = sys.modules.get("airflow_sql")
    for database, (_, name) in HOOKS.items():
        if hasattr(module, name):
            getattr(module, name).get_conn = lambda self, database=database: connection(database)
