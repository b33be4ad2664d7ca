"""Functions of sensors that take more than they are given: Airflow 2 gives them the context."""

import sys
from datetime import datetime, timedelta, timezone
from functools import partial

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_external import external_done
from airflow_http import HttpHook, answers
from airflow_resume import SAME_DATE
from airflow_sensors import wait_until


def ready(response, ds, **kwargs):
    return response.json()["day"] == ds and kwargs["ts"]


def asked_by(response, ti=None):
    return ti is None


def day_before(dt, ds_nodash, steps=1):
    print(ds_nodash)
    return dt - timedelta(days=steps)


@task(name="a", cache_policy=SAME_DATE)
def a(ds, ts):
    wait_until(lambda: answers(HttpHook("GET", "api"), f"x/{ds}", partial(ready, ds=ds, ts=ts)))


@task(name="b", cache_policy=SAME_DATE)
def b(ds):
    wait_until(
        lambda: answers(HttpHook("GET", "api"), "x", partial(lambda response, **context: context["ds"] in response.text, ds=ds))
    )


@task(name="c")
def c():
    # HttpSensor(task_id="c", http_conn_id="api", endpoint="x", response_check=asked_by)
    raise NotImplementedError("A2P220: HttpSensor(response_check=...) changes what the task does and cannot be carried over")


@task(name="d", cache_policy=SAME_DATE)
def d(logical_date, ds_nodash):
    wait_until(lambda: external_done("other", day_before(logical_date, ds_nodash=ds_nodash), "x"))


@task(name="e", cache_policy=SAME_DATE)
def e(logical_date, data_interval_end):
    wait_until(
        lambda: external_done(
            "other", (lambda dt, **kw: kw["data_interval_end"])(logical_date, data_interval_end=data_interval_end)
        )
    )


@flow(name="asks", log_prints=True)
def asks(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    ds = f"{logical_date:%Y-%m-%d}"
    ts = logical_date.isoformat()
    ds_nodash = f"{logical_date:%Y%m%d}"
    data_interval_end = logical_date + timedelta(days=1)

    a_run = a.submit(ds, ts)
    b_run = b.submit(ds)
    c_run = c.submit()
    d_run = d.submit(logical_date, ds_nodash)
    e_run = e.submit(logical_date, data_interval_end)
    return [a_run, b_run, c_run, d_run, e_run]


if __name__ == "__main__":
    sys.exit(not asks(return_state=True).is_completed())
