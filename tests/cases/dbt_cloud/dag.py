"""Jobs of dbt Cloud."""
from datetime import datetime

from airflow import DAG
from airflow.providers.dbt.cloud.operators.dbt import DbtCloudRunJobOperator

with DAG("dbt_cloud", start_date=datetime(2024, 1, 1), schedule="@daily", default_args={"account_id": 39151}, catchup=False) as dag:
    run = DbtCloudRunJobOperator(task_id="run", job_id=48617, check_interval=10, timeout=300)
    more = DbtCloudRunJobOperator(
        task_id="more", job_id=1, wait_for_termination=False, additional_run_config={"threads_override": 8}, trigger_reason="{{ ds }}"
    )
    named = DbtCloudRunJobOperator(task_id="named", job_name="x", project_name="y", environment_name="z")
    run >> more >> named
