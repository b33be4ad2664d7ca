"""One id in both branches of a condition that only the run knows, and settings between the tasks."""
import os
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.operators.bash_operator import BashOperator
from airflow.operators.python_operator import PythonOperator

dag = DAG('branches_of_one_id', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False)

# What is written to.
TABLE = 'orders'
SITE = eval(Variable.get('no_such_site', '{"id": "oss"}'))

if SITE['id'].lower() == 'ufile':
    wait = BashOperator(task_id='wait', bash_command='echo ufile {day}'.format(day='{{ ds }}'), dag=dag)
else:
    print('not there')
    wait = BashOperator(task_id='wait', bash_command='echo oss {day}'.format(day='{{ ds }}'), xcom_push=True, dag=dag)


def write(**context):
    return [TABLE, context['ti'].xcom_pull(task_ids='wait')]


written = PythonOperator(task_id='write', python_callable=write, provide_context=True, dag=dag)

wait >> written
