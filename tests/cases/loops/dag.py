"""Loops that make tasks."""
from datetime import datetime

from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.dummy_operator import DummyOperator

REGIONS = ['eu', 'us']

with DAG('loops', start_date=datetime(2020, 1, 1), schedule_interval='@daily') as dag:
    start = DummyOperator(task_id='start')
    end = DummyOperator(task_id='end')

    for region in REGIONS:
        # one a region
        pull = BashOperator(task_id='pull_' + region, bash_command='echo {{ ds }} ' + region)
        for part in range(2):
            load = BashOperator(task_id=f'load_{region}_{part}', bash_command=f'echo {region} {part}')
            pull >> load >> end
        start >> pull

    previous = None
    for step in ('one', 'two', 'three'):
        task = BashOperator(task_id=step, bash_command='echo %s' % step)
        if previous:
            previous >> task
        previous = task
