import sys
from datetime import datetime

from prefect import flow, task
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE

CONFIG = {'one': 1, 'six': 2}


@task(name="t1")
def t1():
    pass


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def list9(a):
    ShellOperation(commands=[f"echo {a}"]).run()


@task
def t10():
    pass


@flow(name="made_up")
def made_up(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    t1_run = t1.submit()
    t10s = []
    for a, b in zip('ab', 'xy'):
        list9s = []
        for k, v in CONFIG.items():
            list9_run = list9.with_options(name=f"list9_{a}_{k}").submit(a, wait_for=[t1_run])
            list9s.append(list9_run)
        t10_run = t10.with_options(name=f"t10_{a}").submit(wait_for=list9s)
        t10s.append(t10_run)
    return t10s


if __name__ == "__main__":
    sys.exit(not made_up(return_state=True).is_completed())
