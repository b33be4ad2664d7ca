"""Branches that are no path: computed choices, loops, tasks side by side, choices of several."""
import sys
from datetime import datetime, timedelta, timezone

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE
from airflow_rules import Skip, submit

REGIONS = ['eu', 'us', 'asia']


@task(name="pick", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def by_weekday(logical_date):
    return 'day_%s' % logical_date.weekday()


@task(name="several", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def two():
    return ['load_eu', 'load_us']


@task(name="first", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def maybe(logical_date):
    if logical_date.year < 2000:
        raise Skip('long ago')
    return 1


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def day(number):
    ShellOperation(commands=[f"echo {number}"]).run()


@task(name="end")
def end():
    pass


@task(name="beside", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def beside():
    ShellOperation(commands=["echo beside"]).run()


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def load(region):
    ShellOperation(commands=[f"echo {region}"]).run()


@task(name="second", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def second():
    ShellOperation(commands=["echo second"]).run()


@flow(name="weekdays")
def weekdays(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)

    pick = submit(by_weekday, logical_date, choices=[*[f"day_{number}" for number in range(7)], "end"])
    days = []
    for number in range(7):
        day_run = submit(day.with_options(name=f"day_{number}"), number, after=[pick], when={pick: f"day_{number}"})
        days.append(day_run)
    ended = submit(end, after=days, rule="one_success")
    return [ended]


@flow(name="regions")
def regions(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    several = submit(two, choices=[*[f"load_{region}" for region in REGIONS], "beside"])
    beside_run = beside.submit()
    loads = []
    for region in REGIONS:
        loaded = submit(
            load.with_options(name=f"load_{region}"), region, after=[several], when={several: f"load_{region}"}
        )
        loads.append(loaded)
    return [beside_run, *loads]


# A task that may skip itself, on a path.
@flow(name="skipping")
def skipping(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)

    first = submit(maybe, logical_date)
    second_run = submit(second, after=[first])
    return [second_run]


if __name__ == "__main__":
    states = [each(return_state=True) for each in (weekdays, regions, skipping)]
    sys.exit(not all(state.is_completed() for state in states))
