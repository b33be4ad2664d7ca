"""Compute Engine: airflow/providers/google/cloud/operators/compute.py, airflow/contrib/operators/gcp_compute_operator.py of 1.10."""

from airflow_google import wait_for_compute
from googleapiclient.discovery import build


@operator(
    "airflow.providers.google.cloud.operators.compute.ComputeEngineStartInstanceOperator",
    "airflow.contrib.operators.gcp_compute_operator.GceInstanceStartOperator",
)
def start(zone, resource_id, project_id=project, api_version="v1"):
    service = build("compute", api_version, credentials=credentials, cache_discovery=False)
    operation = service.instances().start(project=project_id, zone=zone, instance=resource_id).execute(num_retries=5)
    wait_for_compute(service, project_id, zone, operation)


@operator(
    "airflow.providers.google.cloud.operators.compute.ComputeEngineStopInstanceOperator",
    "airflow.contrib.operators.gcp_compute_operator.GceInstanceStopOperator",
)
def stop(zone, resource_id, project_id=project, api_version="v1"):
    service = build("compute", api_version, credentials=credentials, cache_discovery=False)
    operation = service.instances().stop(project=project_id, zone=zone, instance=resource_id).execute(num_retries=5)
    wait_for_compute(service, project_id, zone, operation)


@operator(
    "airflow.providers.google.cloud.operators.compute.ComputeEngineSetMachineTypeOperator",
    "airflow.contrib.operators.gcp_compute_operator.GceSetMachineTypeOperator",
)
def set_machine_type(zone, resource_id, body, project_id=project, api_version="v1"):
    service = build("compute", api_version, credentials=credentials, cache_discovery=False)
    operation = service.instances().setMachineType(project=project_id, zone=zone, instance=resource_id, body=body).execute(num_retries=5)
    wait_for_compute(service, project_id, zone, operation)
