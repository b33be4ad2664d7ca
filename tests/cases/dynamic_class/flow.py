"""DAGs that a class builds, from settings that classes hold."""
import sys
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE


@dataclass
class Source:
    """Where a table comes from."""
    name: str
    tables: list = field(default_factory=list)
    schedule: str = '@daily'


SOURCES = [
    Source('crm', ['users', 'orders']),
    Source('erp', tables=['items'], schedule='0 4 * * *'),
]


@task(retries=2, retry_delay_seconds=300, cache_policy=SAME_DATE)
def load(table, mode='full', *, ds):
    print('loading', table, mode, ds)


@task(name="start")
def start():
    pass


@task(name="check_users", retries=2, retry_delay_seconds=300, cache_policy=SAME_DATE)
def check_users():
    ShellOperation(commands=["test -s /data/crm/users"]).run()


@task(name="check_orders", retries=2, retry_delay_seconds=300, cache_policy=SAME_DATE)
def check_orders():
    ShellOperation(commands=["test -s /data/crm/orders"]).run()


@task(name="done")
def done():
    pass


@task(name="start")
def load_erp_start():
    pass


@task(name="check_items", retries=2, retry_delay_seconds=300, cache_policy=SAME_DATE)
def check_items():
    ShellOperation(commands=["test -s /data/erp/items"]).run()


@task(name="done")
def load_erp_done():
    pass


@flow(name="load_crm", log_prints=True)
def load_crm(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    # the day begins
    started = start.submit()
    load_users = load.with_options(name="load_users").submit(table="users", ds=ds, wait_for=[started])
    # fails when nothing came
    checked_users = check_users.submit(wait_for=[load_users])
    load_orders = load.with_options(name="load_orders").submit(table="orders", ds=ds, wait_for=[started])
    # fails when nothing came
    checked_orders = check_orders.submit(wait_for=[load_orders])
    done_run = done.submit(wait_for=[load_users, load_orders])
    return [checked_users, checked_orders, done_run]


@flow(name="load_erp", log_prints=True)
def load_erp(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    # the day begins
    started = load_erp_start.submit()
    load_items = load.with_options(name="load_items").submit(table="items", ds=ds, wait_for=[started])
    # fails when nothing came
    checked_items = check_items.submit(wait_for=[load_items])
    done_run = load_erp_done.submit(wait_for=[load_items])
    return [checked_items, done_run]


if __name__ == "__main__":
    states = [each(return_state=True) for each in (load_crm, load_erp)]
    sys.exit(not all(state.is_completed() for state in states))
