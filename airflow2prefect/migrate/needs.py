"""What flows load from Prefect: blocks, Variables, tags with limits, read from their text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from airflow2prefect.migrate.blocks import KINDS
from airflow2prefect.model import block_name, pool_tag, variable_name


@dataclass(frozen=True, slots=True, order=True)
class Need:
    """A thing that a flow expects in Prefect, as `Item` names it; `name` is "" where only the run knows it."""

    kind: str
    name: str
    line: int
    path: str = ""
    slug: str = ""


# Hooks of templates/airflow_sql.py: the connection that they take by default.
_HOOKS = {
    "PostgresHook": "postgres_default",
    "RedshiftSQLHook": "redshift_default",
    "MySqlHook": "mysql_default",
    "SqliteHook": "sqlite_default",
    "MsSqlHook": "mssql_default",
    "OracleHook": "oracle_default",
    "VerticaHook": "vertica_default",
    "PrestoHook": "presto_default",
    "TrinoHook": "trino_default",
    "SnowflakeHook": "snowflake_default",
    "DbApiHook": "",
    "get_hook": "",
}
# Those of other helper modules, which load Secrets.
_SECRETS = {"HttpHook": "http_default", "Airflow1HttpHook": "http_default", "get_connection": ""}
# The blocks that get_connection looks for, one after the other.
CONNECTION = "connection"
_ANY = "|".join(KINDS[name].slug for name in ("Secret", "SqlAlchemyConnector", "AwsCredentials"))
_LIMITED = pool_tag("")


def needs_of(text: str | bytes) -> tuple[Need, ...]:
    """Of a flow module; raises SyntaxError."""
    tree = ast.parse(text)
    imports = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    return tuple(sorted({need for node in ast.walk(tree) if isinstance(node, ast.Call) for need in _call(node, imports)}))


def _call(call: ast.Call, imports: dict[str, str]) -> Iterator[Need]:
    function, first = call.func, call.args[0] if call.args else None
    match function:
        case ast.Attribute(value=ast.Name(id=name), attr="load" | "aload") if name in imports and name[:1].isupper():
            path = imports[name]
            if path == "prefect.variables.Variable":
                return
            kind = KINDS.get(path.rpartition(".")[2])
            yield Need(path.rpartition(".")[2], _constant(first), call.lineno, path, kind.slug if kind else "")
        case ast.Attribute(value=ast.Name(id=name), attr="get" | "aget") if imports.get(name) == "prefect.variables.Variable":
            yield Need("Variable", _constant(first), call.lineno)
        case ast.Name(id=name) if imports.get(name) == "airflow_variables.variable":
            if len(call.args) + len(call.keywords) == 1 + any(k.arg == "as_json" for k in call.keywords):
                yield Need("Variable", variable_name(_constant(first or call.keywords[0].value)), call.lineno)
        case ast.Name(id=name) if name in _HOOKS and imports.get(name) == f"airflow_sql.{name}":
            yield _block("SqlAlchemyConnector", _connection(call, _HOOKS[name]), call.lineno)
        case ast.Name(id=name) if name in _SECRETS and imports.get(name, "").startswith("airflow_"):
            position = 0 if name == "get_connection" else 1
            conn_id = _connection(call, _SECRETS[name], position)
            yield Need(CONNECTION, block_name(conn_id) if conn_id else "", call.lineno, "", _ANY)
    for keyword in call.keywords:
        if keyword.arg == "tags":
            for node in ast.walk(keyword.value):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith(_LIMITED):
                    yield Need("tag limit", node.value if node.value != _LIMITED else "", node.lineno)


def _block(kind_name: str, conn_id: str, line: int) -> Need:
    kind = KINDS[kind_name]
    return Need(kind.name, block_name(conn_id) if conn_id else "", line, kind.path, kind.slug)


def _connection(call: ast.Call, default: str, position: int = 0) -> str:
    """The connection id of a hook, which may be its argument at `position`; "" if it is computed."""
    if len(call.args) > position:
        return _constant(call.args[position])
    for keyword in call.keywords:
        if (keyword.arg or "").endswith("conn_id"):
            return _constant(keyword.value)
    return default if all(keyword.arg for keyword in call.keywords) else ""


def _constant(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
