"""Variables read where tasks are made: in arguments, retries, pools, loops."""
import sys
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE
from airflow_variables import variable


@task(
    name="e",
    retries=int(variable('retries', 1)),
    retry_delay_seconds=timedelta(minutes=int(variable('delay', default=5))).total_seconds(),
    cache_policy=SAME_DATE,
)
def e():
    return print(variable('my_name'), variable('config', as_json=True)['a'])


@task(
    name="f",
    retries=int(variable('retries', 1)),
    retry_delay_seconds=timedelta(minutes=int(variable('delay', default=5))).total_seconds(),
    tags=["pool:" + variable('pool')],
    cache_policy=SAME_DATE,
)
def f(ds):
    ShellOperation(commands=[f"echo {variable('region')} {ds}"], env={"A": variable('b', 'c')}).run()


@task(
    retries=int(variable('retries', 1)),
    retry_delay_seconds=timedelta(minutes=int(variable('delay', default=5))).total_seconds(),
    cache_policy=SAME_DATE,
)
def load(table):
    ShellOperation(commands=[f"echo {table}"]).run()


@flow(name="inline", log_prints=True)
def inline(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    logical_date = logical_date or flow_run.scheduled_start_time
    ds = f"{logical_date:%Y-%m-%d}"

    e_run = e.submit()
    f_run = f.submit(ds, wait_for=[e_run])
    loads = []
    for table in variable('tables', as_json=True):
        loaded = load.with_options(name=f"load_{table}").submit(table, wait_for=[f_run])
        loads.append(loaded)
    return loads


if __name__ == "__main__":
    sys.exit(not inline(return_state=True).is_completed())
