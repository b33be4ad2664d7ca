"""Setups and teardowns: a teardown runs after its setup whatever became of the work, and does not count for the run."""
import sys
from datetime import datetime

from prefect import flow, task
from prefect.futures import wait
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE
from airflow_rules import submit


@task(name="make", cache_policy=SAME_DATE)
def make():
    return "table"


@task(name="fill", cache_policy=SAME_DATE)
def fill(table):
    return f"{table} filled"


@task(name="check", cache_policy=SAME_DATE)
def check():
    return True


@task(name="drop", cache_policy=SAME_DATE)
def drop(table):
    return f"{table} dropped"


@task(cache_policy=SAME_DATE)
def one(number):
    return number


@task(name="join", cache_policy=SAME_DATE)
def join(first, second):
    return [first, second]


@task(name="create", cache_policy=SAME_DATE)
def create():
    return ShellOperation(commands=["echo cluster"]).run()[-1]


@task(name="work")
def work():
    pass


@task(name="delete", cache_policy=SAME_DATE)
def delete():
    return ShellOperation(commands=["echo gone"]).run()[-1]


@task(name="section.begin")
def section_begin():
    pass


@task(name="section.middle")
def section_middle():
    pass


@task(name="section.finish")
def section_finish():
    pass


@task(name="after")
def after():
    pass


def section():
    begin = section_begin.submit()
    middle_run = section_middle.submit(wait_for=[begin])
    finished = submit(section_finish, after=[begin, middle_run], rule="all_done", setups=[begin])
    return middle_run, finished


def pair():
    one_run = one.with_options(name="pair.one").submit(3)
    one__1 = one.with_options(name="pair.one__1").submit(3 + 1)
    return one_run, one__1


@flow(name="setups")
def setups(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    created = create.submit()
    work_run = work.submit(wait_for=[created])
    deleted = submit(delete, after=[created, work_run], rule="all_done", setups=[created])
    make_run = make.submit()
    fill_run = fill.submit(make_run)
    checked = check.submit(wait_for=[fill_run])
    drop_run = submit(drop, make_run, after=[make_run, checked], rule="all_done", setups=[make_run])
    # What follows the group follows its work, not its teardown.
    middle, finish = section()
    after_run = after.submit(wait_for=[middle])
    pair_one, pair_one__1 = pair()
    joined = join.submit(pair_one, pair_one__1)
    wait([deleted, finish])
    return [work_run, drop_run, after_run, joined]


if __name__ == "__main__":
    sys.exit(not setups(return_state=True).is_completed())
