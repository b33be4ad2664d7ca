# Licensed
"""Doc."""
import logging
import sys
from datetime import datetime, timedelta

from prefect import flow, task
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE

TABLES = open('/tmp/tables.txt').read().split() if False else None
def tables():
    return ['a', 'b', 'c']


@task(name="first")
def first():
    pass


@task(name="t_a", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def t_a():
    ShellOperation(commands=["echo a"]).run()


@task(name="t_b", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def t_b():
    ShellOperation(commands=["echo b"]).run()


@task(name="t_c", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def t_c():
    ShellOperation(commands=["echo c"]).run()


@task(name="last")
def last():
    pass


@task(name="op_0", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def op_0(n):
    return print(n)


@task(name="op_1", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def op_1(n):
    return print(n)


@task(name="op_2", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def op_2(n):
    return print(n)


@task(name="0_x", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def task_0_x():
    ShellOperation(commands=["echo x"]).run()


@task(name="0_y", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def task_0_y():
    ShellOperation(commands=["echo y"]).run()


@task(name="1_z", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def task_1_z():
    ShellOperation(commands=["echo z"]).run()


@flow(name="dyn", log_prints=True)
def dyn(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    first_run = first.submit()
    cur = t_a.submit(wait_for=[first_run])
    t_b_run = t_b.submit(wait_for=[cur])
    t_c_run = t_c.submit(wait_for=[t_b_run])
    last_run = last.submit(wait_for=[t_c_run])
    op_0_run = op_0.submit(0)
    op_1_run = op_1.submit(1, wait_for=[op_0_run])
    op_2_run = op_2.submit(2, wait_for=[op_1_run])
    task_0_x_run = task_0_x.submit()
    task_0_y_run = task_0_y.submit()
    task_1_z_run = task_1_z.submit(wait_for=[task_0_x_run, task_0_y_run])
    return [last_run, op_2_run, task_1_z_run]


if __name__ == "__main__":
    sys.exit(not dyn(return_state=True).is_completed())
