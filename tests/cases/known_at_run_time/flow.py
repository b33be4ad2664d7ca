import os, sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

from jinja2 import StrictUndefined
from prefect import flow, task
from prefect.runtime import flow_run
from prefect_email import EmailServerCredentials
from prefect_shell import ShellOperation

from airflow_callbacks import task_hook
from airflow_email import send_email
from airflow_external import external_done
from airflow_graph import Graph, add
from airflow_resume import SAME_DATE
from airflow_sensors import wait_until
from airflow_templates import render

sys.path.append(os.path.dirname(__file__))
from common.utils import notify, compute
import common.settings as settings

DEFAULT_ARGS = {'owner': settings.OWNER, 'start_date': datetime.combine(datetime.today() - timedelta(1), datetime.min.time()),
    'on_failure_callback': notify, 'retries': settings.RETRIES, 'retry_delay': timedelta(seconds=settings.DELAY), 'pool': settings.POOL}


@task(
    name="wait",
    retries=settings.RETRIES,
    retry_delay_seconds=timedelta(seconds=settings.DELAY).total_seconds(),
    tags=["pool:" + settings.POOL],
    cache_policy=SAME_DATE,
    on_failure=[task_hook(notify)],
)
def wait_task(logical_date):
    wait_until(lambda: external_done("x", logical_date, "y"))


@task(
    name="run_sql",
    retries=settings.RETRIES,
    retry_delay_seconds=timedelta(seconds=settings.DELAY).total_seconds(),
    tags=["pool:" + settings.POOL],
    cache_policy=SAME_DATE,
    on_failure=[task_hook(notify)],
)
def run_sql_task():
    ShellOperation(commands=["psql -f query.sql"]).run()


@task(
    name="tmpl",
    retries=settings.RETRIES,
    retry_delay_seconds=timedelta(seconds=settings.DELAY).total_seconds(),
    tags=["pool:" + settings.POOL],
    cache_policy=SAME_DATE,
    on_failure=[task_hook(notify)],
)
def tmpl_task(context):
    ShellOperation(
        commands=[
            render('{% include "scripts/run.sh" %}', folders=["/opt/sql", Path(__file__).parent], undefined=StrictUndefined, **context)
        ]
    ).run()


compute_task = task(
    compute,
    name="py",
    retries=settings.RETRIES,
    retry_delay_seconds=timedelta(seconds=settings.DELAY).total_seconds(),
    tags=["pool:" + settings.POOL],
    cache_policy=SAME_DATE,
    on_failure=[task_hook(notify)],
)


compute_task_2 = task(
    compute,
    name="py2",
    retries=settings.RETRIES,
    retry_delay_seconds=timedelta(seconds=settings.DELAY).total_seconds(),
    tags=["pool:" + settings.POOL],
    cache_policy=SAME_DATE,
    on_failure=[task_hook(notify)],
)


@task(
    name="mail",
    retries=settings.RETRIES,
    retry_delay_seconds=timedelta(seconds=settings.DELAY).total_seconds(),
    tags=["pool:" + settings.POOL],
    cache_policy=SAME_DATE,
    on_failure=[task_hook(notify)],
)
def mail_task():
    send_email(EmailServerCredentials.load("smtp-default"), "a@b", "s", "c")


@task(
    name="extra",
    retries=settings.RETRIES,
    retry_delay_seconds=timedelta(seconds=settings.DELAY).total_seconds(),
    tags=["pool:" + settings.POOL],
    cache_policy=SAME_DATE,
    on_failure=[task_hook(notify)],
)
def extra_task():
    ShellOperation(commands=["true"]).run()


@task(
    retries=settings.RETRIES,
    retry_delay_seconds=timedelta(seconds=settings.DELAY).total_seconds(),
    tags=["pool:" + settings.POOL],
    cache_policy=SAME_DATE,
    on_failure=[task_hook(notify)],
)
def dump(name, ds):
    ShellOperation(commands=[f"dump {name} {ds}"]).run()


@flow(name="c2")
def c2(logical_date: datetime | None = None):
    """logical_date: start of the interval to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    context = {
        "ds": f"{logical_date:%Y-%m-%d}",
        "ds_nodash": f"{logical_date:%Y%m%d}",
        "ts": logical_date.isoformat(),
        "ts_nodash": f"{logical_date:%Y%m%dT%H%M%S}",
        "yesterday_ds": f"{logical_date - timedelta(days=1):%Y-%m-%d}",
        "tomorrow_ds": f"{logical_date + timedelta(days=1):%Y-%m-%d}",
        "prev_ds": f"{logical_date:%Y-%m-%d}",
        "next_ds": f"{logical_date:%Y-%m-%d}",
        "execution_date": logical_date,
        "prev_execution_date": logical_date,
        "next_execution_date": logical_date,
    }
    ds = f"{logical_date:%Y-%m-%d}"

    with Graph() as dag:
        wait = add(wait_task, logical_date)
        run_sql = add(run_sql_task)
        tmpl = add(tmpl_task, context)
        py = add(compute_task, x=settings.X, day=ds)
        py2 = add(compute_task_2, **context)
        mail = add(mail_task)
        if os.environ.get('ENV') == 'prod':
            extra = add(extra_task)
            extra >> py
        wait >> run_sql >> tmpl >> [py, py2] >> mail

        for name in settings.TABLES:
            t = add(dump.with_options(name=f"dump_{name}"), name, ds)
            t << wait
            mail >> t
    return dag.run()


if __name__ == "__main__":
    sys.exit(not c2(return_state=True).is_completed())
