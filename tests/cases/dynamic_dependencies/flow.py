"""Jobs and what they wait for, from the environment."""
import json
import os
import sys
from datetime import datetime

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_graph import Graph, add, chain
from airflow_resume import SAME_DATE

JOBS = json.loads(os.environ.get("JOBS", '[{"name": "a"}, {"name": "b", "after": ["a"]}, {"name": "c", "after": ["a", "b"]}]'))


@task(retries=1, retry_delay_seconds=300, cache_policy=SAME_DATE)
def step(job, number, ds):
    ShellOperation(commands=[f"""
                echo {job['name']} {number}
                echo {ds}
            """]).run()


@task(name="first")
def first_task():
    pass


@task(name="last")
def last_task():
    pass


@task(name="very_last")
def very_last_task():
    pass


@flow(name="dynamic_dependencies")
def dynamic_dependencies(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    logical_date = logical_date or flow_run.scheduled_start_time
    ds = f"{logical_date:%Y-%m-%d}"

    with Graph() as dag:
        tasks = {}
        number = 0
        for job in JOBS:
            number += 1
            # one process a job
            tasks[job["name"]] = add(
                step.with_options(name=job["name"], tags=["pool:" + job.get("pool", "default_pool")]), job, number, ds
            )
        for job in JOBS:
            for other in job.get("after", []):
                tasks[job["name"]].set_upstream(tasks[other])
        first = add(first_task)
        last, very_last = add(last_task, trigger_rule="all_done"), add(very_last_task)
        for name, task in tasks.items():
            first >> task >> last
        chain(last, very_last)
    return dag.run()


if __name__ == "__main__":
    sys.exit(not dynamic_dependencies(return_state=True).is_completed())
