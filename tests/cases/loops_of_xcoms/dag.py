"""XComs between the tasks that a loop makes, by ids that callables and templates compute."""
import os
from datetime import datetime

from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.python_operator import PythonOperator
from airflow.operators.subdag_operator import SubDagOperator

TABLES = ['orders', 'users']
DAYS = os.environ.get('DAYS', 'mon,tue').split(',')


def extract(table, **context):
    context['ti'].xcom_push(key='path', value='/tmp/' + table)
    return len(table)


def load(name, **context):
    path = context['ti'].xcom_pull(task_ids='extract_%s' % name, key='path')
    rows = context['ti'].xcom_pull(task_ids='extract_{}'.format(name))
    print(path, rows)
    return [path, rows]


def first(**context):
    return context['ti'].xcom_pull(task_ids='extract_orders')


def both(a, b, **context):
    ti = context['ti']
    return [ti.xcom_pull(task_ids='extract_' + a), ti.xcom_pull(task_ids='extract_' + b)]


with DAG('static', start_date=datetime(2020, 1, 1), schedule_interval=None) as static:
    done = BashOperator(task_id='done', bash_command="echo {{ ti.xcom_pull('load_users') }}")
    # a pass takes from its own
    for table in TABLES:
        extracted = PythonOperator(task_id='extract_' + table, python_callable=extract, op_args=[table], provide_context=True)
        loaded = PythonOperator(task_id='load_' + table, python_callable=load, op_kwargs={'name': table}, provide_context=True)
        show = BashOperator(task_id='show_%s' % table, bash_command="echo {{ ti.xcom_pull('extract_%s', key='path') }}" % table)
        extracted >> loaded >> show >> done

with DAG('across', start_date=datetime(2020, 1, 1), schedule_interval=None) as across:
    pair = PythonOperator(task_id='both', python_callable=both, op_args=TABLES, provide_context=True)
    # all take from the first
    for table in TABLES:
        extracted = PythonOperator(task_id='extract_' + table, python_callable=extract, op_args=[table], provide_context=True)
        taken = PythonOperator(task_id='first_' + table, python_callable=first, provide_context=True)
        extracted >> taken
        taken >> pair


def week(parent, day):
    with DAG('%s.%s' % (parent, day), start_date=datetime(2020, 1, 1)) as sub:
        a = BashOperator(task_id='a', bash_command='echo ' + day, xcom_push=True)
        b = BashOperator(task_id='b', bash_command="echo {{ ti.xcom_pull('a') }}", xcom_push=True)
        a >> b
    return sub


with DAG('running', start_date=datetime(2020, 1, 1), schedule_interval=None) as running:
    for day in DAYS:
        extracted = PythonOperator(task_id='extract_%s' % day, python_callable=extract, op_args=[day], provide_context=True)
        loaded = PythonOperator(task_id='load_%s' % day, python_callable=load, op_kwargs={'name': day}, provide_context=True)
        show = BashOperator(task_id='show_' + day, bash_command="echo {{ ti.xcom_pull(task_ids='load_" + day + "') }}")
        sub = SubDagOperator(task_id=day, subdag=week('running', day))
        extracted >> loaded >> show >> sub
