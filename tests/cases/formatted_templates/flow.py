"""Templates that are put together: Jinja among the arguments of formatting, in names, in parts of parts."""
import os
import sys
from datetime import datetime, timedelta

from jinja2 import StrictUndefined
from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE
from airflow_templates import render

BASE = os.environ.get('NO_SUCH_BASE', '/data')
PATH = os.path.join(BASE, '{{ ds }}')
TABLES = [{'name': 'users', 'n': 1}, {'name': 'orders', 'n': 2}]


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def tell(path):
    return path


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def look(templates_dict):
    return templates_dict['paths']


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def echo(table, ds):
    ShellOperation(commands=[f"echo {table['name']} {ds}"]).run()


@flow(name="formatted_templates")
def formatted_templates(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ts_nodash = f"{logical_date:%Y%m%dT%H%M%S}"
    ds = f"{logical_date:%Y-%m-%d}"
    ds_nodash = f"{logical_date:%Y%m%d}"
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

    echoeds = []
    for table in TABLES:
        looked = look.with_options(name=f"look_{table['name']}").submit(
            {"paths": [f"raw/{table['name']}_{ts_nodash}.json", f"x/{table['name']}/{ds}"]}
        )
        told = tell.with_options(name=f"tell_{table['name']}").submit(
            path=f"{BASE}/{ds_nodash}/{table['n']}", wait_for=[looked]
        )
        echoed = echo.with_options(name=f"echo_{table['name']}").submit(table, ds, wait_for=[told])
        echoeds.append(echoed)
    whole = tell.with_options(name="whole").submit(f"in/{BASE}/{ds}.csv")
    joined = tell.with_options(name="joined").submit(
        render(PATH + '/x', undefined=StrictUndefined, **context), wait_for=[whole]
    )
    nested = tell.with_options(name="nested").submit(f"{BASE}/{ds}-{len(BASE)}", wait_for=[joined])
    return [*echoeds, nested]


if __name__ == "__main__":
    sys.exit(not formatted_templates(return_state=True).is_completed())
