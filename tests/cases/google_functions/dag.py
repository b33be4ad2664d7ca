"""Functions of Google Cloud: each operator with what it must have, and with more."""
from datetime import datetime

from airflow import DAG
from airflow.providers.google.cloud.operators.functions import (
    CloudFunctionDeleteFunctionOperator,
    CloudFunctionInvokeFunctionOperator,
)
from airflow.providers.google.cloud.operators.life_sciences import (
    LifeSciencesRunPipelineOperator,
)

with DAG('google_functions', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    CloudFunctionDeleteFunctionOperator(task_id="cloud_function_delete_function", name="projects/p/locations/l/functions/f")
    CloudFunctionDeleteFunctionOperator(task_id="cloud_function_delete_function_all", name="projects/p/locations/l/functions/f")
    CloudFunctionInvokeFunctionOperator(task_id="cloud_function_invoke_function", function_id="the-function-id", input_data={"text": "a"}, location="eu")
    CloudFunctionInvokeFunctionOperator(task_id="cloud_function_invoke_function_all", function_id="the-function-id", input_data={"text": "a"}, location="eu", project_id="the-project-id")
    LifeSciencesRunPipelineOperator(task_id="life_sciences_run_pipeline", body={"name": "{{ ds }}"}, location="eu")
    LifeSciencesRunPipelineOperator(task_id="life_sciences_run_pipeline_all", body={"name": "{{ ds }}"}, location="eu", project_id="the-project-id")
