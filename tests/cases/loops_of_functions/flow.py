"""Loops whose passes call another function each: they are written out."""
import sys
from datetime import datetime

from prefect import flow, task

from airflow_resume import SAME_DATE


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def load():
    return 'load'


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def clean():
    return 'clean'


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def check(name):
    return 'check ' + name


@flow(name="loops_of_functions")
def loops_of_functions(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    loaded = load.with_options(name="load").submit()
    cleaned = clean.with_options(name="clean").submit(wait_for=[loaded])
    again_a = load.with_options(name="again_a").submit(wait_for=[cleaned])
    again_b = clean.with_options(name="again_b").submit(wait_for=[cleaned])
    check_x = check.with_options(name="check_x").submit("x", wait_for=[cleaned])
    check_y = check.with_options(name="check_y").submit("y", wait_for=[cleaned])
    return [again_a, again_b, check_x, check_y]


if __name__ == "__main__":
    sys.exit(not loops_of_functions(return_state=True).is_completed())
