"""Functions that return a command of the shell, and functions that are asked until they are true."""
from datetime import datetime

from airflow import DAG
from airflow.decorators import task

with DAG("taskflow_commands", schedule=None, start_date=datetime(2024, 1, 1)) as dag:

    @task
    def give():
        return 5

    @task.bash
    def show(value):
        return f"echo {value}"

    @task.bash(env={"GREETING": "hello"}, append_env=True)
    def greet(ds=None):
        return f'echo "$GREETING {ds}"'

    @task.sensor(poke_interval=1, timeout=10, mode="reschedule")
    def ready(value):
        return value > 3

    @task.sensor(poke_interval=1, timeout=1, soft_fail=True)
    def never():
        return False

    @task
    def keep(value):
        return value

    given = give()
    keep(show(given))
    show.override(task_id="each").expand(value=["a", "b"])
    ready(given) >> greet()
    keep.override(task_id="after")(never())
