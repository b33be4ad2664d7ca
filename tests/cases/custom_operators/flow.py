"""Operators and a sensor of the file's own."""
import os
import sys
from datetime import datetime, timedelta, timezone

from prefect import flow, get_run_logger, task
from prefect.runtime import flow_run, task_run

from airflow_resume import SAME_DATE
from airflow_rules import Skip, submit
from airflow_sensors import wait_until

LIMIT = 3


class Count:
    """Counts the letters of a text."""

    def __init__(self, text, factor=1):
        self.text = text
        self.factor = factor  # of the result

    def _count(self):
        return len(self.text) * self.factor

    def execute(self, ds):
        xcoms = {}
        get_run_logger().info('counting %s in %s', self.text, task_run.task_name)
        number = self._count()
        if number < LIMIT:
            raise RuntimeError('too few')
        xcoms["day"] = ds
        return xcoms | {"return_value": number}


class Report:
    def __init__(self, title):
        self.title = title

    def execute(self, count):
        print(self.title, count["return_value"], count["day"])
        return '{}: {}'.format(self.title, count["return_value"])


class Nothing:

    def execute(self):
        raise Skip('as every day')


class FolderSensor:
    def __init__(self, path):
        self.path = path
        self.seen = 0

    def poke(self):
        self.seen += 1
        return self.seen > 1 and os.path.isdir(self.path)


class PickByDay:
    def choose_branch(self, logical_date):
        if logical_date.weekday() == 6:
            return 'sunday'
        return ['weekday']


@task(name="wait", cache_policy=SAME_DATE)
def wait(logical_date):
    sensor = FolderSensor(path=f"/proc/{logical_date.strftime('self')}")
    wait_until(sensor.poke, poke_interval=0.1, timeout=60)


@task(name="count", retries=1, retry_delay_seconds=300, cache_policy=SAME_DATE)
def count(ds):
    return Count(text=f"day {ds}", factor=2).execute(ds)


@task(name="more", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def more(ds, count):
    return Count(text=f"{count['return_value']} and more", factor=1).execute(ds)


@task(name="report", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def report(count):
    return Report(title="Result of {{ ds }}").execute(count)


@task(name="pick", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def pick(logical_date):
    return PickByDay().choose_branch(logical_date)


@task(name="nothing", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def nothing():
    return Nothing().execute()


@task(name="sunday")
def sunday():
    pass


@task(name="weekday")
def weekday():
    pass


@flow(name="custom_operators", log_prints=True)
def custom_operators(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    ds = f"{logical_date:%Y-%m-%d}"

    waited = wait.submit(logical_date)
    # letters and digits
    count_run = count.submit(ds, wait_for=[waited])
    more_run = more.submit(ds, count_run)
    reported = report.submit(count_run)
    pick_run = submit(pick, logical_date, after=[more_run, reported], choices=["sunday", "weekday", "nothing"])
    nothing_run = submit(nothing, after=[count_run])
    sunday_run = submit(sunday, after=[pick_run], when={pick_run: "sunday"})
    weekday_run = submit(weekday, after=[pick_run], when={pick_run: "weekday"})
    return [nothing_run, sunday_run, weekday_run]


if __name__ == "__main__":
    sys.exit(not custom_operators(return_state=True).is_completed())
