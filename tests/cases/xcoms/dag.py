"""XComs in every form that the census has."""
from datetime import datetime

from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.python_operator import PythonOperator


def push(**context):
    context['ti'].xcom_push(key='rows', value=[1, 2, 3])
    context['task_instance'].xcom_push('size', 3)
    if context['ds'] > '2000':
        return 'done'


def by_key(ti, **kwargs):
    rows = ti.xcom_pull(task_ids='push', key='rows')
    size = ti.xcom_pull('push', key='size') or 0
    return len(rows) + size


def several(**kwargs):
    ti = kwargs['ti']
    first, second = ti.xcom_pull(task_ids=['by_key', 'told'])
    missing = ti.xcom_pull(task_ids='nobody')
    return {'sum': first, 'text': second, 'missing': missing}


def helper(task_instance, key):
    task_instance.xcom_push(key=key, value=1)
    return task_instance.xcom_pull(task_ids='several')['sum']


def with_helper(**context):
    total = helper(context['ti'], 'helped')
    return total


def by_any(**context):
    return context['ti'].xcom_pull(key='helped')


def computed(**context):
    ti = context['ti']
    found = []
    for name in ('by_key', 'several'):
        found.append(ti.xcom_pull(task_ids=name))
    return found


with DAG('xcoms', start_date=datetime(2020, 1, 1), schedule_interval='@daily', default_args={'provide_context': True}) as dag:
    t_push = PythonOperator(task_id='push', python_callable=push)
    t_key = PythonOperator(task_id='by_key', python_callable=by_key)
    told = BashOperator(task_id='told', bash_command='echo {{ ti.xcom_pull(task_ids="push", key="size") }}', xcom_push=True)
    t_several = PythonOperator(task_id='several', python_callable=several)
    t_helper = PythonOperator(task_id='with_helper', python_callable=with_helper)
    t_any = PythonOperator(task_id='by_any', python_callable=by_any)
    t_computed = PythonOperator(task_id='computed', python_callable=computed)
    t_push >> [t_key, told] >> t_several >> t_helper >> t_any >> t_computed
