"""default_args in every merging style."""
import sys
from datetime import datetime

from prefect import flow, task
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE
from airflow_shell import run_in_time


@task(name="a", retries=4, retry_delay_seconds=120, cache_policy=SAME_DATE)
def a():
    ShellOperation(commands=["true"]).run()


@task(name="b", retries=7, retry_delay_seconds=120, cache_policy=SAME_DATE)
def b():
    ShellOperation(commands=["true"]).run()


@task(name="a", retries=1, retry_delay_seconds=90, cache_policy=SAME_DATE)
def spread_a():
    ShellOperation(commands=["true"]).run()


@task(name="a", retries=3, retry_delay_seconds=120, timeout_seconds=3600, cache_policy=SAME_DATE)
def updated_a():
    run_in_time(ShellOperation(commands=["true"]))


@task(name="a", cache_policy=SAME_DATE)
def deep_a():
    ShellOperation(commands=["true"]).run()


@flow(name="strict", description="Four retries")
def strict(logical_date: datetime | None = None):
    """logical_date: start of the interval to process; by default, of the scheduled run."""
    a()
    b()


@flow(name="spread")
def spread(logical_date: datetime | None = None):
    """logical_date: start of the hour to process; by default, of the scheduled run."""
    spread_a()


@flow(name="updated")
def updated(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    updated_a()


@flow(name="deep")
def deep(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    deep_a()


if __name__ == "__main__":
    states = [each(return_state=True) for each in (strict, spread, updated, deep)]
    sys.exit(not all(state.is_completed() for state in states))
