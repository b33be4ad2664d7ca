"""Hive, Pig and Sqoop."""
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_hadoop import run_hive, run_pig, run_sqoop
from airflow_resume import SAME_DATE


@task(name="load", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def load(ds):
    run_hive(hql=f"LOAD DATA INPATH '/in/{ds}' INTO TABLE t", mapred_job_name=f"load_{ds}")


@task(name="query", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def query(ds):
    run_hive(
        hql="SELECT 1;",
        hive_cli_conn_id="hive_plain",
        schema="other",
        hiveconfs={"hive.exec.dynamic.partition": "true", "day": ds},
        mapred_queue="etl",
        mapred_queue_priority="high",
        mapred_job_name="q",
    )


@task(name="translated")
def translated():
    # HiveOperator(task_id='translated', hql='SELECT ${day}', hiveconf_jinja_translate=True, dag=dag)
    raise NotImplementedError("A2P220: HiveOperator(hiveconf_jinja_translate=...) changes what the task does and cannot be carried over")


@task(name="script", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def script(ds):
    run_pig(pig=f"ls /{ds};", pig_opts="-x local")


@task(name="imports", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def imports(ds):
    run_sqoop(
        table="sales",
        target_dir=f"/in/{ds}",
        num_mappers=2,
        where=f"day = '{ds}'",
        split_by="id",
        file_type="parquet",
        properties={"a": "b"},
        extra_import_options={"delete-target-dir": "", "fetch-size": 10},
    )


@task(name="asks", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def asks():
    run_sqoop(query="SELECT 1", target_dir="/x", append=True, direct=True, driver="d", hcatalog_table="h")


@task(name="exports", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def exports():
    run_sqoop(
        cmd_type="export",
        table="sales",
        export_dir="/out",
        input_null_string="N",
        staging_table="s",
        clear_staging_table=True,
        enclosed_by='"',
        batch=True,
        relaxed_isolation=True,
    )


@flow(name="hadoop")
def hadoop(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    load(ds)
    query(ds)
    translated()
    script(ds)
    imports(ds)
    asks()
    exports()


if __name__ == "__main__":
    hadoop()
