"""Settings under the conditions that tasks are under: known ones, and one that only the run knows, with 8 columns of indentation."""
import os
from datetime import datetime

from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.python_operator import PythonOperator

ENV = 'dev'
STAGE = os.environ.get('NO_SUCH_STAGE', 'x')

if ENV == 'prod':
    BUCKET = 'prod-bucket'
    schedule = '@hourly'
else:
    BUCKET = 'dev-bucket'
    schedule = '@daily'


def show():
    return [BUCKET, QUEUE, LIMIT, MODE]


def unused(n):
    if n:
        return 1
    return 2


dag = DAG('conditions_of_settings', start_date=datetime(2020, 1, 1), schedule_interval=schedule, catchup=False)

with dag:
        LIMIT = 10
        # What the task takes.
        start = BashOperator(task_id='start', bash_command='echo start')
        shown = PythonOperator(task_id='show', python_callable=show)

if ENV == 'dev':
    MODE = 'quick'
    first = BashOperator(task_id='quick', bash_command='echo quick', dag=dag)
else:
    MODE = 'slow'
    first = BashOperator(task_id='slow', bash_command='echo slow', dag=dag)

other = DAG('conditions_of_settings_too', start_date=datetime(2020, 1, 1), schedule_interval=None, catchup=False)

if STAGE == 'y':
    # The queue of the stage.
    QUEUE = 'b'
    last = BashOperator(task_id='on_stage', bash_command='echo on', dag=other)
elif STAGE == 'z':
    last = BashOperator(task_id='on_z', bash_command='echo z', dag=other)
else:
    QUEUE = 'c'
    print('no stage')

start >> first >> shown
