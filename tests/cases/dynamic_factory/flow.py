import os
import sys
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_graph import Graph, add
from airflow_resume import SAME_DATE

TABLES = os.environ.get("TABLES", "orders,users").split(",")  # not known before the run
VERIFY = False


@task(name="start")
def start_task():
    pass


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def load_task(table, ds):
    ShellOperation(commands=[f"load {table} {ds}"]).run()


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def report_task(shop):
    ShellOperation(commands=[f"report {shop}"]).run()


@task(name="start")
def start_task_2():
    pass


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def load_task_2(table, ds):
    ShellOperation(commands=[f"load {table} {ds}"]).run()


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def report_task_2(shop):
    ShellOperation(commands=[f"report {shop}"]).run()


@flow(name="sales_eu")
def sales_eu(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    def load(dag, region, table):
        return add(load_task.with_options(name=f"load_{region}_{table}"), table, ds)

    with Graph() as dag:
        region = "eu"
        shops = ["fr", "de"]
        tables = TABLES
        start = add(start_task)
        loads = [load(dag, region, table) for table in tables]
        start >> loads
        if len(loads) > 1:  # one after the other
            for one, other in zip(loads, loads[1:]):
                one >> other
        for shop in shops:
            report = add(report_task.with_options(name=f"report_{shop}"), shop)
            loads[-1] >> report
            if VERIFY:
                raise NotImplementedError("A2P305: nothing here ran when Airflow loaded the DAG")
    return dag.run()


@flow(name="sales_us")
def sales_us(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    def load(dag, region, table):
        return add(load_task_2.with_options(name=f"load_{region}_{table}"), table, ds)

    with Graph() as dag:
        region = "us"
        shops = ["ny"]
        tables = TABLES
        start = add(start_task_2)
        loads = [load(dag, region, table) for table in tables]
        start >> loads
        if len(loads) > 1:  # one after the other
            for one, other in zip(loads, loads[1:]):
                one >> other
        for shop in shops:
            report = add(report_task_2.with_options(name=f"report_{shop}"), shop)
            loads[-1] >> report
            if VERIFY:
                raise NotImplementedError("A2P305: nothing here ran when Airflow loaded the DAG")
    return dag.run()


if __name__ == "__main__":
    states = [each(return_state=True) for each in (sales_eu, sales_us)]
    sys.exit(not all(state.is_completed() for state in states))
