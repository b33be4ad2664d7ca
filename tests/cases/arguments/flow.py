"""What reaches a callable besides the context."""
import sys
from datetime import datetime, timedelta, timezone

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_resume import SAME_DATE


@task(name="a", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def query(sql, limit, templates_dict, region, **kwargs):
    print(sql, limit, templates_dict['day'], region, kwargs['extra'])
    return sql


@task(name="b", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def show(*args, **kwargs):
    print(args, sorted(kwargs))


@task(name="c", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def told(ds, execution_date, next_ds=None):
    return '%s %s %s' % (ds, execution_date.year, next_ds)


@flow(name="arguments", log_prints=True)
def arguments(logical_date: datetime | None = None, region: str = "eu"):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    ds = f"{logical_date:%Y-%m-%d}"
    next_ds = f"{logical_date + timedelta(days=1):%Y-%m-%d}"

    a = query.submit(
        f"select '{region}' /* {logical_date - timedelta(days=1):%Y-%m-%d} */",
        limit=10,
        extra="x",
        templates_dict={"day": ds},
        region=region,
    )
    b = show.submit(1, "two", three=3)
    c = told.submit(ds, logical_date, next_ds, wait_for=[a, b])
    return [c]


if __name__ == "__main__":
    sys.exit(not arguments(return_state=True).is_completed())
