"""Databricks, as Airflow 2 asks it."""
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_databricks import run_job, submit_run
from airflow_resume import SAME_DATE


@task(name="tasks", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def tasks():
    submit_run(
        credentials="databricks-default",
        tasks=[
            {"task_key": "a", "notebook_task": {"notebook_path": "/x"}, "max_retries": 2, "existing_cluster_id": "1"}
        ],
    )


@task(name="job", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def job(ds):
    run_job(credentials="databricks-default", job_id=7, job_parameters={"day": ds})


@task(name="named", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def named(ds):
    run_job(credentials="databricks-default", job_name="nightly", python_params=[ds], wait_for_termination=False)


@task(name="repaired")
def repaired():
    # DatabricksRunNowOperator(task_id="repaired", job_id=7, repair_run=True)
    raise NotImplementedError("A2P220: DatabricksRunNowOperator(repair_run=...) changes what the task does and cannot be carried over")


@flow(name="databricks_2")
def databricks_2(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    tasks()
    job(ds)
    named(ds)
    repaired()


if __name__ == "__main__":
    databricks_2()
