"""Storage Transfer Service: airflow/providers/google/cloud/operators/cloud_storage_transfer_service.py, airflow/contrib/operators/gcp_transfer_operator.py"""

import json

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
def list_operations(request_filter=filter, filter=None, project_id=project):
    service = build("storagetransfer", "v1", credentials=credentials, cache_discovery=False)

    found = []
    request = service.transferOperations().list(name="transferOperations", filter=json.dumps({"projectId": project_id, **request_filter}))
    while request is not None:
        response = request.execute(num_retries=5)
        found += response.get("operations", [])
        request = service.transferOperations().list_next(request, response)
    return found
