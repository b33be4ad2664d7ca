"""Callables that are not written in Python: builtins, and functions of Python's library."""
import os
import time
from datetime import datetime
from math import sqrt
from os import path as p

from airflow import DAG
from airflow.operators.python_operator import PythonOperator

with DAG('native_callables', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    say = PythonOperator(task_id='say', python_callable=print, op_args=['the day is', '{{ ds }}'], op_kwargs={'sep': ': '})
    wait = PythonOperator(task_id='wait', python_callable=time.sleep, op_args=[0.1])
    root = PythonOperator(task_id='root', python_callable=sqrt, op_args=[16])
    join = PythonOperator(task_id='join', python_callable=p.join, op_args=['/data', '{{ ds }}'])
    make = PythonOperator(task_id='make', python_callable=os.makedirs, op_args=['/tmp/native_callables'], op_kwargs={'exist_ok': True})
    show = [PythonOperator(task_id='show_%s' % n, python_callable=print, op_args=[n]) for n in range(3)]
    say >> wait >> root >> join >> make >> show
