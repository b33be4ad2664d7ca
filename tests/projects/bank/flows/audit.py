import sys
from datetime import datetime

from lib.alerts import on_failure
from prefect import flow, task
from prefect.runtime import flow_run

from lib import AuditOperator, alerts
from lib.operators.audit import *

from airflow_resume import SAME_DATE
from airflow_rules import FailNow, may_retry
from airflow_sensors import wait_until


@task(retries=2, retry_delay_seconds=300, cache_policy=SAME_DATE, on_failure=[on_failure])
def told(ds):
    return (alerts.channel(), LIMIT, ds)


@task(
    name="wait",
    retries=2,
    retry_delay_seconds=300,
    retry_condition_fn=may_retry,
    cache_policy=SAME_DATE,
    on_failure=[on_failure],
)
def wait():
    sensor = BalanceSensor(minimum=5)
    wait_until(sensor.poke, poke_interval=1, on_timeout=FailNow)


@task(name="audit", retries=2, retry_delay_seconds=300, cache_policy=SAME_DATE, on_failure=[on_failure])
def audit_task(ds_nodash, ds):
    return AuditOperator(day=ds).execute(ds_nodash)


@task(name="transfer", retries=2, retry_delay_seconds=300, cache_policy=SAME_DATE, on_failure=[on_failure])
def transfer(ds):
    return TransferOperator(account="a", amount=ds).execute()


@flow(name="audit")
def audit_flow(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    logical_date = logical_date or flow_run.scheduled_start_time
    ds_nodash = f"{logical_date:%Y%m%d}"
    ds = f"{logical_date:%Y-%m-%d}"

    waited = wait.submit()
    audit_run = audit_task.submit(ds_nodash, ds, wait_for=[waited])
    tell = told.with_options(name="tell").submit(ds, wait_for=[audit_run])
    loud = told.with_options(name="loud").submit(ds, wait_for=[tell])
    transfered = transfer.submit(ds, wait_for=[tell])
    return [loud, transfered]


if __name__ == "__main__":
    sys.exit(not audit_flow(return_state=True).is_completed())
