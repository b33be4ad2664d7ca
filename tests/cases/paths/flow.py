"""DAGs that are one path: a failure ends all that follows, branches meet again."""
import sys
from datetime import datetime, timedelta

from prefect import allow_failure, flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE

SKIP_LOAD = 'nothing_new'


@task(name="count", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def count(ds):
    xcoms = {}
    xcoms["day"] = ds
    return xcoms | {"return_value": 3}


@task(name="any_rows", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def any_rows(count):
    return count["return_value"] > 0


@task(name="pick", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def pick(ds):
    kind = 'full' if ds.endswith('01') else 'delta'
    if kind == 'full':
        return 'load_full'
    return 'load_delta' if kind == 'delta' else SKIP_LOAD


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def load(kind):
    xcoms = {}
    xcoms["rows"] = len(kind)
    return xcoms | {"return_value": kind}


@task(name="summary", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def summary(load_full, load_delta, count):
    print([(load_full or {}).get("return_value"), (load_delta or {}).get("return_value")])
    print((load_full or {}).get("rows"), (load_delta or {}).get("rows"))
    return count["day"]


@task(name="decide", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def small_enough():
    return 'ask' if len(SKIP_LOAD) > 100 else 'go'


@task(name="vacuum", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def vacuum():
    ShellOperation(commands=["echo vacuum"]).run()


@task(name="nothing_new")
def nothing_new():
    pass


@task(name="ask", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def ask():
    ShellOperation(commands=["echo ask"]).run()


@task(name="go")
def go():
    pass


@task(name="up", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def up():
    ShellOperation(commands=["echo up"]).run()


@task(name="down", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def down():
    ShellOperation(commands=["echo down"]).run()


@flow(name="warehouse_load", log_prints=True)
def warehouse_load(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    counted = count(ds)
    # no rows, nothing to do
    if not any_rows(counted):
        return
    full = delta = None
    match pick(ds):
        case "load_full":
            full = load.with_options(name="load_full")("full")
            vacuum()
        case "load_delta":
            delta = load.with_options(name="load_delta")("delta")
        case "nothing_new":
            nothing_new()
    done = summary(full, delta, counted)
    return done


# One arm is empty, the other one leads past the point where they meet.
@flow(name="gate", log_prints=True)
def gate(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    if small_enough() == "ask":
        ask()
    go()


# A rule on a path that runs a task after a failure: no path.
@flow(name="always_down", log_prints=True)
def always_down(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    up_run = up.submit()
    down_run = down.submit(wait_for=[allow_failure(up_run)])
    return [down_run]


if __name__ == "__main__":
    states = [each(return_state=True) for each in (warehouse_load, gate, always_down)]
    sys.exit(not all(state.is_completed() for state in states))
