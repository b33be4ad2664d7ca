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
tables = ["a", "b"]
if ENV == "prod":
    schedule = "@daily"
    retries = 3
    bucket = "prod-bucket"
    tables.append("c")
else:
    schedule = None
    retries = 0
    bucket = "dev-bucket"

try:
    import simplejson
    limit = 5
except ImportError:
    limit = 6

@task(name="t3", retries=retries, retry_delay_seconds=300, cache_policy=SAME_DATE)
def f(x, limit=limit):
    print(x, bucket)


def where(env):
    if env == "prod":
        return "/prod"
    return "/dev"


HOME = where(os.environ.get("ENV"))
counted = 0
names = []
for name in sorted(os.environ):
    counted += 1
    if name in ("PATH", "NO_SUCH_NAME"):
        names.append(name)

if HOME == "/prod":
    cmd = "echo {{ ts }}"
elif ENV == "none":
    cmd = "echo none"
else:
    cmd = "echo {{ ds }}"


@task(name="t1", retries=retries, retry_delay_seconds=300, cache_policy=SAME_DATE)
def t1():
    ShellOperation(commands=["echo " + bucket]).run()


@task(retry_delay_seconds=300, cache_policy=SAME_DATE)
def l(t):
    ShellOperation(commands=[f"echo {t}"]).run()


@task(name="r_1", retries=1, retry_delay_seconds=300, cache_policy=SAME_DATE)
def r_1(ds):
    ShellOperation(commands=[f"echo {ds}"]).run()


@task(name="r_2", retries=2, retry_delay_seconds=300, cache_policy=SAME_DATE)
def r_2(ds):
    ShellOperation(commands=[f"echo {ds}"]).run()


@task(name="sh_x", retries=retries, retry_delay_seconds=300, cache_policy=SAME_DATE)
def sh_x(ds):
    ShellOperation(commands=[f"echo {ds} x"]).run()


@task(name="sh_y", retries=retries, retry_delay_seconds=300, cache_policy=SAME_DATE)
def sh_y():
    ShellOperation(commands=["echo y"]).run()


@task(retries=retries, retry_delay_seconds=300, cache_policy=SAME_DATE)
def conditions_n(name):
    ShellOperation(commands=[f"echo {name} {HOME}"]).run()


@task(name="first", retries=retries, retry_delay_seconds=300, cache_policy=SAME_DATE)
def first(context):
    ShellOperation(commands=[render(cmd, undefined=StrictUndefined, **context)]).run()


@flow(name="conditions", log_prints=True)
def conditions(logical_date: datetime | None = None):
    """logical_date: start of the interval to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time
    ds = f"{logical_date:%Y-%m-%d}"
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

    t1_run = t1.submit()
    ls = []
    for t in tables:
        l_run = l.with_options(name=f"l_{t}", retries=2 if t == "a" else 1).submit(t)
        ls.append(l_run)
    r_1_run = r_1.submit(ds)
    r_2_run = r_2.submit(ds)
    sh_x_run = sh_x.submit(ds)
    sh_y_run = sh_y.submit()
    t3 = f.submit(x=bucket, wait_for=[*ls, r_1_run, r_2_run, sh_x_run, sh_y_run])
    ns = []
    for name in names:
        n_run = conditions_n.with_options(name=f"n_{name}").submit(name)
        ns.append(n_run)
    first_run = first.submit(context, wait_for=ns)
    return [t1_run, t3, first_run]


if __name__ == "__main__":
    sys.exit(not conditions(return_state=True).is_completed())
