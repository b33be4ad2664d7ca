"""Keys that operators of Google Cloud push, pulled by others."""
from datetime import datetime, timedelta

from google.cloud.automl_v1beta1 import AutoMlClient, Dataset
from prefect import flow, task
from prefect.runtime import flow_run
from prefect_gcp import GcpCredentials

from airflow_resume import SAME_DATE

LOC = "eu"
DATASET = {"display_name": "a", "translation_dataset_metadata": {"source_language_code": "en", "target_language_code": "fr", "more": "asdffdsf asdf asdf"}}
@task(name="use", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def use(make):
    print(make.get("dataset_id"))


@task(name="make", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def make(ds):
    client = AutoMlClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    result = client.create_dataset(request={"parent": f"projects/my-{ds}/locations/{LOC}", "dataset": DATASET})
    return {"return_value": Dataset.to_dict(result), "dataset_id": result.name.rpartition("/")[2]}


@task(name="make2", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def make2(ds):
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = AutoMlClient(credentials=gcp_credentials.get_credentials_from_service_account())
    result = client.create_dataset(
        request={
            "parent": f"projects/{gcp_credentials.project}/locations/us-central1",
            "dataset": {"display_name": "a", "translation_dataset_metadata": {"source_language_code": "en"}, "x": ds},
        },
        timeout=5,
    )
    return Dataset.to_dict(result)


@flow(name="g", log_prints=True)
def g(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    a = make(ds)
    make2(ds)
    use(a)


if __name__ == "__main__":
    g()
