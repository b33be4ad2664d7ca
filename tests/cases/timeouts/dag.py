"""Commands whose processes end with the time of their task, and callables that cannot be stopped."""
import time
from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.python_operator import PythonOperator


def long_wait():
    time.sleep(3)


default_args = {'start_date': datetime(2020, 1, 1), 'execution_timeout': timedelta(seconds=2), 'retries': 1, 'retry_delay': timedelta(0)}
with DAG('timeouts', default_args=default_args, schedule_interval='@daily', catchup=False) as dag:
    quick = BashOperator(task_id='quick', bash_command='echo {{ ds }}', xcom_push=True)
    # what it starts goes with it
    hangs = BashOperator(task_id='hangs', bash_command='(sleep 31.5 & sleep 31.5); echo {{ ds }}')
    blocks = PythonOperator(task_id='blocks', python_callable=long_wait)
    alert = BashOperator(task_id='alert', bash_command='echo late', trigger_rule='one_failed')
    free = BashOperator(task_id='free', bash_command='echo free', execution_timeout=None)
    quick >> [hangs, blocks] >> alert
