"""Decorators of Airflow's on functions that make no task: they go, and what needs them raises."""
from datetime import datetime

import airflow.decorators
from airflow import DAG
from airflow.decorators import dag, task, task_group
from airflow.operators.python import PythonOperator
from airflow.utils.decorators import apply_defaults
from airflow.utils.session import provide_session


@task
def never():
    return 1


@airflow.decorators.task.virtualenv(requirements=["pandas"])
def rounded(amount):
    return round(amount, 2)


# Made a task, and called as the function that it was.
@task(retries=2)
def doubled(amount):
    return 2 * rounded.function(amount)


@dag(schedule=None, start_date=datetime(2024, 1, 1))
def not_called():
    never()


@task_group
def never_grouped():
    return never()


class Rates:
    @apply_defaults
    def __init__(self, rate=1):
        self.rate = rate


@provide_session
def count_runs(session=None):
    # All of them.
    rows = session.execute("select count(*) from dag_run")
    return rows.scalar()


def summed():
    return doubled.function(1.005) + Rates().rate


with DAG("taskflow_outside", schedule=None, start_date=datetime(2024, 1, 1)) as example:
    total = PythonOperator(task_id="total", python_callable=summed)
    runs = PythonOperator(task_id="runs", python_callable=count_runs)
    total >> doubled(1)
