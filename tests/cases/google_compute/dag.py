"""Compute of Google Cloud: each operator with what it must have, and with more."""
from datetime import datetime

from airflow import DAG
from airflow.providers.google.cloud.operators.compute import (
    ComputeEngineSetMachineTypeOperator,
    ComputeEngineStartInstanceOperator,
    ComputeEngineStopInstanceOperator,
)

with DAG('google_compute', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    ComputeEngineStartInstanceOperator(task_id="compute_engine_start_instance", zone="the-zone", resource_id="the-resource-id")
    ComputeEngineStartInstanceOperator(task_id="compute_engine_start_instance_all", zone="the-zone", resource_id="the-resource-id", project_id="the-project-id")
    ComputeEngineStopInstanceOperator(task_id="compute_engine_stop_instance", zone="the-zone", resource_id="the-resource-id")
    ComputeEngineStopInstanceOperator(task_id="compute_engine_stop_instance_all", zone="the-zone", resource_id="the-resource-id", project_id="the-project-id")
    ComputeEngineSetMachineTypeOperator(task_id="compute_engine_set_machine_type", zone="the-zone", resource_id="the-resource-id", body={"name": "{{ ds }}"}, validate_body=False)
    ComputeEngineSetMachineTypeOperator(task_id="compute_engine_set_machine_type_all", zone="the-zone", resource_id="the-resource-id", body={"name": "{{ ds }}"}, project_id="the-project-id", validate_body=False)
