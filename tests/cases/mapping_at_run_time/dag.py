"""Tasks mapped over what others return: maybe nothing, and then they are skipped."""
from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.exceptions import AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator


@task
def list_files():
    return ["a.csv", "b.csv", "c.txt", ""]


@task
def list_nothing():
    return []


@task
def read(name, day):
    if not name:
        return None
    if name.endswith(".txt"):
        raise AirflowSkipException("no data")
    return f"{day}: {name}"


@task(multiple_outputs=True)
def settings():
    return {"day": "monday"}


@task
def limits():
    return {"low": 1, "high": 2}


@task(trigger_rule="all_done")
def collect(rows):
    return None if rows is None else list(rows)


@task
def check(limit):
    return list(limit)


@task.branch
def choose():
    return "commands"


with DAG("mapping_at_run_time", schedule=None, start_date=datetime(2024, 1, 1)) as dag:
    known = settings()
    rows = read.partial(day=known["day"]).expand(name=list_files())
    collect(rows)
    nothing = read.override(task_id="read_nothing").partial(day="sunday").expand(name=list_nothing())
    collect.override(task_id="collect_nothing")(nothing)
    nothing >> EmptyOperator(task_id="after_nothing")
    check.expand(limit=limits())
    commands = BashOperator.partial(task_id="commands").expand(bash_command=["echo 1", "echo 2"])
    choose() >> [commands, EmptyOperator(task_id="other")]
