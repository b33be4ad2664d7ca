"""BigQuery, by the operators of the provider and those of 1.10."""
from datetime import datetime, timedelta

from google.cloud.bigquery import QueryJobConfig, Table
from prefect import flow, task
from prefect.runtime import flow_run
from prefect_gcp import GcpCredentials

from airflow_resume import SAME_DATE

DATASET = 'pets'
SCHEMA = [{'name': 'name', 'type': 'STRING', 'mode': 'REQUIRED'}, {'name': 'born', 'type': 'DATE'}]


@task(name="make", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def make():
    GcpCredentials.load("lake").get_bigquery_client(location="EU").create_dataset(DATASET, exists_ok=True)


@task(name="table", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def table(ds_nodash):
    client = GcpCredentials.load("google-cloud-default").get_bigquery_client()
    table_ = Table.from_api_repr(
        {
            "tableReference": {"projectId": client.project, "datasetId": DATASET, "tableId": f"cats_{ds_nodash}"},
            "schema": {"fields": SCHEMA},
            "timePartitioning": {"type": "DAY", "field": "born"},
        }
    )
    client.create_table(table_, exists_ok=True)


@task(name="view", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def view(ds):
    client = GcpCredentials.load("google-cloud-default").get_bigquery_client(project="zoo")
    table = Table.from_api_repr(
        {
            "tableReference": {"projectId": client.project, "datasetId": DATASET, "tableId": "young"},
            "view": {"query": f"SELECT * FROM `pets.cats` WHERE born > '{ds}'", "useLegacySql": False},
        }
    )
    client.create_table(table, exists_ok=True)


@task(name="job", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def job(ds):
    job_ = GcpCredentials.load("google-cloud-default").get_bigquery_client(location="EU").create_job(
        {"query": {"query": f"INSERT pets.cats VALUES ('Tom', '{ds}')", "useLegacySql": False}}
    )
    job_.result()
    return job_.job_id


@task(name="query", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def query(yesterday_ds):
    client = GcpCredentials.load("lake").get_bigquery_client()
    config = QueryJobConfig(
        use_legacy_sql=False,
        destination=f"{client.project}.pets.old",
        create_disposition="CREATE_IF_NEEDED",
        write_disposition="WRITE_TRUNCATE",
        priority="BATCH",
    )
    job = client.query(f"SELECT * FROM pets.cats WHERE born < '{yesterday_ds}'", job_config=config)
    job.result()


@task(name="legacy", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def legacy():
    client = GcpCredentials.load("bigquery-default").get_bigquery_client()
    config = QueryJobConfig(use_legacy_sql=True)
    job = client.query("SELECT 1", job_config=config)
    job.result()


@task(name="several", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def several():
    client = GcpCredentials.load("bigquery-default").get_bigquery_client()
    config = QueryJobConfig(use_legacy_sql=True)
    jobs = []
    for statement in ["SELECT 1", "SELECT 2"]:
        job = client.query(statement, job_config=config)
        job.result()
        jobs.append(job.job_id)


@task(name="drop", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def drop():
    GcpCredentials.load("bigquery-default").get_bigquery_client().delete_table("zoo.pets.old", not_found_ok=True)


@task(name="clear", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def clear():
    GcpCredentials.load("google-cloud-default").get_bigquery_client().delete_dataset(
        DATASET, delete_contents=True, not_found_ok=True
    )


@flow(name="bigquery")
def bigquery(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds_nodash = f"{logical_date:%Y%m%d}"
    ds = f"{logical_date:%Y-%m-%d}"
    yesterday_ds = f"{logical_date - timedelta(days=1):%Y-%m-%d}"

    make()
    table(ds_nodash)
    view(ds)
    job(ds)
    query(yesterday_ds)
    legacy()
    several()
    drop()
    clear()


if __name__ == "__main__":
    bigquery()
