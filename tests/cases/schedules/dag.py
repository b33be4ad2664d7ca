"""Schedules."""
from datetime import datetime, timedelta

import pendulum
from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from dateutil.relativedelta import relativedelta

BERLIN = pendulum.timezone('Europe/Berlin')
COMMAND = 'echo {{ prev_ds }} {{ ds }} {{ next_ds }}'

with DAG('local_cron', start_date=datetime(2020, 1, 1, tzinfo=BERLIN), schedule_interval='30 5 * * *', catchup=False) as local_cron:
    BashOperator(task_id='a', bash_command=COMMAND)
with DAG('weekdays', start_date=datetime(2020, 1, 1), schedule_interval='0 6 * * 1-5', end_date=datetime(2030, 1, 1)) as weekdays:
    BashOperator(task_id='a', bash_command=COMMAND)
with DAG('monthly', start_date=datetime(2020, 1, 1), schedule_interval=relativedelta(months=1)) as monthly:
    BashOperator(task_id='a', bash_command=COMMAND)
with DAG('quarter_hours', start_date=datetime(2020, 1, 1), schedule_interval=timedelta(minutes=15), is_paused_upon_creation=True) as quarter:
    BashOperator(task_id='a', bash_command=COMMAND)
with DAG('once', start_date=datetime(2020, 1, 1), schedule_interval='@once') as once:
    BashOperator(task_id='a', bash_command=COMMAND)
with DAG('never', start_date=datetime(2020, 1, 1), schedule_interval=None) as never:
    BashOperator(task_id='a', bash_command=COMMAND)
with DAG('absent', start_date=datetime(2020, 1, 1)) as absent:
    BashOperator(task_id='a', bash_command=COMMAND)
