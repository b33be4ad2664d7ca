import sys
from datetime import datetime, time, timedelta, timezone

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_dates import within
from airflow_resume import SAME_DATE
from airflow_rules import submit
from airflow_sql import DbApiHook, says_yes


@task(name="by_moment", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def by_moment(logical_date):
    return "in_time" if within(logical_date, datetime(2020, 1, 1), datetime(2024, 6, 1, 12), timezone.utc) else ["late", "in_time_too"]


@task(name="by_hour", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def by_hour(logical_date):
    return "night" if within(logical_date, time(22, 0), time(6, 0), timezone.utc) else "day"


@task(name="by_day", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def by_day(logical_date):
    return "weekend" if logical_date.isoweekday() in {6, 7} else "weekday"


@task(name="today", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def today():
    return "monday" if datetime.now(timezone.utc).isoweekday() in {1} else "other"


@task(name="by_query", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def by_query(ds):
    yes = says_yes(DbApiHook("warehouse").get_first(f"SELECT count(*) > 0 FROM sales WHERE day = '{ds}'"))
    return ["sold"] if yes else ["nothing_sold"]


@task
def step():
    pass


@task
def branches_2_step():
    pass


@task
def branches_2_step_2():
    pass


@task
def branches_2_step_3():
    pass


@task
def branches_2_step_4():
    pass


@flow(name="branches_2")
def branches_2(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    ds = f"{logical_date:%Y-%m-%d}"

    by_moment_run = by_moment.submit(logical_date)
    by_hour_run = by_hour.submit(logical_date)
    by_day_run = by_day.submit(logical_date)
    today_run = today.submit()
    by_query_run = by_query.submit(ds)
    steps = []
    for name in ("in_time", "late", "in_time_too"):
        step_run = submit(step.with_options(name=name), after=[by_moment_run], when={by_moment_run: name})
        steps.append(step_run)
    branches_2_steps = []
    for name in ("night", "day"):
        branches_2_step_run = submit(
            branches_2_step.with_options(name=name), after=[by_hour_run], when={by_hour_run: name}
        )
        branches_2_steps.append(branches_2_step_run)
    branches_2_step_2s = []
    for name in ("weekend", "weekday"):
        branches_2_step_2_run = submit(
            branches_2_step_2.with_options(name=name), after=[by_day_run], when={by_day_run: name}
        )
        branches_2_step_2s.append(branches_2_step_2_run)
    branches_2_step_3s = []
    for name in ("monday", "other"):
        branches_2_step_3_run = submit(
            branches_2_step_3.with_options(name=name), after=[today_run], when={today_run: name}
        )
        branches_2_step_3s.append(branches_2_step_3_run)
    branches_2_step_4s = []
    for name in ("sold", "nothing_sold"):
        branches_2_step_4_run = submit(
            branches_2_step_4.with_options(name=name), after=[by_query_run], when={by_query_run: name}
        )
        branches_2_step_4s.append(branches_2_step_4_run)
    return [*steps, *branches_2_steps, *branches_2_step_2s, *branches_2_step_3s, *branches_2_step_4s]


if __name__ == "__main__":
    sys.exit(not branches_2(return_state=True).is_completed())
