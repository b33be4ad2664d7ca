"""Sensors of Airflow 1.10 that time out, and what follows them."""
import sys
from datetime import datetime

from prefect import allow_failure, flow, task

from airflow_resume import SAME_DATE
from airflow_rules import NOT_SKIPPED, Skip, submit
from airflow_sensors import skip_at_last, wait_until


def never():
    return False


def broken():
    raise ValueError('no')


@task(name="hard", cache_policy=SAME_DATE)
def hard():
    wait_until(never, poke_interval=0.2, timeout=0.5)


@task(name="soft", cache_policy=SAME_DATE)
def soft():
    wait_until(never, poke_interval=0.2, timeout=0.5, on_timeout=Skip)


@task(name="retried", retries=1, retry_delay_seconds=0, cache_policy=SAME_DATE)
def retried():
    wait_until(never, poke_interval=0.2, timeout=0.5, on_timeout=skip_at_last)


@task(name="bad", cache_policy=SAME_DATE)
def bad():
    wait_until(broken, poke_interval=0.2, timeout=0.5, on_timeout=Skip)


@task(name="after_hard")
def after_hard():
    pass


@task(name="end_hard")
def end_hard():
    pass


@task(name="after_soft")
def after_soft():
    pass


@task(name="end_soft")
def end_soft():
    pass


@task(name="after_both")
def after_both():
    pass


@task(name="after_retried")
def after_retried():
    pass


@task(name="after_bad")
def after_bad():
    pass


@flow(name="sensors_time_out")
def sensors_time_out(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    hard_run = hard.submit()
    soft_run = submit(soft)
    retried_run = submit(retried)
    bad_run = submit(bad)
    after_hard_run = after_hard.submit(wait_for=[hard_run])
    ended_hard = end_hard.submit(wait_for=[allow_failure(after_hard_run)])
    after_soft_run = submit(after_soft, after=[soft_run])
    ended_soft = submit(end_soft, after=[after_soft_run], rule="all_done", when={soft_run: NOT_SKIPPED})
    after_both_run = submit(after_both, after=[hard_run, soft_run], rule="one_failed", when={soft_run: NOT_SKIPPED})
    after_retried_run = submit(after_retried, after=[retried_run])
    after_bad_run = submit(after_bad, after=[bad_run], rule="all_done", when={bad_run: NOT_SKIPPED})
    return [ended_hard, ended_soft, after_both_run, after_retried_run, after_bad_run]


if __name__ == "__main__":
    sys.exit(not sensors_time_out(return_state=True).is_completed())
