import os
from datetime import datetime
from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.dummy_operator import DummyOperator
TABLES = os.environ.get('T', 'a,b').split(',')
with DAG('f1', start_date=datetime(2020, 1, 1), schedule_interval=None) as dag:
    start = DummyOperator(task_id='start')
    prev = start
    for t in TABLES:
        cur = BashOperator(task_id='t_%s' % t, bash_command='echo %s' % t)
        prev >> cur
        prev = cur
    end = DummyOperator(task_id='end')
    prev >> end
    last = None
    for t in TABLES:
        x = BashOperator(task_id='x_%s' % t, bash_command='echo %s' % t)
        if last:
            last >> x
        last = x
