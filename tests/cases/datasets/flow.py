"""DAGs that run when datasets are updated, and one that updates them."""
import sys
from datetime import datetime

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_datasets import updates
from airflow_resume import SAME_DATE


@task(
    name="orders",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
    on_completion=[updates("s3://shop/orders.csv")],
)
def orders():
    return ShellOperation(commands=["echo orders"]).run()[-1]


@task(name="report", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def report(ds):
    return ShellOperation(commands=[f"echo {ds}"]).run()[-1]


@task(name="touch", on_completion=[updates("s3://shop/all.csv")])
def touch():
    pass


@flow(name="produces")
def produces(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    orders_run = orders()
    return orders_run


@flow(name="consumes")
def consumes(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    logical_date = logical_date or flow_run.scheduled_start_time
    ds = f"{logical_date:%Y-%m-%d}"

    reported = report(ds)
    return reported


@flow(name="either")
def either(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    touch()


if __name__ == "__main__":
    states = [each(return_state=True) for each in (produces, consumes, either)]
    sys.exit(not all(state.is_completed() for state in states))
