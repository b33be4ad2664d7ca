"""Callbacks that differ by the pass of a loop."""
import sys
from datetime import datetime
from functools import partial

from prefect import flow, task

from airflow_callbacks import task_hook
from airflow_resume import SAME_DATE


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def load(table):
    raise ValueError(table)


def tell(channel, context):
    print(channel, context["task_instance"].task_id)


def one(context):
    print("one")


def two(context):
    print("two")


CALLBACKS = {"a": one, "b": two}


@flow(name="cb", log_prints=True)
def cb(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    loads = []
    for table in ["a", "b"]:
        loaded = load.with_options(name=f"load_{table}", on_failure=[task_hook(partial(tell, table))]).submit(
            table=table
        )
        loads.append(loaded)
    mores = []
    for table in ["a", "b"]:
        more = load.with_options(name=f"more_{table}", on_failure=[task_hook(CALLBACKS[table])]).submit(table=table)
        mores.append(more)
    mosts = []
    for table in ["a", "b"]:
        most = load.with_options(name=f"most_{table}").submit(table=table)
        mosts.append(most)
    return [*loads, *mores, *mosts]


if __name__ == "__main__":
    sys.exit(not cb(return_state=True).is_completed())
