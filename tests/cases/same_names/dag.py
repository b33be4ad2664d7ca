"""Functions of one name, one after the other: each task has its own."""
from datetime import datetime
from airflow import DAG
from airflow.decorators import task, task_group
from airflow.utils.task_group import TaskGroup

with DAG("twins", schedule="@daily", start_date=datetime(2024, 1, 1), catchup=False) as dag:
    with TaskGroup("orders") as orders:
        @task
        def extract():
            return [1]

        @task
        def load(rows):
            return sum(rows)

        load(extract())

    with TaskGroup("items") as items:
        # other rows
        @task
        def extract(n=2):
            return [n, n]

        @task(task_id="load")
        def load(rows):
            return len(rows)

        load(extract())
    orders >> items

    @task_group(group_id="users")
    def users():
        @task
        def extract(**kwargs):
            return "users"

        extract()

    items >> users()
