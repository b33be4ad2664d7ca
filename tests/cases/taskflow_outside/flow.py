"""Decorators of Airflow's on functions that make no task: they go, and what needs them raises."""
import sys
from datetime import datetime

from prefect import flow, task

from airflow_resume import SAME_DATE


def never():
    return 1


def rounded(amount):
    return round(amount, 2)


# Made a task, and called as the function that it was.
def doubled(amount):
    return 2 * rounded(amount)


class Rates:
    def __init__(self, rate=1):
        self.rate = rate


def count_runs(session=None):
    # All of them.
    # rows = session.execute("select count(*) from dag_run")
    # return rows.scalar()
    raise NotImplementedError("A2P420: the callable uses airflow.utils.session.provide_session, which a flow does not have")


@task(name="total", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def summed():
    return doubled(1.005) + Rates().rate


@task(name="runs")
def runs():
    # PythonOperator(task_id="runs", python_callable=count_runs)
    raise NotImplementedError("A2P420: the callable uses airflow.utils.session.provide_session, which a flow does not have")


doubled_task = task(doubled, name="doubled", retries=2, retry_delay_seconds=300, cache_policy=SAME_DATE)


@flow(name="taskflow_outside")
def taskflow_outside(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    total = summed.submit()
    runs_run = runs.submit()
    doubled_run = doubled_task.submit(1, wait_for=[total])
    return [runs_run, doubled_run]


if __name__ == "__main__":
    sys.exit(not taskflow_outside(return_state=True).is_completed())
