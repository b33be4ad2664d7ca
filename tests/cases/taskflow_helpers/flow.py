"""Helpers, constants and imports inside of the function of a DAG; commands that Airflow renders; a task named like what it calls."""

import json as js
import os
import sys
from datetime import datetime, timedelta

from jinja2 import StrictUndefined
from prefect import flow, task
from prefect.runtime import flow_run
from prefect_email import EmailServerCredentials
from prefect_shell import ShellOperation

from airflow_email import send_email
from airflow_resume import SAME_DATE
from airflow_rules import Skip, submit
from airflow_shell import run_or_skip
from airflow_templates import render
from airflow_variables import variable

SUFFIX = "v1"


PAGES = {"orders": 2, "items": 1}


BASE_URL = "https://api.example.com"


STAGE = f"{os.environ.get('STAGE', 'dev')}_{SUFFIX}"


# One URL a page.
def url_of(path, page=1):
    return f"{BASE_URL}/{STAGE}/{path}?page={page}"


def urls_of(path):
    if path not in PAGES:
        raise Skip(f"no {path}")
    return [url_of(path, n + 1) for n in range(PAGES[path])]


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def list_urls(path):
    return js.dumps(urls_of(path))


def download(urls, task_instance_key_str=None) -> str:
    command = url_of(urls)
    return f"echo {task_instance_key_str} {command}"


@task(name="download", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def download_task(task_instance_key_str, list_urls):
    return (ShellOperation(commands=[download(list_urls, task_instance_key_str)]).run() or [""])[-1]


@task(name="typed", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def typed(task_id, params_value) -> str:
    rows: list[int] = []
    return f"{task_id} {params_value} {rows} {variable('stage', 'dev')}"


def odd(n):
    return n != 0 and even(n - 1)


def even(n):
    return n == 0 or odd(n - 1)


@task(name="parity", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def parity(n):
    return "even" if even(n) else "odd"


def rendered() -> str:
    return "echo {{ ds }}"


@task(name="rendered", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def rendered_task(ds):
    return ShellOperation(commands=[render(rendered(), ds=ds)]).run()[-1]


def computed(name) -> str:
    return "echo {{ ts_nodash }} " + name


@task(name="computed", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def computed_task(context):
    return (ShellOperation(commands=[render(computed("x"), undefined=StrictUndefined, **context)]).run() or [""])[-1]


def skips() -> str:
    return "echo nothing to do; exit 99"


@task(name="skips", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def skips_task():
    return run_or_skip(ShellOperation(commands=[skips()]), 99)


@task(name="send_email", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def send_email_task():
    send_email(EmailServerCredentials.load("smtp-default"), "a@example.com", "done", "-")


@flow(name="taskflow_helpers")
def taskflow_helpers(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds_nodash = f"{logical_date:%Y%m%d}"
    params = {}
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

    listed_urls = submit(list_urls.with_options(name="list_urls"), "orders")
    downloaded = submit(download_task, f"taskflow_helpers__download__{ds_nodash}", listed_urls, after=[listed_urls])
    list_urls__1 = submit(list_urls.with_options(name="list_urls__1"), "nothing")
    typed_run = typed.submit("typed", params)
    parity_run = parity.submit(7)
    rendered_run = rendered_task.submit(ds)
    computed_run = computed_task.submit(context, wait_for=[rendered_run])
    skips_run = submit(skips_task, after=[computed_run])
    send_email_run = submit(send_email_task, after=[skips_run])
    return [downloaded, list_urls__1, typed_run, parity_run, send_email_run]


if __name__ == "__main__":
    sys.exit(not taskflow_helpers(return_state=True).is_completed())
