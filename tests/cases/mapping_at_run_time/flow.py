"""Tasks mapped over what others return: maybe nothing, and then they are skipped."""
import sys
from datetime import datetime

from prefect import flow, task
from prefect_shell import ShellOperation

from airflow_mapping import submit_each
from airflow_resume import SAME_DATE
from airflow_rules import Skip, submit


@task(name="list_files", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def list_files():
    return ["a.csv", "b.csv", "c.txt", ""]


@task(name="list_nothing", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def list_nothing():
    return []


def read(name, day):
    if not name:
        return None
    if name.endswith(".txt"):
        raise Skip("no data")
    return f"{day}: {name}"


@task(name="settings", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def settings():
    return {"day": "monday"}


@task(name="limits", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def limits():
    return {"low": 1, "high": 2}


def collect(rows):
    return None if rows is None else list(rows)


@task(name="check", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def check(limit):
    return list(limit)


@task(name="choose", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def choose():
    return "commands"


@task(name="read", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def read_task(settings, name):
    return read(day=settings["day"], name=name)


@task(name="collect", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def collect_task(read):
    return collect([each for each in read if each is not None] or None)


@task(name="read_nothing", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def read_nothing(name):
    return read(day="sunday", name=name)


@task(name="collect_nothing", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def collect_nothing(read_nothing):
    return collect([each for each in read_nothing if each is not None] or None)


@task(name="after_nothing")
def after_nothing():
    pass


@task(name="commands", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def commands(bash_command):
    return (ShellOperation(commands=[bash_command]).run() or [""])[-1]


@task(name="other")
def other():
    pass


@flow(name="mapping_at_run_time")
def mapping_at_run_time(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    known = settings.submit()
    listed_files = list_files.submit()
    read_runs = submit_each(read_task, {"name": listed_files}, settings=known, after=[known, listed_files])
    collected = submit(collect_task, read_runs, after=read_runs, rule="all_done")
    listed_nothing = list_nothing.submit()
    nothing = submit_each(read_nothing, {"name": listed_nothing}, after=[listed_nothing])
    collected_nothing = submit(collect_nothing, nothing, after=nothing, rule="all_done")
    after_nothing_run = submit(after_nothing, after=nothing)
    limits_run = limits.submit()
    check_runs = submit_each(check, {"limit": limits_run}, after=[limits_run])
    choose_run = choose.submit()
    commands_runs = submit_each(
        commands, {"bash_command": ["echo 1", "echo 2"]}, after=[choose_run], when={choose_run: "commands"}
    )
    other_run = submit(other, after=[choose_run], when={choose_run: "other"})
    return [collected, collected_nothing, after_nothing_run, *check_runs, *commands_runs, other_run]


if __name__ == "__main__":
    sys.exit(not mapping_at_run_time(return_state=True).is_completed())
