"""Spark, as Airflow 1.10 submits to it."""
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_resume import SAME_DATE
from airflow_spark import spark_sql, spark_submit

conf = {'spark.yarn.maxAppAttempts': 1, 'spark.date': '{{ ds }}'}


@task(name="plain", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def plain(ds):
    spark_submit(application=f"jobs/{ds}.py", name="airflow-spark")


@task(name="full", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def full(ds):
    spark_submit(
        application="/jobs/etl.jar",
        conf={"spark.yarn.maxAppAttempts": 1, "spark.date": ds},
        conn_id="spark_k8s",
        files="a.csv,b.csv",
        py_files="lib.zip",
        archives="x.tgz",
        driver_class_path="/opt/jars",
        jars="a.jar",
        java_class="com.acme.Main",
        packages="org:pkg:1",
        exclude_packages="org:bad",
        repositories="https://repo",
        total_executor_cores=4,
        executor_cores=2,
        executor_memory="2g",
        driver_memory="1g",
        keytab="/key",
        principal="me@ACME",
        proxy_user="you",
        name=f"etl-{ds}",
        num_executors=3,
        application_args=["--date", ds, "--password", "x"],
        env_vars={"A": "1"},
        verbose=True,
    )


@task(name="local", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def local():
    spark_submit(
        application="x.py",
        conn_id="spark_local",
        env_vars={"HADOOP_HOME": "/hadoop"},
        spark_binary="spark3-submit",
        name="airflow-spark",
    )


@task(name="unknown", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def unknown():
    spark_submit(application="x.py", conn_id="nowhere", env_vars={"A": 1}, name="airflow-spark")


@task(name="query", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def query(ds):
    spark_sql(sql=f'SELECT * FROM t WHERE day = "{ds}"', master="local", conf="a=1,b=2")


@task(name="file", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def file():
    spark_sql(sql="SELECT 1", num_executors=2, executor_cores=1, name="q", verbose=False, yarn_queue="etl")


@flow(name="spark")
def spark(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    plain(ds)
    full(ds)
    local()
    unknown()
    query(ds)
    file()


if __name__ == "__main__":
    spark()
