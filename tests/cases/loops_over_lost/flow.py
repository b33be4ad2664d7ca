import sys
from datetime import datetime

from prefect import flow, task
from prefect_shell import ShellOperation

from airflow_graph import Graph, add
from airflow_resume import SAME_DATE


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def t(d):
    ShellOperation(commands=[f"ls {d}"]).run()


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def step(n):
    ShellOperation(commands=[f"ls {n}"]).run()


@flow(name="loops_over_lost")
def loops_over_lost(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    raise NotImplementedError("A2P292: the code that makes the tasks of this DAG needs what went with Airflow: folder")
    with Graph() as dag:
        for d in folder.split(","):
            add(t.with_options(name=f"t_{d}"), d)
        n = 0
        for path in folder.split(":"):
            n += 1
            add(step.with_options(name="n_%d" % n), n)
    return dag.run()


if __name__ == "__main__":
    sys.exit(not loops_over_lost(return_state=True).is_completed())
