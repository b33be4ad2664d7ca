"""Callables that do not take what Airflow calls them with fail their task, not the run of the others."""
from datetime import datetime

from airflow import DAG
from airflow.operators.python_operator import PythonOperator


def needs(path, mode='r'):
    return path, mode


dag = DAG('misfits', start_date=datetime(2021, 1, 1), schedule_interval=None)
nobody = PythonOperator(task_id='nobody', python_callable=lambda _: print('never'), dag=dag)
forgotten = PythonOperator(task_id='forgotten', python_callable=needs, op_kwargs={'mode': 'w'}, dag=dag)
too_many = PythonOperator(task_id='too_many', python_callable=needs, op_args=[1, 2, 3], dag=dag)
unknown = PythonOperator(task_id='unknown', python_callable=needs, op_args=['a'], op_kwargs={'encoding': 'utf-8'}, dag=dag)
fits = PythonOperator(task_id='fits', python_callable=needs, op_args=['a'], dag=dag)


