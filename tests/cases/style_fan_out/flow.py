import sys
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation


@task(name="start")
def start():
    pass


@task(name="sales")
def sales(region, ds):
    return ShellOperation(commands=[f'echo "sales {region} {ds}"']).run()[-1]


@task(name="stock", retries=2, retry_delay_seconds=[30, 60])
def stock(region, logical_date):
    return ShellOperation(commands=[f'echo "stock {region} {logical_date - timedelta(days=7):%Y-%m-%d}"']).run()[-1]


@task(name="publish")
def publish(sales, stock):
    ShellOperation(commands=[f'echo "{sales} and {stock}"']).run()


@flow(name="reports", timeout_seconds=3600)
def reports(logical_date: datetime | None = None, region: str = "eu"):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    started = start.submit()
    # Both read the same snapshot, so they may run side by side.
    sales_run = sales.submit(region, ds, wait_for=[started])
    stock_run = stock.submit(region, logical_date, wait_for=[started])
    published = publish.submit(sales_run, stock_run)
    return [published]


if __name__ == "__main__":
    sys.exit(not reports(return_state=True).is_completed())
