"""Airflow's exceptions, and leaving by sys.exit."""
import sys
from datetime import datetime

from airflow import DAG
from airflow.exceptions import AirflowException, AirflowFailException, AirflowSkipException
from airflow.operators.python_operator import PythonOperator


def skip(ds, **_):
    if ds < '3000':
        raise AirflowSkipException('not yet')


def stop():
    raise AirflowFailException('no use')


def leave():
    sys.exit(3)


def risky():
    try:
        raise AirflowException('once')
    except AirflowException as error:
        print(error)


def helper():
    raise AirflowException('helper')


with DAG('exceptions', start_date=datetime(2020, 1, 1), schedule_interval='@daily') as dag:
    a = PythonOperator(task_id='skip', python_callable=skip, provide_context=True)
    b = PythonOperator(task_id='stop', python_callable=stop, retries=3)
    c = PythonOperator(task_id='leave', python_callable=leave)
    d = PythonOperator(task_id='risky', python_callable=risky)
    e = PythonOperator(task_id='after', python_callable=risky)
    f = PythonOperator(task_id='cleanup', python_callable=risky, trigger_rule='all_done')
    a >> e
    [b, c, d] >> f
