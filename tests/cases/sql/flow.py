"""Databases."""
import sys
from datetime import datetime, timedelta
from pathlib import Path

from jinja2 import StrictUndefined
from prefect import flow, task
from prefect.runtime import flow_run
from prefect_sqlalchemy import SqlAlchemyConnector

from airflow_resume import SAME_DATE
from airflow_sql import MySqlHook, PostgresHook, SqliteHook
from airflow_templates import render

database = 'warehouse'


@task(name="create", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def create():
    with SqlAlchemyConnector.load("postgres-default") as database:
        database.execute('''
            CREATE TABLE IF NOT EXISTS pets (
                name TEXT, born DATE
            );
        ''')


@task(name="insert", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def insert(ds):
    with SqlAlchemyConnector.load("my-warehouse") as database:
        database.execute(f"INSERT INTO pets VALUES ('Max', '{ds}')")


@task(name="several", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def several(context):
    PostgresHook("postgres_default", schema="other").run(
        [
            "DELETE FROM pets WHERE name = %(name)s",
            render('{% include "sql/fill.sql" %}', folders=[Path(__file__).parent], undefined=StrictUndefined, **context),
        ],
        autocommit=True,
        parameters={"name": "Max"},
    )


@task(name="typed", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def typed():
    MySqlHook("mysql_warehouse").run("SELECT '{\"a\":1}' LIKE 'a%'")


@task(name="lite", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def lite(database):
    SqliteHook("sqlite_default").run(f"INSERT INTO {database} SELECT 1")


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def vacuum(database):
    with SqlAlchemyConnector.load("lite") as database_:
        database_.execute(f"DELETE FROM {database}")


@flow(name="sql")
def sql(logical_date: datetime | None = None, database: str = "x"):
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
        "params": {"database": database},
    }

    created = create.submit()
    insert_run = insert.submit(ds, wait_for=[created])
    several_run = several.submit(context, wait_for=[insert_run])
    typed_run = typed.submit(wait_for=[several_run])
    lite_run = lite.submit(database, wait_for=[typed_run])
    vacuums = []
    for database in ['a', 'b']:
        vacuumed = vacuum.with_options(name=f"vacuum_{database}").submit(database, wait_for=[lite_run])
        vacuums.append(vacuumed)
    return vacuums


if __name__ == "__main__":
    sys.exit(not sql(return_state=True).is_completed())
