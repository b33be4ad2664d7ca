"""Keys and task ids that are constants of the module."""
from datetime import datetime

from airflow import DAG
from airflow.operators.python_operator import PythonOperator

COUNT_KEY = 'row_count'
SOURCE = 'count_rows'
label = 'here'


def count_rows(ti, **_):
    ti.xcom_push(key=COUNT_KEY, value=3)


def tell(ti, **_):
    print(ti.xcom_pull(task_ids=SOURCE, key=COUNT_KEY))


def tell_again(**context):
    label = 'count_rows'
    print(context['ti'].xcom_pull(task_ids=label, key=COUNT_KEY))


with DAG('constants', start_date=datetime(2021, 1, 1), schedule_interval=None, default_args={'provide_context': True}) as dag:
    counted = PythonOperator(task_id=SOURCE, python_callable=count_rows)
    told = PythonOperator(task_id='tell', python_callable=tell)
    again = PythonOperator(task_id='tell_again', python_callable=tell_again)
    counted >> told >> again
