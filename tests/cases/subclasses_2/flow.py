"""Classes that derive from EmptyOperator: Airflow 2 takes them for done, unless somebody is to be called."""
import sys
from datetime import datetime

from prefect import flow, task

from airflow_resume import SAME_DATE
from airflow_rules import Skip, submit


class EmptySkipOperator:
    def execute(self):
        raise Skip


def tell(task, task_run, state):
    print('done')


@task(name="passed_over")
def passed_over():
    pass


@task(
    name="runs",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
    on_completion=[tell],
)
def runs():
    return EmptySkipOperator().execute()


@task(name="first")
def first():
    pass


@task(name="second")
def second():
    pass


@flow(name="subclasses_2", log_prints=True)
def subclasses_2(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    passed_over_run = passed_over.submit()
    runs_run = submit(runs)
    first_run = first.submit(wait_for=[passed_over_run])
    second_run = submit(second, after=[runs_run])
    return [first_run, second_run]


if __name__ == "__main__":
    sys.exit(not subclasses_2(return_state=True).is_completed())
