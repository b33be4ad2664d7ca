"""Airflow's BigQueryHook on google-cloud-bigquery and Prefect's GcpCredentials blocks: https://docs.prefect.io/integrations/prefect-gcp"""

import base64
import logging
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from airflow_google import GoogleBaseHook
from google.api_core.exceptions import NotFound
from google.cloud.bigquery import (
    CopyJobConfig,
    Dataset,
    ExtractJobConfig,
    LoadJobConfig,
    QueryJobConfig,
    SchemaField,
    Table,
    TableReference,
)
from google.cloud.bigquery.dbapi import connect

log = logging.getLogger("prefect.airflow_bigquery")


class BigQueryHook(GoogleBaseHook):
    """Queries and tables of BigQuery. The block `google-cloud-default` stands for the connection `google_cloud_default`.

    As in Airflow, queries are legacy SQL unless use_legacy_sql=False, and a row's values are numbers, truth values or texts.
    """

    default_conn_name = "google_cloud_default"

    def __init__(
        self,
        gcp_conn_id: str | None = None,
        use_legacy_sql: bool = True,
        location: str | None = None,
        priority: str = "INTERACTIVE",
        api_resource_configs: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        named = kwargs.pop("bigquery_conn_id", None)
        self.labels = kwargs.pop("labels", None)
        super().__init__(gcp_conn_id or named or self.default_conn_name, api_resource_configs=api_resource_configs or None, **kwargs)
        self.use_legacy_sql, self.location, self.priority = use_legacy_sql, location, priority
        self.running_job_id: str | None = None

    # ------------------------------------------------------------------ clients

    def get_client(self, project_id: str | None = None, location: str | None = None) -> Any:
        return self.block().get_bigquery_client(project=project_id, location=location or self.location)

    def get_conn(self) -> Any:
        """A DB-API connection: https://cloud.google.com/python/docs/reference/bigquery/latest/dbapi"""
        client = self.get_client()
        client.default_query_job_config = QueryJobConfig(use_legacy_sql=self.use_legacy_sql)
        return connect(client)

    def get_cursor(self) -> Any:
        return self.get_conn().cursor()

    # ------------------------------------------------------------------ queries

    def _query(self, sql: str, parameters: Any = None) -> Any:
        if parameters:
            sql = sql % {name: _written(value) for name, value in parameters.items()}
        config = QueryJobConfig(use_legacy_sql=self.use_legacy_sql, **({"labels": self.labels} if self.labels else {}))
        job = self.get_client().query(sql, job_config=config)
        self.running_job_id = job.job_id
        return job.result()

    def get_records(self, sql: Any, parameters: Any = None) -> list[list[Any]]:
        """The rows; of several statements, those of the last."""
        rows: list[list[Any]] = []
        for each in [sql] if isinstance(sql, str) else sql:
            rows = [_row(row) for row in self._query(each, parameters)]
        return rows

    def get_first(self, sql: Any, parameters: Any = None) -> list[Any] | None:
        first: list[Any] | None = None
        for each in [sql] if isinstance(sql, str) else sql:
            first = next((_row(row) for row in self._query(each, parameters)), None)
        return first

    def get_pandas_df(self, sql: str, parameters: Any = None, dialect: str | None = None, **kwargs: Any) -> Any:
        from pandas_gbq import read_gbq

        dialect = dialect or ("legacy" if self.use_legacy_sql else "standard")
        credentials, project = self.get_credentials_and_project_id()
        return read_gbq(sql, project_id=project, dialect=dialect, credentials=credentials, **kwargs)

    def run(self, sql: Any, autocommit: bool = False, parameters: Any = None, **kwargs: Any) -> None:
        self.get_records(sql, parameters)

    def run_query(
        self,
        sql: str,
        destination_dataset_table: str | None = None,
        write_disposition: str = "WRITE_EMPTY",
        allow_large_results: bool = False,
        flatten_results: bool | None = None,
        use_legacy_sql: bool | None = None,
        create_disposition: str = "CREATE_IF_NEEDED",
        query_params: list[Any] | None = None,
        labels: dict[str, str] | None = None,
        schema_update_options: Iterable[str] | None = None,
        priority: str | None = None,
        time_partitioning: dict[str, Any] | None = None,
        cluster_fields: list[str] | None = None,
        maximum_billing_tier: int | None = None,
        maximum_bytes_billed: float | None = None,
        location: str | None = None,
    ) -> str:
        """A query, waited for; the id of its job."""
        client = self.get_client(location=location)
        legacy = self.use_legacy_sql if use_legacy_sql is None else use_legacy_sql
        query: dict[str, Any] = {"useLegacySql": legacy, "priority": priority or self.priority}
        if destination_dataset_table:
            query |= {
                "destinationTable": _table(destination_dataset_table, client).to_api_repr(),
                "allowLargeResults": allow_large_results,
                "flattenResults": flatten_results,
                "writeDisposition": write_disposition,
                "createDisposition": create_disposition,
            }
        more = {
            "queryParameters": query_params,
            "schemaUpdateOptions": list(schema_update_options or []),
            "timePartitioning": _partitioning(destination_dataset_table, time_partitioning),
            "clustering": {"fields": cluster_fields} if cluster_fields else None,
            "maximumBillingTier": maximum_billing_tier,
            "maximumBytesBilled": maximum_bytes_billed,
        }
        query |= {name: value for name, value in more.items() if value}
        wanted = labels or self.labels
        config = QueryJobConfig.from_api_repr({"query": query, **({"labels": wanted} if wanted else {})})
        return self._waited(client.query(sql, job_config=config))

    def insert_job(
        self,
        configuration: dict[str, Any],
        job_id: str | None = None,
        project_id: str | None = None,
        location: str | None = None,
        nowait: bool = False,
        timeout: float | None = None,
    ) -> Any:
        """Any job, https://cloud.google.com/bigquery/docs/reference/v2/jobs"""
        if job_id:
            raise NotImplementedError("BigQueryHook.insert_job(job_id=...)")
        job = self.get_client(project_id, location).create_job(configuration)
        if not nowait:
            job.result(timeout=timeout)
        return job

    def get_job(self, job_id: str, project_id: str | None = None, location: str | None = None) -> Any:
        return self.get_client(project_id, location).get_job(job_id, project=project_id, location=location or self.location)

    def _waited(self, job: Any) -> str:
        job.result()
        self.running_job_id = job.job_id
        return job.job_id

    # ------------------------------------------------------------------ data

    def run_load(self, destination_project_dataset_table: str, source_uris: list[str], schema_fields: Any = None, **given: Any) -> str:
        """Load objects of Cloud Storage into a table; `given` are the arguments of Airflow's hook."""
        client = self.get_client()
        load = load_configuration(schema_fields=schema_fields, table=destination_project_dataset_table, **given)
        job = client.load_table_from_uri(
            source_uris,
            _table(destination_project_dataset_table, client),
            job_config=LoadJobConfig.from_api_repr({"load": load}),
        )
        return self._waited(job)

    def run_extract(
        self,
        source_project_dataset_table: str,
        destination_cloud_storage_uris: Any,
        compression: str = "NONE",
        export_format: str = "CSV",
        field_delimiter: str = ",",
        print_header: bool = True,
        labels: dict[str, str] | None = None,
    ) -> str:
        """Write a table to Cloud Storage."""
        client = self.get_client()
        config = ExtractJobConfig(compression=compression, destination_format=export_format, **({"labels": labels} if labels else {}))
        if export_format == "CSV":
            config.field_delimiter, config.print_header = field_delimiter, print_header
        source = _table(source_project_dataset_table, client)
        return self._waited(client.extract_table(source, destination_cloud_storage_uris, job_config=config))

    def run_copy(
        self,
        source_project_dataset_tables: Any,
        destination_project_dataset_table: str,
        write_disposition: str = "WRITE_EMPTY",
        create_disposition: str = "CREATE_IF_NEEDED",
        labels: dict[str, str] | None = None,
    ) -> str:
        """Copy tables into one."""
        client = self.get_client()
        tables = source_project_dataset_tables if isinstance(source_project_dataset_tables, list) else [source_project_dataset_tables]
        config = CopyJobConfig(write_disposition=write_disposition, create_disposition=create_disposition)
        if labels:
            config.labels = labels
        target = _table(destination_project_dataset_table, client)
        return self._waited(client.copy_table([_table(table, client) for table in tables], target, job_config=config))

    def insert_all(
        self,
        project_id: str | None,
        dataset_id: str,
        table_id: str,
        rows: list[Any],
        ignore_unknown_values: bool = False,
        skip_invalid_rows: bool = False,
        fail_on_error: bool = False,
    ) -> None:
        """Stream rows into a table: dicts or tuples, or as in Airflow 1.10 `{"json": {...}}`."""
        client = self.get_client(project_id)
        more = {"ignore_unknown_values": ignore_unknown_values, "skip_invalid_rows": skip_invalid_rows}
        if rows and all(isinstance(row, dict) and "json" in row for row in rows):
            ids = [row.get("insertId") for row in rows]
            table = TableReference.from_string(f"{client.project}.{dataset_id}.{table_id}")
            errors = client.insert_rows_json(table, [row["json"] for row in rows], row_ids=ids, **more)
        else:
            errors = client.insert_rows(client.get_table(f"{client.project}.{dataset_id}.{table_id}"), rows, **more)
        if errors:
            log.error("%s rows were not inserted: %s", len(errors), errors)
            if fail_on_error:
                raise RuntimeError(f"{len(errors)} rows were not inserted: {errors}")

    def list_rows(
        self,
        dataset_id: str,
        table_id: str,
        max_results: int | None = None,
        selected_fields: Any = None,
        page_token: str | None = None,
        start_index: int | None = None,
        project_id: str | None = None,
        location: str | None = None,
    ) -> list[Any]:
        client = self.get_client(project_id, location)
        names = selected_fields.split(",") if isinstance(selected_fields, str) else selected_fields
        table = Table(f"{client.project}.{dataset_id}.{table_id}")
        fields = [SchemaField(name, "") for name in names] if names else None
        rows = client.list_rows(table, selected_fields=fields, max_results=max_results, page_token=page_token, start_index=start_index)
        return list(rows)

    def get_tabledata(self, dataset_id: str, table_id: str, **given: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in self.list_rows(dataset_id, table_id, **given)]

    # ------------------------------------------------------------------ tables and datasets

    def table_exists(self, dataset_id: str, table_id: str, project_id: str | None = None) -> bool:
        client = self.get_client(project_id)
        try:
            client.get_table(f"{client.project}.{dataset_id}.{table_id}")
        except NotFound:
            return False
        return True

    def table_partition_exists(self, dataset_id: str, table_id: str, partition_id: str, project_id: str | None = None) -> bool:
        client = self.get_client(project_id)
        try:
            return partition_id in client.list_partitions(f"{client.project}.{dataset_id}.{table_id}")
        except NotFound:
            return False

    def get_schema(self, dataset_id: str, table_id: str, project_id: str | None = None) -> dict[str, Any]:
        client = self.get_client(project_id)
        return {"fields": [field.to_api_repr() for field in client.get_table(f"{client.project}.{dataset_id}.{table_id}").schema]}

    def create_empty_table(
        self,
        project_id: str | None = None,
        dataset_id: str | None = None,
        table_id: str | None = None,
        table_resource: dict[str, Any] | None = None,
        schema_fields: Any = None,
        time_partitioning: dict[str, Any] | None = None,
        cluster_fields: list[str] | None = None,
        labels: dict[str, str] | None = None,
        view: dict[str, Any] | None = None,
        location: str | None = None,
        exists_ok: bool = True,
    ) -> Any:
        client = self.get_client(project_id, location)
        parts = {
            "location": self.location,
            "schema": {"fields": schema_fields} if schema_fields else None,
            "timePartitioning": time_partitioning,
            "clustering": {"fields": cluster_fields} if cluster_fields else None,
            "labels": labels,
            "view": view,
        }
        resource = table_resource or {name: value for name, value in parts.items() if value}
        named = {"projectId": client.project, "datasetId": dataset_id, "tableId": table_id}
        return client.create_table(Table.from_api_repr({"tableReference": named, **resource}), exists_ok=exists_ok)

    def delete_table(self, table_id: str, not_found_ok: bool = True, project_id: str | None = None) -> None:
        self.get_client(project_id).delete_table(table_id, not_found_ok=not_found_ok)

    def get_dataset(self, dataset_id: str, project_id: str | None = None) -> Any:
        client = self.get_client(project_id)
        return client.get_dataset(f"{client.project}.{dataset_id}")

    def get_dataset_tables(self, dataset_id: str, project_id: str | None = None, max_results: int | None = None) -> list[dict[str, Any]]:
        client = self.get_client()
        tables = client.list_tables(f"{project_id or client.project}.{dataset_id}", max_results=max_results)
        return [table.reference.to_api_repr() for table in tables]

    def create_empty_dataset(
        self,
        dataset_id: str,
        project_id: str | None = None,
        location: str | None = None,
        dataset_reference: dict[str, Any] | None = None,
        exists_ok: bool = True,
    ) -> None:
        client = self.get_client(project_id, location)
        if dataset_reference:
            raise NotImplementedError("BigQueryHook.create_empty_dataset(dataset_reference=...)")
        dataset = Dataset(f"{client.project}.{dataset_id}")
        if location or self.location:
            dataset.location = location or self.location
        client.create_dataset(dataset, exists_ok=exists_ok)

    def delete_dataset(self, dataset_id: str, project_id: str | None = None, delete_contents: bool = False) -> None:
        client = self.get_client(project_id)
        client.delete_dataset(f"{client.project}.{dataset_id}", delete_contents=delete_contents, not_found_ok=True)


class Airflow1BigQueryHook(BigQueryHook):
    """That of Airflow 1.10: what it does with tables are methods of its cursors."""

    default_conn_name = "bigquery_default"

    def __init__(
        self,
        bigquery_conn_id: str = "bigquery_default",
        delegate_to: str | None = None,
        use_legacy_sql: bool = True,
        location: str | None = None,
    ) -> None:
        super().__init__(bigquery_conn_id, use_legacy_sql, location, delegate_to=delegate_to)

    def table_exists(self, project_id: str, dataset_id: str, table_id: str) -> bool:
        return super().table_exists(dataset_id, table_id, project_id)

    def get_conn(self) -> Any:
        return self

    def cursor(self) -> "Cursor":
        return Cursor(self)

    def commit(self) -> None:
        pass

    def close(self) -> None:
        pass


class Cursor(BigQueryHook):
    """A cursor of Airflow 1.10: rows by the DB-API's names, and what the hook can do."""

    arraysize = 1
    rowcount = -1

    def __init__(self, hook: BigQueryHook) -> None:
        super().__init__(hook.gcp_conn_id, hook.use_legacy_sql, hook.location)
        self.rows: list[list[Any]] = []

    def execute(self, operation: str, parameters: Any = None) -> None:
        self.rows = self.get_records(operation, parameters)

    def fetchone(self) -> list[Any] | None:
        return self.rows.pop(0) if self.rows else None

    def fetchmany(self, size: int | None = None) -> list[list[Any]]:
        size = size or self.arraysize
        found, self.rows = self.rows[:size], self.rows[size:]
        return found

    def fetchall(self) -> list[list[Any]]:
        found, self.rows = self.rows, []
        return found

    def close(self) -> None:
        pass


def load_configuration(
    schema_fields: Any = None,
    table: str = "",
    *,
    source_format: str = "CSV",
    create_disposition: str = "CREATE_IF_NEEDED",
    skip_leading_rows: int | None = None,
    write_disposition: str = "WRITE_EMPTY",
    field_delimiter: str = ",",
    max_bad_records: int = 0,
    quote_character: str | None = None,
    ignore_unknown_values: bool = False,
    allow_quoted_newlines: bool = False,
    allow_jagged_rows: bool = False,
    encoding: str = "UTF-8",
    schema_update_options: Iterable[str] = (),
    src_fmt_configs: dict[str, Any] | None = None,
    time_partitioning: dict[str, Any] | None = None,
    cluster_fields: list[str] | None = None,
    autodetect: bool = False,
    encryption_configuration: dict[str, Any] | None = None,
    labels: dict[str, str] | None = None,
    description: str | None = None,
) -> dict[str, Any]:
    """How a load job is configured for the arguments of Airflow's hook; without schema_fields and autodetect, the table has its own schema."""
    source_format = source_format.upper()
    csv = {
        "skipLeadingRows": skip_leading_rows,
        "fieldDelimiter": field_delimiter,
        "quote": quote_character,
        "allowQuotedNewlines": allow_quoted_newlines,
        "encoding": encoding,
    }
    about = {name: value for name, value in (("labels", labels), ("description", description)) if value}
    found = {
        "autodetect": autodetect,
        "createDisposition": create_disposition,
        "writeDisposition": write_disposition,
        "sourceFormat": source_format,
        "ignoreUnknownValues": ignore_unknown_values,
        **({name: value for name, value in csv.items() if value is not None} if source_format == "CSV" else {}),
        "schema": {"fields": schema_fields} if schema_fields else None,
        "timePartitioning": _partitioning(table, time_partitioning),
        "clustering": {"fields": cluster_fields} if cluster_fields else None,
        "schemaUpdateOptions": list(schema_update_options),
        "maxBadRecords": max_bad_records,
        "allowJaggedRows": allow_jagged_rows,
        "destinationEncryptionConfiguration": encryption_configuration,
        "destinationTableProperties": about,
        **(src_fmt_configs or {}),
    }
    kept = ("autodetect", "ignoreUnknownValues", "skipLeadingRows", "allowQuotedNewlines")
    return {name: value for name, value in found.items() if value or (name in kept and value is not None)}


def _partitioning(table: str | None, given: dict[str, Any] | None) -> dict[str, Any]:
    """A table named with its partition, `events$20240306`, is partitioned by day."""
    return {**({"type": "DAY"} if table and "$" in table else {}), **(given or {})}


def _table(name: str, client: Any) -> TableReference:
    """`dataset.table`, `project.dataset.table` or `project:dataset.table`."""
    project, _, rest = name.rpartition(":")
    return TableReference.from_string(f"{project}.{rest}" if project else rest, client.project)


def _row(row: Any) -> list[Any]:
    return [_value(value) for value in row.values()]


def _value(value: Any) -> Any:
    """A value of a row as Airflow gives it: times of the world as seconds, other dates and exact numbers as texts."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.timestamp()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return base64.standard_b64encode(value).decode() if isinstance(value, bytes) else value


def _written(value: Any) -> str:
    """A parameter in the text of a query."""
    if value is None:
        return "NULL"
    text = str(value).replace("\\", "\\\\").replace("'", "\\'")
    return f"'{text}'" if isinstance(value, str) else text
