"""Mapped operators, and a command that may skip its task: tasks that raise, none of them lost."""
import sys
from datetime import datetime

from prefect import flow, task
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE
from airflow_rules import submit
from airflow_shell import run_or_skip


@task(name="start")
def start():
    pass


@task(name="copy", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def copy(bash_command):
    ShellOperation(commands=[bash_command]).run()


@task(name="maybe", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def maybe():
    return run_or_skip(ShellOperation(commands=["exit 42"]), 42)


@task(name="end")
def end():
    pass


@flow(name="mapped")
def mapped(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    started = start.submit()
    copy_runs = copy.map(["echo 1", "echo 2"], wait_for=[started])
    maybe_run = submit(maybe, after=copy_runs)
    ended = submit(end, after=[maybe_run])
    return [ended]


if __name__ == "__main__":
    sys.exit(not mapped(return_state=True).is_completed())
