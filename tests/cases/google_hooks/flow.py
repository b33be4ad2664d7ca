"""Hooks of Google Cloud in callables."""
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_bigquery import Airflow1BigQueryHook
from airflow_gcs import GoogleCloudStorageHook
from airflow_resume import SAME_DATE


@task(name="a", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def load(ds):
    hook = Airflow1BigQueryHook(bigquery_conn_id="bq", use_legacy_sql=False)
    conn = hook.get_conn()
    cursor = conn.cursor()
    cursor.execute("SELECT 1")
    row = cursor.fetchone()
    df = hook.get_pandas_df("SELECT 2")
    gcs = GoogleCloudStorageHook(google_cloud_storage_conn_id="gs")
    gcs.upload("bucket", "x/%s" % ds, "/tmp/a")
    return row[0]


@flow(name="g")
def g(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    a = load(ds)
    return a


if __name__ == "__main__":
    g()
