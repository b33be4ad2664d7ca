"""Setups and teardowns: a teardown runs after its setup whatever became of the work, and does not count for the run."""
from datetime import datetime

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.utils.task_group import TaskGroup

with DAG("setups", schedule=None, start_date=datetime(2024, 1, 1), default_args={"retries": 0}) as dag:
    create = BashOperator(task_id="create", bash_command="echo cluster").as_setup()
    work = EmptyOperator(task_id="work")
    delete = BashOperator(task_id="delete", bash_command="echo gone").as_teardown(setups=create)
    create >> work >> delete

    @setup
    @task
    def make():
        return "table"

    @task
    def fill(table):
        return f"{table} filled"

    @task
    def check():
        return True

    @teardown(on_failure_fail_dagrun=True)
    def drop(table):
        return f"{table} dropped"

    table = make()
    with drop(table):
        fill(table) >> check()

    # What follows the group follows its work, not its teardown.
    with TaskGroup("section") as section:
        begin = EmptyOperator(task_id="begin").as_setup()
        middle = EmptyOperator(task_id="middle")
        finish = EmptyOperator(task_id="finish").as_teardown(setups=begin)
        begin >> middle >> finish
    section >> EmptyOperator(task_id="after")

    @task
    def one(number):
        return number

    @task_group
    def pair(number):
        return {"first": one(number), "second": one(number + 1)}

    @task
    def join(first, second):
        return [first, second]

    both = pair(3)
    join(both["first"], both["second"])
