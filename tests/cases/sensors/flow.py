"""What Airflow 1.10 waits with."""
import os
import subprocess
import sys
from datetime import datetime, time, timedelta, timezone

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE
from airflow_sensors import landed, passed, wait_until

MINUTE = 60
ROOT = os.path.dirname(os.path.abspath(__file__))


def there():
    return os.path.isdir(ROOT)


def ready(path, ds, logical_date):
    """Whether the day's file is complete."""
    print('looking for', path, 'of', ds, 'in', logical_date.year)
    return path.endswith(ds)


def listing(names):
    print(names)
    return True


@task(name="names", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def names():
    return ['a', 'b']


@task(name="here", cache_policy=SAME_DATE)
def here():
    wait_until(lambda: landed(os.path.join("/", __file__)), poke_interval=1, timeout=10 * MINUTE)


@task(name="data", cache_policy=SAME_DATE)
def data(what):
    wait_until(lambda: landed(f"/proc/self/{what}"), poke_interval=5, timeout=3600)


@task(name="folder", cache_policy=SAME_DATE)
def folder():
    wait_until(there, poke_interval=5, timeout=10 * MINUTE)


@task(name="day", cache_policy=SAME_DATE)
def day(ds, logical_date):
    wait_until(
        lambda: ready(path=f"/data/{ds}", ds=ds, logical_date=logical_date),
        poke_interval=0.5 * MINUTE,
        timeout=10 * MINUTE,
    )


@task(name="listed", retries=1, retry_delay_seconds=300, cache_policy=SAME_DATE)
def listed(names):
    wait_until(lambda: listing(names), poke_interval=5, timeout=10 * MINUTE)


@task(name="either", cache_policy=SAME_DATE)
def either():
    wait_until(lambda: os.sep == '/', poke_interval=5, timeout=10 * MINUTE)


@task(name="closed", cache_policy=SAME_DATE)
def closed(data_interval_end):
    wait_until(lambda: passed(data_interval_end + timedelta(minutes=10)), poke_interval=5, timeout=10 * MINUTE)


@task(name="morning", cache_policy=SAME_DATE)
def morning():
    wait_until(lambda: datetime.now(timezone.utc).time() > time(0, 0, 0), poke_interval=5, timeout=10 * MINUTE)


@task(name="noon", cache_policy=SAME_DATE)
def noon(logical_date):
    wait_until(lambda: passed(logical_date.replace(hour=12).isoformat()), poke_interval=5, timeout=10 * MINUTE)


@task(name="once", cache_policy=SAME_DATE)
def once():
    wait_until(lambda: passed(datetime(2020, 5, 1, 12)), poke_interval=5, timeout=10 * MINUTE)


@task(name="weekend", cache_policy=SAME_DATE)
def weekend():
    wait_until(
        lambda: datetime.now(timezone.utc).isoweekday() in {1, 2, 3, 4, 5, 6, 7}, poke_interval=5, timeout=10 * MINUTE
    )


@task(name="shell", cache_policy=SAME_DATE)
def shell(ds):
    wait_until(
        lambda: subprocess.run(["bash", "-c", f"test -d / && echo {ds}"]).returncode == 0,
        poke_interval=5,
        timeout=10 * MINUTE,
    )


@task(name="go", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def go():
    ShellOperation(commands=["echo go"]).run()


@flow(name="sensors", log_prints=True)
def sensors(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    ds = f"{logical_date:%Y-%m-%d}"
    data_interval_end = logical_date + timedelta(days=1)

    here_run = here.submit()
    # an hour is enough
    data_run = data.submit("status")
    folder_run = folder.submit()
    day_run = day.submit(ds, logical_date)
    some = names.submit()
    listed_run = listed.submit(some)
    either_run = either.submit()
    closed_run = closed.submit(data_interval_end)
    morning_run = morning.submit()
    noon_run = noon.submit(logical_date)
    once_run = once.submit()
    weekend_run = weekend.submit()
    shell_run = shell.submit(ds)
    go_run = go.submit(
        wait_for=[
            here_run,
            data_run,
            folder_run,
            day_run,
            listed_run,
            either_run,
            closed_run,
            morning_run,
            noon_run,
            once_run,
            weekend_run,
            shell_run,
        ]
    )
    return [go_run]


if __name__ == "__main__":
    sys.exit(not sensors(return_state=True).is_completed())
