import os
import sys
from datetime import datetime

from prefect import flow, task
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE

TABLES = os.environ.get('T', 'a,b').split(',')


@task(name="start")
def start():
    pass


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def f1_t(t):
    ShellOperation(commands=[f"echo {t}"]).run()


@task(name="end")
def end():
    pass


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def x(t):
    ShellOperation(commands=[f"echo {t}"]).run()


@flow(name="f1")
def f1(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    started = start.submit()
    curs = []
    for t in TABLES:
        cur = f1_t.with_options(name=f"t_{t}").submit(t, wait_for=curs[-1:] or [started])
        curs.append(cur)
    ended = end.submit(wait_for=curs[-1:] or [started])
    xes = []
    for t in TABLES:
        x_run = x.with_options(name=f"x_{t}").submit(t, wait_for=xes[-1:])
        xes.append(x_run)
    return [ended, *xes]


if __name__ == "__main__":
    sys.exit(not f1(return_state=True).is_completed())
