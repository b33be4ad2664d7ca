"""Cloud Build."""
from datetime import datetime, timedelta

from google.cloud.devtools.cloudbuild import Build, CloudBuildClient
from prefect import flow, task
from prefect.runtime import flow_run
from prefect_gcp import GcpCredentials

from airflow_google import build_of
from airflow_resume import SAME_DATE

STEPS = [{"name": "gcr.io/cloud-builders/docker", "args": ["build", "-t", "gcr.io/$PROJECT_ID/x", "."]}]
BUILD = {"source": {"storage_source": "gs://b/x.tar.gz#12"}, "steps": STEPS, "images": ["gcr.io/$PROJECT_ID/x"]}


@task(name="stored", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def stored():
    request = {"parent": "projects/own/locations/global", "project_id": "own", "build": build_of(BUILD)}
    operation = CloudBuildClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    ).create_build(request=request)
    return Build.to_dict(operation.result())


@task(name="repo", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def repo():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    request = {
        "parent": f"projects/{gcp_credentials.project}/locations/global",
        "project_id": gcp_credentials.project,
        "build": build_of(
            {
                "source": {"repo_source": "https://source.cloud.google.com/own/repo/+/b%2Fx:"},
                "steps": [
                    {"name": "gcr.io/cloud-builders/docker", "args": ["build", "-t", "gcr.io/$PROJECT_ID/x", "."]}
                ],
            }
        ),
    }
    operation = CloudBuildClient(
        credentials=gcp_credentials.get_credentials_from_service_account()
    ).create_build(request=request, timeout=60)
    return Build.to_dict(operation.result())


@task(name="plain", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def plain(ds):
    gcp_credentials = GcpCredentials.load("other")
    request = {
        "parent": f"projects/{gcp_credentials.project}/locations/global",
        "project_id": gcp_credentials.project,
        "build": build_of({"steps": [{"name": "x", "args": [ds]}]}),
    }
    operation = CloudBuildClient(
        credentials=gcp_credentials.get_credentials_from_service_account()
    ).create_build(request=request)
    return Build.to_dict(operation.result())


@flow(name="builds")
def builds(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    stored()
    repo()
    plain_run = plain(ds)
    return plain_run


if __name__ == "__main__":
    builds()
