import sys
from datetime import datetime

from prefect import flow, task
from prefect_dask import DaskTaskRunner

from airflow_resume import SAME_DATE
from airflow_rules import Skip, submit

SIZES = {"small": 2, "large": 10}


def doubled(number):
    return number * 2


@task(name="size", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def size():
    return SIZES["small"]


@task(name="branch", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def choose(size):
    return "left" if size == 2 else "right"


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def work(number=1, **context):
    return doubled(number)


@task(name="broken", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def fail():
    raise ValueError("no")


@task(name="idle", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def skip():
    raise Skip("nothing to do")


@task(name="collect", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def total(part_0, part_1, broken):
    values = [part_0, part_1, broken]
    return sum(value for value in values if value)


@task(name="good", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def lines():
    return ["a", "b"]


@task(name="bad", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def broken_lines():
    raise ValueError("no lines")


@task(name="more", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def rest(bad):
    return bad + ["c"]


@task(name="last", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def end():
    return "end"


@task(name="join")
def join():
    pass


@task(name="gate", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def gate():
    return False


@task(name="count", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def count(good):
    return len(good)


@flow(name="runners", task_runner=DaskTaskRunner())
def runners(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    start = size.submit()
    branch = submit(choose, start, after=[start])
    left = submit(work.with_options(name="left"), number=3, after=[branch], when={branch: "left"})
    right = submit(work.with_options(name="right"), after=[branch], when={branch: "right"})
    joined = submit(join, after=[left, right], rule="none_failed")
    broken = submit(fail, after=[start])
    never = submit(work.with_options(name="never"), after=[broken])
    cleanup = submit(work.with_options(name="cleanup"), after=[never], rule="all_done")
    alarm = submit(work.with_options(name="alarm"), after=[start, broken], rule="one_failed")
    calm = submit(work.with_options(name="calm"), after=[start, left], rule="one_failed")
    idle = submit(skip)
    after_idle = submit(work.with_options(name="after_idle"), after=[idle])
    anyway = submit(work.with_options(name="anyway"), after=[idle], rule="none_failed")
    parts = []
    for n in range(3):
        part = submit(work.with_options(name="part_%d" % n), number=n, after=[start])
        parts.append(part)
    collect = submit(total, parts[0], parts[1], broken, after=[broken, *parts], rule="all_done")
    gate_run = gate.submit()
    shut = submit(work.with_options(name="shut"), after=[gate_run], rule="all_done", when={gate_run: True})
    return [joined, cleanup, alarm, calm, after_idle, anyway, collect, shut]


@flow(name="plain", task_runner=DaskTaskRunner())
def plain(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    good = lines.submit()
    bad = broken_lines.submit()
    count_run = count.submit(good)
    more = rest.submit(bad)
    last = end.submit(wait_for=[more])
    return [count_run, last]


if __name__ == "__main__":
    states = [each(return_state=True) for each in (runners, plain)]
    sys.exit(not all(state.is_completed() for state in states))
