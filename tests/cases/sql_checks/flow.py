"""Checks and transfers."""
from datetime import datetime, timedelta
from pathlib import Path

from jinja2 import StrictUndefined
from prefect import flow, task
from prefect.runtime import flow_run

from airflow_checks import check_interval, check_row, check_threshold, check_value
from airflow_resume import SAME_DATE
from airflow_sql import get_hook
from airflow_templates import render


@task(name="count", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def count():
    return get_hook('lake').get_first('SELECT count(*) FROM pets')[0]


@task(name="rows", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def rows(ds):
    record = get_hook("lake").get_first(f"SELECT count(*) FROM pets WHERE day = '{ds}'")
    check_row(record)


@task(name="cats", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def cats():
    record = get_hook("other").get_first("SELECT count(*) FROM pets")
    check_value(record, 100, tolerance=0.1)


@task(name="ages", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def ages():
    check_threshold(get_hook("lake"), "SELECT avg(age) FROM pets", 1, "SELECT max(age) FROM pets")


@task(name="week", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def week(ds):
    check_interval(get_hook("lake"), "pets", {"count(*)": 1.5, "max(age)": 2}, ds, date_filter_column="day")


@task(name="record", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def record(context, ds):
    record_ = get_hook("lake").get_first(
        render('{% include "sql/record.sql" %}', folders=[Path(__file__).parent], undefined=StrictUndefined, **context)
    )
    check_value(record_, ds)


@task(name="copy", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def copy(ds_nodash):
    rows = get_hook("lake").get_records("SELECT * FROM pets")
    target = get_hook("shop")
    target.run([f"DROP TABLE IF EXISTS pets_{ds_nodash}", f"CREATE TABLE pets_{ds_nodash} (name TEXT)"])
    target.insert_rows(f"pets_{ds_nodash}", rows)


@flow(name="sql_checks")
def sql_checks(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"
    context = {
        "ds": f"{logical_date:%Y-%m-%d}",
        "ds_nodash": f"{logical_date:%Y%m%d}",
        "ts": logical_date.isoformat(),
        "ts_nodash": f"{logical_date:%Y%m%dT%H%M%S}",
        "yesterday_ds": f"{logical_date - timedelta(days=1):%Y-%m-%d}",
        "tomorrow_ds": f"{logical_date + timedelta(days=1):%Y-%m-%d}",
        "prev_ds": f"{logical_date - timedelta(days=1):%Y-%m-%d}",
        "next_ds": f"{logical_date + timedelta(days=1):%Y-%m-%d}",
        "execution_date": logical_date,
        "prev_execution_date": logical_date - timedelta(days=1),
        "next_execution_date": logical_date + timedelta(days=1),
        "logical_date": logical_date,
        "data_interval_start": logical_date,
        "data_interval_end": logical_date + timedelta(days=1),
    }
    ds_nodash = f"{logical_date:%Y%m%d}"

    rows(ds)
    cats()
    ages()
    week(ds)
    record(context, ds)
    copy(ds_nodash)
    count_run = count()
    return count_run


if __name__ == "__main__":
    sql_checks()
