"""Spark, as Airflow 2 submits to it."""
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_resume import SAME_DATE
from airflow_spark import spark_sql, spark_submit


@task(name="plain", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def plain(ds):
    spark_submit(application=f"jobs/{ds}.py", deploy_mode="client", yarn_queue="etl", name="arrow-spark")


@task(name="other", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def other():
    spark_submit(application="x.py", properties_file="/etc/spark.conf", name="x", conn_id="spark_local")


@task(name="query", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def query():
    spark_sql(sql="SELECT 1", conf={"a": 1}, conn_id="spark_local")


@flow(name="spark_2")
def spark_2(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    plain(ds)
    other()
    query()


if __name__ == "__main__":
    spark_2()
