"""Schedules."""
import sys
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation
from dateutil.relativedelta import relativedelta

from airflow_dates import next_tick, previous_tick
from airflow_resume import SAME_DATE


@task(name="a", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def a(prev_ds, ds, next_ds):
    ShellOperation(commands=[f"echo {prev_ds} {ds} {next_ds}"]).run()


@task(name="a", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def weekdays_a(prev_ds, ds, next_ds):
    ShellOperation(commands=[f"echo {prev_ds} {ds} {next_ds}"]).run()


@task(name="a", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def monthly_a(prev_ds, ds, next_ds):
    ShellOperation(commands=[f"echo {prev_ds} {ds} {next_ds}"]).run()


@task(name="a", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def quarter_hours_a(prev_ds, ds, next_ds):
    ShellOperation(commands=[f"echo {prev_ds} {ds} {next_ds}"]).run()


@task(name="a", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def once_a(prev_ds, ds, next_ds):
    ShellOperation(commands=[f"echo {prev_ds} {ds} {next_ds}"]).run()


@task(name="a", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def never_a(prev_ds, ds, next_ds):
    ShellOperation(commands=[f"echo {prev_ds} {ds} {next_ds}"]).run()


@task(name="a", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def absent_a(prev_ds, ds, next_ds):
    ShellOperation(commands=[f"echo {prev_ds} {ds} {next_ds}"]).run()


@flow(name="local_cron")
def local_cron(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or previous_tick("30 5 * * *", flow_run.scheduled_start_time, "Europe/Berlin")
    prev_ds = f'{previous_tick("30 5 * * *", logical_date, "Europe/Berlin"):%Y-%m-%d}'
    ds = f"{logical_date:%Y-%m-%d}"
    next_ds = f'{next_tick("30 5 * * *", logical_date, "Europe/Berlin"):%Y-%m-%d}'

    a(prev_ds, ds, next_ds)


@flow(name="weekdays")
def weekdays(logical_date: datetime | None = None):
    """logical_date: start of the interval to process; by default, of the scheduled run."""
    logical_date = logical_date or previous_tick("0 6 * * 1-5", flow_run.scheduled_start_time)
    prev_ds = f'{previous_tick("0 6 * * 1-5", logical_date):%Y-%m-%d}'
    ds = f"{logical_date:%Y-%m-%d}"
    next_ds = f'{next_tick("0 6 * * 1-5", logical_date):%Y-%m-%d}'

    weekdays_a(prev_ds, ds, next_ds)


@flow(name="monthly")
def monthly(logical_date: datetime | None = None):
    """logical_date: start of the interval to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - relativedelta(months=1)
    prev_ds = f"{logical_date - relativedelta(months=1):%Y-%m-%d}"
    ds = f"{logical_date:%Y-%m-%d}"
    next_ds = f"{logical_date + relativedelta(months=1):%Y-%m-%d}"

    monthly_a(prev_ds, ds, next_ds)


@flow(name="quarter_hours")
def quarter_hours(logical_date: datetime | None = None):
    """logical_date: start of the interval to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(minutes=15)
    prev_ds = f"{logical_date - timedelta(minutes=15):%Y-%m-%d}"
    ds = f"{logical_date:%Y-%m-%d}"
    next_ds = f"{logical_date + timedelta(minutes=15):%Y-%m-%d}"

    quarter_hours_a(prev_ds, ds, next_ds)


@flow(name="once")
def once(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    logical_date = logical_date or flow_run.scheduled_start_time
    prev_ds = None
    ds = f"{logical_date:%Y-%m-%d}"
    next_ds = None

    once_a(prev_ds, ds, next_ds)


@flow(name="never")
def never(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    logical_date = logical_date or flow_run.scheduled_start_time
    prev_ds = f"{logical_date:%Y-%m-%d}"
    ds = f"{logical_date:%Y-%m-%d}"
    next_ds = f"{logical_date:%Y-%m-%d}"

    never_a(prev_ds, ds, next_ds)


@flow(name="absent")
def absent(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    prev_ds = f"{logical_date - timedelta(days=1):%Y-%m-%d}"
    ds = f"{logical_date:%Y-%m-%d}"
    next_ds = f"{logical_date + timedelta(days=1):%Y-%m-%d}"

    absent_a(prev_ds, ds, next_ds)


if __name__ == "__main__":
    states = [each(return_state=True) for each in (local_cron, weekdays, monthly, quarter_hours, once, never, absent)]
    sys.exit(not all(state.is_completed() for state in states))
