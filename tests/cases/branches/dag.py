"""Branches that are no path: computed choices, loops, tasks side by side, choices of several."""
from datetime import datetime

from airflow import DAG
from airflow.exceptions import AirflowSkipException
from airflow.operators.bash_operator import BashOperator
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.python_operator import BranchPythonOperator, PythonOperator

REGIONS = ['eu', 'us', 'asia']


def by_weekday(**context):
    return 'day_%s' % context['execution_date'].weekday()


def two(**context):
    return ['load_eu', 'load_us']


def maybe(**context):
    if context['execution_date'].year < 2000:
        raise AirflowSkipException('long ago')
    return 1


with DAG('weekdays', start_date=datetime(2021, 1, 1), schedule_interval='@daily') as weekdays:
    pick = BranchPythonOperator(task_id='pick', python_callable=by_weekday, provide_context=True)
    end = DummyOperator(task_id='end', trigger_rule='one_success')
    for number in range(7):
        day = BashOperator(task_id='day_%s' % number, bash_command='echo %s' % number)
        pick >> day >> end

with DAG('regions', start_date=datetime(2021, 1, 1), schedule_interval='@daily') as regions:
    several = BranchPythonOperator(task_id='several', python_callable=two, provide_context=True)
    beside = BashOperator(task_id='beside', bash_command='echo beside')
    for region in REGIONS:
        several >> BashOperator(task_id='load_' + region, bash_command='echo ' + region)

# A task that may skip itself, on a path.
with DAG('skipping', start_date=datetime(2021, 1, 1), schedule_interval='@daily') as skipping:
    first = PythonOperator(task_id='first', python_callable=maybe, provide_context=True)
    second = BashOperator(task_id='second', bash_command='echo second')
    first >> second
