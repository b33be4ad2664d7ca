"""Snowflake."""
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_resume import SAME_DATE
from airflow_sql import SnowflakeHook, fetch_all


@task(name="old", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def old(ds):
    SnowflakeHook("snowflake_default", warehouse="SMALL", database="ZOO", role="LOADER", schema="PUBLIC").run(
        f"INSERT INTO pets SELECT '{ds}'", autocommit=True
    )


@task(name="rows", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def rows(ds):
    return SnowflakeHook("zoo").run(
        ["SELECT 1", "SELECT %(day)s"], autocommit=True, parameters={"day": ds}, handler=fetch_all
    )


@flow(name="snowflake")
def snowflake(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    old(ds)
    rows_run = rows(ds)
    return rows_run


if __name__ == "__main__":
    snowflake()
