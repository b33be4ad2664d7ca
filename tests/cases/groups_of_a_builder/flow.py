"""Groups that a function makes, chosen by a branch; one without tasks; triggers and sensors around them."""
import sys
from datetime import datetime, timedelta, timezone

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_external import external_done, trigger_dag_run, wait_for_run
from airflow_resume import SAME_DATE
from airflow_rules import submit
from airflow_sensors import wait_until


@task(name="choose", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def pick(logical_date):
    return "full.begin" if logical_date.day == 1 else "incremental.begin"

@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def sync(table, key, ds):
    return ds


@task(cache_policy=SAME_DATE)
def wait(d, h, logical_date):
    wait_until(lambda: external_done(d, logical_date - timedelta(hours=h), "done"), timeout=3600)


@task(name="full.begin")
def full_begin():
    pass


@task(name="full.done")
def full_done():
    pass


@task(name="incremental.begin")
def incremental_begin():
    pass


@task(name="incremental.done")
def incremental_done():
    pass


@task(name="end")
def end():
    pass


@task(name="downstream.trigger_marts", cache_policy=SAME_DATE)
def downstream_trigger_marts(ds):
    run = trigger_dag_run("marts", conf={"date": ds}, overrides_params=True)
    wait_for_run(run, poke_interval=30)


@task(
    name="downstream.trigger_ml",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def downstream_trigger_ml(ds):
    trigger_dag_run("ml", conf={"date": ds}, overrides_params=True)


def full(choose, ds):
    """Loads all tables."""
    begin = submit(full_begin, after=[choose], when={choose: "full.begin"})
    # sync one table
    sync_orders = submit(sync.with_options(name="full.sync_orders"), table="orders", key="id", ds=ds, after=[begin])
    # sync one table
    sync_users = submit(sync.with_options(name="full.sync_users"), table="users", key="uid", ds=ds, after=[begin])
    return full_done.submit(wait_for=[sync_orders, sync_users])


def incremental(choose, ds):
    """Loads all tables."""
    begin = submit(incremental_begin, after=[choose], when={choose: "incremental.begin"})
    # sync one table
    sync_orders = submit(
        sync.with_options(name="incremental.sync_orders"), table="orders", key="id", ds=ds, after=[begin]
    )
    # sync one table
    sync_users = submit(
        sync.with_options(name="incremental.sync_users"), table="users", key="uid", ds=ds, after=[begin]
    )
    return incremental_done.submit(wait_for=[sync_orders, sync_users])


def downstream(ds, after):
    trigger_marts = downstream_trigger_marts.submit(ds, wait_for=after)
    trigger_ml = downstream_trigger_ml.submit(ds, wait_for=after)
    return [trigger_marts, trigger_ml]


@flow(name="replicate")
def replicate(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    ds = f"{logical_date:%Y-%m-%d}"

    waits = []
    for d, h in (("crm", 1), ("erp", 2)):
        waited = wait.with_options(name=f"wait_{d}").submit(d, h, logical_date)
        waits.append(waited)
    choose = pick.submit(logical_date, wait_for=waits)
    full_done_run = full(choose, ds)
    incremental_done_run = incremental(choose, ds)
    ended = submit(end, after=[full_done_run, incremental_done_run], rule="none_failed_min_one_success")
    downstream_run = downstream(ds, after=[ended])
    return downstream_run


if __name__ == "__main__":
    sys.exit(not replicate(return_state=True).is_completed())
