"""Loops that make tasks."""
import sys
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE

REGIONS = ['eu', 'us']


@task(name="start")
def start():
    pass


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def pull(region, ds):
    ShellOperation(commands=[f"echo {ds} {region}"]).run()


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def load(region, part):
    ShellOperation(commands=[f"echo {region} {part}"]).run()


@task(name="end")
def end():
    pass


@task(name="one", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def one():
    ShellOperation(commands=["echo one"]).run()


@task(name="two", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def two():
    ShellOperation(commands=["echo two"]).run()


@task(name="three", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def three():
    ShellOperation(commands=["echo three"]).run()


@flow(name="loops")
def loops(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    started = start.submit()
    loads = []
    for region in REGIONS:
        # one a region
        pulled = pull.with_options(name=f"pull_{region}").submit(region, ds, wait_for=[started])
        for part in range(2):
            loaded = load.with_options(name=f"load_{region}_{part}").submit(region, part, wait_for=[pulled])
            loads.append(loaded)
    ended = end.submit(wait_for=loads)
    one_run = one.submit()
    two_run = two.submit(wait_for=[one_run])
    three_run = three.submit(wait_for=[two_run])
    return [ended, three_run]


if __name__ == "__main__":
    sys.exit(not loops(return_state=True).is_completed())
