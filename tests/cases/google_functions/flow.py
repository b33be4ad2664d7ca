"""Functions of Google Cloud: each operator with what it must have, and with more."""
import sys
from datetime import datetime, timedelta

from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from prefect import flow, task
from prefect.runtime import flow_run
from prefect_gcp import GcpCredentials

from airflow_google import wait_for_operation
from airflow_resume import SAME_DATE


@task(
    name="cloud_function_delete_function",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_function_delete_function():
    service = build(
        "cloudfunctions",
        "v1",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    try:
        operation = service.projects().locations().functions().delete(
            name="projects/p/locations/l/functions/f"
        ).execute(num_retries=5)
        wait_for_operation(service.operations(), operation)
    except HttpError as error:
        if error.resp.status != 404:
            raise


@task(
    name="cloud_function_delete_function_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_function_delete_function_all():
    service = build(
        "cloudfunctions",
        "v1",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    try:
        operation = service.projects().locations().functions().delete(
            name="projects/p/locations/l/functions/f"
        ).execute(num_retries=5)
        wait_for_operation(service.operations(), operation)
    except HttpError as error:
        if error.resp.status != 404:
            raise


@task(
    name="cloud_function_invoke_function",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_function_invoke_function():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "cloudfunctions",
        "v1",
        credentials=gcp_credentials.get_credentials_from_service_account(),
        cache_discovery=False,
    )
    name = f"projects/{gcp_credentials.project}/locations/eu/functions/the-function-id"
    result = service.projects().locations().functions().call(name=name, body={"text": "a"}).execute(num_retries=5)
    if "error" in result:
        raise RuntimeError(result["error"])
    return result


@task(
    name="cloud_function_invoke_function_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_function_invoke_function_all():
    service = build(
        "cloudfunctions",
        "v1",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    name = "projects/the-project-id/locations/eu/functions/the-function-id"
    result = service.projects().locations().functions().call(name=name, body={"text": "a"}).execute(num_retries=5)
    if "error" in result:
        raise RuntimeError(result["error"])
    return result


@task(
    name="life_sciences_run_pipeline",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def life_sciences_run_pipeline(ds):
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "lifesciences",
        "v2beta",
        credentials=gcp_credentials.get_credentials_from_service_account(),
        cache_discovery=False,
    )
    parent = f"projects/{gcp_credentials.project}/locations/eu"
    operation = service.projects().locations().pipelines().run(parent=parent, body={"name": ds}).execute(num_retries=5)
    return wait_for_operation(service.projects().locations().operations(), operation)


@task(
    name="life_sciences_run_pipeline_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def life_sciences_run_pipeline_all(ds):
    service = build(
        "lifesciences",
        "v2beta",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    parent = "projects/the-project-id/locations/eu"
    operation = service.projects().locations().pipelines().run(parent=parent, body={"name": ds}).execute(num_retries=5)
    return wait_for_operation(service.projects().locations().operations(), operation)


@flow(name="google_functions")
def google_functions(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    cloud_function_delete_function_run = cloud_function_delete_function.submit()
    cloud_function_delete_function_all_run = cloud_function_delete_function_all.submit()
    cloud_function_invoke_function_run = cloud_function_invoke_function.submit()
    cloud_function_invoke_function_all_run = cloud_function_invoke_function_all.submit()
    life_sciences_run_pipeline_run = life_sciences_run_pipeline.submit(ds)
    life_sciences_run_pipeline_all_run = life_sciences_run_pipeline_all.submit(ds)
    return [
        cloud_function_delete_function_run,
        cloud_function_delete_function_all_run,
        cloud_function_invoke_function_run,
        cloud_function_invoke_function_all_run,
        life_sciences_run_pipeline_run,
        life_sciences_run_pipeline_all_run,
    ]


if __name__ == "__main__":
    sys.exit(not google_functions(return_state=True).is_completed())
