"""Groups and tasks called again and again: Airflow numbers them."""
import sys
from datetime import datetime

from prefect import flow, task

from airflow_resume import SAME_DATE


@task(cache_policy=SAME_DATE)
def add(number):
    return number + 1


# A function for each.
@task(retries=1, retry_delay_seconds=300, cache_policy=SAME_DATE)
def greet(name):
    return f"Hello {name}"


def twice():
    """Adds one, and one more."""
    twice_add_run = add.with_options(name="twice.add", retries=1, retry_delay_seconds=300).submit(0)
    return add.with_options(name="twice.add__1", retries=1, retry_delay_seconds=300).submit(twice_add_run)


def twice__1(after):
    """Adds one, and one more."""
    twice__1_add_run = add.with_options(name="twice__1.add", retries=1, retry_delay_seconds=300).submit(1)
    return add.with_options(name="twice__1.add__1", retries=1, retry_delay_seconds=300).submit(
        twice__1_add_run, wait_for=after
    )


@flow(name="taskflow_groups")
def taskflow_groups(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    twice_add__1 = twice()
    twice__1_add__1 = twice__1(after=[twice_add__1])
    added = add.with_options(name="add", retries=1, retry_delay_seconds=300).submit(0)
    add__1 = add.with_options(name="add__1", retries=1, retry_delay_seconds=300).submit(1)
    greet_ann = greet.with_options(name="greet_ann").submit("ann")
    inner_deep = add.with_options(name="inner.deep").submit(1, wait_for=[greet_ann])
    greet_bob = greet.with_options(name="greet_bob").submit("bob")
    return [twice__1_add__1, added, add__1, inner_deep, greet_bob]


if __name__ == "__main__":
    sys.exit(not taskflow_groups(return_state=True).is_completed())
