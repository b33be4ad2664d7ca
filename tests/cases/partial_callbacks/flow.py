"""Callbacks with arguments of their own, and a function that Airflow runs in an environment of its own."""
import logging
from datetime import datetime, timedelta
from functools import partial

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_callbacks import task_hook
from airflow_resume import SAME_DATE


def tell(level, context, channel="#data"):
    logging.log(level, "%s %s %s", channel, context["task_instance"].task_id, context["execution_date"])


@task(
    name="fit",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
    on_failure=[task_hook(partial(tell, logging.WARNING), timedelta(days=1))],
)
def train(rounds, day):
    import statistics

    return statistics.mean(range(rounds)), day


warn = partial(tell, logging.WARNING)


@task(
    name="done",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
    on_failure=[task_hook(partial(tell, logging.ERROR, channel="#alerts"), timedelta(days=1))],
)
def done():
    return (ShellOperation(commands=["false"]).run() or [""])[-1]


@flow(name="partial_callbacks")
def partial_callbacks(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    train(4, day=ds)
    done_run = done()
    return done_run


if __name__ == "__main__":
    partial_callbacks()
