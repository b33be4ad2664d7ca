"""Functions that return a command of the shell, and functions that are asked until they are true."""
import sys
from datetime import datetime

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE
from airflow_rules import Skip, submit
from airflow_sensors import wait_until


@task(name="give", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def give():
    return 5


def show(value):
    return f"echo {value}"


def greet(ds=None):
    return f'echo "$GREETING {ds}"'


def ready(value):
    return value > 3


def never():
    return False


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def keep(value):
    return value


@task(name="show", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def show_task(give):
    return (ShellOperation(commands=[show(give)]).run() or [""])[-1]


@task(name="each", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def each(value):
    return (ShellOperation(commands=[show(value=value)]).run() or [""])[-1]


@task(name="ready", cache_policy=SAME_DATE)
def ready_task(give):
    return wait_until(lambda: ready(give), poke_interval=1, timeout=10)


@task(name="greet", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def greet_task(ds):
    return (ShellOperation(commands=[greet(ds)], env={"GREETING": "hello"}).run() or [""])[-1]


@task(name="never", cache_policy=SAME_DATE)
def never_task():
    return wait_until(never, poke_interval=1, timeout=1, on_timeout=Skip)


@flow(name="taskflow_commands")
def taskflow_commands(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    logical_date = logical_date or flow_run.scheduled_start_time
    ds = f"{logical_date:%Y-%m-%d}"

    given = give.submit()
    show_run = show_task.submit(given)
    keep_run = keep.with_options(name="keep").submit(show_run)
    each_runs = each.map(["a", "b"])
    ready_run = ready_task.submit(given)
    greet_run = greet_task.submit(ds, wait_for=[ready_run])
    never_run = submit(never_task)
    after = submit(keep.with_options(name="after"), never_run, after=[never_run])
    return [keep_run, *each_runs, greet_run, after]


if __name__ == "__main__":
    sys.exit(not taskflow_commands(return_state=True).is_completed())
