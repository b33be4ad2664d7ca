"""Retries, timeouts, pools, callbacks."""
from datetime import datetime, timedelta

from prefect import flow, task
from prefect_shell import ShellOperation

from airflow_callbacks import flow_hook, task_hook
from airflow_resume import SAME_DATE
from airflow_shell import run_in_time


def tell(task, task_run, state):
    print('failed: %s' % task.name, state.result(raise_on_failure=False))


def cheer(context):
    print(context['task'].owner)


@task(name="plain", retries=2, retry_delay_seconds=30, cache_policy=SAME_DATE, on_failure=[tell])
def plain():
    ShellOperation(commands=["true"]).run()


@task(name="default_delay", retries=1, retry_delay_seconds=300, cache_policy=SAME_DATE, on_failure=[tell])
def default_delay():
    ShellOperation(commands=["true"]).run()


@task(
    name="backoff", retries=6, retry_delay_seconds=[60, 120, 240, 480, 600], cache_policy=SAME_DATE, on_failure=[tell]
)
def backoff():
    ShellOperation(commands=["true"]).run()


@task(name="computed", retries=3, retry_delay_seconds=420, cache_policy=SAME_DATE, on_failure=[tell])
def computed():
    ShellOperation(commands=["true"]).run()


@task(
    name="bounded",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    timeout_seconds=300,
    tags=["pool:db", "retries.bounded"],
    cache_policy=SAME_DATE,
    on_failure=[tell],
    on_completion=[task_hook(cheer, timedelta(days=1))],
)
def bounded():
    run_in_time(ShellOperation(commands=["true"]))


@flow(name="retries", timeout_seconds=7200, log_prints=True, on_failure=[flow_hook(tell)])
def retries(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    plain()
    default_delay()
    backoff()
    computed()
    bounded()


if __name__ == "__main__":
    retries()
