"""Settings of Airflow's own."""
import os
from datetime import datetime

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE
from airflow_settings import airflow_conf

try:
    LOGS = airflow_conf.get("core", "base_log_folder").rstrip("/")
except Exception:
    LOGS = airflow_conf.get("logging", "base_log_folder", fallback="/tmp/logs").rstrip("/")
SQL = os.path.join(airflow_conf.get("core", "dags_folder", fallback="/tmp"), "sql")


@task(name="count", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def workers():
    return airflow_conf.getint("celery", "worker_concurrency", fallback=4)


@task(name="show", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def show(ds):
    ShellOperation(commands=[f"echo {LOGS} {SQL} {ds}"]).run()


@flow(name="configuration")
def configuration(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    logical_date = logical_date or flow_run.scheduled_start_time
    ds = f"{logical_date:%Y-%m-%d}"

    show(ds)
    count = workers()
    return count


if __name__ == "__main__":
    configuration()
