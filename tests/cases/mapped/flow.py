"""Mapped operators, and a command that may skip its task: tasks that raise, none of them lost."""
import sys
from datetime import datetime

from prefect import flow, task
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE


@task(name="start")
def start():
    pass


@task(name="copy", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def copy(bash_command):
    ShellOperation(commands=[bash_command]).run()


@task(name="maybe")
def maybe():
    # BashOperator(task_id="maybe", bash_command="exit 42", skip_on_exit_code=42)
    raise NotImplementedError("A2P210: BashOperator(skip_on_exit_code=42) is not converted")


@task(name="end")
def end():
    pass


@flow(name="mapped")
def mapped(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    started = start.submit()
    copy_runs = copy.map(["echo 1", "echo 2"], wait_for=[started])
    maybe_run = maybe.submit(wait_for=copy_runs)
    ended = end.submit(wait_for=[maybe_run])
    return [ended]


if __name__ == "__main__":
    sys.exit(not mapped(return_state=True).is_completed())
