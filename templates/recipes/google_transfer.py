"""Storage Transfer Service: airflow/providers/google/cloud/operators/cloud_storage_transfer_service.py, airflow/contrib/operators/gcp_transfer_operator.py"""

import json

from airflow_google import service_of, transfer_of, transfer_operations, transferred
from googleapiclient.discovery import build


@operator(
    "airflow.providers.google.cloud.operators.cloud_storage_transfer_service.CloudDataTransferServiceDeleteJobOperator",
    "airflow.contrib.operators.gcp_transfer_operator.GcpTransferServiceJobDeleteOperator",
)
def delete_job(job_name, project_id=project):
    service = build("storagetransfer", "v1", credentials=credentials, cache_discovery=False)

    body = {"projectId": project_id, "transferJob": {"status": "DELETED"}, "updateTransferJobFieldMask": "status"}
    service.transferJobs().patch(jobName=job_name, body=body).execute(num_retries=5)


@operator(
    "airflow.providers.google.cloud.operators.cloud_storage_transfer_service.CloudDataTransferServiceGetOperationOperator",
    "airflow.contrib.operators.gcp_transfer_operator.GcpTransferServiceOperationGetOperator",
)
def get_operation(operation_name):
    service = build("storagetransfer", "v1", credentials=credentials, cache_discovery=False)
    return service.transferOperations().get(name=operation_name).execute(num_retries=5)


@operator(
    "airflow.providers.google.cloud.operators.cloud_storage_transfer_service.CloudDataTransferServicePauseOperationOperator",
    "airflow.contrib.operators.gcp_transfer_operator.GcpTransferServiceOperationPauseOperator",
)
def pause(operation_name):
    service = build("storagetransfer", "v1", credentials=credentials, cache_discovery=False)
    service.transferOperations().pause(name=operation_name).execute(num_retries=5)


@operator(
    "airflow.providers.google.cloud.operators.cloud_storage_transfer_service.CloudDataTransferServiceResumeOperationOperator",
    "airflow.contrib.operators.gcp_transfer_operator.GcpTransferServiceOperationResumeOperator",
)
def resume(operation_name):
    service = build("storagetransfer", "v1", credentials=credentials, cache_discovery=False)
    service.transferOperations().resume(name=operation_name).execute(num_retries=5)


@operator(
    "airflow.providers.google.cloud.operators.cloud_storage_transfer_service.CloudDataTransferServiceCancelOperationOperator",
    "airflow.contrib.operators.gcp_transfer_operator.GcpTransferServiceOperationCancelOperator",
)
def cancel(operation_name):
    service = build("storagetransfer", "v1", credentials=credentials, cache_discovery=False)
    service.transferOperations().cancel(name=operation_name).execute(num_retries=5)


@operator(
    "airflow.providers.google.cloud.operators.cloud_storage_transfer_service.CloudDataTransferServiceListOperationsOperator",
    "airflow.contrib.operators.gcp_transfer_operator.GcpTransferServiceOperationsListOperator",
)
def list_operations(request_filter=filter, filter=None, project_id=None):
    service = build("storagetransfer", "v1", credentials=credentials, cache_discovery=False)

    found = []
    request = service.transferOperations().list(name="transferOperations", filter=json.dumps({"project_id": project, **request_filter}))
    while request is not None:
        response = request.execute(num_retries=5)
        found += response.get("operations", [])
        request = service.transferOperations().list_next(request, response)
    return found


@operator(
    "airflow.providers.google.cloud.operators.cloud_storage_transfer_service.CloudDataTransferServiceCreateJobOperator",
    "airflow.contrib.operators.gcp_transfer_operator.GcpTransferServiceJobCreateOperator",
)
def create_job(body, aws_conn_id=None, project_id=None, api_version="v1"):
    service = build("storagetransfer", api_version, credentials=credentials, cache_discovery=False)
    return service.transferJobs().create(body={"projectId": project, **transfer_of(body)}).execute(num_retries=5)


@operator(
    "airflow.providers.google.cloud.operators.cloud_storage_transfer_service.CloudDataTransferServiceUpdateJobOperator",
    "airflow.contrib.operators.gcp_transfer_operator.GcpTransferServiceJobUpdateOperator",
)
def update_job(job_name, body, aws_conn_id=None, project_id=None, api_version="v1"):
    service = build("storagetransfer", api_version, credentials=credentials, cache_discovery=False)
    return service.transferJobs().patch(jobName=job_name, body={"projectId": project, **transfer_of(body)}).execute(num_retries=5)


@sensor(
    "airflow.providers.google.cloud.sensors.cloud_storage_transfer_service.CloudDataTransferServiceJobStatusSensor",
    "airflow.contrib.sensors.gcp_transfer_sensor.GCPTransferServiceWaitForJobStatusSensor",
)
def job_status(job_name, expected_statuses, project_id=project):
    service = service_of(connection, "storagetransfer", "v1")
    return transferred(transfer_operations(service, project_id, job_name), expected_statuses)
