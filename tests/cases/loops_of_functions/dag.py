"""Loops whose passes call another function each: they are written out."""
from datetime import datetime

from airflow import DAG
from airflow.operators.python_operator import PythonOperator


def load():
    return 'load'


def clean():
    return 'clean'


def check(name):
    return 'check ' + name


with DAG('loops_of_functions', start_date=datetime(2020, 1, 1), schedule_interval=None) as dag:
    before = None
    for step in (load, clean):
        task = PythonOperator(task_id=step.__name__, python_callable=step)
        if before:
            before >> task
        before = task
    for name, function in {'a': load, 'b': clean}.items():
        before >> PythonOperator(task_id='again_' + name, python_callable=function)
    # one function in all passes
    for letter in ['x', 'y']:
        before >> PythonOperator(task_id='check_' + letter, python_callable=check, op_args=[letter])
