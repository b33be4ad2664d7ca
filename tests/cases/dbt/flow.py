"""dbt, by the operators of airflow-dbt."""
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_dbt import run_dbt
from airflow_resume import SAME_DATE


@task(name="seed", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def seed():
    run_dbt(command="seed", full_refresh=True, dir="/srv/app/dbt", profiles_dir="/srv/app")


@task(name="run", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def run(ds):
    run_dbt(
        command="run",
        vars={"day": ds},
        models="orders+",
        target="prod",
        warn_error=True,
        dir="/srv/app/dbt",
        profiles_dir="/srv/app",
    )


@task(name="test", cache_policy=SAME_DATE)
def test():
    run_dbt(command="test", schema=True, dir="/srv/app/dbt", profiles_dir="/srv/app")


@task(name="docs", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def docs():
    run_dbt(command="docs generate", exclude="x", dir="/srv/app/dbt", profiles_dir="/srv/app")


@flow(name="dbt")
def dbt(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    seed()
    run(ds)
    test()
    docs()


if __name__ == "__main__":
    dbt()
