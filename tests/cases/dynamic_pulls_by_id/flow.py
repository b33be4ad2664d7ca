"""Ids of tasks that only the run knows, computed in the callable as well."""

import sys
from datetime import datetime

from prefect import flow, task

from airflow_context import TaskInstance
from airflow_resume import SAME_DATE
from airflow_rules import submit
from airflow_variables import variable


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def dump_table(table):
    xcoms = {}
    if table == "customers":
        return xcoms
    xcoms["rows"] = len(table)
    return xcoms | {"return_value": table.upper()}


@task(name="choose", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def choose(dumps):
    counts = [each.get("return_value") for each in dumps]
    return "load" if all(counts) else "skip"


@task(name="load", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def load(dumps):
    TABLES = variable("tables", default="orders,items").split(",")
    ti = TaskInstance({**dumps})
    found = {}
    for table in TABLES:
        found[table] = [ti.xcom_pull(task_ids="dump_" + table), ti.xcom_pull(task_ids="dump_" + table, key="rows")]
    return found


@task(name="skip", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def skip():
    return "nothing"


@flow(name="pulls_by_id")
def pulls_by_id(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    TABLES = variable("tables", default="orders,items").split(",")
    t_runs = []
    for table in TABLES:
        dump_run = dump_table.with_options(name=f"dump_{table}").submit(table=table)
        t_runs.append(dump_run)
    branch = choose.submit(t_runs)
    loaded = submit(
        load, {f"dump_{table}": run for table, run in zip(TABLES, t_runs)}, after=[branch], when={branch: "load"}
    )
    skip_run = submit(skip, after=[branch], when={branch: "skip"})
    return [loaded, skip_run]


if __name__ == "__main__":
    sys.exit(not pulls_by_id(return_state=True).is_completed())
