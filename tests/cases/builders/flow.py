import sys
from datetime import datetime, timedelta, timezone

from google.cloud.bigquery import QueryJobConfig
from prefect import allow_failure, flow, task
from prefect.runtime import flow_run
from prefect_gcp import GcpCredentials

from airflow_resume import SAME_DATE


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def work(table, size=10):
    print(table, size)


@task(name="begin")
def begin():
    pass


@task(name="closure", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def inner(name, ds):
    print(name, ds)


@task(name="bq_users", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def bq_users():
    client = GcpCredentials.load("bigquery-default").get_bigquery_client()
    config = QueryJobConfig(use_legacy_sql=False)
    job = client.query("SELECT 1", job_config=config)
    job.result()


@task(name="bq_orders", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def bq_orders():
    client = GcpCredentials.load("bigquery-default").get_bigquery_client()
    config = QueryJobConfig(use_legacy_sql=False)
    job = client.query("SELECT 2", job_config=config)
    job.result()


@task(name="finish")
def finish():
    pass


@task(name="begin")
def build_b_begin():
    pass


@task(name="bq_users", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def build_b_bq_users():
    client = GcpCredentials.load("bigquery-default").get_bigquery_client()
    config = QueryJobConfig(use_legacy_sql=False)
    job = client.query("SELECT 3", job_config=config)
    job.result()


@task(name="finish")
def build_b_finish():
    pass


@flow(name="build_a", log_prints=True)
def build_a(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    ds = f"{logical_date:%Y-%m-%d}"

    begin_run = begin.submit()
    closure = inner.submit("a", ds, wait_for=[begin_run])
    bq_users_run = bq_users.submit(wait_for=[begin_run])
    do_users = work.with_options(name="do_users").submit(table="users", wait_for=[bq_users_run])
    bq_orders_run = bq_orders.submit(wait_for=[begin_run])
    do_orders = work.with_options(name="do_orders").submit(table="orders", wait_for=[bq_orders_run])
    finished = finish.submit(wait_for=[allow_failure(closure), allow_failure(do_users), allow_failure(do_orders)])
    return [finished]


@flow(name="build_b", log_prints=True)
def build_b(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    ds = f"{logical_date:%Y-%m-%d}"

    begin_run = build_b_begin.submit()
    closure = inner.submit("b", ds, wait_for=[begin_run])
    bq_users_run = build_b_bq_users.submit(wait_for=[begin_run])
    do_users = work.with_options(name="do_users").submit(table="users", wait_for=[bq_users_run])
    finished = build_b_finish.submit(wait_for=[allow_failure(closure), allow_failure(do_users)])
    return [finished]


if __name__ == "__main__":
    states = [each(return_state=True) for each in (build_a, build_b)]
    sys.exit(not all(state.is_completed() for state in states))
