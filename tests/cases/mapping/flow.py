"""Tasks mapped over what the file says: `.map`, or a comprehension for several lists."""
import sys
from datetime import datetime

from prefect import flow, task, unmapped
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE

REGIONS = ["eu", "us"]


@task(name="start", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def start():
    return 10


@task(name="load", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def load(region, limit):
    return f"{region}: {limit}"


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def add(x, y):
    return x + y


@task(name="double", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def double(value):
    return 2 * value


@task(name="describe", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def describe(pair):
    return list(pair)


@task(name="total", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def total(values):
    return sum(values)


@task(name="first", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def first(values):
    return values[0]


def greet(name, greeting="Hello"):
    return f"{greeting} {name}"


@task(name="greetings", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def greetings(op_kwargs):
    return greet(**op_kwargs)


@task(name="commands", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def commands(bash_command):
    return (ShellOperation(commands=[bash_command], env={"REGION": "eu"}).run() or [""])[-1]


@flow(name="mapping")
def mapping(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    logical_date = logical_date or flow_run.scheduled_start_time
    ds = f"{logical_date:%Y-%m-%d}"

    # One run a region.
    started = start.submit()
    loaded = load.map(region=REGIONS, limit=unmapped(started))
    first_run = first.submit(loaded)
    add_runs = [add.with_options(name="add").submit(x=x, y=y) for x in [1, 2] for y in [10, 20]]
    double_runs = double.map(value=add_runs, wait_for=add_runs)
    total_run = total.submit(double_runs)
    describe_runs = describe.map(pair={"a": 1, "b": 2}.items())
    greetings_runs = greetings.map([{"name": "Ann"}, {"name": "Bob", "greeting": "Dear"}])
    keywords = [add.with_options(name="keywords").submit(**kwargs) for kwargs in [{"x": 1, "y": 2}, {"x": 3, "y": 4}]]
    commands_runs = commands.map([f"echo {ds} $REGION", "echo done"], wait_for=[*greetings_runs, *keywords])
    return [first_run, total_run, *describe_runs, *commands_runs]


if __name__ == "__main__":
    sys.exit(not mapping(return_state=True).is_completed())
