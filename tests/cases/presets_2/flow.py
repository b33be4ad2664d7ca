"""Operators of the file's own that say what Airflow 2 is given, and some that do more."""
from datetime import datetime, timedelta
import os
import sys

from jinja2 import StrictUndefined
from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_http import HttpHook
from airflow_resume import SAME_DATE
from airflow_templates import render


@task(name="g.c", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def f(x): return x


@task(name="run", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def run():
    return (ShellOperation(commands=["dbt run --select a b"], env={"STAGE": "prod"}).run() or [""])[-1]


@task(name="test", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def test(ds):
    return (ShellOperation(commands=["dbt test --full-refresh"], env={"STAGE": "prod", "X": ds}).run() or [""])[-1]


@task(name="g.PythonOperator")
def g_PythonOperator():
    # Named("x")
    raise NotImplementedError("A2P128: the class Named builds on what PythonOperator does, which a plain class does not have")


@task(name="g.q", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def g_q(ds):
    return HttpHook("GET", "api").run("search", data={"q": ds}).text


@task(name="u", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def u(context):
    return (ShellOperation(
        commands=[render(os.environ["CMD"], undefined=StrictUndefined, **context)]
    ).run() or [""])[-1]


def g(ds, after):
    c = f.submit(1, wait_for=after)
    n = g_PythonOperator.submit(wait_for=after)
    q = g_q.submit(ds, wait_for=after)
    return [c, n, q]


@flow(name="presets_2")
def presets_2(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
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
        "logical_date": logical_date,
        "data_interval_start": logical_date,
        "data_interval_end": logical_date + timedelta(days=1),
    }

    run_run = run.submit()
    tested = test.submit(ds, wait_for=[run_run])
    g_run = g(ds, after=[tested])
    u_run = u.submit(context, wait_for=g_run)
    return [u_run]


if __name__ == "__main__":
    sys.exit(not presets_2(return_state=True).is_completed())
