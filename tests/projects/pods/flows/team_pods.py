from datetime import datetime, timedelta, timezone

from jinja2 import StrictUndefined
from prefect import flow, task
from prefect.runtime import flow_run
from team.pods import BasePod, Other

from airflow_resume import SAME_DATE
from airflow_templates import render


@task(name="a", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def a(ds):
    return BasePod(command=f"run --date {ds}", env_vars={"D": ds}, task_id="a").run()


@task(name="b", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def b(context):
    return Other(task_id="b").run(lambda text: render(text, undefined=StrictUndefined, **context))


@task(name="c")
def c():
    # WithExecute(task_id='c', name='c', q='x')
    raise NotImplementedError("A2P212: the class WithExecute cannot do without Airflow: super()")


@task(name="d")
def d():
    # Retrying(task_id='d', name='d')
    raise NotImplementedError("A2P212: the class Retrying cannot do without Airflow: retries=3 for Airflow's own __init__")


@flow(name="team_pods")
def team_pods(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    ds = f"{logical_date:%Y-%m-%d}"
    context = {
        "ds": f"{logical_date:%Y-%m-%d}",
        "ds_nodash": f"{logical_date:%Y%m%d}",
        "ts": logical_date.isoformat(),
        "ts_nodash": f"{logical_date:%Y%m%dT%H%M%S}",
        "yesterday_ds": f"{logical_date - timedelta(days=1):%Y-%m-%d}",
        "tomorrow_ds": f"{logical_date + timedelta(days=1):%Y-%m-%d}",
        "prev_ds": f"{logical_date - timedelta(days=1):%Y-%m-%d}",
        "next_ds": f"{logical_date + timedelta(days=1):%Y-%m-%d}",
        "execution_date": logical_date,
        "prev_execution_date": logical_date - timedelta(days=1),
        "next_execution_date": logical_date + timedelta(days=1),
    }

    a(ds)
    b(context)
    c()
    d()


if __name__ == "__main__":
    team_pods()
