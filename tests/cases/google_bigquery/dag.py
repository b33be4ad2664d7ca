"""BigQuery: loads, extracts, copies, checks, tables, by operators of 1.10 and of the provider."""
from datetime import datetime
from airflow import DAG
from airflow.providers.google.cloud.transfers.gcs_to_bigquery import GCSToBigQueryOperator
from airflow.providers.google.cloud.transfers.bigquery_to_gcs import BigQueryToGCSOperator
from airflow.providers.google.cloud.operators.bigquery import BigQueryValueCheckOperator
from airflow.providers.google.cloud.operators.bigquery import BigQueryCheckOperator, BigQueryIntervalCheckOperator
from airflow.providers.google.cloud.operators.bigquery import BigQueryCreateExternalTableOperator, BigQueryGetDataOperator, BigQueryUpdateTableOperator, BigQueryUpsertTableOperator
from airflow.providers.google.cloud.transfers.bigquery_to_bigquery import BigQueryToBigQueryOperator
from airflow.providers.google.cloud.sensors.bigquery import BigQueryTableExistenceSensor
DATASET = "ds"
SCHEMA = [{"name": "a", "type": "STRING"}]
with DAG('g', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    a = GCSToBigQueryOperator(task_id="a", bucket="b", source_objects=["x/{{ ds }}/*.csv"], destination_project_dataset_table=f"{DATASET}.t", schema_fields=SCHEMA, write_disposition="WRITE_TRUNCATE", skip_leading_rows=1)
    b = GCSToBigQueryOperator(task_id="b", bucket="b", source_objects=["x/{{ ds }}/*.csv"], destination_project_dataset_table="my-project:ds.t${{ ds_nodash }}", schema_object="s.json", source_format="NEWLINE_DELIMITED_JSON")
    c = BigQueryToGCSOperator(task_id="c", source_project_dataset_table="a.b.c", destination_cloud_storage_uris=["gs://x/*.csv"], gcp_conn_id="x")
    d = BigQueryCheckOperator(task_id="d", sql="select count(*) from x where d = '{{ ds }}'", use_legacy_sql=False)
    e = BigQueryIntervalCheckOperator(task_id="e", table="x", days_back=1, metrics_thresholds={"COUNT(*)": 1.5}, use_legacy_sql=False)
    f = BigQueryCreateExternalTableOperator(task_id="f", bucket="b", source_objects=["a.csv"], destination_project_dataset_table=f"{DATASET}.ext", skip_leading_rows=1, schema_fields=SCHEMA)
    g = BigQueryGetDataOperator(task_id="g", dataset_id=DATASET, table_id="t", max_results=10, selected_fields="value,name")
    h = BigQueryUpdateTableOperator(task_id="h", dataset_id=DATASET, table_id="t", fields=["friendlyName"], table_resource={"friendlyName": "x"})
    i = BigQueryToBigQueryOperator(task_id="i", source_project_dataset_tables=f"{DATASET}.t", destination_project_dataset_table="x.y")
    j = BigQueryTableExistenceSensor(task_id="j", project_id="p", dataset_id="d", table_id="t_{{ ds_nodash }}", poke_interval=10)
    k = BigQueryUpsertTableOperator(task_id="k", dataset_id=DATASET, table_resource={"tableReference": {"tableId": "x"}, "expirationTime": 1})
    a >> b >> c >> d >> e >> f >> g >> h >> i >> j >> k
