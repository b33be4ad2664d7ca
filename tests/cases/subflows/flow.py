"""The same with --subflows: each group is a flow."""
import sys
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE


@task(retries=1, retry_delay_seconds=300, cache_policy=SAME_DATE)
def _extract(source, ds):
    return f"{source}-{ds}"


@task(retries=1, retry_delay_seconds=300, cache_policy=SAME_DATE)
def _load(source, extract):
    value = extract
    print(value)


@task(name="start")
def start():
    pass


@task(name="staging.clean", retries=1, retry_delay_seconds=300, cache_policy=SAME_DATE)
def staging_clean(ds):
    return (ShellOperation(commands=[f"rm -rf /tmp/stage/{ds}"]).run() or [""])[-1]


@task(name="staging.checks.rows", retries=1, retry_delay_seconds=300, cache_policy=SAME_DATE)
def staging_checks_rows():
    return ShellOperation(commands=["echo rows"]).run()[-1]


@task(name="staging.checks.nulls", retries=1, retry_delay_seconds=300, cache_policy=SAME_DATE)
def staging_checks_nulls():
    return ShellOperation(commands=["echo nulls"]).run()[-1]


@task(name="end")
def end():
    pass


@flow(name="warehouse.staging.checks", log_prints=True)
def checks(logical_date):
    rows = staging_checks_rows.submit()
    nulls = staging_checks_nulls.submit()
    return [rows, nulls]


@flow(name="warehouse.staging", log_prints=True)
def staging(ds, logical_date):
    """Staging of raw data"""
    clean = staging_clean.submit(ds)
    return checks(logical_date, wait_for=[clean], return_state=True)


@flow(name="warehouse.load_source", log_prints=True)
def load_source(source, ds, logical_date):
    extract = _extract.with_options(name=f"load_{source}.extract").submit(source=source, ds=ds)
    return _load.with_options(name=f"load_{source}.load").submit(source=source, extract=extract)


@flow(name="warehouse", log_prints=True)
def warehouse(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    started = start.submit()
    # stage everything
    staging_run = staging(ds, logical_date, wait_for=[started], return_state=True)
    loads = []
    for source in ["orders", "customers", "products"]:
        load = load_source(source, ds, logical_date, wait_for=[staging_run], return_state=True)
        loads.append(load)
    ended = end.submit(wait_for=loads)
    return [ended]


if __name__ == "__main__":
    sys.exit(not warehouse(return_state=True).is_completed())
