"""What callables import of Airflow where they need it, and its time zone and configuration modules as 1.10 has them."""
from datetime import datetime, timedelta
from pathlib import Path

from jinja2 import StrictUndefined
from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE
from airflow_settings import airflow_conf
from airflow_templates import render
from airflow_timezone import aware_datetime, is_naive, parse_datetime, utcnow
from airflow_variables import variable

retries = airflow_conf.getint('core', 'no_such_setting', fallback=3)


@task(name="choose", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def choose():
    # Some months are long.
    if utcnow().year < 2000:
        return 'never'
    return 'read'


@task(name="read", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def read():
    return variable('no_such_site', default='nowhere')


@task(name="check", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def check():
    limit = int(variable('no_such_limit', default=10))
    if limit < 0:
        raise RuntimeError('no limit')
    since = aware_datetime(2020, 1, 1)
    return [limit, since.isoformat(), parse_datetime('2020-03-01').isoformat(), is_naive(since), retries]


@task(name="never", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def never(context):
    ShellOperation(
        commands=[
            render("{% include 'never.sh' %} {{ ds }}", folders=[Path(__file__).parent], undefined=StrictUndefined, **context)
        ]
    ).run()


@flow(name="imports_in_callables")
def imports_in_callables(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
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

    match choose():
        case "never":
            never(context)
        case "read":
            read()
            check()


if __name__ == "__main__":
    imports_in_callables()
