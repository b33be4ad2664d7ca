"""Nightly load of the shop."""

import sys
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run

from common.steps import extract, load, notify

from airflow_resume import SAME_DATE
from airflow_rules import submit


@task(name="begin")
def nightly_begin():
    pass


extract_task = task(extract, name="extract", retries=1, retry_delay_seconds=60, cache_policy=SAME_DATE)


load_task = task(load, name="load", retries=1, retry_delay_seconds=60, cache_policy=SAME_DATE)


notify_task = task(notify, name="notify", retries=1, retry_delay_seconds=60, cache_policy=SAME_DATE)


@flow(name="nightly")
def nightly(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    begin_run = nightly_begin.submit()
    extract_orders = extract_task.with_options(name="extract_orders").submit(
        table="orders", ds=ds, wait_for=[begin_run]
    )
    extract_customers = extract_task.with_options(name="extract_customers").submit(
        table="customers", ds=ds, wait_for=[begin_run]
    )
    extract_returns = extract_task.with_options(name="extract_returns").submit(
        table="returns", ds=ds, wait_for=[begin_run]
    )
    loaded = submit(load_task, extract_orders, after=[extract_orders, extract_customers, extract_returns])
    told = submit(notify_task, message="loaded", after=[loaded])
    return [told]


if __name__ == "__main__":
    sys.exit(not nightly(return_state=True).is_completed())
