import datetime
import sys
from datetime import timedelta, timezone

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_external import external_done
from airflow_resume import SAME_DATE
from airflow_sensors import wait_until


@task(name="p", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def f(x):
    return x


@task(name="wait", cache_policy=SAME_DATE)
def wait(logical_date):
    wait_until(lambda: external_done("markets", logical_date - datetime.timedelta(hours=4), "end"))


@flow(name="module_datetime")
def module_datetime(logical_date: datetime.datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)

    waited = wait.submit(logical_date)
    p = f.submit(x=datetime.datetime.now() + datetime.timedelta(days=1))
    return [waited, p]


if __name__ == "__main__":
    sys.exit(not module_datetime(return_state=True).is_completed())
