from datetime import datetime, timedelta

from jinja2 import StrictUndefined
from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation
import csv, os
import sys

from airflow_graph import Graph, add
from airflow_resume import SAME_DATE
from airflow_templates import render
rows = [{"name": "a", "cmd": "x {{ ds }}"}, {"name": "b", "cmd": "y {{ ds }}"}]


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def r(name, cmd, context):
    ShellOperation(commands=[render("echo " + name + cmd, undefined=StrictUndefined, **context)]).run()


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def f(upper, ds):
    ShellOperation(commands=[f"echo {upper} {ds}"]).run()


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def step(n):
    ShellOperation(commands=[f"echo {n}"]).run()


@task(name="start")
def start_task():
    pass


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def c(n):
    ShellOperation(commands=[f"echo {n}"]).run()


@task(name="last")
def last_task():
    pass


@flow(name="dynamic_shared_helpers")
def dynamic_shared_helpers(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    logical_date = logical_date or flow_run.scheduled_start_time
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

    def make(prefix, dag):
        out = []
        for n in os.environ.get("NS", "1,2").split(","):
            out.append(add(step.with_options(name=prefix + n), n))
        return out

    with Graph() as dag:
        for row in rows:
            name = row["name"]
            cmd = row["cmd"]
            add(r.with_options(name=f"r_{name}"), name, cmd, context)
        for row in csv.DictReader(os.environ.get("ROWS", "name;u;v").split(";")):
            name = row["name"]
            upper = name.upper()
            t = add(f.with_options(name=f"f_{name}"), upper, ds)
        one = make("one_", dag)
        two = make("two_", dag)
        start = add(start_task)
        start >> one
        one[-1] >> two
        ts = [add(c.with_options(name=f"c_{n}"), n) for n in os.environ.get("NS", "1,2").split(",")]
        last = add(last_task)
        ts[0] >> last
    return dag.run()


if __name__ == "__main__":
    sys.exit(not dynamic_shared_helpers(return_state=True).is_completed())
