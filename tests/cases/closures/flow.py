"""Factories whose callables hold on to what is around them."""
import sys
from datetime import datetime, timedelta, timezone

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_resume import SAME_DATE


@task(name="extract", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def extract(limit, name):
    """Rows of a day."""
    xcoms = {}
    rows = list(range(limit))  # at most the limit
    xcoms["source"] = name
    return xcoms | {"return_value": rows[:3]}


@task(name="load", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def load(prefix, ds, name, extract):
    rows = extract["return_value"]
    return '%s/%s/%s: %s from %s' % (prefix, name, ds, len(rows), extract["source"])


@task(name="done")
def done():
    pass


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def check(part, name):
    print(name, part)
    return part


@task(name="done")
def sync_orders_done():
    pass


@flow(name="sync_users", log_prints=True)
def sync_users(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    ds = f"{logical_date:%Y-%m-%d}"

    extracted = extract.submit(10, "users")
    loaded = load.submit(prefix="db", ds=ds, name="users", extract=extracted)
    done_run = done.submit(wait_for=[loaded])
    check_x = check.with_options(name="check_x").submit("x", "users", wait_for=[done_run])
    check_y = check.with_options(name="check_y").submit("y", "users", wait_for=[done_run])
    return [check_x, check_y]


@flow(name="sync_orders", log_prints=True)
def sync_orders(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    ds = f"{logical_date:%Y-%m-%d}"

    extracted = extract.submit(20, "orders")
    loaded = load.submit(prefix="db", ds=ds, name="orders", extract=extracted)
    done_run = sync_orders_done.submit(wait_for=[loaded])
    check_x = check.with_options(name="check_x").submit("x", "orders", wait_for=[done_run])
    check_y = check.with_options(name="check_y").submit("y", "orders", wait_for=[done_run])
    return [check_x, check_y]


if __name__ == "__main__":
    states = [each(return_state=True) for each in (sync_users, sync_orders)]
    sys.exit(not all(state.is_completed() for state in states))
