"""Databricks, as Airflow 2 asks it."""
from datetime import datetime

from airflow import DAG
from airflow.providers.databricks.operators.databricks import DatabricksRunNowOperator, DatabricksSubmitRunOperator

with DAG("databricks_2", start_date=datetime(2024, 1, 1), schedule="@daily", catchup=False) as dag:
    tasks = DatabricksSubmitRunOperator(
        task_id="tasks", tasks=[{"task_key": "a", "notebook_task": {"notebook_path": "/x"}, "max_retries": 2, "existing_cluster_id": "1"}]
    )
    job = DatabricksRunNowOperator(task_id="job", job_id=7, job_parameters={"day": "{{ ds }}"}, deferrable=True)
    named = DatabricksRunNowOperator(task_id="named", job_name="nightly", python_params=["{{ ds }}"], wait_for_termination=False)
    repaired = DatabricksRunNowOperator(task_id="repaired", job_id=7, repair_run=True)
    tasks >> job >> named >> repaired
