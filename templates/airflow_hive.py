"""Airflow's hook for HiveServer2. The Secret block `hiveserver2-default` stands for the connection `hiveserver2_default`."""

import csv
import os
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from airflow_connections import BaseHook


class HiveServer2Hook(BaseHook):
    """Queries to Hive by PyHive. Kerberos is that of the connection's `authMechanism`; no `airflow.ctx` is set in Hive."""

    default_conn_name = "hiveserver2_default"

    def __init__(self, hiveserver2_conn_id: str = "hiveserver2_default", **kwargs: Any) -> None:
        super().__init__()
        self.hiveserver2_conn_id = hiveserver2_conn_id

    def get_conn(self, schema: str | None = None) -> Any:
        from pyhive.hive import connect

        c = self.get_connection(self.hiveserver2_conn_id)
        auth = c.extra_dejson.get("authMechanism", "NONE")
        auth = "KERBEROS" if auth == "GSSAPI" else auth
        service = c.extra_dejson.get("kerberos_service_name", "hive") if auth == "KERBEROS" else None
        login = c.login or ("airflow" if auth == "NONE" else None)
        return connect(
            host=c.host,
            port=c.port,
            auth=auth,
            kerberos_service_name=service,
            username=login,
            password=c.password,
            database=schema or c.schema or "default",
        )

    def _rows(self, hql: Any, schema: str | None, fetch_size: int | None, hive_conf: dict[str, Any] | None) -> Iterator[Any]:
        """The columns, then the rows, of the statements that give any."""
        columns: Any = None
        with closing(self.get_conn(schema)) as conn, closing(conn.cursor()) as cursor:
            cursor.arraysize = fetch_size or 1000
            for name, value in (hive_conf or {}).items():
                cursor.execute(f"set {name}={value}")
            for statement in [hql] if isinstance(hql, str) else hql:
                cursor.execute(statement)
                text = statement.lower().strip()
                if not (text.startswith(("select", "with", "show")) or (text.startswith("set") and "=" not in text)):
                    continue
                found = list(cursor.description)
                if columns is not None and columns != found:
                    raise ValueError(f"the statements give different columns: {columns} and {found}")
                if columns is None:
                    columns = found
                    yield columns
                yield from cursor

    def get_results(
        self, hql: Any, schema: str | None = "default", fetch_size: int | None = None, hive_conf: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        rows = self._rows(hql, schema, fetch_size, hive_conf)
        header = next(rows)
        return {"data": list(rows), "header": header}

    def get_records(self, hql: Any, schema: str | None = "default", **kwargs: Any) -> Any:
        return self.get_results(hql, schema, **kwargs)["data"]

    def get_pandas_df(self, hql: Any, schema: str | None = "default", **kwargs: Any) -> Any:
        import pandas

        found = self.get_results(hql, schema)
        frame = pandas.DataFrame(found["data"], **kwargs)
        frame.columns = [column[0] for column in found["header"]]
        return frame

    def to_csv(
        self,
        hql: Any,
        csv_filepath: str,
        schema: str | None = "default",
        delimiter: str = ",",
        lineterminator: str = "\r\n",
        output_header: bool = True,
        fetch_size: int = 1000,
        hive_conf: dict[str, Any] | None = None,
    ) -> None:
        rows = self._rows(hql, schema, fetch_size, hive_conf)
        header = next(rows)
        try:
            with open(csv_filepath, "w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, delimiter=delimiter, lineterminator=lineterminator)
                if output_header:
                    writer.writerow([column[0] for column in header])
                writer.writerows(rows)
        except ValueError:
            os.remove(csv_filepath)
            raise
