"""Callbacks that call their context what they like, and hand it on."""
from datetime import datetime

from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.dummy_operator import DummyOperator


def send(state, ctx):
    print(state, ctx['ds'], ctx['dag'].dag_id)


def run_failed(ctx):
    send('failed', ctx)


def run_done(c):
    print('done {} {}'.format(c['run_id'], c.get('exception')))


def task_failed(kwargs):
    print("""{task} of {dag}""".format(task=kwargs.get('task_instance').task_id, dag=kwargs['task_instance'].dag_id))


def only_known(context):
    print(context['exception'])


with DAG('callbacks_by_any_name', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False,
         on_failure_callback=run_failed, on_success_callback=run_done) as dag:
    first = BashOperator(task_id='first', bash_command='true', on_failure_callback=task_failed)
    last = BashOperator(task_id='last', bash_command='true', on_failure_callback=only_known)
    first >> last >> DummyOperator(task_id='end')
