"""Commands whose processes end with the time of their task, and callables that cannot be stopped."""
import sys
import time
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE
from airflow_rules import submit
from airflow_shell import run_in_time


@task(name="blocks", retries=1, retry_delay_seconds=0, timeout_seconds=2, cache_policy=SAME_DATE)
def long_wait():
    time.sleep(3)


@task(name="quick", retries=1, retry_delay_seconds=0, timeout_seconds=2, cache_policy=SAME_DATE)
def quick(ds):
    return run_in_time(ShellOperation(commands=[f"echo {ds}"]))


@task(name="hangs", retries=1, retry_delay_seconds=0, timeout_seconds=2, cache_policy=SAME_DATE)
def hangs(ds):
    run_in_time(ShellOperation(commands=[f"(sleep 31.5 & sleep 31.5); echo {ds}"]))


@task(name="alert", retries=1, retry_delay_seconds=0, timeout_seconds=2, cache_policy=SAME_DATE)
def alert():
    run_in_time(ShellOperation(commands=["echo late"]))


@task(name="free", retries=1, retry_delay_seconds=0, cache_policy=SAME_DATE)
def free():
    run_in_time(ShellOperation(commands=["echo free"]))


@flow(name="timeouts")
def timeouts(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    quick_run = quick.submit(ds)
    # what it starts goes with it
    hangs_run = hangs.submit(ds, wait_for=[quick_run])
    blocks = long_wait.submit(wait_for=[quick_run])
    alerted = submit(alert, after=[hangs_run, blocks], rule="one_failed")
    free_run = free.submit()
    return [alerted, free_run]


if __name__ == "__main__":
    sys.exit(not timeouts(return_state=True).is_completed())
