"""Keys and task ids that are constants of the module."""
from datetime import datetime

from prefect import flow, task

from airflow_context import TaskInstance
from airflow_resume import SAME_DATE

COUNT_KEY = 'row_count'

label = 'here'


@task(name="count_rows", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def count_rows():
    xcoms = {}
    xcoms[COUNT_KEY] = 3
    return xcoms


@task(name="tell", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def tell(count_rows):
    print(count_rows["row_count"])


@task(name="tell_again", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def tell_again(count_rows):
    ti = TaskInstance({"count_rows": count_rows})
    label = 'count_rows'
    print(ti.xcom_pull(task_ids=label, key=COUNT_KEY))


@flow(name="constants", log_prints=True)
def constants(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    counted = count_rows()
    tell(counted)
    tell_again(counted)


if __name__ == "__main__":
    constants()
