"""What Airflow 2 waits with, and what becomes of sensors that time out."""
import os
import sys
from datetime import datetime, timedelta, timezone
from glob import glob
from zoneinfo import ZoneInfo

import pendulum
from prefect import allow_failure, flow, task
from prefect.runtime import flow_run
from mylib import is_ready

from airflow_connections import get_connection
from airflow_dates import next_tick, previous_tick
from airflow_resume import SAME_DATE
from airflow_rules import FailNow, Skip, may_retry, submit
from airflow_sensors import landed, passed, wait_until


def never():
    return False


def day_is_over(day, *, data_interval_end):
    return day < data_interval_end.isoformat()


@task(name="files", cache_policy=SAME_DATE)
def files(ds):
    wait_until(lambda: any(map(landed, glob(f"/data/{ds}/*.csv", recursive=True))))


@task(name="one", cache_policy=SAME_DATE)
def one():
    wait_until(lambda: landed(os.path.join("/", "incoming/done")), timeout=timedelta(hours=2))


@task(name="far", cache_policy=SAME_DATE)
def far():
    wait_until(lambda: landed(os.path.join(get_connection("archive").extra_dejson.get("path", ""), "incoming/done")))


@task(name="retried", retries=2, retry_delay_seconds=1, retry_condition_fn=may_retry, cache_policy=SAME_DATE)
def retried():
    wait_until(never, timeout=1, on_timeout=FailNow)


@task(name="soft", cache_policy=SAME_DATE)
def soft():
    wait_until(never, timeout=1, on_timeout=Skip)


@task(name="patient")
def patient():
    # PythonSensor(task_id='patient', python_callable=never, exponential_backoff=True, max_wait=timedelta(minutes=10), silent_fail=True)
    raise NotImplementedError("A2P210: PythonSensor(silent_fail=True) is not converted")


@task(name="over", cache_policy=SAME_DATE)
def over(data_interval_end, ds):
    wait_until(lambda: day_is_over(ds, data_interval_end=data_interval_end))


@task(name="ready", cache_policy=SAME_DATE)
def ready(ds):
    wait_until(lambda: is_ready(day=ds))


@task(name="later", cache_policy=SAME_DATE)
def later(data_interval_end):
    wait_until(lambda: passed(data_interval_end + timedelta(hours=1)))


@task(name="morning", cache_policy=SAME_DATE)
def morning():
    wait_until(lambda: datetime.now(ZoneInfo("Europe/Berlin")).time() > pendulum.time(6, 30))


@task(name="noon", cache_policy=SAME_DATE)
def noon(data_interval_end):
    wait_until(lambda: passed((data_interval_end + timedelta(hours=12)).isoformat()))


@task(name="last", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def last():
    return os.getcwd()


@flow(name="sensors_2")
def sensors_2(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or previous_tick("0 0 * * *", flow_run.scheduled_start_time, "Europe/Berlin")
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    ds = f"{logical_date:%Y-%m-%d}"
    data_interval_end = next_tick("0 0 * * *", logical_date, "Europe/Berlin")

    files_run = files.submit(ds)
    one_run = one.submit()
    far_run = far.submit()
    retried_run = retried.submit()
    soft_run = submit(soft)
    patient_run = patient.submit()
    over_run = over.submit(data_interval_end, ds)
    ready_run = ready.submit(ds)
    later_run = later.submit(data_interval_end)
    morning_run = morning.submit()
    noon_run = noon.submit(data_interval_end)
    last_run = last.submit(
        wait_for=[
            allow_failure(files_run),
            allow_failure(one_run),
            allow_failure(far_run),
            allow_failure(retried_run),
            allow_failure(soft_run),
            allow_failure(patient_run),
            allow_failure(over_run),
            allow_failure(ready_run),
            allow_failure(later_run),
            allow_failure(morning_run),
            allow_failure(noon_run),
        ]
    )
    return [last_run]


if __name__ == "__main__":
    sys.exit(not sensors_2(return_state=True).is_completed())
