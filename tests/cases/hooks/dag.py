"""Hooks in callables."""
from datetime import datetime

from airflow import DAG
from airflow.hooks.mysql_hook import MySqlHook as Mine
from airflow.hooks.postgres_hook import PostgresHook
from airflow.operators.python_operator import PythonOperator


def extract(ds, **kwargs):
    hook = PostgresHook(postgres_conn_id='warehouse', schema="shop")   # keep me
    rows = hook.get_records("SELECT id FROM orders WHERE day = %s", parameters=(ds,))
    return [list(row) for row in rows]


def load(ti, **kwargs):
    target = Mine('reports')
    target.insert_rows(table='orders', rows=ti.xcom_pull(task_ids='extract'), target_fields=['id'])


def local():
    from airflow.hooks.sqlite_hook import SqliteHook
    return SqliteHook().get_first('SELECT 1')[0]


with DAG('hooks', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    e = PythonOperator(task_id='extract', python_callable=extract, provide_context=True)
    l = PythonOperator(task_id='load', python_callable=load, provide_context=True)
    c = PythonOperator(task_id='local', python_callable=local)
    e >> l >> c
