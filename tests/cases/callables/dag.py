"""Callables from everywhere."""
import os.path
from datetime import datetime
from functools import partial

from airflow import DAG
from airflow.operators.python_operator import PythonOperator


class Loader:
    def __init__(self, table):
        self.table = table

    def load(self, mode='full'):
        return '%s:%s' % (self.table, mode)


def add(a, b, c=0):
    """Sum."""
    return a + b + c


def twice(x):
    return add(x, x)


loader = Loader('users')

with DAG('callables', start_date=datetime(2020, 1, 1), schedule_interval=None) as dag:
    imported = PythonOperator(task_id='imported', python_callable=os.path.join, op_args=['a', 'b'])
    inline = PythonOperator(task_id='inline', python_callable=lambda: 42)
    inline_context = PythonOperator(task_id='inline-context', python_callable=lambda **kw: kw['ds'], provide_context=True)
    bound = PythonOperator(task_id='bound', python_callable=partial(add, 1, c=5), op_kwargs={'b': 2})
    method = PythonOperator(task_id='method', python_callable=loader.load, op_kwargs={'mode': 'delta'})
    shared_1 = PythonOperator(task_id='shared_1', python_callable=twice, op_args=[1])
    shared_2 = PythonOperator(task_id='shared_2', python_callable=twice, op_args=[2], retries=3)
    imported >> inline >> bound
    inline_context >> method >> [shared_1, shared_2]
