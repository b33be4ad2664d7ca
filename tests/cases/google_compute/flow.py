"""Compute of Google Cloud: each operator with what it must have, and with more."""
import sys
from datetime import datetime, timedelta

from googleapiclient.discovery import build
from prefect import flow, task
from prefect.runtime import flow_run
from prefect_gcp import GcpCredentials

from airflow_google import wait_for_compute
from airflow_resume import SAME_DATE


@task(
    name="compute_engine_start_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def compute_engine_start_instance():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "compute", "v1", credentials=gcp_credentials.get_credentials_from_service_account(), cache_discovery=False
    )
    operation = service.instances().start(
        project=gcp_credentials.project, zone="the-zone", instance="the-resource-id"
    ).execute(num_retries=5)
    wait_for_compute(service, gcp_credentials.project, "the-zone", operation)


@task(
    name="compute_engine_start_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def compute_engine_start_instance_all():
    service = build(
        "compute",
        "v1",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    operation = service.instances().start(
        project="the-project-id", zone="the-zone", instance="the-resource-id"
    ).execute(num_retries=5)
    wait_for_compute(service, "the-project-id", "the-zone", operation)


@task(
    name="compute_engine_stop_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def compute_engine_stop_instance():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "compute", "v1", credentials=gcp_credentials.get_credentials_from_service_account(), cache_discovery=False
    )
    operation = service.instances().stop(
        project=gcp_credentials.project, zone="the-zone", instance="the-resource-id"
    ).execute(num_retries=5)
    wait_for_compute(service, gcp_credentials.project, "the-zone", operation)


@task(
    name="compute_engine_stop_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def compute_engine_stop_instance_all():
    service = build(
        "compute",
        "v1",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    operation = service.instances().stop(
        project="the-project-id", zone="the-zone", instance="the-resource-id"
    ).execute(num_retries=5)
    wait_for_compute(service, "the-project-id", "the-zone", operation)


@task(
    name="compute_engine_set_machine_type",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def compute_engine_set_machine_type(ds):
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "compute", "v1", credentials=gcp_credentials.get_credentials_from_service_account(), cache_discovery=False
    )
    operation = service.instances().setMachineType(
        project=gcp_credentials.project, zone="the-zone", instance="the-resource-id", body={"name": ds}
    ).execute(num_retries=5)
    wait_for_compute(service, gcp_credentials.project, "the-zone", operation)


@task(
    name="compute_engine_set_machine_type_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def compute_engine_set_machine_type_all(ds):
    service = build(
        "compute",
        "v1",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    operation = service.instances().setMachineType(
        project="the-project-id", zone="the-zone", instance="the-resource-id", body={"name": ds}
    ).execute(num_retries=5)
    wait_for_compute(service, "the-project-id", "the-zone", operation)


@flow(name="google_compute")
def google_compute(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    computed_engine_start_instance = compute_engine_start_instance.submit()
    computed_engine_start_instance_all = compute_engine_start_instance_all.submit()
    computed_engine_stop_instance = compute_engine_stop_instance.submit()
    computed_engine_stop_instance_all = compute_engine_stop_instance_all.submit()
    computed_engine_set_machine_type = compute_engine_set_machine_type.submit(ds)
    computed_engine_set_machine_type_all = compute_engine_set_machine_type_all.submit(ds)
    return [
        computed_engine_start_instance,
        computed_engine_start_instance_all,
        computed_engine_stop_instance,
        computed_engine_stop_instance_all,
        computed_engine_set_machine_type,
        computed_engine_set_machine_type_all,
    ]


if __name__ == "__main__":
    sys.exit(not google_compute(return_state=True).is_completed())
