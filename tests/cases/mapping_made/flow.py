"""What `.map` and `.zip` make of what tasks return is not converted: the tasks raise, in their place. Values in a loop are."""
import sys
from datetime import datetime

from prefect import flow, task

from airflow_resume import SAME_DATE


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def give():
    return [1, 2]


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def keep(value):
    return value


@task(name="keep")
def mapping_made_keep():
    # keep.expand(value=give().map(lambda value: value + 1))
    raise NotImplementedError("A2P206: expand cannot stand in the flow: ...")


@task(name="keep__1")
def keep__1():
    # keep.expand(value=give().zip(give()))
    raise NotImplementedError("A2P206: expand cannot stand in the flow: ...")


@flow(name="mapping_made")
def mapping_made(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    give_run = give.with_options(name="give").submit()
    keep_run = mapping_made_keep.submit(wait_for=[give_run])
    give__1 = give.with_options(name="give__1").submit()
    give__2 = give.with_options(name="give__2").submit()
    keep__1_run = keep__1.submit(wait_for=[give__1, give__2])
    keep_0_runs = keep.with_options(name="keep_0").map(value=[0, 0 + 1])
    keep_1_runs = keep.with_options(name="keep_1").map(value=[1, 1 + 1])
    return [keep_run, keep__1_run, *keep_0_runs, *keep_1_runs]


if __name__ == "__main__":
    sys.exit(not mapping_made(return_state=True).is_completed())
