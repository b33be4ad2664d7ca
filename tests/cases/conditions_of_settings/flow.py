"""Settings under the conditions that tasks are under: known ones, and one that only the run knows, with 8 columns of indentation."""
import os
import sys
from datetime import datetime

from prefect import flow, task
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE

ENV = 'dev'
STAGE = os.environ.get('NO_SUCH_STAGE', 'x')

if ENV == 'prod':
    BUCKET = 'prod-bucket'
    schedule = '@hourly'
else:
    BUCKET = 'dev-bucket'
    schedule = '@daily'


@task(name="show", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def show():
    return [BUCKET, QUEUE, LIMIT, MODE]


def unused(n):
    if n:
        return 1
    return 2


LIMIT = 10

MODE = 'quick'

if STAGE == 'y':
    # The queue of the stage.
    QUEUE = 'b'
elif STAGE == 'z':
    pass
else:
    QUEUE = 'c'
    print('no stage')


@task(name="start", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def start():
    ShellOperation(commands=["echo start"]).run()


@task(name="quick", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def quick():
    ShellOperation(commands=["echo quick"]).run()


@task(name="on_stage")
def on_stage():
    # BashOperator(task_id='on_stage', bash_command='echo on', dag=other)
    raise NotImplementedError("A2P304: a task made under a condition that is only known at run time: STAGE == 'y'")


@task(name="on_z")
def on_z():
    # BashOperator(task_id='on_z', bash_command='echo z', dag=other)
    raise NotImplementedError("A2P304: a task made under a condition that is only known at run time: STAGE == 'y'")


@flow(name="conditions_of_settings", log_prints=True)
def conditions_of_settings(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    # What the task takes.
    start()
    quick()
    shown = show()
    return shown


@flow(name="conditions_of_settings_too", log_prints=True)
def conditions_of_settings_too(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    last = on_stage.submit()
    on_z_run = on_z.submit()
    return [last, on_z_run]


if __name__ == "__main__":
    states = [each(return_state=True) for each in (conditions_of_settings, conditions_of_settings_too)]
    sys.exit(not all(state.is_completed() for state in states))
