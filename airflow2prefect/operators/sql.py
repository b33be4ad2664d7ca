"""SQL operators: a statement through the SqlAlchemyConnector block of its connection."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType

from airflow2prefect.model import Body, Literal, Task, Value, block_name
from airflow2prefect.operators.connections import block_needed, is_set, name_known, refused, set_value
from airflow2prefect.operators.registry import missing, operator


@dataclass(frozen=True, slots=True)
class Database:
    """A kind of database: its hook in templates/airflow_sql.py, what names its connection, its operators' import paths."""

    hook: str
    argument: str
    default: str
    paths: tuple[str, ...]


DATABASES = (
    Database(
        "PostgresHook",
        "postgres_conn_id",
        "postgres_default",
        (
            "airflow.operators.postgres_operator.PostgresOperator",
            "airflow.operators.postgres.PostgresOperator",
            "airflow.operators.PostgresOperator",
            "airflow.providers.postgres.operators.postgres.PostgresOperator",
        ),
    ),
    Database(
        "MySqlHook",
        "mysql_conn_id",
        "mysql_default",
        (
            "airflow.operators.mysql_operator.MySqlOperator",
            "airflow.operators.MySqlOperator",
            "airflow.providers.mysql.operators.mysql.MySqlOperator",
        ),
    ),
    Database(
        "SqliteHook",
        "sqlite_conn_id",
        "sqlite_default",
        (
            "airflow.operators.sqlite_operator.SqliteOperator",
            "airflow.operators.SqliteOperator",
            "airflow.providers.sqlite.operators.sqlite.SqliteOperator",
        ),
    ),
    Database(
        "MsSqlHook",
        "mssql_conn_id",
        "mssql_default",
        (
            "airflow.operators.mssql_operator.MsSqlOperator",
            "airflow.operators.MsSqlOperator",
            "airflow.providers.microsoft.mssql.operators.mssql.MsSqlOperator",
        ),
    ),
    Database(
        "OracleHook",
        "oracle_conn_id",
        "oracle_default",
        (
            "airflow.operators.oracle_operator.OracleOperator",
            "airflow.operators.OracleOperator",
            "airflow.providers.oracle.operators.oracle.OracleOperator",
        ),
    ),
    Database(
        "VerticaHook",
        "vertica_conn_id",
        "vertica_default",
        (
            "airflow.contrib.operators.vertica_operator.VerticaOperator",
            "airflow.providers.vertica.operators.vertica.VerticaOperator",
        ),
    ),
    Database(
        "RedshiftSQLHook",
        "redshift_conn_id",
        "redshift_default",
        (
            "airflow.providers.amazon.aws.operators.redshift.RedshiftSQLOperator",
            "airflow.providers.amazon.aws.operators.redshift_sql.RedshiftSQLOperator",
        ),
    ),
    Database("TrinoHook", "trino_conn_id", "trino_default", ("airflow.providers.trino.operators.trino.TrinoOperator",)),
    Database(
        "DbApiHook",
        "conn_id",
        "",
        ("airflow.providers.common.sql.operators.sql.SQLExecuteQueryOperator",),
    ),
)
_TAKEN = (
    "sql",
    "parameters",
    "autocommit",
    "database",
    "schema",
    "conn_id",
    "handler",
    "split_statements",
    "return_last",
    "do_xcom_push",
    "output_processor",
    "retry_on_failure",
    "hook_params",
)


def _register(database: Database) -> None:
    @operator(*database.paths, takes=(*_TAKEN, database.argument))
    def sql(task: Task, **given: Value) -> Body:
        """One statement or several in one transaction.

        https://github.com/apache/airflow/blob/1.10.15/airflow/hooks/dbapi_hook.py
        https://github.com/apache/airflow/blob/2.10.5/airflow/providers/common/sql/operators/sql.py
        """
        return _body(task, database, given)


for _database in DATABASES:
    _register(_database)


def _body(task: Task, database: Database, given: dict[str, Value]) -> Body:
    statement = given.get("sql")
    if statement is None:
        return missing(task, "sql")
    if not _is_default(given.get("handler"), "fetch_all_handler"):
        return refused(task, "handler")
    for name in ("output_processor", "hook_params"):
        if is_set(given.get(name)):
            return refused(task, name)
    connection = given.get(database.argument, given.get("conn_id")) or Literal(database.default)
    if connection == Literal(""):
        return missing(task, "conn_id")
    # Operators of the providers give back the rows, those of 1.10 nothing.
    returns = task.operator.startswith("airflow.providers.") and not _is_false(given.get("do_xcom_push"))
    fields: dict[str, Value] = {"sql": statement, "connection": connection}
    schema = set_value(given.get("database", given.get("schema")))
    extra = {
        "schema": schema,
        "autocommit": None
        if _is_false(given.get("autocommit")) or database.hook in ("SqliteHook", "TrinoHook")
        else given.get("autocommit"),
        "parameters": set_value(given.get("parameters")),
        "split_statements": None if _is_false(given.get("split_statements")) else given.get("split_statements"),
        "return_last": None if _is_true(given.get("return_last")) else given.get("return_last"),
    }
    fields |= {name: value for name, value in extra.items() if value is not None}
    plain = not returns and len(fields) == 2 and _is_plain(statement) and name_known(connection) is not None
    # Of any kind of database: the block says which.
    hook = "get_hook" if database.hook == "DbApiHook" else database.hook
    words = {"hook": hook, "connector": "SqlAlchemyConnector"}
    if plain:
        fields["block"] = Literal(block_name(name_known(connection) or ""))
    return Body(
        template="sql",
        fields=MappingProxyType(fields),
        templated=frozenset(("sql", "parameters")),
        extensions=(".sql",),
        flags=MappingProxyType({"returns": returns, "plain": plain}),
        words=MappingProxyType(words),
        locals=("database",),
        imports=("prefect_sqlalchemy.SqlAlchemyConnector",) if plain else (),
        helpers=() if plain else (("airflow_sql", hook), *((("airflow_sql", "fetch_all"),) if returns else ())),
        returns=returns,
        driver=database.hook,
        findings=(block_needed(task, connection, "SqlAlchemyConnector"),),
    )


# `:name` that SQLAlchemy's text() would take for a parameter, and the colon that it takes as escaped.
_BINDS = re.compile(r"(?<![:\w\\]):\w|\\:")
# What a template prints besides its text that cannot hold such a colon.
_TAME = re.compile(r"\{\{\s*(?:(?:next_|prev_|tomorrow_|yesterday_)?ds(?:_nodash)?|ts(?:_nodash)?)\s*\}\}")


def _is_plain(statement: Value) -> bool:
    """Whether SqlAlchemyConnector.execute does what a hook does: one statement whose text SQLAlchemy leaves alone."""
    if not isinstance(statement, Literal) or not isinstance(statement.value, str) or statement.value.endswith(".sql"):
        return False
    text = _TAME.sub("", statement.value)
    return not _BINDS.search(text) and not re.search(r"\{[{%#]", text)


def _is_false(value: Value | None) -> bool:
    return isinstance(value, Literal) and not value.value


def _is_true(value: Value | None) -> bool:
    return value is None or (isinstance(value, Literal) and value.value is True)


def _is_default(value: Value | None, name: str) -> bool:
    return value is None or getattr(value, "name", "").rpartition(".")[2] == name
