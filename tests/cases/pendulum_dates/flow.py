"""Dates of the context with the methods that pendulum gives them in Airflow 1.10."""
from datetime import datetime, timedelta, timezone

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_resume import SAME_DATE
from airflow_templates import Date


def day_before(day):
    return day.subtract(days=1).to_date_string()


@task(name="ask", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def ask(ds, prev_execution_date, next_execution_date):
    since = prev_execution_date.to_datetime_string()
    until = next_execution_date.to_datetime_string()
    return [ds, since, until]


@task(name="count", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def count(execution_date):
    start = execution_date.start_of('month')
    return [start.isoformat(), execution_date.format('%Y/%m'), execution_date.add(hours=2).isoformat(), day_before(execution_date)]


@task(name="zone", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def zone(logical_date):
    local = logical_date.in_timezone('Europe/Amsterdam')
    return [str(local), local.hour, logical_date.day_of_week, logical_date.int_timestamp]


@flow(name="pendulum_dates")
def pendulum_dates(logical_date: datetime | None = None):
    """logical_date: start of the hour to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(hours=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    logical_date = Date.of(logical_date)
    ds = f"{logical_date:%Y-%m-%d}"
    prev_execution_date = logical_date - timedelta(hours=1)
    next_execution_date = logical_date + timedelta(hours=1)

    ask(ds, prev_execution_date, next_execution_date)
    count(logical_date)
    zoned = zone(logical_date)
    return zoned


if __name__ == "__main__":
    pendulum_dates()
