"""Operators that nothing converts run as they are, in an environment with Airflow."""
from datetime import datetime, timedelta

from airflow import DAG
from airflow.contrib.kubernetes.volume import Volume
from airflow.contrib.operators.azure_cosmos_operator import AzureCosmosInsertDocumentOperator
from airflow.contrib.sensors.qubole_sensor import QuboleFileSensor
from airflow.contrib.utils.weekday import WeekDay
from airflow.operators.branch_operator import BaseBranchOperator
from airflow.operators.python_operator import PythonOperator
from team.operators import CopyTable

# where the pods keep their files
volume = Volume(name="files", configs={"persistentVolumeClaim": {"claimName": "files"}})
TABLES = ["orders", "users"]


def told(line):
    return "done" in line


def count(**context):
    ti = context["ti"]
    print(ti.xcom_pull(task_ids="copy_orders", key="rows"), ti.xcom_pull(task_ids="submit"))


with DAG(
    "warehouse",
    start_date=datetime(2021, 1, 1),
    schedule_interval="@daily",
    default_args={"gcp_conn_id": "warehouse", "retries": 1, "project_id": "{{ params.project }}"},
    params={"project": "test"},
) as dag:
    submit = AzureCosmosInsertDocumentOperator(
        task_id="submit",
        database_name="day_{{ ds }}",
        collection_name="{{ ds_nodash }}",
        document={"date": "{{ ds }}"},
        execution_timeout=timedelta(minutes=10),
    )
    # one after the other
    for table in TABLES:
        copy = CopyTable(task_id=f"copy_{table}", table=table, day="{{ ds }}", soft_fail=True)
        submit >> copy
    pod = AzureCosmosInsertDocumentOperator(task_id="pod", database_name="pod_{{ ds }}", document={"volumes": [volume]}, do_xcom_push=False)
    wait = QuboleFileSensor(task_id="wait", data={"files": ["s3://b/{{ ds }}/{{ params.project }}"], "days": {WeekDay.SATURDAY}})
    counted = PythonOperator(task_id="count", python_callable=count, provide_context=True)
    # these cannot go to another process
    AzureCosmosInsertDocumentOperator(task_id="watched", database_name="x", on_line=told) >> pod
    counted << [copy, submit]
    submit >> wait
