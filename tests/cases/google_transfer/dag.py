"""Transfer of Google Cloud: each operator with what it must have, and with more."""
from datetime import datetime

from airflow import DAG
from airflow.providers.google.cloud.operators.cloud_storage_transfer_service import (
    CloudDataTransferServiceCancelOperationOperator,
    CloudDataTransferServiceDeleteJobOperator,
    CloudDataTransferServiceGetOperationOperator,
    CloudDataTransferServiceListOperationsOperator,
    CloudDataTransferServicePauseOperationOperator,
    CloudDataTransferServiceResumeOperationOperator,
)

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
