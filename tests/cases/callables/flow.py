"""Callables from everywhere."""
import os.path
import sys
from datetime import datetime

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_resume import SAME_DATE


class Loader:
    def __init__(self, table):
        self.table = table

    def load(self, mode='full'):
        return '%s:%s' % (self.table, mode)


def add(a, b, c=0):
    """Sum."""
    return a + b + c


@task(cache_policy=SAME_DATE)
def twice(x):
    return add(x, x)


loader = Loader('users')


@task(name="imported", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def imported():
    return os.path.join("a", "b")


@task(name="inline", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def inline():
    return 42


@task(name="inline-context", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def inline_context(ds):
    return ds


bound = task(
    add, name="bound", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE
)


method = task(
    loader.load, name="method", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE
)


@flow(name="callables")
def callables(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    logical_date = logical_date or flow_run.scheduled_start_time
    ds = f"{logical_date:%Y-%m-%d}"

    imported_run = imported.submit()
    inline_run = inline.submit(wait_for=[imported_run])
    inline_context_run = inline_context.submit(ds)
    bound_run = bound.submit(1, c=5, b=2, wait_for=[inline_run])
    method_run = method.submit(mode="delta", wait_for=[inline_context_run])
    shared_1 = twice.with_options(
        name="shared_1", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5
    ).submit(1, wait_for=[method_run])
    shared_2 = twice.with_options(name="shared_2", retries=3, retry_delay_seconds=300).submit(2, wait_for=[method_run])
    return [bound_run, shared_1, shared_2]


if __name__ == "__main__":
    sys.exit(not callables(return_state=True).is_completed())
