"""Daily orders, written with decorators."""
import sys
from datetime import datetime, timedelta

from prefect import allow_failure, flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE
from airflow_rules import submit

REGIONS = ["eu", "us"]


@task(name="any_left", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def any_left():
    return False


# The source is small.
@task(name="extract", cache_policy=SAME_DATE)
def extract(limit, ds=None):
    rows = [n for n in range(limit)]

    return {"rows": rows, "day": ds}


@task(name="count", cache_policy=SAME_DATE)
def count(data: dict):
    return {"total": len(data["rows"]), "day": data["day"]}


@task(cache_policy=SAME_DATE)
def by_region(region, data):
    return {region: len(data["rows"])}


def report(total, day, regions):
    print(total, day)
    return [total, list(regions)]


@task(name="tell", retries=1, retry_delay_seconds=1, cache_policy=SAME_DATE)
def tell(count, by_region_eu, by_region_us):
    return report(count["total"], count["day"], [by_region_eu, by_region_us])


def choose(total):
    return "large" if total > 2 else "small"


@task(name="large_or_small", cache_policy=SAME_DATE)
def large_or_small(count):
    return choose(count["total"])


@task(name="large", cache_policy=SAME_DATE)
def large():
    return ShellOperation(commands=["echo large"]).run()[-1]


@task(name="small", cache_policy=SAME_DATE)
def small():
    return ShellOperation(commands=["echo small"]).run()[-1]


@task(name="skipped", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def skipped():
    return ShellOperation(commands=["echo skipped"]).run()[-1]


@task(name="report", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def next_only_report():
    return ShellOperation(commands=["echo report"]).run()[-1]


# One run a day.
@flow(name="taskflow", log_prints=True)
def taskflow(logical_date: datetime | None = None, limit: int = 3):
    """Counts orders and reports them.

    logical_date: start of the day to process; by default, of the scheduled run.
    """
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    data = extract.submit(limit, ds)
    counted = count.submit(data)
    by_regions = []
    for region in REGIONS:
        # All regions from the same data.
        by_region_run = by_region.with_options(name=f"by_region_{region}").submit(region, data)
        by_regions.append(by_region_run)
    tell_run = tell.submit(counted, by_regions[0], by_regions[1])
    large_or_small_run = large_or_small.submit(counted)
    large_run = submit(large, after=[large_or_small_run], when={large_or_small_run: "large"})
    small_run = submit(small, after=[large_or_small_run], when={large_or_small_run: "small"})
    return [tell_run, large_run, small_run]


# Skipped with what it waits for alone; the last one runs by its rule.
@flow(name="next_only", log_prints=True)
def next_only(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    gate = any_left.submit()
    skipped_run = submit(skipped, after=[gate], when={gate: True})
    reported = next_only_report.submit(wait_for=[allow_failure(skipped_run)])
    return [reported]


if __name__ == "__main__":
    states = [each(return_state=True) for each in (taskflow, next_only)]
    sys.exit(not all(state.is_completed() for state in states))
