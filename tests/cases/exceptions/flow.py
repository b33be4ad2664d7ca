"""Airflow's exceptions, and leaving by sys.exit."""
import sys
from datetime import datetime, timedelta

from prefect import allow_failure, flow, task
from prefect.runtime import flow_run

from airflow_resume import SAME_DATE
from airflow_rules import FailNow, Skip, may_retry, submit


@task(name="skip", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def skip(ds):
    if ds < '3000':
        raise Skip('not yet')


@task(name="stop", retries=3, retry_delay_seconds=300, retry_condition_fn=may_retry, cache_policy=SAME_DATE)
def stop():
    raise FailNow('no use')


@task(name="leave", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def leave():
    raise RuntimeError(3)


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def risky():
    try:
        raise RuntimeError('once')
    except RuntimeError as error:
        print(error)


def helper():
    raise RuntimeError('helper')


@flow(name="exceptions", log_prints=True)
def exceptions(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    a = submit(skip, ds)
    b = stop.submit()
    c = leave.submit()
    d = risky.with_options(name="risky").submit()
    e = submit(risky.with_options(name="after"), after=[a])
    f = risky.with_options(name="cleanup").submit(wait_for=[allow_failure(b), allow_failure(c), allow_failure(d)])
    return [e, f]


if __name__ == "__main__":
    sys.exit(not exceptions(return_state=True).is_completed())
