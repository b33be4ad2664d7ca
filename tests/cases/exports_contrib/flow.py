"""Tables of databases to Cloud Storage, as Airflow 1.10 has it."""
import sys
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_contrib_exports import export_mssql, export_mysql, export_postgres
from airflow_resume import SAME_DATE

BUCKET = "lake"
SCHEMA = [{"name": "id", "type": "INTEGER"}, {"name": "blob", "type": "BYTES"}, {"name": "bits", "type": "INTEGER"}]


@task(name="postgres", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def postgres(ds, ds_nodash):
    export_postgres(
        sql=f"SELECT id, at, day, clock FROM t WHERE day = '{ds}'",
        bucket=BUCKET,
        filename=f"t/{ds_nodash}/{{}}.json",
        schema_filename="t/schema.json",
        gzip=True,
        parameters={"a": 1},
    )


@task(name="parts", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def parts():
    export_postgres(
        sql="SELECT * FROM t",
        bucket=BUCKET,
        filename="t/part_{}.csv",
        export_format="CSV",
        approx_max_file_size_bytes=60,
        field_delimiter="|",
        postgres_conn_id="shop",
        gzip=True,
        google_cloud_storage_conn_id="lake",
    )


@task(name="empty", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def empty():
    export_postgres(sql="SELECT nothing", bucket=BUCKET, filename="none.json")


@task(name="mysql", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def mysql():
    export_mysql(
        sql="SELECT * FROM t",
        bucket=BUCKET,
        filename="my-{}.csv",
        schema_filename="my.json",
        ensure_utc=True,
        approx_max_file_size_bytes=10,
        export_format="csv",
    )


@task(name="typed", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def typed():
    export_mysql(sql="SELECT blob", bucket=BUCKET, filename="my.json", schema=SCHEMA)


@task(name="mssql", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def mssql():
    export_mssql(sql="SELECT id", bucket=BUCKET, filename="ms.json", schema_filename="ms-schema.json")


@flow(name="exports")
def exports(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"
    ds_nodash = f"{logical_date:%Y%m%d}"

    postgres_run = postgres.submit(ds, ds_nodash)
    parts_run = parts.submit(wait_for=[postgres_run])
    empty_run = empty.submit(wait_for=[postgres_run])
    mysql_run = mysql.submit(wait_for=[postgres_run])
    typed_run = typed.submit(wait_for=[postgres_run])
    mssql_run = mssql.submit(wait_for=[postgres_run])
    return [parts_run, empty_run, mysql_run, typed_run, mssql_run]


if __name__ == "__main__":
    sys.exit(not exports(return_state=True).is_completed())
