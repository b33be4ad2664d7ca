"""Transfer of Google Cloud: each operator with what it must have, and with more."""
from datetime import date, datetime, time

from airflow import DAG
from airflow.providers.google.cloud.operators.cloud_storage_transfer_service import (
    CloudDataTransferServiceCancelOperationOperator,
    CloudDataTransferServiceCreateJobOperator,
    CloudDataTransferServiceDeleteJobOperator,
    CloudDataTransferServiceGetOperationOperator,
    CloudDataTransferServiceListOperationsOperator,
    CloudDataTransferServicePauseOperationOperator,
    CloudDataTransferServiceResumeOperationOperator,
    CloudDataTransferServiceUpdateJobOperator,
)
from airflow.providers.google.cloud.sensors.cloud_storage_transfer_service import CloudDataTransferServiceJobStatusSensor

# The order of a filter's parts differs, which Google does not mind.
# differs: cloud_data_transfer_service_list_operations: order
# differs: cloud_data_transfer_service_list_operations_all: order
with DAG('google_transfer', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    CloudDataTransferServiceDeleteJobOperator(task_id="cloud_data_transfer_service_delete_job", job_name="the-job-name")
    CloudDataTransferServiceDeleteJobOperator(task_id="cloud_data_transfer_service_delete_job_all", job_name="the-job-name", project_id="the-project-id")
    CloudDataTransferServiceGetOperationOperator(task_id="cloud_data_transfer_service_get_operation", operation_name="the-operation-name")
    CloudDataTransferServiceGetOperationOperator(task_id="cloud_data_transfer_service_get_operation_all", operation_name="the-operation-name")
    CloudDataTransferServicePauseOperationOperator(task_id="cloud_data_transfer_service_pause_operation", operation_name="the-operation-name")
    CloudDataTransferServicePauseOperationOperator(task_id="cloud_data_transfer_service_pause_operation_all", operation_name="the-operation-name")
    CloudDataTransferServiceResumeOperationOperator(task_id="cloud_data_transfer_service_resume_operation", operation_name="the-operation-name")
    CloudDataTransferServiceResumeOperationOperator(task_id="cloud_data_transfer_service_resume_operation_all", operation_name="the-operation-name")
    CloudDataTransferServiceCancelOperationOperator(task_id="cloud_data_transfer_service_cancel_operation", operation_name="the-operation-name")
    CloudDataTransferServiceCancelOperationOperator(task_id="cloud_data_transfer_service_cancel_operation_all", operation_name="the-operation-name")
    CloudDataTransferServiceListOperationsOperator(task_id="cloud_data_transfer_service_list_operations", request_filter={"jobNames": ["a"]})
    CloudDataTransferServiceListOperationsOperator(task_id="cloud_data_transfer_service_list_operations_all", project_id="the-project-id", request_filter={"jobNames": ["a"]})
    CloudDataTransferServiceCreateJobOperator(task_id="create", body={
        "description": "{{ ds }}", "status": "ENABLED", "projectId": "own",
        "schedule": {"scheduleStartDate": date(2024, 1, 2), "scheduleEndDate": {"day": 1, "month": 2, "year": 2025}, "startTimeOfDay": time(1, 2)},
        "transferSpec": {"gcsDataSource": {"bucketName": "a"}, "gcsDataSink": {"bucketName": "b"}}})
    CloudDataTransferServiceUpdateJobOperator(
        task_id="update", job_name="the-job-name", body={"transferJob": {"description": "new"}, "updateTransferJobFieldMask": "description"})
    CloudDataTransferServiceJobStatusSensor(task_id="status", job_name="transferJobs/12", expected_statuses={"SUCCESS"}, project_id="own")
