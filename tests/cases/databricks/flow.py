"""Databricks, as Airflow 1.10 asks it."""
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_databricks import run_job, submit_run
from airflow_resume import SAME_DATE

new_cluster = {'spark_version': '2.1.0-db3-scala2.11', 'node_type_id': 'r3.xlarge', 'num_workers': 8}


@task(name="tell", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def tell():
    print(None)


@task(name="notebook", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def notebook(ds):
    submit_run(
        credentials="databricks-default",
        version="2.0",
        json={
            "new_cluster": {"spark_version": "2.1.0-db3-scala2.11", "node_type_id": "r3.xlarge", "num_workers": 8},
            "notebook_task": {"notebook_path": f"/Users/me/{ds}"},
        },
    )


@task(name="jar", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def jar(ds):
    submit_run(
        credentials="databricks-default",
        version="2.0",
        new_cluster=new_cluster,
        spark_jar_task={"main_class_name": "com.example.ProcessData"},
        libraries=[{"jar": "dbfs:/lib/etl-0.1.jar"}],
        run_name=f"jar of {ds}",
        timeout_seconds=600,
        polling_period_seconds=10,
    )


@task(name="job", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def job(ds):
    run_job(credentials="databricks-default", version="2.0", job_id=42, notebook_params={"day": ds})


@flow(name="databricks", log_prints=True)
def databricks(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    notebook(ds)
    jar(ds)
    job(ds)
    tell()


if __name__ == "__main__":
    databricks()
