"""default_args in every merging style."""
from copy import deepcopy
from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash_operator import BashOperator

BASE = {'owner': 'data', 'retries': 1, 'retry_delay': timedelta(minutes=2), 'start_date': datetime(2020, 1, 1)}
STRICT = dict(BASE, retries=4)
SPREAD = {**BASE, 'retry_delay': timedelta(seconds=90)}
UPDATED = BASE.copy()
UPDATED.update({'retries': 2, 'execution_timeout': timedelta(hours=1)})
DEEP = deepcopy(BASE)
DEEP['retries'] = 0

with DAG('strict', 'Four retries', timedelta(hours=6), default_args=STRICT) as strict:
    BashOperator(task_id='a', bash_command='true') >> BashOperator(task_id='b', bash_command='true', retries=7)

with DAG('spread', default_args=SPREAD, schedule_interval='@hourly') as spread:
    BashOperator(task_id='a', bash_command='true')

updated = DAG(dag_id='updated', default_args=UPDATED, schedule_interval=None)
BashOperator(task_id='a', bash_command='true', dag=updated, default_args={'retries': 3})

deep = DAG('deep', default_args=DEEP, schedule_interval='@once')
BashOperator(task_id='a', bash_command='true', dag=deep)
