"""Operators of the file's own that only say what Airflow's are given."""
import sys
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE

SCRIPTS = '/opt/scripts'


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def load(table, limit, **kwargs):
    print(table, limit)
    return table + str(limit)


@task(name="a", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def a():
    return ShellOperation(commands=[f"echo {SCRIPTS}/a.py  us"]).run()[-1]


@task(name="b", retries=1, retry_delay_seconds=0, cache_policy=SAME_DATE)
def b():
    return ShellOperation(commands=[f"echo {SCRIPTS}/b.py --all us"]).run()[-1]


@task(name="c", cache_policy=SAME_DATE)
def c(ds):
    return ShellOperation(commands=[f"echo {SCRIPTS}/c.py --day {ds} --nightly us"]).run()[-1]


@flow(name="presets", log_prints=True)
def presets(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    a_run = a.submit()
    b_run = b.submit(wait_for=[a_run])
    c_run = c.submit(ds, wait_for=[b_run])
    loads = []
    for table in ('x', 'y'):
        loaded = load.with_options(name=f"load_{table}").submit(table=table, limit=100, wait_for=[c_run])
        loads.append(loaded)
    d = load.with_options(name="d").submit(table="z", limit=5)
    late = load.with_options(name="late").submit(table=f"late {ds}", limit=1, wait_for=[d])
    return [*loads, late]


if __name__ == "__main__":
    sys.exit(not presets(return_state=True).is_completed())
