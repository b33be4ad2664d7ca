"""A star schema, by operators that a plugin offers under airflow.operators."""
import sys
from datetime import datetime, timedelta

from operators.check_rows import CheckRowsOperator
from operators.fill_table import FillTableOperator
from prefect import flow, task
from prefect.runtime import flow_run
from queries import Inserts

from airflow_resume import SAME_DATE


@task(name="begin")
def begin():
    pass


@task(name="fill_facts", retries=3, retry_delay_seconds=300, cache_policy=SAME_DATE)
def fill_facts():
    return FillTableOperator(conn_id="stars", table="facts", sql=Inserts.facts).execute()


@task(retries=3, retry_delay_seconds=300, cache_policy=SAME_DATE)
def fill(name):
    return FillTableOperator(conn_id="stars", table=name, sql=getattr(Inserts, name), empty=True).execute()


@task(name="check", retries=3, retry_delay_seconds=300, cache_policy=SAME_DATE)
def check(ds):
    return CheckRowsOperator(conn_id="stars", tables=["facts", "users"]).execute(ds)


@flow(name="star_schema")
def star_schema(logical_date: datetime | None = None):
    """logical_date: start of the hour to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(hours=1)
    ds = f"{logical_date:%Y-%m-%d}"

    begin_run = begin.submit()
    facts = fill_facts.submit(wait_for=[begin_run])
    fills = []
    for name in ['users', 'songs']:
        fill_run = fill.with_options(name=f"fill_{name}").submit(name, wait_for=[facts])
        fills.append(fill_run)
    checks = check.submit(ds, wait_for=fills)
    return [checks]


if __name__ == "__main__":
    sys.exit(not star_schema(return_state=True).is_completed())
