"""XComs of tasks that need not end before: None of one that failed or was skipped."""
import sys
from datetime import datetime

from prefect import flow, task

from airflow_resume import SAME_DATE
from airflow_rules import Skip, submit


@task(name="make", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def make():
    raise ValueError('x')
@task(name="skip", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def skip():
    raise Skip
@task(name="good", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def good(): return 'good'
@task(name="take", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def take(make, skip, good):
    return [make, skip, good]
@task(name="take2", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def take2(good):
    return good


@task(name="w")
def w():
    pass


@flow(name="pulls_apart")
def pulls_apart(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    m = make.submit()
    s = submit(skip)
    g = good.submit()
    w_run = w.submit(wait_for=[g])
    t = submit(take, m, s, g, after=[w_run])
    t2 = take2.submit(g, wait_for=[w_run])
    return [m, s, t, t2]


if __name__ == "__main__":
    sys.exit(not pulls_apart(return_state=True).is_completed())
