"""BigQuery: loads, extracts, copies, checks, tables, by operators of 1.10 and of the provider."""
import json
from datetime import datetime, timedelta

from google.cloud.bigquery import (
    CopyJobConfig, ExternalConfig, ExtractJobConfig, LoadJobConfig, SchemaField, Table, TableReference, TimePartitioning
)
from prefect import flow, task
from prefect.runtime import flow_run
from prefect_gcp import GcpCredentials

from airflow_bigquery import BigQueryHook
from airflow_checks import check_interval, check_row
from airflow_resume import SAME_DATE
from airflow_sensors import wait_until

DATASET = "ds"
SCHEMA = [{"name": "a", "type": "STRING"}]


@task(name="a", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def a(ds):
    client = GcpCredentials.load("google-cloud-default").get_bigquery_client()
    uris = [f"gs://b/x/{ds}/*.csv"]
    target = TableReference.from_string(f"{DATASET}.t", client.project)
    config = LoadJobConfig(
        source_format="CSV", autodetect=True, schema=SCHEMA, write_disposition="WRITE_TRUNCATE", skip_leading_rows=1
    )
    client.load_table_from_uri(uris, target, job_config=config).result()


@task(name="b", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def b(ds, ds_nodash):
    client = GcpCredentials.load("google-cloud-default").get_bigquery_client()
    uris = [f"gs://b/x/{ds}/*.csv"]
    fields = json.loads(
        GcpCredentials.load("google-cloud-default").get_cloud_storage_client().bucket(
            "b"
        ).blob("s.json").download_as_bytes()
    )
    target = TableReference.from_string(f"my-project.ds.t${ds_nodash}", client.project)
    config = LoadJobConfig(
        source_format="NEWLINE_DELIMITED_JSON",
        autodetect=True,
        schema=fields,
        write_disposition="WRITE_EMPTY",
        time_partitioning=TimePartitioning(type_="DAY"),
    )
    client.load_table_from_uri(uris, target, job_config=config).result()


@task(name="c", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def c():
    client = GcpCredentials.load("x").get_bigquery_client()
    config = ExtractJobConfig(destination_format="CSV", field_delimiter=",", print_header=True)
    source = TableReference.from_string("a.b.c", client.project)
    client.extract_table(source, ["gs://x/*.csv"], job_config=config).result()


@task(name="d", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def d(ds):
    hook = BigQueryHook("google_cloud_default", use_legacy_sql=False)
    check_row(hook.get_first(f"select count(*) from x where d = '{ds}'"))


@task(name="e", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def e(ds):
    hook = BigQueryHook("google_cloud_default", use_legacy_sql=False)
    check_interval(hook, "x", {"COUNT(*)": 1.5}, ds, days_back=1)


@task(name="f", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def f():
    client = GcpCredentials.load("google-cloud-default").get_bigquery_client()
    config = ExternalConfig("CSV")
    config.source_uris = ["gs://b/a.csv"]
    config.csv_options.skip_leading_rows = 1
    table = Table(TableReference.from_string(f"{DATASET}.ext", client.project), schema=SCHEMA)
    table.external_data_configuration = config
    client.create_table(table, exists_ok=True)


@task(name="g", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def g_g():
    client = GcpCredentials.load("google-cloud-default").get_bigquery_client()
    table = Table(f"{client.project}.{DATASET}.t")
    fields = [SchemaField(name, "") for name in "value,name".split(",")]
    rows = client.list_rows(table, selected_fields=fields, max_results=10)
    return [row.values() for row in rows]


@task(name="h", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def h():
    client = GcpCredentials.load("google-cloud-default").get_bigquery_client()
    reference = {"projectId": client.project, "datasetId": DATASET, "tableId": "t"}
    table = Table.from_api_repr({"tableReference": reference, "friendlyName": "x"})
    return client.update_table(table, ["friendlyName"]).to_api_repr()


@task(name="i", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def i():
    client = GcpCredentials.load("google-cloud-default").get_bigquery_client()
    sources = [TableReference.from_string(f"{DATASET}.t", client.project)]
    target = TableReference.from_string("x.y", client.project)
    config = CopyJobConfig(write_disposition="WRITE_EMPTY", create_disposition="CREATE_IF_NEEDED")
    client.copy_table(sources, target, job_config=config).result()


@task(name="j", cache_policy=SAME_DATE)
def j(ds_nodash):
    hook = BigQueryHook("google_cloud_default")
    wait_until(lambda: hook.table_exists("d", f"t_{ds_nodash}", "p"), poke_interval=10)


@task(name="k", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def k():
    table_resource = {"tableReference": {"tableId": "x"}, "expirationTime": 1}
    client = GcpCredentials.load("google-cloud-default").get_bigquery_client()
    reference = {
        "projectId": client.project, "datasetId": DATASET, "tableId": table_resource["tableReference"]["tableId"]
    }
    table = Table.from_api_repr({**table_resource, "tableReference": reference})
    if any(each.table_id == table.table_id for each in client.list_tables(f"{client.project}.{DATASET}")):
        client.update_table(table, list(table_resource))
    else:
        client.create_table(table)


@flow(name="g")
def g(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"
    ds_nodash = f"{logical_date:%Y%m%d}"

    a(ds)
    b(ds, ds_nodash)
    c()
    d(ds)
    e(ds)
    f()
    g_g()
    h()
    i()
    j(ds_nodash)
    k()


if __name__ == "__main__":
    g()
