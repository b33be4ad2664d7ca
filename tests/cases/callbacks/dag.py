"""Callbacks: as hooks where they read what a hook is told, else called with a context."""
from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.python_operator import PythonOperator
from airflow.utils.email import send_email

SEEN = {}


def note(context):
    SEEN['note'] = [context['task_instance'].task_id, context['ds'], str(context.get('exception'))]


def tell(context):
    ti = context['ti']
    SEEN.setdefault('tell', []).append([ti.task_id, ti.dag_id, ti.state, ti.try_number, str(context['execution_date']), context['params']])


def plain(context):
    print(context['task_instance'].task_id, context['exception'])


def again(context):
    SEEN.setdefault('again', []).append([context['task'].task_id, context['task_instance'].try_number])


def ended(context):
    SEEN['ended'] = [context['dag'].dag_id, context['ts'], context['reason'] is not None]


def mail(context):
    send_email(to=['a@b.c'], subject=context['task'].task_id, html_content='y')


def elsewhere(context):
    from airflow.contrib.operators.jira_operator import JiraOperator
    JiraOperator(task_id='slack', message='failed').execute(context)


def fail():
    raise ValueError('no')


args = {'on_failure_callback': note, 'retry_delay': timedelta(seconds=0)}
with DAG('callbacks', default_args=args, start_date=datetime(2020, 1, 1), schedule_interval='@daily', params={'region': 'eu'},
         on_failure_callback=ended) as dag:
    a = PythonOperator(task_id='a', python_callable=lambda: 1, on_success_callback=tell)
    b = PythonOperator(task_id='b', python_callable=fail, retries=2, on_retry_callback=again)
    c = PythonOperator(task_id='c', python_callable=fail, on_failure_callback=plain)
    d = PythonOperator(task_id='d', python_callable=lambda: 1, on_success_callback=lambda context: print(context['ti'].log_url))
    e = PythonOperator(task_id='e', python_callable=lambda: 1, on_failure_callback=mail)
    f = PythonOperator(task_id='f', python_callable=lambda: 1, on_failure_callback=elsewhere)
    a >> [b, c, d, e, f]
