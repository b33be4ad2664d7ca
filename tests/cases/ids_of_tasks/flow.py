"""Callables that ask the module's variables for the ids of tasks and of the DAG."""
import sys
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_resume import SAME_DATE
from airflow_rules import submit


@task(name="start", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def read(ds):
    xcoms = {}
    xcoms["day"] = ds
    return xcoms | {"return_value": 'eu'}


def which():
    return 'last'


@task(name="use", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def use(start):
    day = start["day"]
    regions = [start["return_value"]]
    return [day, list(regions), which(), 'ids_of_tasks']


@task(name="pick", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def pick(ds):
    return 'first' if ds.endswith('-01-01') else 'other'


def of(start):
    return start.task_id


@task(name="first")
def first():
    pass


@task(name="other")
def other():
    pass


@task(name="last")
def ids_of_tasks_last():
    pass


@flow(name="ids_of_tasks")
def ids_of_tasks(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    started = read.submit(ds)
    used = use.submit(started)
    picked = pick.submit(ds, wait_for=[used])
    first_run = submit(first, after=[picked], when={picked: "first"})
    other_run = submit(other, after=[picked], when={picked: "other"})
    last_run = submit(ids_of_tasks_last, after=[first_run, other_run], rule="one_success")
    return [last_run]


if __name__ == "__main__":
    sys.exit(not ids_of_tasks(return_state=True).is_completed())
