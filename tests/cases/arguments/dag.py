"""What reaches a callable besides the context."""
from datetime import datetime

from airflow import DAG
from airflow.operators.python_operator import PythonOperator

SETTINGS = {'limit': 10}


def query(sql, limit, **kwargs):
    print(sql, limit, kwargs['templates_dict']['day'], kwargs['params']['region'], kwargs['extra'])
    return sql


def show(*args, **kwargs):
    print(args, sorted(kwargs))


def told(ds, execution_date, next_ds=None, **_):
    return '%s %s %s' % (ds, execution_date.year, next_ds)


with DAG('arguments', start_date=datetime(2020, 1, 1), schedule_interval='@daily', params={'region': 'eu', 'size': 3}) as dag:
    a = PythonOperator(
        task_id='a', python_callable=query, provide_context=True, templates_dict={'day': '{{ ds }}'},
        op_args=["select '{{ params.region }}' /* {{ macros.ds_add(ds, -1) }} */"], op_kwargs=dict(SETTINGS, extra='x'))
    b = PythonOperator(task_id='b', python_callable=show, op_args=[1, 'two'], op_kwargs={'three': 3})
    c = PythonOperator(task_id='c', python_callable=told, provide_context=True, params={'region': 'us'})
    [a, b] >> c
