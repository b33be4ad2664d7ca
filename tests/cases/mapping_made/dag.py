"""What `.map` and `.zip` make of what tasks return is not converted: the tasks raise, in their place. Values in a loop are."""
from datetime import datetime

from airflow import DAG
from airflow.decorators import task

with DAG("mapping_made", schedule=None, start_date=datetime(2024, 1, 1)) as dag:

    @task
    def give():
        return [1, 2]

    @task
    def keep(value):
        return value

    keep.expand(value=give().map(lambda value: value + 1))
    keep.expand(value=give().zip(give()))
    for number in range(2):
        keep.override(task_id=f"keep_{number}").expand(value=[number, number + 1])
