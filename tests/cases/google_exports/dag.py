"""Tables of databases to Cloud Storage."""
from datetime import datetime

from airflow import DAG
from airflow.providers.google.cloud.transfers.mssql_to_gcs import MSSQLToGCSOperator
from airflow.providers.google.cloud.transfers.mysql_to_gcs import MySQLToGCSOperator
from airflow.providers.google.cloud.transfers.oracle_to_gcs import OracleToGCSOperator
from airflow.providers.google.cloud.transfers.postgres_to_gcs import PostgresToGCSOperator
from airflow.providers.google.cloud.transfers.presto_to_gcs import PrestoToGCSOperator
from airflow.providers.google.cloud.transfers.trino_to_gcs import TrinoToGCSOperator

BUCKET = "lake"
SCHEMA = [{"name": "id", "type": "INTEGER"}, {"name": "day", "type": "DATE"}, {"name": "bits", "type": "INTEGER"}]

with DAG("exports", start_date=datetime(2020, 1, 1), schedule_interval="@daily", catchup=False) as dag:
    postgres = PostgresToGCSOperator(
        task_id="postgres", sql="SELECT * FROM t WHERE day = '{{ ds }}'", bucket=BUCKET, filename="t/{{ ds_nodash }}/{}.json",
        schema_filename="t/schema.json", gzip=False, parameters={"a": 1})
    parts = PostgresToGCSOperator(
        task_id="parts", sql="SELECT * FROM t ORDER BY day", bucket=BUCKET, filename="t/part_{}.csv", export_format="CSV", partition_columns=["day"],
        field_delimiter="|", null_marker="NULL", upload_metadata=True, postgres_conn_id="shop", gcp_conn_id="lake")
    by_cursor = PostgresToGCSOperator(
        task_id="by_cursor", sql="SELECT * FROM t", bucket=BUCKET, filename="t.json", use_server_side_cursor=True, stringify_dict=True,
        cursor_itersize=1, schema_filename="s.json")
    empty = PostgresToGCSOperator(task_id="empty", sql="SELECT nothing", bucket=BUCKET, filename="none.json")
    still = PostgresToGCSOperator(
        task_id="still", sql="SELECT nothing", bucket=BUCKET, filename="none.csv", export_format="csv", write_on_empty=True)
    mysql = MySQLToGCSOperator(
        task_id="mysql", sql="SELECT * FROM t", bucket=BUCKET, filename="my-{}.json", schema_filename="my.json", ensure_utc=True,
        approx_max_file_size_bytes=10)
    typed = MySQLToGCSOperator(task_id="typed", sql="SELECT * FROM t", bucket=BUCKET, filename="my.csv", schema=SCHEMA, export_format="csv")
    mssql = MSSQLToGCSOperator(
        task_id="mssql", sql="SELECT * FROM t", bucket=BUCKET, filename="ms.json", schema_filename="ms-schema.json", bit_fields=["bit"])
    oracle = OracleToGCSOperator(task_id="oracle", sql="SELECT * FROM t", bucket=BUCKET, filename="o.json", schema_filename="o-schema.json")
    presto = PrestoToGCSOperator(task_id="presto", sql="SELECT * FROM t", bucket=BUCKET, filename="p.json", schema_filename="p-schema.json")
    trino = TrinoToGCSOperator(
        task_id="trino", sql="SELECT * FROM t", bucket=BUCKET, filename="t.json", schema=SCHEMA, schema_filename="t-schema.json")
    postgres >> [parts, by_cursor, empty, still, mysql, typed, mssql, oracle, presto, trino]
