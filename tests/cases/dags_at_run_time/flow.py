"""As many DAGs as a file has entries."""
import json
import sys
from datetime import datetime

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE

with open('dags.json') as handle:
    EXPORTS = json.load(handle)


@task(name="begin", retries=1, retry_delay_seconds=300, cache_policy=SAME_DATE)
def begin(dag_id):
    ShellOperation(commands=[f"echo {dag_id}"]).run()


@task(retries=1, retry_delay_seconds=300, cache_policy=SAME_DATE)
def export_export(table, ds):
    ShellOperation(commands=[f"echo {table} {ds}"]).run()


@flow(name="export")
def export(name, settings, logical_date: datetime | None = None):
    """logical_date: start of the interval to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time
    ds = f"{logical_date:%Y-%m-%d}"

    begin_run = begin.submit(f"export_{name}")
    exports = []
    for table in settings['tables']:
        exported = export_export.with_options(name=f"export_{table}").submit(table, ds, wait_for=[begin_run])
        exports.append(exported)
    return exports


if __name__ == "__main__":
    states = []
    for name, settings in EXPORTS.items():
        states.append(export.with_options(name=f"export_{name}")(name, settings, return_state=True))
    sys.exit(not all(state.is_completed() for state in states))
