"""Files between Cloud Storage and an SFTP server."""
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_resume import SAME_DATE
from airflow_transfers import gcs_to_sftp, sftp_to_gcs


@task(name="one", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def one(ds):
    gcs_to_sftp(source_bucket="b", source_object=f"dir/{ds}.csv", destination_path="/in/", sftp_conn_id="server")


@task(name="flat", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def flat():
    gcs_to_sftp(
        source_bucket="b",
        source_object="dir/x.csv",
        destination_path="/in",
        keep_directory_structure=False,
        move_object=True,
    )


@task(name="many", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def many():
    gcs_to_sftp(source_bucket="b", source_object="dir/*", destination_path="/in", keep_directory_structure=False)


@task(name="all_of_it", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def all_of_it():
    gcs_to_sftp(source_bucket="b", source_object="dir/*.csv", destination_path="/in", gcp_conn_id="lake")


@task(name="up", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def up(ds):
    sftp_to_gcs(source_path=f"/out/{ds}.csv", destination_bucket="gs://b/", mime_type="text/csv")


@task(name="named", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def named():
    sftp_to_gcs(
        source_path="/out/a.csv",
        destination_bucket="b",
        destination_path="/x/b.csv",
        move_object=True,
        sftp_prefetch=False,
    )


@task(name="some", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def some():
    sftp_to_gcs(source_path="/out/a*.csv", destination_bucket="b", destination_path="x")


@task(name="every", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def every():
    sftp_to_gcs(source_path="/out/*", destination_bucket="b", sftp_conn_id="server")


@flow(name="sftp")
def sftp(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    one(ds)
    flat()
    many()
    all_of_it()
    up(ds)
    named()
    some()
    every()


if __name__ == "__main__":
    sftp()
