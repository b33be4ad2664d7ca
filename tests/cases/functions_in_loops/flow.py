from datetime import datetime

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_resume import SAME_DATE


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def step(number, ds):
    print('step', number, ds)
    return number


@flow(name="g2", log_prints=True)
def g2(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    logical_date = logical_date or flow_run.scheduled_start_time
    ds = f"{logical_date:%Y-%m-%d}"

    step.with_options(name="step_0")(0, ds)
    step.with_options(name="step_1")(1, ds)
    t = step.with_options(name="step_2")(2, ds)
    return t


if __name__ == "__main__":
    g2()
