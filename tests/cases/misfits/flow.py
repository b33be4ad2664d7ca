"""Callables that do not take what Airflow calls them with fail their task, not the run of the others."""
import sys
from datetime import datetime

from prefect import flow, task

from airflow_resume import SAME_DATE


@task(name="fits", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def needs(path, mode='r'):
    return path, mode


@task(name="nobody")
def nobody():
    # PythonOperator(task_id='nobody', python_callable=lambda _: print('never'), dag=dag)
    raise NotImplementedError("A2P322: the callable <lambda> does not take what it is called with: _")


@task(name="forgotten")
def forgotten():
    # PythonOperator(task_id='forgotten', python_callable=needs, op_kwargs={'mode': 'w'}, dag=dag)
    raise NotImplementedError("A2P322: the callable needs does not take what it is called with: path")


@task(name="too_many")
def too_many():
    # PythonOperator(task_id='too_many', python_callable=needs, op_args=[1, 2, 3], dag=dag)
    raise NotImplementedError("A2P322: the callable needs does not take what it is called with: 3 arguments")


@task(name="unknown")
def unknown():
    # PythonOperator(task_id='unknown', python_callable=needs, op_args=['a'], op_kwargs={'encoding': 'utf-8'}, dag=dag)
    raise NotImplementedError("A2P322: the callable needs does not take what it is called with: encoding")


@flow(name="misfits", log_prints=True)
def misfits(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    nobody_run = nobody.submit()
    forgotten_run = forgotten.submit()
    too_many_run = too_many.submit()
    unknown_run = unknown.submit()
    fits = needs.submit("a")
    return [nobody_run, forgotten_run, too_many_run, unknown_run, fits]


if __name__ == "__main__":
    sys.exit(not misfits(return_state=True).is_completed())
