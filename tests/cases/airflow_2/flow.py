import sys
from datetime import datetime, timedelta, timezone

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE


@task(name="grp.get", retries=1, retry_delay_seconds=300, cache_policy=SAME_DATE)
def get(data_interval_start=None):
    xcoms = {}
    xcoms["k"] = str(data_interval_start)
    return xcoms | {"return_value": 1}


@task(name="start")
def start():
    pass


@task(name="grp.echo", retries=1, retry_delay_seconds=300, cache_policy=SAME_DATE)
def grp_echo(grp_get, data_interval_end, logical_date):
    return (ShellOperation(
        commands=[f"echo {grp_get['k']} {data_interval_end.isoformat()} {logical_date:%Y-%m-%d}"]
    ).run() or [""])[-1]


@task(name="end")
def end():
    pass


@task(name="one", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def one():
    return {"a": 1}


@task(name="two", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def two(x):
    return {"b": x}


def grp(logical_date, data_interval_end):
    g = get(logical_date)
    grp_echo(g, data_interval_end, logical_date)


@flow(name="two_x")
def two_x(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    data_interval_end = logical_date + timedelta(days=1)

    start()
    grp(logical_date, data_interval_end)
    end()


@flow(name="taskflow_dag")
def taskflow_dag(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    one_run = one()
    two_run = two(one_run)
    return two_run


if __name__ == "__main__":
    states = [each(return_state=True) for each in (two_x, taskflow_dag)]
    sys.exit(not all(state.is_completed() for state in states))
