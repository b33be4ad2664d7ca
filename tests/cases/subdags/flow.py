"""Sub-DAGs: a factory called twice, XComs and branches inside, one that is chosen or not."""
import sys
from datetime import datetime

from prefect import flow, task
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE
from airflow_rules import STARTED, submit


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def count(table):
    return len(table)


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def show(count):
    print(count)
    return count


@task(name="start", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def pick():
    return 'load_eu'


@task(
    name="load_eu.copy_users", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE
)
def load_eu_copy_users():
    ShellOperation(commands=["echo users"]).run()


@task(
    name="load_eu.copy_orders", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE
)
def load_eu_copy_orders():
    ShellOperation(commands=["echo orders"]).run()


@task(
    name="load_us.copy_users", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE
)
def load_us_copy_users():
    ShellOperation(commands=["echo users"]).run()


@task(name="load_eu.clean", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def load_eu_clean():
    ShellOperation(commands=["echo clean"]).run()


@task(name="load_us.clean", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def load_us_clean():
    ShellOperation(commands=["echo clean"]).run()


@task(name="load_eu")
def load_eu():
    """The tasks of the sub-DAG have ended."""


@task(name="load_us")
def load_us():
    """The tasks of the sub-DAG have ended."""


@task(name="end")
def end():
    pass


@flow(name="regions", log_prints=True)
def regions(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    start = pick.submit()
    load_eu_count = submit(
        count.with_options(name="load_eu.count"), ["users", "orders"], after=[start], when={start: "load_eu"}
    )
    load_us_count = submit(count.with_options(name="load_us.count"), ["users"], after=[start], when={start: "load_us"})
    loaded_eu_copy_users = submit(load_eu_copy_users, after=[load_eu_count])
    loaded_eu_copy_orders = submit(load_eu_copy_orders, after=[load_eu_count])
    load_eu_show = submit(
        show.with_options(name="load_eu.show"), load_eu_count, after=[loaded_eu_copy_users, loaded_eu_copy_orders]
    )
    loaded_us_copy_users = submit(load_us_copy_users, after=[load_us_count])
    load_us_show = submit(show.with_options(name="load_us.show"), load_us_count, after=[loaded_us_copy_users])
    loaded_eu_clean = submit(load_eu_clean, after=[load_eu_show], rule="all_done", when={load_eu_count: STARTED})
    loaded_us_clean = submit(load_us_clean, after=[load_us_show], rule="all_done", when={load_us_count: STARTED})
    eu = submit(load_eu, after=[load_eu_show, loaded_eu_clean], rule="none_failed", when={load_eu_count: STARTED})
    us = submit(load_us, after=[load_us_show, loaded_us_clean], rule="none_failed", when={load_us_count: STARTED})
    ended = end.submit(wait_for=[eu, us])
    return [ended]


if __name__ == "__main__":
    sys.exit(not regions(return_state=True).is_completed())
