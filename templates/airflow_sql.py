"""Airflow's database hooks over Prefect's SqlAlchemyConnector blocks: https://docs.prefect.io/integrations/prefect-sqlalchemy

Statements and parameters reach the driver as they are, in its own style (`%s`, `?`, `:1`), as with Airflow.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from datetime import datetime
from typing import Any

from airflow_connections import BaseHook, block_name
from prefect_sqlalchemy import SqlAlchemyConnector
from sqlalchemy import create_engine


class DbApiHook(BaseHook):
    """A database. `conn_id` is that of the Airflow connection; the block `my-db` stands for the connection `my_db`."""

    default_conn_name = ""
    conn_name_attr = "conn_id"
    autocommits = True  # whether the driver has an autocommit mode
    placeholder = "%s"
    log = logging.getLogger("prefect.airflow_sql")

    def __init__(self, *args: str, schema: str | None = None, **kwargs: Any) -> None:
        self.conn_id = args[0] if args else kwargs.get(self.conn_name_attr, kwargs.get("conn_id", self.default_conn_name))
        setattr(self, self.conn_name_attr, self.conn_id)
        self.schema = schema or kwargs.get("database")

    def get_sqlalchemy_engine(self, engine_kwargs: dict[str, Any] | None = None) -> Any:
        block = SqlAlchemyConnector.load(block_name(self.conn_id))
        if not self.schema:
            return block.get_engine(**(engine_kwargs or {}))
        url = block.get_engine().url.set(database=self.schema)
        return create_engine(url, connect_args=block.connect_args or {}, **(engine_kwargs or {}))

    def get_uri(self) -> str:
        return self.get_sqlalchemy_engine().url.render_as_string(hide_password=False)

    def get_conn(self) -> Any:
        """A connection of the database's own driver; whoever asks for it closes it."""
        pooled = self.get_sqlalchemy_engine().raw_connection()
        self.conn = pooled.driver_connection
        pooled.detach()
        return self.conn

    def get_cursor(self) -> Any:
        return self.get_conn().cursor()

    def set_autocommit(self, conn: Any, autocommit: bool) -> None:
        if not self.autocommits:
            return
        if callable(getattr(conn, "autocommit", None)):
            conn.autocommit(autocommit)
        else:
            conn.autocommit = autocommit

    def run(
        self,
        sql: str | Iterable[str],
        autocommit: bool = False,
        parameters: Any = None,
        handler: Callable[[Any], Any] | None = None,
        split_statements: bool = False,
        return_last: bool = True,
    ) -> Any:
        """Run one statement or several in one transaction. With a `handler`, what it makes of the cursor after each."""
        one = isinstance(sql, str)
        statements = split(sql) if one and split_statements else [sql] if one else list(sql)
        results = []
        with closing(self.get_conn()) as conn:
            self.set_autocommit(conn, autocommit)
            with closing(conn.cursor()) as cursor:
                for statement in statements:
                    self.log.info("%s%s", statement, f" with parameters {parameters}" if parameters is not None else "")
                    execute(cursor, statement, parameters)
                    if handler is not None:
                        results.append(handler(cursor))
            if not (autocommit and self.autocommits):
                conn.commit()
        if handler is None:
            return None
        return results[-1] if results and one and return_last else results

    def get_records(self, sql: str, parameters: Any = None) -> Any:
        with closing(self.get_conn()) as conn, closing(conn.cursor()) as cursor:
            execute(cursor, sql, parameters)
            return cursor.fetchall()

    def get_first(self, sql: str, parameters: Any = None) -> Any:
        with closing(self.get_conn()) as conn, closing(conn.cursor()) as cursor:
            execute(cursor, sql, parameters)
            return cursor.fetchone()

    def get_pandas_df(self, sql: str, parameters: Any = None, **kwargs: Any) -> Any:
        import pandas

        with closing(self.get_conn()) as conn:
            return pandas.read_sql(sql, con=conn, params=parameters, **kwargs)

    def insert_rows(
        self,
        table: str,
        rows: Iterable[Sequence[Any]],
        target_fields: Sequence[str] | None = None,
        commit_every: int = 1000,
        replace: bool = False,
        **kwargs: Any,
    ) -> None:
        """Insert rows, with a commit after each `commit_every` (0: one at the end)."""
        with closing(self.get_conn()) as conn, closing(conn.cursor()) as cursor:
            self.set_autocommit(conn, False)
            for number, row in enumerate(rows, 1):
                values = tuple(self.serialized(cell) for cell in row)
                cursor.execute(self.insert_sql(table, len(values), target_fields, replace, **kwargs), values)
                if commit_every and number % commit_every == 0:
                    conn.commit()
            conn.commit()

    def insert_sql(self, table: str, width: int, fields: Sequence[str] | None, replace: bool, **kwargs: Any) -> str:
        verb = "REPLACE INTO" if replace else "INSERT INTO"
        names = f"({', '.join(fields)})" if fields else ""
        return f"{verb} {table} {names} VALUES ({','.join(self.placeholders(width))})"

    def placeholders(self, width: int) -> list[str]:
        return [self.placeholder] * width

    def serialized(self, cell: Any) -> Any:
        return cell if cell is None else cell.isoformat() if isinstance(cell, datetime) else str(cell)


class PostgresHook(DbApiHook):
    conn_name_attr, default_conn_name = "postgres_conn_id", "postgres_default"

    def serialized(self, cell: Any) -> Any:
        return cell

    def insert_sql(self, table: str, width: int, fields: Sequence[str] | None, replace: bool, **kwargs: Any) -> str:
        sql = super().insert_sql(table, width, fields, replace=False)
        if not replace:
            return sql
        index = kwargs.get("replace_index")
        if fields is None or index is None:
            raise ValueError("PostgreSQL's ON CONFLICT needs target_fields and replace_index")
        index = [index] if isinstance(index, str) else list(index)
        changes = ", ".join(f"{name} = excluded.{name}" for name in fields if name not in index)
        return f"{sql} ON CONFLICT ({', '.join(index)}) DO UPDATE SET {changes}"

    def copy_expert(self, sql: str, filename: str) -> None:
        """COPY between the database and a file, which is made if it is not there."""
        with open(filename, "a+") as file, closing(self.get_conn()) as conn, closing(conn.cursor()) as cursor:
            file.seek(0)
            cursor.copy_expert(sql, file)
            file.truncate(file.tell())
            conn.commit()

    def bulk_load(self, table: str, tmp_file: str) -> None:
        self.copy_expert(f"COPY {table} FROM STDIN", tmp_file)

    def bulk_dump(self, table: str, tmp_file: str) -> None:
        self.copy_expert(f"COPY {table} TO STDOUT", tmp_file)


class RedshiftSQLHook(PostgresHook):
    conn_name_attr, default_conn_name = "redshift_conn_id", "redshift_default"


class MySqlHook(DbApiHook):
    conn_name_attr, default_conn_name = "mysql_conn_id", "mysql_default"

    def serialized(self, cell: Any) -> Any:
        return cell

    def bulk_load(self, table: str, tmp_file: str) -> None:
        self.run(f"LOAD DATA LOCAL INFILE '{tmp_file}' INTO TABLE {table}")

    def bulk_dump(self, table: str, tmp_file: str) -> None:
        self.run(f"SELECT * INTO OUTFILE '{tmp_file}' FROM {table}")


class SqliteHook(DbApiHook):
    conn_name_attr, default_conn_name, placeholder, autocommits = "sqlite_conn_id", "sqlite_default", "?", False


class MsSqlHook(DbApiHook):
    conn_name_attr, default_conn_name = "mssql_conn_id", "mssql_default"


class OracleHook(DbApiHook):
    conn_name_attr, default_conn_name, autocommits = "oracle_conn_id", "oracle_default", False

    def serialized(self, cell: Any) -> Any:
        return cell

    def placeholders(self, width: int) -> list[str]:
        return [f":{number}" for number in range(1, width + 1)]


class VerticaHook(DbApiHook):
    conn_name_attr, default_conn_name = "vertica_conn_id", "vertica_default"


class PrestoHook(DbApiHook):
    conn_name_attr, default_conn_name, autocommits = "presto_conn_id", "presto_default", False


class TrinoHook(DbApiHook):
    conn_name_attr, default_conn_name, autocommits = "trino_conn_id", "trino_default", False


class SnowflakeHook(DbApiHook):
    """`split_statements` is the rule here. What is given goes before what the block says."""

    conn_name_attr, default_conn_name = "snowflake_conn_id", "snowflake_default"

    def get_sqlalchemy_engine(self, engine_kwargs: dict[str, Any] | None = None) -> Any:
        block = SqlAlchemyConnector.load(block_name(self.conn_id))
        url = block.get_engine().url
        database, _, schema = (url.database or "").partition("/")
        database, schema = self.given.get("database") or database, self.given.get("schema") or schema
        query = {name: self.given[name] for name in ("warehouse", "role", "authenticator") if self.given.get(name)}
        url = url.set(database=f"{database}/{schema}" if schema else database).update_query_dict(query)
        arguments = {**(block.connect_args or {}), **({"session_parameters": p} if (p := self.given.get("session_parameters")) else {})}
        return create_engine(url, connect_args=arguments, **(engine_kwargs or {}))

    def __init__(self, *args: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.given = kwargs

    def run(self, sql: str | Iterable[str], autocommit: bool = False, parameters: Any = None, **kwargs: Any) -> Any:
        return super().run(sql, autocommit, parameters, **{"split_statements": True, **kwargs})


# By the name that SQLAlchemy has for a kind of database.
HOOKS = {
    "postgresql": PostgresHook,
    "redshift": RedshiftSQLHook,
    "mysql": MySqlHook,
    "sqlite": SqliteHook,
    "mssql": MsSqlHook,
    "oracle": OracleHook,
    "vertica": VerticaHook,
    "presto": PrestoHook,
    "trino": TrinoHook,
    "snowflake": SnowflakeHook,
}


def get_hook(conn_id: str, schema: str | None = None) -> DbApiHook:
    """The hook for the kind of database that the block of a connection names."""
    name = SqlAlchemyConnector.load(block_name(conn_id)).get_engine().url.get_backend_name()
    return HOOKS.get(name, DbApiHook)(conn_id, schema=schema)


def execute(cursor: Any, sql: str, parameters: Any) -> None:
    """With no parameters a driver leaves `%` alone."""
    if parameters is None:
        cursor.execute(sql)
    else:
        cursor.execute(sql, parameters)


def fetch_all(cursor: Any) -> list[Any] | None:
    """A handler for `run`: the rows, None of a statement that gives none."""
    return list(cursor.fetchall()) if cursor.description is not None else None


def fetch_one(cursor: Any) -> Any:
    """A handler for `run`: the first row, None of a statement that gives none."""
    return cursor.fetchone() if cursor.description is not None else None


def says_yes(row: Any) -> bool:
    """Whether the first value of a row is true, as Airflow's BranchSQLOperator takes it."""
    value = row[0] if row else None
    word = value.lower() if isinstance(value, str) else value
    if word in ("y", "yes", "t", "true", "on", "1") or (isinstance(word, int) and word):
        return True
    if word in ("n", "no", "f", "false", "off", "0") or isinstance(word, int):
        return False
    raise ValueError(f"the query returned {value!r}, which is neither true nor false" if row else "the query returned no row")


def met(
    rows: Any,
    *,
    success: Callable[[Any], Any] | None = None,
    failure: Callable[[Any], Any] | None = None,
    selector: Callable[[Any], Any] | None = None,
    fail_on_empty: bool = False,
    allow_null: bool = False,
) -> bool:
    """Whether the first value of the first row is true, or meets `success`; raises if it meets `failure` (Airflow's SqlSensor)."""
    if not rows:
        if fail_on_empty:
            raise ValueError("the query returned no rows")
        return False
    value = selector(rows[0]) if selector else rows[0][0]
    if failure is not None and failure(value):
        raise ValueError(f"the query returned {value!r}, a failure")
    if success is not None:
        return bool(success(value))
    return bool(value) or (allow_null and value is None)


def split(sql: str) -> list[str]:
    """The statements of a script, without the comments and empty ones."""
    import sqlparse

    statements = (sqlparse.format(statement, strip_comments=True).strip() for statement in sqlparse.split(sql))
    return [statement.rstrip(";") if statement.endswith(";") else statement for statement in statements if statement]
