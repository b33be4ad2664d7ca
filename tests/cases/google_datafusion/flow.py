"""Datafusion of Google Cloud: each operator with what it must have, and with more."""
import sys
import time
from datetime import datetime

from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from prefect import flow, task
from prefect_gcp import GcpCredentials

from airflow_google import wait_for_operation
from airflow_resume import SAME_DATE


@task(
    name="cloud_data_fusion_restart_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_fusion_restart_instance():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "datafusion",
        "v1beta1",
        credentials=gcp_credentials.get_credentials_from_service_account(),
        cache_discovery=False,
    )
    locations = service.projects().locations()
    name = f"projects/{gcp_credentials.project}/locations/eu/instances/the-instance-name"
    wait_for_operation(
        locations.operations(), locations.instances().restart(name=name).execute(num_retries=5), seconds=10
    )


@task(
    name="cloud_data_fusion_restart_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_fusion_restart_instance_all():
    service = build(
        "datafusion",
        "v1beta1",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    locations = service.projects().locations()
    name = "projects/the-project-id/locations/eu/instances/the-instance-name"
    wait_for_operation(
        locations.operations(), locations.instances().restart(name=name).execute(num_retries=5), seconds=10
    )


@task(
    name="cloud_data_fusion_delete_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_fusion_delete_instance():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "datafusion",
        "v1beta1",
        credentials=gcp_credentials.get_credentials_from_service_account(),
        cache_discovery=False,
    )
    locations = service.projects().locations()
    name = f"projects/{gcp_credentials.project}/locations/eu/instances/the-instance-name"
    wait_for_operation(
        locations.operations(), locations.instances().delete(name=name).execute(num_retries=5), seconds=10
    )


@task(
    name="cloud_data_fusion_delete_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_fusion_delete_instance_all():
    service = build(
        "datafusion",
        "v1beta1",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    locations = service.projects().locations()
    name = "projects/the-project-id/locations/eu/instances/the-instance-name"
    wait_for_operation(
        locations.operations(), locations.instances().delete(name=name).execute(num_retries=5), seconds=10
    )


@task(
    name="cloud_data_fusion_create_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_fusion_create_instance():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "datafusion",
        "v1beta1",
        credentials=gcp_credentials.get_credentials_from_service_account(),
        cache_discovery=False,
    )
    locations = service.projects().locations()
    parent = f"projects/{gcp_credentials.project}/locations/eu"
    try:
        operation = locations.instances().create(
            parent=parent, body={"display_name": "x"}, instanceId="the-instance-name"
        ).execute(num_retries=5)
        return wait_for_operation(locations.operations(), operation, seconds=10)
    except HttpError as error:
        if error.resp.status != 409:
            raise
    made = locations.instances().get(name=f"{parent}/instances/the-instance-name").execute(num_retries=5)
    while made["state"] == "CREATING":
        time.sleep(10)
        made = locations.instances().get(name=f"{parent}/instances/the-instance-name").execute(num_retries=5)
    return made


@task(
    name="cloud_data_fusion_create_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_fusion_create_instance_all():
    service = build(
        "datafusion",
        "v1beta1",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    locations = service.projects().locations()
    parent = "projects/the-project-id/locations/eu"
    try:
        operation = locations.instances().create(
            parent=parent, body={"display_name": "x"}, instanceId="the-instance-name"
        ).execute(num_retries=5)
        return wait_for_operation(locations.operations(), operation, seconds=10)
    except HttpError as error:
        if error.resp.status != 409:
            raise
    made = locations.instances().get(name=f"{parent}/instances/the-instance-name").execute(num_retries=5)
    while made["state"] == "CREATING":
        time.sleep(10)
        made = locations.instances().get(name=f"{parent}/instances/the-instance-name").execute(num_retries=5)
    return made


@task(
    name="cloud_data_fusion_update_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_fusion_update_instance():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "datafusion",
        "v1beta1",
        credentials=gcp_credentials.get_credentials_from_service_account(),
        cache_discovery=False,
    )
    locations = service.projects().locations()
    name = f"projects/{gcp_credentials.project}/locations/eu/instances/the-instance-name"
    operation = locations.instances().patch(
        name=name, updateMask={"paths": ["name"]}, body={"display_name": "x"}
    ).execute(num_retries=5)
    wait_for_operation(locations.operations(), operation, seconds=10)


@task(
    name="cloud_data_fusion_update_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_fusion_update_instance_all():
    service = build(
        "datafusion",
        "v1beta1",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    locations = service.projects().locations()
    name = "projects/the-project-id/locations/eu/instances/the-instance-name"
    operation = locations.instances().patch(
        name=name, updateMask={"paths": ["name"]}, body={"display_name": "x"}
    ).execute(num_retries=5)
    wait_for_operation(locations.operations(), operation, seconds=10)


@task(
    name="cloud_data_fusion_get_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_fusion_get_instance():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "datafusion",
        "v1beta1",
        credentials=gcp_credentials.get_credentials_from_service_account(),
        cache_discovery=False,
    )
    locations = service.projects().locations()
    return locations.instances().get(
        name=f"projects/{gcp_credentials.project}/locations/eu/instances/the-instance-name"
    ).execute(num_retries=5)


@task(
    name="cloud_data_fusion_get_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_fusion_get_instance_all():
    service = build(
        "datafusion",
        "v1beta1",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    locations = service.projects().locations()
    return locations.instances().get(
        name="projects/the-project-id/locations/eu/instances/the-instance-name"
    ).execute(num_retries=5)


@flow(name="google_datafusion")
def google_datafusion(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    cloud_data_fusion_restart_instance_run = cloud_data_fusion_restart_instance.submit()
    cloud_data_fusion_restart_instance_all_run = cloud_data_fusion_restart_instance_all.submit()
    cloud_data_fusion_delete_instance_run = cloud_data_fusion_delete_instance.submit()
    cloud_data_fusion_delete_instance_all_run = cloud_data_fusion_delete_instance_all.submit()
    cloud_data_fusion_create_instance_run = cloud_data_fusion_create_instance.submit()
    cloud_data_fusion_create_instance_all_run = cloud_data_fusion_create_instance_all.submit()
    cloud_data_fusion_update_instance_run = cloud_data_fusion_update_instance.submit()
    cloud_data_fusion_update_instance_all_run = cloud_data_fusion_update_instance_all.submit()
    cloud_data_fusion_get_instance_run = cloud_data_fusion_get_instance.submit()
    cloud_data_fusion_get_instance_all_run = cloud_data_fusion_get_instance_all.submit()
    return [
        cloud_data_fusion_restart_instance_run,
        cloud_data_fusion_restart_instance_all_run,
        cloud_data_fusion_delete_instance_run,
        cloud_data_fusion_delete_instance_all_run,
        cloud_data_fusion_create_instance_run,
        cloud_data_fusion_create_instance_all_run,
        cloud_data_fusion_update_instance_run,
        cloud_data_fusion_update_instance_all_run,
        cloud_data_fusion_get_instance_run,
        cloud_data_fusion_get_instance_all_run,
    ]


if __name__ == "__main__":
    sys.exit(not google_datafusion(return_state=True).is_completed())
