"""Sql of Google Cloud: each operator with what it must have, and with more."""
import sys
from datetime import datetime, timedelta

from googleapiclient.discovery import build
from prefect import flow, task
from prefect.runtime import flow_run
from prefect_gcp import GcpCredentials

from airflow_google import exists, wait_for_sql
from airflow_resume import SAME_DATE
from airflow_sql import get_hook


@task(
    name="cloudsql_create_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloudsql_create_instance(ds):
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "sqladmin", "v1beta4", credentials=gcp_credentials.get_credentials_from_service_account(), cache_discovery=False
    )
    if not exists(service.instances().get(project=gcp_credentials.project, instance="the-instance")):
        operation = service.instances().insert(
            project=gcp_credentials.project, body={"name": ds}
        ).execute(num_retries=5)
        wait_for_sql(service, gcp_credentials.project, operation)
    service.instances().get(project=gcp_credentials.project, instance="the-instance").execute(num_retries=5)


@task(
    name="cloudsql_create_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloudsql_create_instance_all(ds):
    service = build(
        "sqladmin",
        "v1beta4",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    if not exists(service.instances().get(project="the-project-id", instance="the-instance")):
        operation = service.instances().insert(project="the-project-id", body={"name": ds}).execute(num_retries=5)
        wait_for_sql(service, "the-project-id", operation)
    service.instances().get(project="the-project-id", instance="the-instance").execute(num_retries=5)


@task(
    name="cloudsql_instance_patch",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloudsql_instance_patch(ds):
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "sqladmin", "v1beta4", credentials=gcp_credentials.get_credentials_from_service_account(), cache_discovery=False
    )
    if not exists(service.instances().get(project=gcp_credentials.project, instance="the-instance")):
        raise RuntimeError("the instance the-instance does not exist")
    operation = service.instances().patch(
        project=gcp_credentials.project, instance="the-instance", body={"name": ds}
    ).execute(num_retries=5)
    wait_for_sql(service, gcp_credentials.project, operation)


@task(
    name="cloudsql_instance_patch_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloudsql_instance_patch_all(ds):
    service = build(
        "sqladmin",
        "v1beta4",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    if not exists(service.instances().get(project="the-project-id", instance="the-instance")):
        raise RuntimeError("the instance the-instance does not exist")
    operation = service.instances().patch(
        project="the-project-id", instance="the-instance", body={"name": ds}
    ).execute(num_retries=5)
    wait_for_sql(service, "the-project-id", operation)


@task(
    name="cloudsql_delete_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloudsql_delete_instance():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "sqladmin", "v1beta4", credentials=gcp_credentials.get_credentials_from_service_account(), cache_discovery=False
    )
    if not exists(service.instances().get(project=gcp_credentials.project, instance="the-instance")):
        return True
    operation = service.instances().delete(
        project=gcp_credentials.project, instance="the-instance"
    ).execute(num_retries=5)
    wait_for_sql(service, gcp_credentials.project, operation)


@task(
    name="cloudsql_delete_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloudsql_delete_instance_all():
    service = build(
        "sqladmin",
        "v1beta4",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    if not exists(service.instances().get(project="the-project-id", instance="the-instance")):
        return True
    operation = service.instances().delete(project="the-project-id", instance="the-instance").execute(num_retries=5)
    wait_for_sql(service, "the-project-id", operation)


@task(
    name="cloudsql_clone_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloudsql_clone_instance():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "sqladmin", "v1beta4", credentials=gcp_credentials.get_credentials_from_service_account(), cache_discovery=False
    )
    if not exists(service.instances().get(project=gcp_credentials.project, instance="the-instance")):
        raise RuntimeError("the instance the-instance does not exist")
    body = {"cloneContext": {"kind": "sql#cloneContext", "destinationInstanceName": "the-destination-instance-name"}}
    operation = service.instances().clone(
        project=gcp_credentials.project, instance="the-instance", body=body
    ).execute(num_retries=5)
    wait_for_sql(service, gcp_credentials.project, operation)


@task(
    name="cloudsql_clone_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloudsql_clone_instance_all():
    service = build(
        "sqladmin",
        "v1beta4",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    if not exists(service.instances().get(project="the-project-id", instance="the-instance")):
        raise RuntimeError("the instance the-instance does not exist")
    body = {"cloneContext": {"kind": "sql#cloneContext", "destinationInstanceName": "the-destination-instance-name"}}
    operation = service.instances().clone(
        project="the-project-id", instance="the-instance", body=body
    ).execute(num_retries=5)
    wait_for_sql(service, "the-project-id", operation)


@task(
    name="cloudsql_create_instance_database",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloudsql_create_instance_database(ds):
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    body = {"name": ds}
    service = build(
        "sqladmin", "v1beta4", credentials=gcp_credentials.get_credentials_from_service_account(), cache_discovery=False
    )
    if exists(service.databases().get(project=gcp_credentials.project, instance="the-instance", database=body["name"])):
        return True
    operation = service.databases().insert(
        project=gcp_credentials.project, instance="the-instance", body=body
    ).execute(num_retries=5)
    wait_for_sql(service, gcp_credentials.project, operation)


@task(
    name="cloudsql_create_instance_database_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloudsql_create_instance_database_all(ds):
    body = {"name": ds}
    service = build(
        "sqladmin",
        "v1beta4",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    if exists(service.databases().get(project="the-project-id", instance="the-instance", database=body["name"])):
        return True
    operation = service.databases().insert(
        project="the-project-id", instance="the-instance", body=body
    ).execute(num_retries=5)
    wait_for_sql(service, "the-project-id", operation)


@task(
    name="cloudsql_patch_instance_database",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloudsql_patch_instance_database(ds):
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "sqladmin", "v1beta4", credentials=gcp_credentials.get_credentials_from_service_account(), cache_discovery=False
    )
    if not exists(service.databases().get(project=gcp_credentials.project, instance="the-instance", database="the-database")):
        raise RuntimeError("the instance the-instance has no database the-database")
    operation = service.databases().patch(
        project=gcp_credentials.project, instance="the-instance", database="the-database", body={"name": ds}
    ).execute(num_retries=5)
    wait_for_sql(service, gcp_credentials.project, operation)


@task(
    name="cloudsql_patch_instance_database_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloudsql_patch_instance_database_all(ds):
    service = build(
        "sqladmin",
        "v1beta4",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    if not exists(service.databases().get(project="the-project-id", instance="the-instance", database="the-database")):
        raise RuntimeError("the instance the-instance has no database the-database")
    operation = service.databases().patch(
        project="the-project-id", instance="the-instance", database="the-database", body={"name": ds}
    ).execute(num_retries=5)
    wait_for_sql(service, "the-project-id", operation)


@task(
    name="cloudsql_delete_instance_database",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloudsql_delete_instance_database():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "sqladmin", "v1beta4", credentials=gcp_credentials.get_credentials_from_service_account(), cache_discovery=False
    )
    if not exists(service.databases().get(project=gcp_credentials.project, instance="the-instance", database="the-database")):
        return True
    operation = service.databases().delete(
        project=gcp_credentials.project, instance="the-instance", database="the-database"
    ).execute(num_retries=5)
    wait_for_sql(service, gcp_credentials.project, operation)


@task(
    name="cloudsql_delete_instance_database_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloudsql_delete_instance_database_all():
    service = build(
        "sqladmin",
        "v1beta4",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    if not exists(service.databases().get(project="the-project-id", instance="the-instance", database="the-database")):
        return True
    operation = service.databases().delete(
        project="the-project-id", instance="the-instance", database="the-database"
    ).execute(num_retries=5)
    wait_for_sql(service, "the-project-id", operation)


@task(
    name="cloudsql_export_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloudsql_export_instance(ds):
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "sqladmin", "v1beta4", credentials=gcp_credentials.get_credentials_from_service_account(), cache_discovery=False
    )
    operation = service.instances().export(
        project=gcp_credentials.project, instance="the-instance", body={"exportContext": {"uri": f"gs://out/{ds}.sql"}}
    ).execute(num_retries=5)
    wait_for_sql(service, gcp_credentials.project, operation)


@task(
    name="cloudsql_export_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloudsql_export_instance_all(ds):
    service = build(
        "sqladmin",
        "v1beta4",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    operation = service.instances().export(
        project="the-project-id", instance="the-instance", body={"exportContext": {"uri": f"gs://out/{ds}.sql"}}
    ).execute(num_retries=5)
    wait_for_sql(service, "the-project-id", operation)


@task(
    name="cloudsql_import_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloudsql_import_instance(ds):
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    service = build(
        "sqladmin", "v1beta4", credentials=gcp_credentials.get_credentials_from_service_account(), cache_discovery=False
    )
    operation = service.instances().import_(
        project=gcp_credentials.project, instance="the-instance", body={"importContext": {"uri": f"gs://in/{ds}.sql"}}
    ).execute(num_retries=5)
    wait_for_sql(service, gcp_credentials.project, operation)


@task(
    name="cloudsql_import_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloudsql_import_instance_all(ds):
    service = build(
        "sqladmin",
        "v1beta4",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        cache_discovery=False,
    )
    operation = service.instances().import_(
        project="the-project-id", instance="the-instance", body={"importContext": {"uri": f"gs://in/{ds}.sql"}}
    ).execute(num_retries=5)
    wait_for_sql(service, "the-project-id", operation)


@task(
    name="cloudsql_execute_query",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloudsql_execute_query():
    get_hook("google_cloud_sql_default").run("the-sql")


@task(
    name="cloudsql_execute_query_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloudsql_execute_query_all():
    get_hook("google_cloud_sql_default").run("the-sql", autocommit=True, parameters="the-parameters")


@flow(name="google_sql")
def google_sql(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    cloudsql_create_instance_run = cloudsql_create_instance.submit(ds)
    cloudsql_create_instance_all_run = cloudsql_create_instance_all.submit(ds)
    cloudsql_instance_patch_run = cloudsql_instance_patch.submit(ds)
    cloudsql_instance_patch_all_run = cloudsql_instance_patch_all.submit(ds)
    cloudsql_delete_instance_run = cloudsql_delete_instance.submit()
    cloudsql_delete_instance_all_run = cloudsql_delete_instance_all.submit()
    cloudsql_clone_instance_run = cloudsql_clone_instance.submit()
    cloudsql_clone_instance_all_run = cloudsql_clone_instance_all.submit()
    cloudsql_create_instance_database_run = cloudsql_create_instance_database.submit(ds)
    cloudsql_create_instance_database_all_run = cloudsql_create_instance_database_all.submit(ds)
    cloudsql_patch_instance_database_run = cloudsql_patch_instance_database.submit(ds)
    cloudsql_patch_instance_database_all_run = cloudsql_patch_instance_database_all.submit(ds)
    cloudsql_delete_instance_database_run = cloudsql_delete_instance_database.submit()
    cloudsql_delete_instance_database_all_run = cloudsql_delete_instance_database_all.submit()
    cloudsql_export_instance_run = cloudsql_export_instance.submit(ds)
    cloudsql_export_instance_all_run = cloudsql_export_instance_all.submit(ds)
    cloudsql_import_instance_run = cloudsql_import_instance.submit(ds)
    cloudsql_import_instance_all_run = cloudsql_import_instance_all.submit(ds)
    cloudsql_execute_query_run = cloudsql_execute_query.submit()
    cloudsql_execute_query_all_run = cloudsql_execute_query_all.submit()
    return [
        cloudsql_create_instance_run,
        cloudsql_create_instance_all_run,
        cloudsql_instance_patch_run,
        cloudsql_instance_patch_all_run,
        cloudsql_delete_instance_run,
        cloudsql_delete_instance_all_run,
        cloudsql_clone_instance_run,
        cloudsql_clone_instance_all_run,
        cloudsql_create_instance_database_run,
        cloudsql_create_instance_database_all_run,
        cloudsql_patch_instance_database_run,
        cloudsql_patch_instance_database_all_run,
        cloudsql_delete_instance_database_run,
        cloudsql_delete_instance_database_all_run,
        cloudsql_export_instance_run,
        cloudsql_export_instance_all_run,
        cloudsql_import_instance_run,
        cloudsql_import_instance_all_run,
        cloudsql_execute_query_run,
        cloudsql_execute_query_all_run,
    ]


if __name__ == "__main__":
    sys.exit(not google_sql(return_state=True).is_completed())
