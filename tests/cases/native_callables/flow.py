"""Callables that are not written in Python: builtins, and functions of Python's library."""
import os
import sys
import time
from datetime import datetime, timedelta
from math import sqrt
from os import path as p

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_resume import SAME_DATE


@task(name="say", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def say(ds):
    return print("the day is", ds, sep=": ")


@task(name="wait", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def wait():
    return time.sleep(0.1)


@task(name="root", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def root():
    return sqrt(16)


@task(name="join", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def join(ds):
    return p.join("/data", ds)


@task(name="make", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def make():
    return os.makedirs("/tmp/native_callables", exist_ok=True)


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def print_task(n):
    return print(n)


@flow(name="native_callables", log_prints=True)
def native_callables(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    say_run = say.submit(ds)
    waited = wait.submit(wait_for=[say_run])
    root_run = root.submit(wait_for=[waited])
    joined = join.submit(ds, wait_for=[root_run])
    make_run = make.submit(wait_for=[joined])
    shows = []
    for n in range(3):
        show = print_task.with_options(name=f"show_{n}").submit(n, wait_for=[make_run])
        shows.append(show)
    return shows


if __name__ == "__main__":
    sys.exit(not native_callables(return_state=True).is_completed())
