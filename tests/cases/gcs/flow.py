"""Google Cloud Storage."""
from contextlib import suppress
from datetime import datetime, timedelta

from google.api_core.exceptions import Conflict, NotFound
from prefect import flow, task
from prefect.runtime import flow_run
from prefect_gcp import GcpCredentials

from airflow_gcs import upload_files
from airflow_resume import SAME_DATE

BUCKET = 'pets'


@task(name="make", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def make():
    bucket = GcpCredentials.load("google-cloud-default").get_cloud_storage_client().bucket(BUCKET)
    bucket.storage_class = "STANDARD"
    bucket.labels = {"team": "a"}
    with suppress(Conflict):
        bucket.create(location="EU")


@task(name="up", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def up(ds):
    client = GcpCredentials.load("lake").get_cloud_storage_client()
    client.bucket(
        BUCKET
    ).blob(f"in/{ds}.csv").upload_from_filename(f"/tmp/{ds}.csv", content_type="application/octet-stream")


@task(name="some", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def some():
    client = GcpCredentials.load("google-cloud-default").get_cloud_storage_client()
    upload_files(client, BUCKET, "/tmp/*.csv", "in/")


@task(name="names", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def names():
    client = GcpCredentials.load("google-cloud-default").get_cloud_storage_client()
    return [blob.name for blob in client.list_blobs(BUCKET, prefix="in/")]


@task(name="down", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def down(ds):
    bucket = GcpCredentials.load("google-cloud-default").get_cloud_storage_client().bucket(BUCKET)
    bucket.blob(f"in/{ds}.csv").download_to_filename("/tmp/back.csv")


@task(name="few", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def few(ds):
    bucket = GcpCredentials.load("google-cloud-default").get_cloud_storage_client().bucket(BUCKET)
    for name in ["a", f"in/{ds}.csv"]:
        bucket.blob(name).delete()


@task(name="rest", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def rest():
    client = GcpCredentials.load("google-cloud-default").get_cloud_storage_client()
    for blob in client.list_blobs(BUCKET, prefix="in/"):
        blob.delete()


@task(name="drop", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def drop():
    with suppress(NotFound):
        GcpCredentials.load("google-cloud-default").get_cloud_storage_client().bucket(BUCKET).delete(force=True)


@flow(name="gcs")
def gcs(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    make()
    up(ds)
    some()
    names()
    down(ds)
    few(ds)
    rest()
    drop()


if __name__ == "__main__":
    gcs()
