"""A DAG for each account."""
import sys
from datetime import datetime, timedelta

from lib.alerts import on_failure
from lib.factory import summary
from lib.operators.audit import AuditOperator
from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE


@task(name="audit", cache_policy=SAME_DATE, on_failure=[on_failure])
def audit(ds_nodash, ds):
    return AuditOperator(day=ds).execute(ds_nodash)


@task(name="check_savings", cache_policy=SAME_DATE, on_failure=[on_failure])
def check_savings(ds):
    ShellOperation(commands=[f"echo check {ds}"]).run()


@task(name="book_savings", cache_policy=SAME_DATE, on_failure=[on_failure])
def book_savings(ds):
    ShellOperation(commands=[f"echo book {ds}"]).run()


summary_task = task(summary, name="summary", cache_policy=SAME_DATE, on_failure=[on_failure])


@task(name="audit", cache_policy=SAME_DATE, on_failure=[on_failure])
def audit_task(ds_nodash, ds):
    return AuditOperator(day=ds).execute(ds_nodash)


@task(name="check_giro", cache_policy=SAME_DATE, on_failure=[on_failure])
def check_giro(ds):
    ShellOperation(commands=[f"echo check {ds}"]).run()


@task(name="book_giro", cache_policy=SAME_DATE, on_failure=[on_failure])
def book_giro(ds):
    ShellOperation(commands=[f"echo book {ds}"]).run()


@flow(name="account_savings")
def account_savings(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds_nodash = f"{logical_date:%Y%m%d}"
    ds = f"{logical_date:%Y-%m-%d}"

    audit_run = audit(ds_nodash, ds)
    check_savings(ds)
    book_savings(ds)
    summary_run = summary_task(account="savings", audit=audit_run)
    return summary_run


@flow(name="account_giro")
def account_giro(logical_date: datetime | None = None):
    """logical_date: start of the hour to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(hours=1)
    ds_nodash = f"{logical_date:%Y%m%d}"
    ds = f"{logical_date:%Y-%m-%d}"

    audit_run = audit_task(ds_nodash, ds)
    check_giro(ds)
    book_giro(ds)
    summary_run = summary_task(account="giro", audit=audit_run)
    return summary_run


if __name__ == "__main__":
    states = [each(return_state=True) for each in (account_savings, account_giro)]
    sys.exit(not all(state.is_completed() for state in states))
