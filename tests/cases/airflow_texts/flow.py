"""Texts that Airflow's modules have names for."""
from datetime import datetime

from googleapiclient.discovery import build
from prefect import flow, task
from prefect_gcp import GcpCredentials

from airflow_google import service_of, transfer_of, transfer_operations, transferred
from airflow_resume import SAME_DATE
from airflow_sensors import wait_until


@task(name="create", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def create():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "storagetransfer",
        "v1",
        credentials=gcp_credentials.get_credentials_from_service_account(),
        cache_discovery=False,
    )
    return service.transferJobs().create(
        body={
            "projectId": gcp_credentials.project,
            **transfer_of(
                {
                    "description": "description",
                    "status": "ENABLED",
                    "projectId": "own",
                    "transferSpec": {"gcsDataSource": {"bucketName": "from"}, "gcsDataSink": {"bucketName": "to"}},
                }
            ),
        }
    ).execute(num_retries=5)


@task(name="wait", cache_policy=SAME_DATE)
def wait(create):
    service = service_of("google_cloud_default", "storagetransfer", "v1")
    wait_until(lambda: transferred(transfer_operations(service, "own", f"{create['name']}"), {"SUCCESS"}))


@flow(name="transfer")
def transfer(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    created = create()
    wait(created)


if __name__ == "__main__":
    transfer()
