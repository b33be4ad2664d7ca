"""Tables of databases to Cloud Storage."""
import sys
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_exports import mssql_to_gcs, mysql_to_gcs, oracle_to_gcs, postgres_to_gcs, presto_to_gcs, trino_to_gcs
from airflow_resume import SAME_DATE

BUCKET = "lake"
SCHEMA = [{"name": "id", "type": "INTEGER"}, {"name": "day", "type": "DATE"}, {"name": "bits", "type": "INTEGER"}]


@task(name="postgres", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def postgres(ds, ds_nodash):
    return postgres_to_gcs(
        sql=f"SELECT * FROM t WHERE day = '{ds}'",
        bucket=BUCKET,
        filename=f"t/{ds_nodash}/{{}}.json",
        schema_filename="t/schema.json",
        gzip=False,
        parameters={"a": 1},
    )


@task(name="parts", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def parts():
    return postgres_to_gcs(
        sql="SELECT * FROM t ORDER BY day",
        bucket=BUCKET,
        filename="t/part_{}.csv",
        export_format="CSV",
        partition_columns=["day"],
        field_delimiter="|",
        null_marker="NULL",
        upload_metadata=True,
        postgres_conn_id="shop",
        gcp_conn_id="lake",
    )


@task(name="by_cursor", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def by_cursor():
    return postgres_to_gcs(
        sql="SELECT * FROM t",
        bucket=BUCKET,
        filename="t.json",
        use_server_side_cursor=True,
        stringify_dict=True,
        cursor_itersize=1,
        schema_filename="s.json",
    )


@task(name="empty", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def empty():
    return postgres_to_gcs(sql="SELECT nothing", bucket=BUCKET, filename="none.json")


@task(name="still", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def still():
    return postgres_to_gcs(
        sql="SELECT nothing", bucket=BUCKET, filename="none.csv", export_format="csv", write_on_empty=True
    )


@task(name="mysql", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def mysql():
    return mysql_to_gcs(
        sql="SELECT * FROM t",
        bucket=BUCKET,
        filename="my-{}.json",
        schema_filename="my.json",
        ensure_utc=True,
        approx_max_file_size_bytes=10,
    )


@task(name="typed", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def typed():
    return mysql_to_gcs(sql="SELECT * FROM t", bucket=BUCKET, filename="my.csv", schema=SCHEMA, export_format="csv")


@task(name="mssql", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def mssql():
    return mssql_to_gcs(
        sql="SELECT * FROM t", bucket=BUCKET, filename="ms.json", schema_filename="ms-schema.json", bit_fields=["bit"]
    )


@task(name="oracle", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def oracle():
    return oracle_to_gcs(sql="SELECT * FROM t", bucket=BUCKET, filename="o.json", schema_filename="o-schema.json")


@task(name="presto", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def presto():
    return presto_to_gcs(sql="SELECT * FROM t", bucket=BUCKET, filename="p.json", schema_filename="p-schema.json")


@task(name="trino", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def trino():
    return trino_to_gcs(
        sql="SELECT * FROM t", bucket=BUCKET, filename="t.json", schema=SCHEMA, schema_filename="t-schema.json"
    )


@flow(name="exports")
def exports(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"
    ds_nodash = f"{logical_date:%Y%m%d}"

    postgres_run = postgres.submit(ds, ds_nodash)
    parts_run = parts.submit(wait_for=[postgres_run])
    by_cursor_run = by_cursor.submit(wait_for=[postgres_run])
    empty_run = empty.submit(wait_for=[postgres_run])
    still_run = still.submit(wait_for=[postgres_run])
    mysql_run = mysql.submit(wait_for=[postgres_run])
    typed_run = typed.submit(wait_for=[postgres_run])
    mssql_run = mssql.submit(wait_for=[postgres_run])
    oracle_run = oracle.submit(wait_for=[postgres_run])
    presto_run = presto.submit(wait_for=[postgres_run])
    trino_run = trino.submit(wait_for=[postgres_run])
    return [parts_run, by_cursor_run, empty_run, still_run, mysql_run, typed_run, mssql_run, oracle_run, presto_run, trino_run]


if __name__ == "__main__":
    sys.exit(not exports(return_state=True).is_completed())
