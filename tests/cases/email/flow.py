"""Mails."""
from datetime import datetime, timedelta
from pathlib import Path

from jinja2 import StrictUndefined
from prefect import flow, task
from prefect.runtime import flow_run
from prefect_email import EmailServerCredentials

from airflow_email import send_email
from airflow_resume import SAME_DATE
from airflow_templates import render

TEAM = ['a@example.com', 'b@example.com']


@task(name="done", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def done(ds):
    send_email(EmailServerCredentials.load("smtp-default"), TEAM, f"Pets of {ds}", f"<h1>Done</h1> on {ds}")


@task(name="report", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def report(context):
    send_email(
        EmailServerCredentials.load("smtp-default"),
        "a@example.com",
        "Report",
        render('{% include "report.html" %}', folders=[Path(__file__).parent], undefined=StrictUndefined, **context),
        files=["/tmp/pets.csv"],
        cc="c@example.com",
        mime_charset="utf-8",
    )


@flow(name="email")
def email(logical_date: datetime | None = None):
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
    }

    done(ds)
    report(context)


if __name__ == "__main__":
    email()
