"""Ways to leave a callable: for Airflow 2 it is success by code 0 or none, else the task fails and is tried again."""
import sys

import pendulum
from airflow.decorators import dag, task
from airflow.exceptions import AirflowSensorTimeout
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator


def clean(ti):
    ti.xcom_push(key='seen', value=1)
    if ti.task_id:
        sys.exit(0)
    return 'never'


def plain():
    print('nothing to do')
    exit()


def bad():
    sys.exit(1)


def main():
    return 0


def computed():
    sys.exit(main())


def in_try():
    try:
        sys.exit(None)
    except Exception as e:
        print('never comes here', e)
    return 'nor here'


def late():
    raise AirflowSensorTimeout('too late')


def read(ti):
    return ti.xcom_pull(task_ids='clean', key='seen'), ti.xcom_pull(task_ids='clean')


@dag(start_date=pendulum.datetime(2020, 1, 1, tz='UTC'), schedule='@daily', catchup=False)
def exits_2():
    @task
    def decorated():
        try:
            sys.exit(3)
        except ValueError:
            return 'caught'

    end = EmptyOperator(task_id='end', trigger_rule='all_done')
    tasks = [PythonOperator(task_id=each.__name__, python_callable=each) for each in (clean, plain, bad, computed, in_try, late)]
    tasks >> end
    decorated() >> end
    tasks[0] >> PythonOperator(task_id='read', python_callable=read)


exits_2()
