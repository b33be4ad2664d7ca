"""Hooks of Google Cloud in callables."""
from datetime import datetime
from airflow import DAG
from airflow.contrib.hooks.bigquery_hook import BigQueryHook
from airflow.contrib.hooks.gcs_hook import GoogleCloudStorageHook
from airflow.operators.python_operator import PythonOperator

def load(ds, **kwargs):
    hook = BigQueryHook(bigquery_conn_id="bq", use_legacy_sql=False)
    conn = hook.get_conn()
    cursor = conn.cursor()
    cursor.execute("SELECT 1")
    row = cursor.fetchone()
    df = hook.get_pandas_df("SELECT 2")
    gcs = GoogleCloudStorageHook(google_cloud_storage_conn_id="gs")
    gcs.upload("bucket", "x/%s" % ds, "/tmp/a")
    return row[0]

with DAG('g', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    PythonOperator(task_id="a", python_callable=load, provide_context=True)
