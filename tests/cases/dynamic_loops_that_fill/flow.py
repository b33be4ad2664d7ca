"""A loop that makes tasks and fills what callables look things up in."""

import sys
from datetime import datetime

from prefect import flow, task

from airflow_resume import SAME_DATE

PATHS = {}

INFO = {}


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def load(table):
    return PATHS[table]


@task(name="end", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def total():
    return len(INFO), sorted(INFO)


# one load each
for table in ["a", "b", "c"]:
    # where it lies
    PATHS[table] = "/data/%s" % table


@flow(name="fills2")
def fills2(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    t = load.with_options(name="load_a").submit(table="a")
    loaded_b = load.with_options(name="load_b").submit(table="b")
    loaded_c = load.with_options(name="load_c").submit(table="c")
    end = total.submit(wait_for=[loaded_c])
    return [t, loaded_b, end]


if __name__ == "__main__":
    sys.exit(not fills2(return_state=True).is_completed())
