"""Classes of the file that derive from operators which do something, or nothing."""
import sys
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run, task_run
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE
from airflow_rules import Skip, submit


class SkippingOperator:
    def execute(self):
        raise Skip


class Milestone:
    """Shows in the graph where one part ends."""

    def __init__(self, note):
        self.note = note


class Say:
    def __init__(self, text):
        self.text = text

    def execute(self):
        print(task_run.task_name, self.text)
        return self.text


class SayWithId:
    def __init__(self, task_id, text):
        self.text = '{} says {}'.format(task_id, text)

    def execute(self):
        return self.text


@task(name="python", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def show(day):
    print(day)
    return day


@task(name="first", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def first():
    return Say(text="hello").execute()


@task(name="second", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def second():
    return SayWithId(text="hello", task_id="second").execute()


@task(name="skip", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def skip():
    return SkippingOperator().execute()


@task(name="kept")
def kept():
    pass


@task(name="after_all")
def after_all():
    pass


@task(name="after_one")
def after_one():
    pass


@task(name="shell", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def shell(ds):
    return ShellOperation(commands=[f"echo {ds}"]).run()[-1]


@flow(name="subclasses", log_prints=True)
def subclasses(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    first_run = first.submit()
    second_run = second.submit(wait_for=[first_run])
    skip_run = submit(skip, after=[second_run])
    kept_run = kept.submit(wait_for=[second_run])
    after_all_run = submit(after_all, after=[skip_run, kept_run])
    after_one_run = submit(after_one, after=[skip_run, kept_run], rule="one_success")
    shell_run = submit(shell, ds, after=[after_one_run])
    python = submit(show, day=ds, after=[after_one_run])
    return [after_all_run, shell_run, python]


if __name__ == "__main__":
    sys.exit(not subclasses(return_state=True).is_completed())
