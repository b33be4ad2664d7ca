# Licensed
"""Doc."""
import logging
from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.python_operator import PythonOperator
from airflow.operators.dummy_operator import DummyOperator

TABLES = open('/tmp/tables.txt').read().split() if False else None
def tables():
    return ['a', 'b', 'c']

dag = DAG('dyn', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False)

first = DummyOperator(task_id='first', dag=dag)
last = DummyOperator(task_id='last', dag=dag)

prev = first
for t in tables():
    cur = BashOperator(task_id='t_%s' % t, bash_command='echo %s' % t, dag=dag)
    prev >> cur
    prev = cur
prev >> last

ops = {}
for n in range(3):
    ops[n] = PythonOperator(task_id='op_%d' % n, python_callable=lambda n=n: print(n), dag=dag)
    if n > 0:
        ops[n - 1] >> ops[n]

groups = [['x', 'y'], ['z']]
layers = []
for i, g in enumerate(groups):
    layer = [BashOperator(task_id='{}_{}'.format(i, name), bash_command='echo ' + name, dag=dag) for name in g]
    if layers:
        for up in layers[-1]:
            up >> layer
    layers.append(layer)
