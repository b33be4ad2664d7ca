"""Transfer of Google Cloud: each operator with what it must have, and with more."""
import json
import sys
from datetime import date, datetime, time, timedelta

from googleapiclient.discovery import build
from prefect import flow, task
from prefect.runtime import flow_run
from prefect_gcp import GcpCredentials

from airflow_google import service_of, transfer_of, transfer_operations, transferred
from airflow_resume import SAME_DATE
from airflow_sensors import wait_until


@task(
    name="cloud_data_transfer_service_delete_job",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_transfer_service_delete_job():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "storagetransfer",
        "v1",
        credentials=gcp_credentials.get_credentials_from_service_account(),
        cache_discovery=False,
    )
    body = {
        "projectId": gcp_credentials.project,
        "transferJob": {"status": "DELETED"},
        "updateTransferJobFieldMask": "status",
    }
    service.transferJobs().patch(jobName="the-job-name", body=body).execute(num_retries=5)


@task(
    name="cloud_data_transfer_service_delete_job_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_transfer_service_delete_job_all():
    service = build(
        "storagetransfer",
        "v1",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    body = {"projectId": "the-project-id", "transferJob": {"status": "DELETED"}, "updateTransferJobFieldMask": "status"}
    service.transferJobs().patch(jobName="the-job-name", body=body).execute(num_retries=5)


@task(
    name="cloud_data_transfer_service_get_operation",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_transfer_service_get_operation():
    service = build(
        "storagetransfer",
        "v1",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    return service.transferOperations().get(name="the-operation-name").execute(num_retries=5)


@task(
    name="cloud_data_transfer_service_get_operation_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_transfer_service_get_operation_all():
    service = build(
        "storagetransfer",
        "v1",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    return service.transferOperations().get(name="the-operation-name").execute(num_retries=5)


@task(
    name="cloud_data_transfer_service_pause_operation",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_transfer_service_pause_operation():
    service = build(
        "storagetransfer",
        "v1",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    service.transferOperations().pause(name="the-operation-name").execute(num_retries=5)


@task(
    name="cloud_data_transfer_service_pause_operation_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_transfer_service_pause_operation_all():
    service = build(
        "storagetransfer",
        "v1",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    service.transferOperations().pause(name="the-operation-name").execute(num_retries=5)


@task(
    name="cloud_data_transfer_service_resume_operation",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_transfer_service_resume_operation():
    service = build(
        "storagetransfer",
        "v1",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    service.transferOperations().resume(name="the-operation-name").execute(num_retries=5)


@task(
    name="cloud_data_transfer_service_resume_operation_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_transfer_service_resume_operation_all():
    service = build(
        "storagetransfer",
        "v1",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    service.transferOperations().resume(name="the-operation-name").execute(num_retries=5)


@task(
    name="cloud_data_transfer_service_cancel_operation",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_transfer_service_cancel_operation():
    service = build(
        "storagetransfer",
        "v1",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    service.transferOperations().cancel(name="the-operation-name").execute(num_retries=5)


@task(
    name="cloud_data_transfer_service_cancel_operation_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_transfer_service_cancel_operation_all():
    service = build(
        "storagetransfer",
        "v1",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    service.transferOperations().cancel(name="the-operation-name").execute(num_retries=5)


@task(
    name="cloud_data_transfer_service_list_operations",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_transfer_service_list_operations():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "storagetransfer",
        "v1",
        credentials=gcp_credentials.get_credentials_from_service_account(),
        cache_discovery=False,
    )
    found = []
    request = service.transferOperations().list(
        name="transferOperations", filter=json.dumps({"project_id": gcp_credentials.project, "jobNames": ["a"]})
    )
    while request is not None:
        response = request.execute(num_retries=5)
        found += response.get("operations", [])
        request = service.transferOperations().list_next(request, response)
    return found


@task(
    name="cloud_data_transfer_service_list_operations_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_transfer_service_list_operations_all():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "storagetransfer",
        "v1",
        credentials=gcp_credentials.get_credentials_from_service_account(),
        cache_discovery=False,
    )
    found = []
    request = service.transferOperations().list(
        name="transferOperations", filter=json.dumps({"project_id": gcp_credentials.project, "jobNames": ["a"]})
    )
    while request is not None:
        response = request.execute(num_retries=5)
        found += response.get("operations", [])
        request = service.transferOperations().list_next(request, response)
    return found


@task(name="create", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def create(ds):
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
                    "description": ds,
                    "status": "ENABLED",
                    "projectId": "own",
                    "schedule": {
                        "scheduleStartDate": date(2024, 1, 2),
                        "scheduleEndDate": {"day": 1, "month": 2, "year": 2025},
                        "startTimeOfDay": time(1, 2),
                    },
                    "transferSpec": {"gcsDataSource": {"bucketName": "a"}, "gcsDataSink": {"bucketName": "b"}},
                }
            ),
        }
    ).execute(num_retries=5)


@task(name="update", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def update():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "storagetransfer",
        "v1",
        credentials=gcp_credentials.get_credentials_from_service_account(),
        cache_discovery=False,
    )
    return service.transferJobs().patch(
        jobName="the-job-name",
        body={
            "projectId": gcp_credentials.project,
            **transfer_of({"transferJob": {"description": "new"}, "updateTransferJobFieldMask": "description"}),
        },
    ).execute(num_retries=5)


@task(name="status", cache_policy=SAME_DATE)
def status():
    service = service_of("google_cloud_default", "storagetransfer", "v1")
    wait_until(lambda: transferred(transfer_operations(service, "own", "transferJobs/12"), {"SUCCESS"}))


# The order of a filter's parts differs, which Google does not mind.
# differs: cloud_data_transfer_service_list_operations: order
# differs: cloud_data_transfer_service_list_operations_all: order
@flow(name="google_transfer")
def google_transfer(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    cloud_data_transfer_service_delete_job_run = cloud_data_transfer_service_delete_job.submit()
    cloud_data_transfer_service_delete_job_all_run = cloud_data_transfer_service_delete_job_all.submit()
    cloud_data_transfer_service_get_operation_run = cloud_data_transfer_service_get_operation.submit()
    cloud_data_transfer_service_get_operation_all_run = cloud_data_transfer_service_get_operation_all.submit()
    cloud_data_transfer_service_pause_operation_run = cloud_data_transfer_service_pause_operation.submit()
    cloud_data_transfer_service_pause_operation_all_run = cloud_data_transfer_service_pause_operation_all.submit()
    cloud_data_transfer_service_resume_operation_run = cloud_data_transfer_service_resume_operation.submit()
    cloud_data_transfer_service_resume_operation_all_run = cloud_data_transfer_service_resume_operation_all.submit()
    cloud_data_transfer_service_cancel_operation_run = cloud_data_transfer_service_cancel_operation.submit()
    cloud_data_transfer_service_cancel_operation_all_run = cloud_data_transfer_service_cancel_operation_all.submit()
    cloud_data_transfer_service_list_operations_run = cloud_data_transfer_service_list_operations.submit()
    cloud_data_transfer_service_list_operations_all_run = cloud_data_transfer_service_list_operations_all.submit()
    created = create.submit(ds)
    updated = update.submit()
    status_run = status.submit()
    return [
        cloud_data_transfer_service_delete_job_run,
        cloud_data_transfer_service_delete_job_all_run,
        cloud_data_transfer_service_get_operation_run,
        cloud_data_transfer_service_get_operation_all_run,
        cloud_data_transfer_service_pause_operation_run,
        cloud_data_transfer_service_pause_operation_all_run,
        cloud_data_transfer_service_resume_operation_run,
        cloud_data_transfer_service_resume_operation_all_run,
        cloud_data_transfer_service_cancel_operation_run,
        cloud_data_transfer_service_cancel_operation_all_run,
        cloud_data_transfer_service_list_operations_run,
        cloud_data_transfer_service_list_operations_all_run,
        created,
        updated,
        status_run,
    ]


if __name__ == "__main__":
    sys.exit(not google_transfer(return_state=True).is_completed())
