"""Databricks, as Airflow 1.10 asks it."""
from datetime import datetime

from airflow import DAG
from airflow.contrib.operators.databricks_operator import DatabricksRunNowOperator, DatabricksSubmitRunOperator
from airflow.operators.python_operator import PythonOperator

dag = DAG('databricks', start_date=datetime(2021, 1, 1), schedule_interval='@daily')
new_cluster = {'spark_version': '2.1.0-db3-scala2.11', 'node_type_id': 'r3.xlarge', 'num_workers': 8}


def tell(**context):
    print(context['ti'].xcom_pull(task_ids='jar', key='run_id'))


notebook = DatabricksSubmitRunOperator(
    task_id='notebook', json={'new_cluster': new_cluster, 'notebook_task': {'notebook_path': '/Users/me/{{ ds }}'}}, dag=dag)
jar = DatabricksSubmitRunOperator(
    task_id='jar',
    new_cluster=new_cluster,
    spark_jar_task={'main_class_name': 'com.example.ProcessData'},
    libraries=[{'jar': 'dbfs:/lib/etl-0.1.jar'}],
    run_name='jar of {{ ds }}',
    timeout_seconds=600,
    polling_period_seconds=10,
    do_xcom_push=True,
    dag=dag)
job = DatabricksRunNowOperator(task_id='job', job_id=42, notebook_params={'day': '{{ ds }}'}, dag=dag)
told = PythonOperator(task_id='tell', python_callable=tell, provide_context=True, dag=dag)
notebook >> jar >> job >> told
