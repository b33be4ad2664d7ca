"""Factories whose callables hold on to what is around them."""
from datetime import datetime

from airflow import DAG
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.python_operator import PythonOperator

SOURCES = {'users': 10, 'orders': 20}


def build(name, limit):
    dag = DAG('sync_' + name, start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False)

    def extract(**context):
        """Rows of a day."""
        rows = list(range(limit))  # at most the limit
        context['ti'].xcom_push(key='source', value=name)
        return rows[:3]

    def load(prefix, ds, **context):
        ti = context['ti']
        rows = ti.xcom_pull(task_ids='extract')
        return '%s/%s/%s: %s from %s' % (prefix, name, ds, len(rows), ti.xcom_pull(task_ids='extract', key='source'))

    with dag:
        a = PythonOperator(task_id='extract', python_callable=extract, provide_context=True)
        b = PythonOperator(task_id='load', python_callable=load, provide_context=True, op_kwargs={'prefix': 'db'})
        c = DummyOperator(task_id='done')
        a >> b >> c
        for part in ('x', 'y'):
            def check(part=part):
                print(name, part)
                return part
            c >> PythonOperator(task_id='check_' + part, python_callable=check)
    return dag


for name, limit in SOURCES.items():
    globals()['sync_' + name] = build(name, limit)
