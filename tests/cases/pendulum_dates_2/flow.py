"""Dates of the context with the methods that pendulum gives them in Airflow 2."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pendulum
from prefect import flow, task
from prefect.runtime import flow_run

from airflow_resume import SAME_DATE


@task(name="since", retries=3, retry_delay_seconds=[300, 600], cache_policy=SAME_DATE)
def since(data_interval_start=None, data_interval_end=None):
    return [data_interval_start.to_date_string(), data_interval_end.subtract(hours=2).isoformat(), str(data_interval_end)]


@task(name="month", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def month(logical_date=None, ds=None):
    return [logical_date.start_of("month").format("YYYY/MM"), logical_date.in_timezone("Europe/Berlin").isoformat(), ds]


@flow(name="pendulum_dates_2")
def pendulum_dates_2(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    logical_date = pendulum.instance(logical_date)
    data_interval_end = logical_date + timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    since(logical_date, data_interval_end)
    month_run = month(logical_date, ds)
    return month_run


if __name__ == "__main__":
    pendulum_dates_2()
