"""Cloud Storage: copies, uploads, access, buckets in step."""
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_gcp import GcpCredentials

from airflow_gcs import copy_objects, sync_buckets, upload_files
from airflow_resume import SAME_DATE

B = "bucket"


@task(name="d", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def d():
    client = GcpCredentials.load("google-cloud-default").get_cloud_storage_client()
    for name in ["a.txt", "b/"]:
        copy_objects(client, B, name, "other", "y/")


@task(name="e", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def e(ds):
    client = GcpCredentials.load("google-cloud-default").get_cloud_storage_client()
    upload_files(client, B, f"/tmp/{ds}/*.csv", "x/", gzip=True)


@task(name="f", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def f():
    client = GcpCredentials.load("google-cloud-default").get_cloud_storage_client()
    sync_buckets(client, B, "other", target="sub/", overwrite=True)


@task(name="g", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def g_g():
    acl = GcpCredentials.load("google-cloud-default").get_cloud_storage_client().bucket(B).acl
    acl.reload()
    acl.entity_from_dict({"entity": "allUsers", "role": "READER"})
    acl.save()


@task(name="h", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def h():
    blob = GcpCredentials.load("google-cloud-default").get_cloud_storage_client().bucket(B).blob("o")
    blob.acl.reload()
    blob.acl.entity_from_dict({"entity": "allUsers", "role": "READER"})
    blob.acl.save()


@flow(name="g")
def g(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    d()
    e(ds)
    f()
    g_g()
    h()


if __name__ == "__main__":
    g()
