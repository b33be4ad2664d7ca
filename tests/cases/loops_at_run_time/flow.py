import json
import os
import sys
from datetime import datetime

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE

TABLES = os.environ.get('T', 'a,b').split(',')

with open('dags.json') as handle:
    EXPORTS = json.load(handle)


@task(name="start")
def start():
    pass


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def f1_t(t):
    ShellOperation(commands=[f"echo {t}"]).run()


@task(name="end")
def end():
    pass


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def x(t):
    ShellOperation(commands=[f"echo {t}"]).run()


@task(name="begin", retries=1, retry_delay_seconds=300, cache_policy=SAME_DATE)
def begin(dag_id):
    ShellOperation(commands=[f"echo {dag_id}"]).run()


@task(retries=1, retry_delay_seconds=300, cache_policy=SAME_DATE)
def export_export(table, ds):
    ShellOperation(commands=[f"echo {table} {ds}"]).run()


@flow(name="f1")
def f1(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    started = start.submit()
    curs = []
    for t in TABLES:
        cur = f1_t.with_options(name=f"t_{t}").submit(t, wait_for=curs[-1:] or [started])
        curs.append(cur)
    ended = end.submit(wait_for=curs)
    xes = []
    for t in TABLES:
        x_run = x.with_options(name=f"x_{t}").submit(t, wait_for=xes[-1:])
        xes.append(x_run)
    return [ended, *xes]


@flow(name="export")
def export(name, settings, logical_date: datetime | None = None):
    """logical_date: start of the interval to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time
    ds = f"{logical_date:%Y-%m-%d}"

    begin_run = begin.submit(f"export_{name}")
    exports = []
    for table in settings['tables']:
        exported = export_export.with_options(name=f"export_{table}").submit(table, ds, wait_for=[begin_run])
        exports.append(exported)
    return exports


if __name__ == "__main__":
    states = []
    states.append(f1(return_state=True))
    for name, settings in EXPORTS.items():
        states.append(export.with_options(name=f"export_{name}")(name, settings, return_state=True))
    sys.exit(not all(state.is_completed() for state in states))
