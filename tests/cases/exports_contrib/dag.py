"""Tables of databases to Cloud Storage, as Airflow 1.10 has it."""
from datetime import datetime

from airflow import DAG
from airflow.contrib.operators.mssql_to_gcs import MsSqlToGoogleCloudStorageOperator
from airflow.contrib.operators.mysql_to_gcs import MySqlToGoogleCloudStorageOperator
from airflow.contrib.operators.postgres_to_gcs_operator import PostgresToGoogleCloudStorageOperator

BUCKET = "lake"
SCHEMA = [{"name": "id", "type": "INTEGER"}, {"name": "blob", "type": "BYTES"}, {"name": "bits", "type": "INTEGER"}]

dag = DAG("exports", start_date=datetime(2020, 1, 1), schedule_interval="@daily", catchup=False)
postgres = PostgresToGoogleCloudStorageOperator(
    task_id="postgres", sql="SELECT id, at, day, clock FROM t WHERE day = '{{ ds }}'", bucket=BUCKET, filename="t/{{ ds_nodash }}/{}.json",
    schema_filename="t/schema.json", gzip=True, parameters={"a": 1}, dag=dag)
parts = PostgresToGoogleCloudStorageOperator(
    task_id="parts", sql="SELECT * FROM t", bucket=BUCKET, filename="t/part_{}.csv", export_format="CSV", approx_max_file_size_bytes=60,
    field_delimiter="|", postgres_conn_id="shop", google_cloud_storage_conn_id="lake", gzip=True, dag=dag)
empty = PostgresToGoogleCloudStorageOperator(task_id="empty", sql="SELECT nothing", bucket=BUCKET, filename="none.json", dag=dag)
mysql = MySqlToGoogleCloudStorageOperator(
    task_id="mysql", sql="SELECT * FROM t", bucket=BUCKET, filename="my-{}.csv", schema_filename="my.json", ensure_utc=True,
    approx_max_file_size_bytes=10, export_format="csv", dag=dag)
typed = MySqlToGoogleCloudStorageOperator(
    task_id="typed", sql="SELECT blob", bucket=BUCKET, filename="my.json", schema=SCHEMA, dag=dag)
mssql = MsSqlToGoogleCloudStorageOperator(
    task_id="mssql", sql="SELECT id", bucket=BUCKET, filename="ms.json", schema_filename="ms-schema.json", dag=dag)
postgres >> [parts, empty, mysql, typed, mssql]
