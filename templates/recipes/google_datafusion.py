"""Data Fusion: airflow/providers/google/cloud/operators/datafusion.py"""

import time

from airflow_google import wait_for_operation
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError


@operator("airflow.providers.google.cloud.operators.datafusion.CloudDataFusionRestartInstanceOperator")
def restart(instance_name, location, project_id=project, api_version="v1beta1"):
    service = build("datafusion", api_version, credentials=credentials, cache_discovery=False)
    locations = service.projects().locations()
    name = f"projects/{project_id}/locations/{location}/instances/{instance_name}"
    wait_for_operation(locations.operations(), locations.instances().restart(name=name).execute(num_retries=5), seconds=10)


@operator("airflow.providers.google.cloud.operators.datafusion.CloudDataFusionDeleteInstanceOperator")
def delete(instance_name, location, project_id=project, api_version="v1beta1"):
    service = build("datafusion", api_version, credentials=credentials, cache_discovery=False)
    locations = service.projects().locations()
    name = f"projects/{project_id}/locations/{location}/instances/{instance_name}"
    wait_for_operation(locations.operations(), locations.instances().delete(name=name).execute(num_retries=5), seconds=10)


@operator("airflow.providers.google.cloud.operators.datafusion.CloudDataFusionCreateInstanceOperator")
def create(instance_name, instance, location, project_id=project, api_version="v1beta1"):
    service = build("datafusion", api_version, credentials=credentials, cache_discovery=False)
    locations = service.projects().locations()
    parent = f"projects/{project_id}/locations/{location}"
    try:
        operation = locations.instances().create(parent=parent, body=instance, instanceId=instance_name).execute(num_retries=5)
        return wait_for_operation(locations.operations(), operation, seconds=10)
    except HttpError as error:
        if error.resp.status != 409:
            raise
    made = locations.instances().get(name=f"{parent}/instances/{instance_name}").execute(num_retries=5)
    while made["state"] == "CREATING":
        time.sleep(10)
        made = locations.instances().get(name=f"{parent}/instances/{instance_name}").execute(num_retries=5)
    return made


@operator("airflow.providers.google.cloud.operators.datafusion.CloudDataFusionUpdateInstanceOperator")
def update(instance_name, instance, update_mask, location, project_id=project, api_version="v1beta1"):
    service = build("datafusion", api_version, credentials=credentials, cache_discovery=False)
    locations = service.projects().locations()
    name = f"projects/{project_id}/locations/{location}/instances/{instance_name}"
    operation = locations.instances().patch(name=name, updateMask=update_mask, body=instance).execute(num_retries=5)
    wait_for_operation(locations.operations(), operation, seconds=10)


@operator("airflow.providers.google.cloud.operators.datafusion.CloudDataFusionGetInstanceOperator")
def get(instance_name, location, project_id=project, api_version="v1beta1"):
    service = build("datafusion", api_version, credentials=credentials, cache_discovery=False)
    locations = service.projects().locations()
    return locations.instances().get(name=f"projects/{project_id}/locations/{location}/instances/{instance_name}").execute(num_retries=5)
