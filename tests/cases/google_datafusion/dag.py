"""Datafusion of Google Cloud: each operator with what it must have, and with more."""
from datetime import datetime

from airflow import DAG
from airflow.providers.google.cloud.operators.datafusion import (
    CloudDataFusionCreateInstanceOperator,
    CloudDataFusionDeleteInstanceOperator,
    CloudDataFusionGetInstanceOperator,
    CloudDataFusionRestartInstanceOperator,
    CloudDataFusionUpdateInstanceOperator,
)

with DAG('google_datafusion', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    CloudDataFusionRestartInstanceOperator(task_id="cloud_data_fusion_restart_instance", instance_name="the-instance-name", location="eu")
    CloudDataFusionRestartInstanceOperator(task_id="cloud_data_fusion_restart_instance_all", instance_name="the-instance-name", location="eu", project_id="the-project-id")
    CloudDataFusionDeleteInstanceOperator(task_id="cloud_data_fusion_delete_instance", instance_name="the-instance-name", location="eu")
    CloudDataFusionDeleteInstanceOperator(task_id="cloud_data_fusion_delete_instance_all", instance_name="the-instance-name", location="eu", project_id="the-project-id")
    CloudDataFusionCreateInstanceOperator(task_id="cloud_data_fusion_create_instance", instance_name="the-instance-name", instance={"display_name": "x"}, location="eu")
    CloudDataFusionCreateInstanceOperator(task_id="cloud_data_fusion_create_instance_all", instance_name="the-instance-name", instance={"display_name": "x"}, location="eu", project_id="the-project-id")
    CloudDataFusionUpdateInstanceOperator(task_id="cloud_data_fusion_update_instance", instance_name="the-instance-name", instance={"display_name": "x"}, update_mask={"paths": ["name"]}, location="eu")
    CloudDataFusionUpdateInstanceOperator(task_id="cloud_data_fusion_update_instance_all", instance_name="the-instance-name", instance={"display_name": "x"}, update_mask={"paths": ["name"]}, location="eu", project_id="the-project-id")
    CloudDataFusionGetInstanceOperator(task_id="cloud_data_fusion_get_instance", instance_name="the-instance-name", location="eu")
    CloudDataFusionGetInstanceOperator(task_id="cloud_data_fusion_get_instance_all", instance_name="the-instance-name", location="eu", project_id="the-project-id")
