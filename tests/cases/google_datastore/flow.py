"""Datastore of Google Cloud: each operator with what it must have, and with more."""
import sys
from datetime import datetime, timedelta

from googleapiclient.discovery import build
from prefect import flow, task
from prefect.runtime import flow_run
from prefect_gcp import GcpCredentials

from airflow_google import wait_for_datastore
from airflow_resume import SAME_DATE


@task(
    name="cloud_datastore_allocate_ids",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_datastore_allocate_ids():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "datastore", "v1", credentials=gcp_credentials.get_credentials_from_service_account(), cache_discovery=False
    )
    response = service.projects().allocateIds(
        projectId=gcp_credentials.project, body={"keys": [{"path": [{"kind": "a"}]}]}
    ).execute(num_retries=5)
    return response["keys"]


@task(
    name="cloud_datastore_allocate_ids_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_datastore_allocate_ids_all():
    service = build(
        "datastore",
        "v1",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    response = service.projects().allocateIds(
        projectId="the-project-id", body={"keys": [{"path": [{"kind": "a"}]}]}
    ).execute(num_retries=5)
    return response["keys"]


@task(
    name="cloud_datastore_begin_transaction",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_datastore_begin_transaction():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "datastore", "v1", credentials=gcp_credentials.get_credentials_from_service_account(), cache_discovery=False
    )
    body = {"transactionOptions": {"readWrite": {}}}
    response = service.projects().beginTransaction(projectId=gcp_credentials.project, body=body).execute(num_retries=5)
    return response["transaction"]


@task(
    name="cloud_datastore_begin_transaction_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_datastore_begin_transaction_all():
    service = build(
        "datastore",
        "v1",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    body = {"transactionOptions": {"readWrite": {}}}
    response = service.projects().beginTransaction(projectId="the-project-id", body=body).execute(num_retries=5)
    return response["transaction"]


@task(
    name="cloud_datastore_commit",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_datastore_commit(ds):
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "datastore", "v1", credentials=gcp_credentials.get_credentials_from_service_account(), cache_discovery=False
    )
    return service.projects().commit(projectId=gcp_credentials.project, body={"name": ds}).execute(num_retries=5)


@task(
    name="cloud_datastore_commit_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_datastore_commit_all(ds):
    service = build(
        "datastore",
        "v1",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    return service.projects().commit(projectId="the-project-id", body={"name": ds}).execute(num_retries=5)


@task(
    name="cloud_datastore_rollback",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_datastore_rollback():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "datastore", "v1", credentials=gcp_credentials.get_credentials_from_service_account(), cache_discovery=False
    )
    service.projects().rollback(
        projectId=gcp_credentials.project, body={"transaction": "the-transaction"}
    ).execute(num_retries=5)


@task(
    name="cloud_datastore_rollback_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_datastore_rollback_all():
    service = build(
        "datastore",
        "v1",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    service.projects().rollback(
        projectId="the-project-id", body={"transaction": "the-transaction"}
    ).execute(num_retries=5)


@task(
    name="cloud_datastore_run_query",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_datastore_run_query(ds):
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "datastore", "v1", credentials=gcp_credentials.get_credentials_from_service_account(), cache_discovery=False
    )
    return service.projects().runQuery(
        projectId=gcp_credentials.project, body={"name": ds}
    ).execute(num_retries=5)["batch"]


@task(
    name="cloud_datastore_run_query_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_datastore_run_query_all(ds):
    service = build(
        "datastore",
        "v1",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    return service.projects().runQuery(projectId="the-project-id", body={"name": ds}).execute(num_retries=5)["batch"]


@task(
    name="cloud_datastore_export_entities",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_datastore_export_entities():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "datastore", "v1", credentials=gcp_credentials.get_credentials_from_service_account(), cache_discovery=False
    )
    body = {"outputUrlPrefix": "gs://the-bucket", "entityFilter": {}, "labels": {}}
    operation = service.projects().export(projectId=gcp_credentials.project, body=body).execute(num_retries=5)
    return wait_for_datastore(service, operation, 10)


@task(
    name="cloud_datastore_export_entities_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_datastore_export_entities_all():
    for blob in GcpCredentials.load("the-cloud-storage-conn-id").get_cloud_storage_client().list_blobs(
        "the-bucket", prefix="the-namespace"
    ):
        blob.delete()
    service = build(
        "datastore",
        "v1",
        credentials=GcpCredentials.load("the-datastore-conn-id").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    body = {"outputUrlPrefix": "gs://the-bucket/the-namespace", "entityFilter": {}, "labels": {"a": "b"}}
    operation = service.projects().export(projectId="the-project-id", body=body).execute(num_retries=5)
    return wait_for_datastore(service, operation, 10)


@task(
    name="cloud_datastore_import_entities",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_datastore_import_entities():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "datastore", "v1", credentials=gcp_credentials.get_credentials_from_service_account(), cache_discovery=False
    )
    body = {"inputUrl": "gs://the-bucket/the-file", "entityFilter": {}, "labels": {}}
    operation = service.projects().import_(projectId=gcp_credentials.project, body=body).execute(num_retries=5)
    return wait_for_datastore(service, operation, 10)


@task(
    name="cloud_datastore_import_entities_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_datastore_import_entities_all():
    service = build(
        "datastore",
        "v1",
        credentials=GcpCredentials.load("the-datastore-conn-id").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    body = {"inputUrl": "gs://the-bucket/the-namespace/the-file", "entityFilter": {}, "labels": {"a": "b"}}
    operation = service.projects().import_(projectId="the-project-id", body=body).execute(num_retries=5)
    return wait_for_datastore(service, operation, 10)


@flow(name="google_datastore")
def google_datastore(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    cloud_datastore_allocate_ids_run = cloud_datastore_allocate_ids.submit()
    cloud_datastore_allocate_ids_all_run = cloud_datastore_allocate_ids_all.submit()
    cloud_datastore_begin_transaction_run = cloud_datastore_begin_transaction.submit()
    cloud_datastore_begin_transaction_all_run = cloud_datastore_begin_transaction_all.submit()
    cloud_datastore_commit_run = cloud_datastore_commit.submit(ds)
    cloud_datastore_commit_all_run = cloud_datastore_commit_all.submit(ds)
    cloud_datastore_rollback_run = cloud_datastore_rollback.submit()
    cloud_datastore_rollback_all_run = cloud_datastore_rollback_all.submit()
    cloud_datastore_run_query_run = cloud_datastore_run_query.submit(ds)
    cloud_datastore_run_query_all_run = cloud_datastore_run_query_all.submit(ds)
    cloud_datastore_export_entities_run = cloud_datastore_export_entities.submit()
    cloud_datastore_export_entities_all_run = cloud_datastore_export_entities_all.submit()
    cloud_datastore_import_entities_run = cloud_datastore_import_entities.submit()
    cloud_datastore_import_entities_all_run = cloud_datastore_import_entities_all.submit()
    return [
        cloud_datastore_allocate_ids_run,
        cloud_datastore_allocate_ids_all_run,
        cloud_datastore_begin_transaction_run,
        cloud_datastore_begin_transaction_all_run,
        cloud_datastore_commit_run,
        cloud_datastore_commit_all_run,
        cloud_datastore_rollback_run,
        cloud_datastore_rollback_all_run,
        cloud_datastore_run_query_run,
        cloud_datastore_run_query_all_run,
        cloud_datastore_export_entities_run,
        cloud_datastore_export_entities_all_run,
        cloud_datastore_import_entities_run,
        cloud_datastore_import_entities_all_run,
    ]


if __name__ == "__main__":
    sys.exit(not google_datastore(return_state=True).is_completed())
