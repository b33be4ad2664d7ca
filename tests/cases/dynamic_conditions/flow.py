import os
import sys
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_graph import Graph, add, xcom
from airflow_resume import SAME_DATE

TABLES = os.environ.get("TABLES", "users:full,orders:inc,items:inc").split(",")


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def load(table, mode, ds):
    print(table, mode, ds)
    return table


@task(name="report", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def report(names):
    print(names)


def names():
    return "x"


@task(name="choose", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def pick():
    return "end"


@task(name="start")
def start_task():
    pass


@task(name="end")
def end_task():
    pass


@task(name="other", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def other_task(ds):
    ShellOperation(commands=[f"echo {ds}"]).run()


names_task = task(
    names, name="names", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE
)


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def check_task(table, ds):
    ShellOperation(commands=[f"echo check {ds} {table}"]).run()


@flow(name="dynamic_conditions", log_prints=True)
def dynamic_conditions(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    with Graph() as dag:
        start = add(start_task)
        end = add(end_task, trigger_rule="all_done")
        choose = add(pick, chooses="branch")
        other = add(other_task, ds)
        n = add(names_task)
        rep = add(report, xcom("names"))
        n >> rep

        prev = start
        for i, spec in enumerate(TABLES):
            # name:mode
            table, mode = spec.split(":")
            t = add(load.with_options(name=f"load_{table}"), table=table, mode=mode, ds=ds)
            if mode == "full":
                check = add(check_task.with_options(name="check_%d" % i), table, ds)
                t >> check
                prev.set_downstream(t)
                prev = check
            else:
                prev >> t
                prev = t
        prev >> choose
        choose >> [end, other]
    return dag.run()


if __name__ == "__main__":
    sys.exit(not dynamic_conditions(return_state=True).is_completed())
