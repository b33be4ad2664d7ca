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


@task(name="load_eu.clean", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def load_eu_clean():
    ShellOperation(commands=["echo clean"]).run()


@task(name="load_eu")
def load_eu_ended():
    """The tasks of the sub-DAG have ended."""


@task(
    name="load_us.copy_users", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE
)
def load_us_copy_users():
    ShellOperation(commands=["echo users"]).run()


@task(name="load_us.clean", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def load_us_clean():
    ShellOperation(commands=["echo clean"]).run()


@task(name="load_us")
def load_us_ended():
    """The tasks of the sub-DAG have ended."""


@task(name="end")
def end():
    pass


def load_eu(start):
    """The tables of one region."""
    count_run = submit(
        count.with_options(name="load_eu.count"), ["users", "orders"], after=[start], when={start: "load_eu"}
    )
    copy_users = submit(load_eu_copy_users, after=[count_run])
    copy_orders = submit(load_eu_copy_orders, after=[count_run])
    show_run = submit(show.with_options(name="load_eu.show"), count_run, after=[copy_users, copy_orders])
    clean = submit(load_eu_clean, after=[show_run], rule="all_done", when={count_run: STARTED})
    return submit(load_eu_ended, after=[show_run, clean], rule="none_failed", when={count_run: STARTED})


def load_us(start):
    """The tables of one region."""
    count_run = submit(count.with_options(name="load_us.count"), ["users"], after=[start], when={start: "load_us"})
    copy_users = submit(load_us_copy_users, after=[count_run])
    show_run = submit(show.with_options(name="load_us.show"), count_run, after=[copy_users])
    clean = submit(load_us_clean, after=[show_run], rule="all_done", when={count_run: STARTED})
    return submit(load_us_ended, after=[show_run, clean], rule="none_failed", when={count_run: STARTED})


@flow(name="regions", log_prints=True)
def regions(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    start = pick.submit()
    eu = load_eu(start)
    us = load_us(start)
    ended = end.submit(wait_for=[eu, us])
    return [ended]


if __name__ == "__main__":
    sys.exit(not regions(return_state=True).is_completed())
