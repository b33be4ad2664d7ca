import sys
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_aws import AwsCredentials
from prefect_gcp import GcpCredentials

from airflow_aws import aws_client
from airflow_gcs import objects_below
from airflow_resume import SAME_DATE
from airflow_rules import Skip, submit
from airflow_s3 import key_exists, prefix_exists
from airflow_sensors import wait_until


def count(names):
    print(len(names))


@task(name="key", cache_policy=SAME_DATE)
def key(ds):
    wait_until(
        lambda: key_exists(aws_client("s3"), f"s3://landing/{ds}/_SUCCESS", patient=True),
        poke_interval=30,
        timeout=3600,
    )


@task(name="some", cache_policy=SAME_DATE)
def some(ds):
    wait_until(
        lambda: key_exists(AwsCredentials.load("my-s3").get_s3_client(), f"{ds}/part-*.csv", "landing", wildcard=True, patient=True),
        on_timeout=Skip,
    )


@task(name="several", cache_policy=SAME_DATE)
def several(ds):
    wait_until(lambda: key_exists(AwsCredentials().get_s3_client(), [f"a/{ds}", f"b/{ds}"], "landing"))


@task(name="folder", cache_policy=SAME_DATE)
def folder(ds):
    wait_until(lambda: prefix_exists(aws_client("s3"), "landing", f"sales/{ds}"))


@task(name="blob", cache_policy=SAME_DATE)
def blob(ds):
    wait_until(
        lambda: GcpCredentials.load("my-gcp").get_cloud_storage_client().bucket("landing").blob(f"{ds}/done").exists()
    )


@task(name="blobs", cache_policy=SAME_DATE)
def blobs(ds):
    return wait_until(
        lambda: objects_below(GcpCredentials.load("google-cloud-default").get_cloud_storage_client(), "landing", f"{ds}/")
    )


@task(name="checked")
def checked():
    # NewS3KeySensor(task_id="checked", bucket_key="s3://landing/x", check_fn=lambda files: len(files) > 1)
    raise NotImplementedError("A2P220: S3KeySensor(check_fn=...) changes what the task does and cannot be carried over")


@task(name="done", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def done(blobs):
    return count(f"{blobs}")


@flow(name="sensors_objects", log_prints=True)
def sensors_objects(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    key_run = key.submit(ds)
    some_run = submit(some, ds)
    several_run = several.submit(ds)
    folder_run = folder.submit(ds)
    blob_run = blob.submit(ds)
    blobs_run = blobs.submit(ds)
    checked_run = checked.submit()
    done_run = submit(
        done, blobs_run, after=[key_run, some_run, several_run, folder_run, blob_run, blobs_run, checked_run]
    )
    return [done_run]


if __name__ == "__main__":
    sys.exit(not sensors_objects(return_state=True).is_completed())
