"""Templates."""
from datetime import datetime, timedelta, timezone

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE
from airflow_templates import render
from airflow_variables import variable


def shout(text):
    return text.upper()


@task(name="dates", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def dates(ds, ds_nodash, ts, logical_date, yesterday_ds, next_execution_date, prev_ds):
    ShellOperation(
        commands=[
            f"echo {ds} {ds_nodash} {ts} {logical_date:%H:%M} {yesterday_ds} {next_execution_date.isoformat()} {prev_ds} {logical_date + timedelta(days=3):%Y-%m-%d} {logical_date:%d.%m.%Y}"
        ]
    ).run()


@task(name="values", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def values(table, conf):
    ShellOperation(commands=[f"echo {table} {shout('x')} {42} {conf.get('a', 'b')}"]).run()


@task(name="variables", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def variables():
    ShellOperation(commands=[f"echo {variable('bucket')} {variable('settings', as_json=True)['size']}"]).run()


@task(name="blocks", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def blocks(ds, params):
    ShellOperation(commands=[render("""
        {% for day in range(3) %}
        echo "{{ macros.ds_add(ds, day) }}" {% if params.table == 'users' %}yes{% endif %}
        {% endfor %}
    """, ds=ds, params=params)]).run()


@task(name="brace", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def brace(ds):
    ShellOperation(commands=["echo \"{}\" '{{' ${HOME} \\n"], env={"DAY": ds}).run()


@flow(name="jinja")
def jinja(logical_date: datetime | None = None, table: str = "users", conf: dict | None = None):
    """logical_date: start of the interval to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(hours=6)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    ds = f"{logical_date:%Y-%m-%d}"
    ds_nodash = f"{logical_date:%Y%m%d}"
    ts = logical_date.isoformat()
    yesterday_ds = f"{logical_date - timedelta(days=1):%Y-%m-%d}"
    next_execution_date = logical_date + timedelta(hours=6)
    prev_ds = f"{logical_date - timedelta(hours=6):%Y-%m-%d}"
    params = {"table": table}

    dates(ds, ds_nodash, ts, logical_date, yesterday_ds, next_execution_date, prev_ds)
    values(table, conf)
    variables()
    blocks(ds, params)
    brace(ds)


if __name__ == "__main__":
    jinja()
