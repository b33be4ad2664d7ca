"""A callable that asks the run's id how the run was started."""
import sys
from datetime import datetime, timedelta, timezone

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_rules import submit


@task(name="chosen")
def choose(airflow_run_id):
    run_id = airflow_run_id
    if run_id.startswith("scheduled__"):
        return "waits"
    return "shunts"


@task(name="told")
def tell(airflow_run_id):
    return f"{'manual' in airflow_run_id} {airflow_run_id[-25:]}"


@task(name="waits")
def waits():
    pass


@task(name="shunts")
def shunts():
    pass


@flow(name="kinds_of_run")
def kinds_of_run(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    airflow_run_id = f"{'scheduled' if 'auto-scheduled' in flow_run.tags else 'manual'}__{logical_date.isoformat()}"

    chosen = choose.submit(airflow_run_id)
    told = tell.submit(airflow_run_id)
    waits_run = submit(waits, after=[chosen], when={chosen: "waits"})
    shunts_run = submit(shunts, after=[chosen], when={chosen: "shunts"})
    return [told, waits_run, shunts_run]


if __name__ == "__main__":
    sys.exit(not kinds_of_run(return_state=True).is_completed())
