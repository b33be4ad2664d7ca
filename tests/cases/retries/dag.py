"""Retries, timeouts, pools, callbacks."""
from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash_operator import BashOperator

MINUTES = 7


def tell(context):
    print('failed: %s' % context['task_instance'].task_id, context.get('exception'))


def cheer(context):
    print(context['task'].owner)


with DAG('retries', start_date=datetime(2020, 1, 1), schedule_interval='@daily', dagrun_timeout=timedelta(hours=2),
         max_active_runs=1, on_failure_callback=tell, default_args={'on_failure_callback': tell, 'depends_on_past': True}) as dag:
    plain = BashOperator(task_id='plain', bash_command='true', retries=2, retry_delay=timedelta(seconds=30))
    default_delay = BashOperator(task_id='default_delay', bash_command='true', retries=1)
    backoff = BashOperator(task_id='backoff', bash_command='true', retries=6, retry_delay=timedelta(minutes=1),
                           retry_exponential_backoff=True, max_retry_delay=timedelta(minutes=10))
    computed = BashOperator(task_id='computed', bash_command='true', retries=3, retry_delay=timedelta(minutes=MINUTES))
    bounded = BashOperator(task_id='bounded', bash_command='true', execution_timeout=timedelta(minutes=5), pool='db',
                           task_concurrency=2, sla=timedelta(hours=1), queue='big', on_success_callback=cheer)
    plain >> default_delay >> backoff >> computed >> bounded
