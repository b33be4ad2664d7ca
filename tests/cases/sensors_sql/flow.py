import sys
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_resume import SAME_DATE
from airflow_rules import NOT_SKIPPED, Skip, submit
from airflow_sensors import wait_until
from airflow_sql import DbApiHook, met


def enough(count):
    return count >= 10


@task(name="plain", cache_policy=SAME_DATE)
def plain(ds):
    wait_until(
        lambda: met(DbApiHook("warehouse").get_records(f"SELECT count(*) FROM sales WHERE day = '{ds}'"), allow_null=True),
        poke_interval=1,
    )


@task(name="strict", cache_policy=SAME_DATE)
def strict():
    wait_until(
        lambda: met(
            DbApiHook("warehouse").get_records(
                "SELECT total FROM days WHERE day = %s AND shop = %s", parameters=["2024-01-01", 3]
            ),
            success=enough,
            failure=lambda count: count < 0,
            fail_on_empty=True,
        ),
        timeout=60,
    )


@task(name="known", cache_policy=SAME_DATE)
def known():
    wait_until(
        lambda: met(DbApiHook("warehouse").get_records("SELECT max(day) FROM sales")), timeout=5, on_timeout=Skip
    )


@task(name="end")
def end():
    pass


@flow(name="sensors_sql")
def sensors_sql(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    plain_run = plain.submit(ds)
    strict_run = strict.submit()
    known_run = submit(known)
    ended = submit(end, after=[plain_run, strict_run, known_run], when={known_run: NOT_SKIPPED})
    return [ended]


if __name__ == "__main__":
    sys.exit(not sensors_sql(return_state=True).is_completed())
