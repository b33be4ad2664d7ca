"""Several DAGs in a file: by hand, and by a factory."""
import sys
from datetime import datetime

from prefect import flow, task

from airflow_resume import SAME_DATE


@task(name="greet", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def greet(name):
    print('hello', name)


@flow(name="greet_world", log_prints=True)
def greet_world(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    greet("world")


@flow(name="greet_moon", log_prints=True)
def greet_moon(logical_date: datetime | None = None):
    """logical_date: start of the interval to process; by default, of the scheduled run."""
    greet("moon")


@flow(name="other", log_prints=True)
def other(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    greet(name="other")


if __name__ == "__main__":
    states = [each(return_state=True) for each in (greet_world, greet_moon, other)]
    sys.exit(not all(state.is_completed() for state in states))
