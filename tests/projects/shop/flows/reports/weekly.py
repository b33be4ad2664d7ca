"""Weekly report of the shop: it stands in a folder of its own."""

import sys
from datetime import datetime, timedelta
from pathlib import Path

from prefect import flow, task
from prefect.runtime import flow_run

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from shop_plugin.operators import CountRowsOperator
from common.settings import BUCKET, TABLES
from common.steps import load, notify

from airflow_resume import SAME_DATE
from airflow_rules import submit


@task(name="extract_orders", retries=1, retry_delay_seconds=60, cache_policy=SAME_DATE)
def extract_orders(ds):
    xcoms = {}
    xcoms["path"] = f"{BUCKET}/orders/{ds}"
    return xcoms | {"return_value": list(TABLES)}


load_task = task(load, name="load", retries=1, retry_delay_seconds=60, cache_policy=SAME_DATE)


@task(name="count", retries=1, retry_delay_seconds=60, cache_policy=SAME_DATE)
def count(extract_orders, ds):
    return CountRowsOperator(table="orders", path=f"{BUCKET}/{ds}").execute(extract_orders)


notify_task = task(notify, name="notify", retries=1, retry_delay_seconds=60, cache_policy=SAME_DATE)


@flow(name="weekly")
def weekly(logical_date: datetime | None = None):
    """logical_date: start of the week to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=7)
    ds = f"{logical_date:%Y-%m-%d}"

    first = extract_orders.submit(ds)
    second = submit(load_task, first, after=[first])
    count_run = submit(count, first, ds, after=[second])
    last = submit(notify_task, after=[count_run])
    return [last]


if __name__ == "__main__":
    sys.exit(not weekly(return_state=True).is_completed())
