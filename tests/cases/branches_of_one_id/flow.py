"""One id in both branches of a condition that only the run knows, and settings between the tasks."""
import os
import sys
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_graph import Graph, add, xcom
from airflow_resume import SAME_DATE
from airflow_variables import variable

# What is written to.
TABLE = 'orders'


@task(name="write", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def write(wait):
    return [TABLE, wait]


@task(name="wait", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def wait_task(ds):
    ShellOperation(commands=[f"echo ufile {ds}"]).run()


@task(name="wait", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def wait_2(ds):
    return ShellOperation(commands=[f"echo oss {ds}"]).run()[-1]


@flow(name="branches_of_one_id", log_prints=True)
def branches_of_one_id(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    with Graph() as dag:
        SITE = eval(variable('no_such_site', '{"id": "oss"}'))

        if SITE['id'].lower() == 'ufile':
            wait = add(wait_task, ds)
        else:
            print('not there')
            wait = add(wait_2, ds)


        written = add(write, xcom("wait"))

        wait >> written
    return dag.run()


if __name__ == "__main__":
    sys.exit(not branches_of_one_id(return_state=True).is_completed())
