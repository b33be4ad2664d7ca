"""Ways to leave a callable: Airflow 1.10 fails the task whatever the code, and tries again."""
import os
import sys
from datetime import datetime

from airflow import DAG
from airflow.exceptions import AirflowBadRequest, AirflowSensorTimeout, AirflowTaskTimeout
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.python_operator import PythonOperator


def clean():
    print('all done')
    sys.exit(0)


def code(**context):
    if context['ds'] < '3000':
        sys.exit('too early: %s' % context['ds'])
    return 1


def in_try():
    try:
        sys.exit(1)
    except Exception as e:
        print('never comes here', e)
    return 'nor here'


def caught():
    try:
        quit()
    except SystemExit:
        return 'caught'


def by_raise():
    raise SystemExit(2)


def check(path):
    if not os.path.exists(path):
        print('no', path)
        exit()


def by_helper():
    check('/no/such/path')


def killed():
    os._exit(1)


def late():
    raise AirflowSensorTimeout('too late')


def timed():
    raise AirflowTaskTimeout('too slow')


def asked():
    raise AirflowBadRequest('bad')


with DAG('exits', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    end = DummyOperator(task_id='end', trigger_rule='all_done')
    for function in (clean, in_try, caught, by_raise, by_helper, killed, late, timed, asked):
        PythonOperator(task_id=function.__name__, python_callable=function) >> end
    PythonOperator(task_id='code', python_callable=code, provide_context=True) >> end
    PythonOperator(task_id='inline', python_callable=lambda: sys.exit(0)) >> end
