"""Google Drive and Google Sheets."""
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_google import service_of
from airflow_resume import SAME_DATE
from airflow_sensors import wait_until
from airflow_transfers import drive_has, drive_to_gcs, drive_to_local, gcs_to_drive, gcs_to_sheets, sheets_to_gcs


@task(name="one", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def one(ds):
    gcs_to_drive(
        source_bucket="b",
        source_object=f"sales/{ds}.csv",
        destination_object=f"copied/deep/{ds}.csv",
        move_object=True,
        gcp_conn_id="google_cloud_default",
    )


@task(name="many", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def many():
    gcs_to_drive(
        source_bucket="b", source_object="sales/*.csv", destination_object="copied-", gcp_conn_id="google_cloud_default"
    )


@task(name="same", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def same():
    gcs_to_drive(
        source_bucket="b", source_object="x", destination_object="y", destination_folder_id="f1", gcp_conn_id="drive"
    )


@task(name="back", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def back():
    drive_to_gcs(
        bucket_name="b", object_name="o", file_name="n", folder_id="f", drive_id="d", gcp_conn_id="google_cloud_default"
    )


@task(name="local", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def local():
    drive_to_local(output_file="/tmp/suite.out", file_name="n", folder_id="f", gcp_conn_id="google_cloud_default")


@task(name="there", cache_policy=SAME_DATE)
def there():
    wait_until(lambda: drive_has(folder_id="f", file_name="n", gcp_conn_id="google_cloud_default"))


@task(name="sheets", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def sheets():
    names = sheets_to_gcs(
        spreadsheet_id="s1",
        destination_bucket="b",
        sheet_filter=["made", "other"],
        destination_path="/out/",
        gcp_conn_id="google_cloud_default",
    )
    return names


@task(name="every", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def every():
    names = sheets_to_gcs(spreadsheet_id="s1", destination_bucket="b", gcp_conn_id="google_cloud_default")
    return names


@task(name="fill", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def fill():
    gcs_to_sheets(spreadsheet_id="s1", bucket_name="b", object_name="in.csv", gcp_conn_id="google_cloud_default")


@task(name="new", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def new(ds):
    sheets = service_of("google_cloud_default", "sheets", "v4", "spreadsheets").spreadsheets()
    made = sheets.create(body={"properties": {"title": f"T {ds}"}, "sheets": []}).execute(num_retries=5)
    return made


@flow(name="suite")
def suite(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    one(ds)
    many()
    same()
    back()
    local()
    there()
    sheets()
    every()
    fill()
    new_run = new(ds)
    return new_run


if __name__ == "__main__":
    suite()
