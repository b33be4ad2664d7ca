"""Several DAGs in a file: by hand, and by a factory."""
from datetime import datetime

from airflow import DAG
from airflow.operators.python_operator import PythonOperator


def greet(name):
    print('hello', name)


def make_dag(name, schedule):
    dag = DAG('greet_' + name, start_date=datetime(2020, 1, 1), schedule_interval=schedule, catchup=False)
    with dag:
        PythonOperator(task_id='greet', python_callable=greet, op_args=[name])
    return dag


for name, schedule in (('world', '@daily'), ('moon', '0 3 * * 1-5')):
    globals()['greet_' + name] = make_dag(name, schedule)

other = DAG('other', start_date=datetime(2020, 1, 1), schedule_interval=None)
PythonOperator(task_id='greet', python_callable=greet, op_kwargs={'name': 'other'}, dag=other)
