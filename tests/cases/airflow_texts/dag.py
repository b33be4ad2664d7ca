"""Texts that Airflow's modules have names for."""
from datetime import datetime

from airflow import DAG
from airflow.contrib.hooks.gcp_transfer_hook import (
    BUCKET_NAME, DESCRIPTION, GCS_DATA_SINK, GCS_DATA_SOURCE, PROJECT_ID, STATUS, TRANSFER_SPEC, GcpTransferJobsStatus, GcpTransferOperationStatus,
)
from airflow.contrib.operators.gcp_transfer_operator import GcpTransferServiceJobCreateOperator
from airflow.contrib.sensors.gcp_transfer_sensor import GCPTransferServiceWaitForJobStatusSensor

BODY = {
    DESCRIPTION: "description",
    STATUS: GcpTransferJobsStatus.ENABLED,
    PROJECT_ID: "own",
    TRANSFER_SPEC: {GCS_DATA_SOURCE: {BUCKET_NAME: "from"}, GCS_DATA_SINK: {BUCKET_NAME: "to"}},
}

with DAG("transfer", start_date=datetime(2020, 1, 1), schedule_interval=None) as dag:
    create = GcpTransferServiceJobCreateOperator(task_id="create", body=BODY)
    wait = GCPTransferServiceWaitForJobStatusSensor(
        task_id="wait", job_name="{{ ti.xcom_pull('create')['name'] }}", expected_statuses={GcpTransferOperationStatus.SUCCESS}, project_id="own"
    )
    create >> wait
