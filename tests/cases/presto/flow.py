"""Presto."""
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_checks import check_interval, check_row, check_value
from airflow_resume import SAME_DATE
from airflow_sql import get_hook


@task(name="some", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def some(ds):
    record = get_hook("presto_default").get_first(f"SELECT count(*) FROM t WHERE ds = '{ds}'")
    check_row(record)


@task(name="three", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def three():
    record = get_hook("lake").get_first("SELECT 3")
    check_value(record, 3, tolerance=0.1)


@task(name="week", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def week(ds):
    check_interval(get_hook("presto_default"), "t", {"count(*)": 1.5}, ds)


@task(name="copy", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def copy():
    rows = get_hook("presto_default").get_records("SELECT * FROM t")
    target = get_hook("mysql_default")
    target.run("TRUNCATE t")
    target.insert_rows("t", rows)


@flow(name="presto")
def presto(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    some(ds)
    three()
    week(ds)
    copy()


if __name__ == "__main__":
    presto()
