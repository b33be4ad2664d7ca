import os
import sys
from datetime import datetime, timedelta

from jinja2 import StrictUndefined
from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE
from airflow_templates import render

ENV = os.environ.get("ENV", "dev")

cmds = {"a": "echo a {{ ds }}", "b": "echo b"}
template = os.environ.get("CMD", "echo {{ ds_nodash }}")

@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def f(x):
    print(x)

def make(x):
    return "echo {{ ds }} " + x


@task(name="t1", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def t1(ds):
    ShellOperation(commands=[f"echo {ds} in {ENV}"]).run()


@task(name="t2", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def t2(context):
    ShellOperation(commands=[render(template, undefined=StrictUndefined, **context)]).run()


@task(name="t3", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def t3(ds):
    ShellOperation(commands=[f"echo {ds} q"]).run()


@task(name="c_a", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def c_a(ds):
    ShellOperation(commands=[f"echo a {ds}"]).run()


@task(name="c_b", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def c_b():
    ShellOperation(commands=[cmds["b"]]).run()


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def d(n, ds):
    ShellOperation(commands=[f"echo {ds} {n}"]).run()


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def e(n, ds):
    ShellOperation(commands=[f"echo {ds} {n}"]).run()


@task(name="t4", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def t4(ds):
    ShellOperation(commands=[f"echo {ENV} {ds}"]).run()


@task(name="t5", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def t5(ds):
    ShellOperation(commands=[f"echo {ds} in {ENV}"]).run()


@task(name="t6", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def t6(ds):
    ShellOperation(commands=[f"echo {ENV} {ds}"]).run()


@task(name="t7", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def t7(ds):
    ShellOperation(commands=[f"echo {ENV} {ds}"]).run()


@task(name="t8", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def t8(ds):
    ShellOperation(commands=[f"{os.path.join('/bin', 'echo')} {ds}"]).run()


@flow(name="templates_by_name", log_prints=True)
def templates_by_name(logical_date: datetime | None = None):
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

    t1_run = t1.submit(ds)
    t2_run = t2.submit(context)
    t3_run = t3.submit(ds)
    c_a_run = c_a.submit(ds)
    c_b_run = c_b.submit()
    d_runs = []
    es = []
    fs = []
    for n in sorted(os.environ.get("NAMES", "one,two").split(",")):
        d_run = d.with_options(name=f"d_{n}").submit(n, ds)
        d_runs.append(d_run)
        e_run = e.with_options(name=f"e_{n}").submit(n, ds)
        es.append(e_run)
        f_run = f.with_options(name=f"f_{n}").submit(x=f"echo {ds} in {ENV}")
        fs.append(f_run)
    t4_run = t4.submit(ds)
    t5_run = t5.submit(ds)
    t6_run = t6.submit(ds)
    t7_run = t7.submit(ds)
    t8_run = t8.submit(ds)
    return [t1_run, t2_run, t3_run, c_a_run, c_b_run, *d_runs, *es, *fs, t4_run, t5_run, t6_run, t7_run, t8_run]


if __name__ == "__main__":
    sys.exit(not templates_by_name(return_state=True).is_completed())
