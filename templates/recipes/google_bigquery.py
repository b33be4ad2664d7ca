"""BigQuery: airflow/providers/google/cloud/operators/bigquery.py and transfers, airflow/contrib/operators of 1.10."""

import json

from airflow_bigquery import BigQueryHook
from airflow_checks import check_interval, check_row, check_value
from google.cloud.bigquery import (
    CopyJobConfig, Dataset, ExternalConfig, ExtractJobConfig, LoadJobConfig, SchemaField, Table, TableReference, TimePartitioning,
)


@operator(
    "airflow.providers.google.cloud.operators.bigquery.BigQueryCheckOperator",
    "airflow.contrib.operators.bigquery_check_operator.BigQueryCheckOperator",
)
def check(sql, use_legacy_sql=None, location=None, labels=None):
    hook = BigQueryHook(connection, use_legacy_sql=use_legacy_sql, location=location, labels=labels)
    check_row(hook.get_first(sql))


@operator(
    "airflow.providers.google.cloud.operators.bigquery.BigQueryValueCheckOperator",
    "airflow.contrib.operators.bigquery_check_operator.BigQueryValueCheckOperator",
)
def value_check(sql, pass_value, tolerance=None, use_legacy_sql=None, location=None, labels=None):
    hook = BigQueryHook(connection, use_legacy_sql=use_legacy_sql, location=location, labels=labels)
    check_value(hook.get_first(sql), pass_value, tolerance=tolerance)


@operator(
    "airflow.providers.google.cloud.operators.bigquery.BigQueryIntervalCheckOperator",
    "airflow.contrib.operators.bigquery_check_operator.BigQueryIntervalCheckOperator",
)
def interval_check(
    table, metrics_thresholds, date_filter_column=None, days_back=None, ratio_formula=None, ignore_zero=None, use_legacy_sql=None,
    location=None, labels=None,
):
    hook = BigQueryHook(connection, use_legacy_sql=use_legacy_sql, location=location, labels=labels)
    check_interval(
        hook, table, metrics_thresholds, ds, date_filter_column=date_filter_column, days_back=days_back, ratio_formula=ratio_formula,
        ignore_zero=ignore_zero,
    )


@operator("airflow.providers.google.cloud.operators.bigquery.BigQueryGetDataOperator")
def get_data(
    dataset_id, table_id, table_project_id=project_id, project_id=None, max_results=100, selected_fields=None, location=None, as_dict=False,
    job_id=None, use_legacy_sql=None,
):
    if job_id:
        refuse(job_id)
    client = gcp.get_bigquery_client(project=table_project_id, location=location)
    table = Table(f"{client.project}.{dataset_id}.{table_id}")
    if selected_fields is None:
        fields = client.get_table(table).schema
    elif isinstance(selected_fields, list):
        fields = [SchemaField(name, "") for name in selected_fields]
    else:
        fields = [SchemaField(name, "") for name in selected_fields.split(",")]
    rows = client.list_rows(table, selected_fields=fields, max_results=max_results)
    if as_dict:
        return [dict(row) for row in rows]
    else:
        return [row.values() for row in rows]


@operator("airflow.providers.google.cloud.operators.bigquery.BigQueryGetDatasetOperator")
def get_dataset(dataset_id, project_id=None):
    client = gcp.get_bigquery_client(project=project_id)
    return client.get_dataset(f"{client.project}.{dataset_id}").to_api_repr()


@operator("airflow.providers.google.cloud.operators.bigquery.BigQueryGetDatasetTablesOperator")
def get_tables(dataset_id, project_id=client.project, max_results=None):
    client = gcp.get_bigquery_client()
    tables = client.list_tables(f"{project_id}.{dataset_id}", max_results=max_results)
    return [table.reference.to_api_repr() for table in tables]


@operator("airflow.providers.google.cloud.operators.bigquery.BigQueryUpdateTableOperator")
def update_table(table_resource, fields=None, dataset_id=None, table_id=None, project_id=None):
    client = gcp.get_bigquery_client(project=project_id)
    if "tableReference" in table_resource:
        table = Table.from_api_repr(table_resource)
    else:
        reference = {"projectId": client.project, "datasetId": dataset_id, "tableId": table_id}
        table = Table.from_api_repr({"tableReference": reference, **table_resource})
    return client.update_table(table, fields or list(table_resource)).to_api_repr()


@operator(
    "airflow.providers.google.cloud.operators.bigquery.BigQueryUpdateDatasetOperator",
    "airflow.providers.google.cloud.operators.bigquery.BigQueryPatchDatasetOperator",
)
def update_dataset(dataset_resource, fields=None, dataset_id=None, project_id=None):
    client = gcp.get_bigquery_client(project=project_id)
    if "datasetReference" in dataset_resource:
        dataset = Dataset.from_api_repr(dataset_resource)
    else:
        reference = {"projectId": client.project, "datasetId": dataset_id}
        dataset = Dataset.from_api_repr({"datasetReference": reference, **dataset_resource})
    return client.update_dataset(dataset, fields or list(dataset_resource)).to_api_repr()


@operator("airflow.providers.google.cloud.operators.bigquery.BigQueryUpsertTableOperator")
def upsert_table(dataset_id, table_resource, project_id=client.project, location=None):
    client = gcp.get_bigquery_client(location=location)
    reference = {"projectId": project_id, "datasetId": dataset_id, "tableId": table_resource["tableReference"]["tableId"]}
    table = Table.from_api_repr({**table_resource, "tableReference": reference})
    if any(each.table_id == table.table_id for each in client.list_tables(f"{project_id}.{dataset_id}")):
        client.update_table(table, list(table_resource))
    else:
        client.create_table(table)


@operator(
    "airflow.providers.google.cloud.transfers.bigquery_to_gcs.BigQueryToGCSOperator",
    "airflow.contrib.operators.bigquery_to_gcs.BigQueryToCloudStorageOperator",
)
def extract(
    source_project_dataset_table, destination_cloud_storage_uris, compression=None, export_format="CSV", field_delimiter=",",
    print_header=True, labels=None, location=None, project_id=None, force_rerun=None, result_timeout=None,
):
    client = gcp.get_bigquery_client(project=project_id, location=location)
    if export_format == "CSV":
        config = ExtractJobConfig(
            compression=compression, destination_format=export_format, field_delimiter=field_delimiter, print_header=print_header,
            labels=labels,
        )
    else:
        config = ExtractJobConfig(compression=compression, destination_format=export_format, labels=labels)
    source = TableReference.from_string(source_project_dataset_table, client.project)
    client.extract_table(source, destination_cloud_storage_uris, job_config=config).result(timeout=result_timeout)


@operator(
    "airflow.providers.google.cloud.transfers.bigquery_to_bigquery.BigQueryToBigQueryOperator",
    "airflow.contrib.operators.bigquery_to_bigquery.BigQueryToBigQueryOperator",
)
def copy(
    source_project_dataset_tables, destination_project_dataset_table, write_disposition="WRITE_EMPTY",
    create_disposition="CREATE_IF_NEEDED", labels=None, location=None, encryption_configuration=None,
):
    if encryption_configuration:
        refuse(encryption_configuration)
    client = gcp.get_bigquery_client(location=location)
    if isinstance(source_project_dataset_tables, list):
        sources = [TableReference.from_string(name, client.project) for name in source_project_dataset_tables]
    else:
        sources = [TableReference.from_string(source_project_dataset_tables, client.project)]
    target = TableReference.from_string(destination_project_dataset_table, client.project)
    config = CopyJobConfig(write_disposition=write_disposition, create_disposition=create_disposition, labels=labels)
    client.copy_table(sources, target, job_config=config).result()


@operator(
    "airflow.providers.google.cloud.transfers.gcs_to_bigquery.GCSToBigQueryOperator",
    "airflow.contrib.operators.gcs_to_bq.GoogleCloudStorageToBigQueryOperator",
)
def load(
    bucket, source_objects, destination_project_dataset_table, schema_fields=None, schema_object=None, schema_object_bucket=bucket,
    source_format="CSV", compression=None, create_disposition=None, skip_leading_rows=None, write_disposition="WRITE_EMPTY",
    field_delimiter=None, max_bad_records=None, quote_character=None, ignore_unknown_values=None, allow_quoted_newlines=None,
    allow_jagged_rows=None, encoding=None, max_id_key=None, schema_update_options=None, src_fmt_configs=None, external_table=None,
    time_partitioning=None, cluster_fields=None, autodetect=True, location=None, labels=None, description=None, project_id=None,
    force_rerun=True, force_delete=None, result_timeout=None, encryption_configuration=None,
):
    if external_table:
        refuse(external_table)
    if encryption_configuration:
        refuse(encryption_configuration)
    if max_id_key:
        refuse(max_id_key)
    if not force_rerun:
        refuse(force_rerun)
    if isinstance(schema_fields, str):
        refuse(schema_fields)
    if not schema_fields and not schema_object and not autodetect:
        refuse(autodetect)
    client = gcp.get_bigquery_client(project=project_id, location=location)
    if isinstance(source_objects, list):
        uris = [f"gs://{bucket}/{name}" for name in source_objects]
    else:
        uris = [f"gs://{bucket}/{source_objects}"]
    if schema_object and not schema_fields and source_format != "DATASTORE_BACKUP":
        fields = json.loads(storage.bucket(schema_object_bucket).blob(schema_object).download_as_bytes())
    target = TableReference.from_string(destination_project_dataset_table, client.project)
    if force_delete:
        client.delete_table(target, not_found_ok=True)
    config = LoadJobConfig(
        source_format=source_format,
        autodetect=autodetect,
        schema=(schema_fields if schema_fields else fields if schema_object and source_format != "DATASTORE_BACKUP" else None),
        create_disposition=create_disposition,
        write_disposition=write_disposition,
        skip_leading_rows=skip_leading_rows,
        field_delimiter=field_delimiter,
        max_bad_records=max_bad_records,
        quote_character=quote_character,
        ignore_unknown_values=ignore_unknown_values,
        allow_quoted_newlines=allow_quoted_newlines,
        allow_jagged_rows=allow_jagged_rows,
        encoding=encoding,
        schema_update_options=schema_update_options,
        time_partitioning=(
            TimePartitioning.from_api_repr(time_partitioning)
            if time_partitioning
            else TimePartitioning(type_="DAY") if "$" in destination_project_dataset_table else None
        ),
        clustering_fields=cluster_fields,
        destination_table_description=description,
    )
    if labels:
        refuse(labels)
    if src_fmt_configs:
        refuse(src_fmt_configs)
    client.load_table_from_uri(uris, target, job_config=config).result(timeout=result_timeout)


@operator(
    "airflow.providers.google.cloud.operators.bigquery.BigQueryCreateExternalTableOperator",
    "airflow.contrib.operators.bigquery_operator.BigQueryCreateExternalTableOperator",
)
def external_table(
    bucket=None, source_objects=None, destination_project_dataset_table=None, table_resource=None, schema_fields=None, schema_object=None,
    gcs_schema_bucket=bucket, source_format="CSV", autodetect=None, compression=None, skip_leading_rows=None, field_delimiter=None,
    max_bad_records=None, quote_character=None, allow_quoted_newlines=None, allow_jagged_rows=None, src_fmt_configs=None, labels=None,
    encryption_configuration=None, location=None,
):
    if encryption_configuration:
        refuse(encryption_configuration)
    if src_fmt_configs:
        refuse(src_fmt_configs)
    client = gcp.get_bigquery_client(location=location)
    if table_resource:
        client.create_table(Table.from_api_repr(table_resource), exists_ok=True)
        return
    config = ExternalConfig(source_format)
    config.source_uris = [f"gs://{bucket}/{name}" for name in source_objects]
    if autodetect:
        config.autodetect = autodetect
    if compression:
        config.compression = compression
    if max_bad_records:
        config.max_bad_records = max_bad_records
    if source_format == "CSV":
        if skip_leading_rows:
            config.csv_options.skip_leading_rows = skip_leading_rows
        if field_delimiter:
            config.csv_options.field_delimiter = field_delimiter
        if quote_character is not None:
            config.csv_options.quote_character = quote_character
        if allow_quoted_newlines:
            config.csv_options.allow_quoted_newlines = allow_quoted_newlines
        if allow_jagged_rows:
            config.csv_options.allow_jagged_rows = allow_jagged_rows
    if schema_fields:
        table = Table(TableReference.from_string(destination_project_dataset_table, client.project), schema=schema_fields)
    elif schema_object and source_format != "DATASTORE_BACKUP":
        fields = json.loads(storage.bucket(gcs_schema_bucket).blob(schema_object).download_as_bytes())
        table = Table(TableReference.from_string(destination_project_dataset_table, client.project), schema=fields)
    else:
        table = Table(TableReference.from_string(destination_project_dataset_table, client.project))
    table.external_data_configuration = config
    if labels:
        table.labels = labels
    client.create_table(table, exists_ok=True)


@sensor(
    "airflow.providers.google.cloud.sensors.bigquery.BigQueryTableExistenceSensor",
    "airflow.contrib.sensors.bigquery_sensor.BigQueryTableSensor",
)
def table_exists(project_id, dataset_id, table_id):
    hook = BigQueryHook(connection)
    return hook.table_exists(dataset_id, table_id, project_id)


@sensor("airflow.providers.google.cloud.sensors.bigquery.BigQueryTablePartitionExistenceSensor")
def partition_exists(project_id, dataset_id, table_id, partition_id):
    hook = BigQueryHook(connection)
    return hook.table_partition_exists(dataset_id, table_id, partition_id, project_id)
