"""Callables that ask the module's variables for the ids of tasks and of the DAG."""
from datetime import datetime

from airflow import DAG
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.python_operator import BranchPythonOperator, PythonOperator

dag = DAG('ids_of_tasks', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False)


def read(**kwargs):
    kwargs['ti'].xcom_push('day', kwargs['ds'])
    return 'eu'


start = PythonOperator(task_id='start', python_callable=read, provide_context=True, dag=dag)


def which():
    return last.task_id


def use(**kwargs):
    ti = kwargs['ti']
    day = ti.xcom_pull(task_ids=start.task_id, key='day')
    regions = ti.xcom_pull(task_ids=[start.task_id])
    return [day, list(regions), which(), dag.dag_id]


def pick(**kwargs):
    return first_of_year.task_id if kwargs['ds'].endswith('-01-01') else other_day.task_id


def of(start):
    return start.task_id


used = PythonOperator(task_id='use', python_callable=use, provide_context=True, dag=dag)
picked = BranchPythonOperator(task_id='pick', python_callable=pick, provide_context=True, dag=dag)
first_of_year = DummyOperator(task_id='first', dag=dag)
other_day = DummyOperator(task_id='other', dag=dag)
last = DummyOperator(task_id='last', trigger_rule='one_success', dag=dag)

start >> used >> picked >> [first_of_year, other_day] >> last
