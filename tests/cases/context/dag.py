"""Airflow's context, read in every way."""
import logging
from datetime import datetime

from airflow import DAG
from airflow.operators.python_operator import PythonOperator


def dates(ds, ds_nodash, ts, yesterday_ds, tomorrow_ds, prev_ds, next_ds, **context):
    month = context['execution_date'].strftime('%Y-%m')
    return [ds, ds_nodash, ts, yesterday_ds, tomorrow_ds, prev_ds, next_ds, month, context['ts_nodash']]


def objects(**kwargs):
    task_id = kwargs['task'].task_id
    dag_id = kwargs['dag'].dag_id
    conf = kwargs['dag_run'].conf or {}
    logging.info('%s.%s: %s', dag_id, task_id, conf.get('path', 'none'))
    return [dag_id, task_id, kwargs['ti'].try_number]


def escaping(**kwargs):
    return describe(kwargs)


def describe(context):
    return '%s in %s' % (context['ds'], context.get('params', {}).get('region'))


with DAG('context', start_date=datetime(2020, 1, 1), schedule_interval='0 0 * * *', params={'region': 'eu'}) as dag:
    a = PythonOperator(task_id='a', python_callable=dates, provide_context=True)
    b = PythonOperator(task_id='b', python_callable=objects, provide_context=True)
    c = PythonOperator(task_id='c', python_callable=escaping, provide_context=True)
    a >> [b, c]


def asked(**kwargs):
    if kwargs['dag_run'] and kwargs['dag_run'].conf and (kwargs['dag_run'].conf.get('debug')):
        print('debug')
    run = kwargs.get('dag_run')
    region = run.conf['region'] if run is not None and run.conf else 'eu'
    if not run:
        raise ValueError('no run')
    if region == 'us' and kwargs.get('dag_run') and kwargs['dag_run'].conf and kwargs['dag_run'].conf.get('skip'):
        return None
    return region, (run.conf or {}) if run else None


with dag:
    d = PythonOperator(task_id='d', python_callable=asked, provide_context=True)
