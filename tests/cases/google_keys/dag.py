"""Keys that operators of Google Cloud push, pulled by others."""
from datetime import datetime
from airflow import DAG
from airflow.providers.google.cloud.operators.automl import AutoMLCreateDatasetOperator
from airflow.operators.python import PythonOperator
LOC = "eu"
DATASET = {"display_name": "a", "translation_dataset_metadata": {"source_language_code": "en", "target_language_code": "fr", "more": "asdffdsf asdf asdf"}}
def use(**context):
    print(context["ti"].xcom_pull("make", key="dataset_id"))
with DAG('g', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    a = AutoMLCreateDatasetOperator(task_id="make", dataset=DATASET, location=LOC, project_id="my-{{ ds }}")
    a2 = AutoMLCreateDatasetOperator(task_id="make2", dataset={"display_name": "a", "translation_dataset_metadata": {"source_language_code": "en"}, "x": "{{ ds }}"}, location="us-central1", timeout=5)
    b = PythonOperator(task_id="use", python_callable=use, provide_context=True)
    a >> a2 >> b
