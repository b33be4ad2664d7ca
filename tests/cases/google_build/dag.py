"""Cloud Build."""
from datetime import datetime

from airflow import DAG
from airflow.providers.google.cloud.operators.cloud_build import CloudBuildCreateBuildOperator

STEPS = [{"name": "gcr.io/cloud-builders/docker", "args": ["build", "-t", "gcr.io/$PROJECT_ID/x", "."]}]
BUILD = {"source": {"storage_source": "gs://b/x.tar.gz#12"}, "steps": STEPS, "images": ["gcr.io/$PROJECT_ID/x"]}

with DAG("builds", start_date=datetime(2020, 1, 1), schedule_interval="@daily", catchup=False) as dag:
    stored = CloudBuildCreateBuildOperator(task_id="stored", project_id="own", build=BUILD)
    repo = CloudBuildCreateBuildOperator(
        task_id="repo", build={"source": {"repo_source": "https://source.cloud.google.com/own/repo/+/b%2Fx:"}, "steps": STEPS}, timeout=60)
    plain = CloudBuildCreateBuildOperator(task_id="plain", build={"steps": [{"name": "x", "args": ["{{ ds }}"]}]}, gcp_conn_id="other")
    stored >> repo >> plain
