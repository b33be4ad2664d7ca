"""Hooks in callables."""
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_resume import SAME_DATE
from airflow_sql import MySqlHook, PostgresHook, SqliteHook


@task(name="extract", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def extract(ds):
    hook = PostgresHook(postgres_conn_id='warehouse', schema="shop")   # keep me
    rows = hook.get_records("SELECT id FROM orders WHERE day = %s", parameters=(ds,))
    return [list(row) for row in rows]


@task(name="load", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def load(extract):
    target = MySqlHook('reports')
    target.insert_rows(table='orders', rows=extract, target_fields=['id'])


@task(name="local", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def local():
    return SqliteHook().get_first('SELECT 1')[0]


@flow(name="hooks")
def hooks(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    e = extract(ds)
    load(e)
    c = local()
    return c


if __name__ == "__main__":
    hooks()
