"""Groups and tasks called again and again: Airflow numbers them."""
from datetime import datetime

from airflow.decorators import dag, task, task_group


@task
def add(number):
    return number + 1


@task_group
def twice(number):
    """Adds one, and one more."""
    once = add(number)
    return add(once)


@task_group(prefix_group_id=False)
def plain():
    @task_group(group_id="inner", default_args={"retries": 0})
    def within():
        return add.override(task_id="deep")(1)

    return within()


@dag(schedule=None, start_date=datetime(2024, 1, 1), default_args={"retries": 1})
def taskflow_groups():
    before = None
    for start in range(2):
        made = twice(start)
        if before is not None:
            before >> made
        before = made
    for number in range(2):
        add(number)
    for name in ["ann", "bob"]:
        # A function for each.
        @task(task_id=f"greet_{name}")
        def greet(name=name):
            return f"Hello {name}"

        greet() >> plain() if name == "ann" else greet()


taskflow_groups()
