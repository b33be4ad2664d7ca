"""Nightly load of the shop."""

from airflow import DAG
from airflow.operators.python_operator import PythonOperator

from common.builders import begin, extracts
from common.settings import SCHEDULE, default_args
from common.steps import load, notify

dag = DAG("nightly", default_args=default_args, schedule_interval=SCHEDULE, catchup=False)

start = begin(dag)
reads = extracts(dag)
loaded = PythonOperator(task_id="load", python_callable=load, provide_context=True, dag=dag)
told = PythonOperator(task_id="notify", python_callable=notify, op_kwargs={"message": "loaded"}, dag=dag)

start >> reads >> loaded >> told
