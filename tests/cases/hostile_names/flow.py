import sys
from datetime import datetime

from prefect import flow as prefect_flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE


@task(name="class", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def flow(task):
    return task


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def print_it(x):
    print(x)


@task(name="import", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def import_():
    ShellOperation(commands=["echo '\"\"\"' \"'''\" \\\\ %s {x}"]).run()


@task(name="2nd.task-é", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def task_2nd_task_e(ds):
    ShellOperation(commands=[f'echo ünï {ds} "q"']).run()


@prefect_flow(name="class", description='quotes " and \\ and {{ ds }}', log_prints=True)
def class_(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    logical_date = logical_date or flow_run.scheduled_start_time
    ds = f"{logical_date:%Y-%m-%d}"

    a = import_.submit()
    b = task_2nd_task_e.submit(ds, wait_for=[a])
    c = flow.submit(f"it's\n{ds}", wait_for=[a])
    task_run_2 = print_it.with_options(name="task").submit("x", wait_for=[b, c])
    print_ = print_it.with_options(name="print").submit("y", wait_for=[task_run_2])
    same = print_it.with_options(name="flow").submit("z", wait_for=[print_])
    return [same]


if __name__ == "__main__":
    sys.exit(not class_(return_state=True).is_completed())
