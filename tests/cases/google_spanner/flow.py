"""Spanner of Google Cloud: each operator with what it must have, and with more."""
import sys
from datetime import datetime

from google.api_core.exceptions import AlreadyExists
from google.cloud.spanner_v1 import Client
from prefect import flow, task
from prefect_gcp import GcpCredentials

from airflow_resume import SAME_DATE


@task(
    name="spanner_deploy_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def spanner_deploy_instance():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = Client(project=gcp_credentials.project, credentials=gcp_credentials.get_credentials_from_service_account())
    instance = client.instance(
        "the-instance-id",
        configuration_name=f"projects/{gcp_credentials.project}/instanceConfigs/the-configuration-name",
        node_count=int(3),
        display_name="the-display-name",
    )
    if client.instance("the-instance-id").exists():
        instance.update().result()
    else:
        instance.create().result()


@task(
    name="spanner_deploy_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def spanner_deploy_instance_all():
    client = Client(
        project="the-project-id",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
    )
    instance = client.instance(
        "the-instance-id",
        configuration_name="projects/the-project-id/instanceConfigs/the-configuration-name",
        node_count=int(3),
        display_name="the-display-name",
    )
    if client.instance("the-instance-id").exists():
        instance.update().result()
    else:
        instance.create().result()


@task(
    name="spanner_delete_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def spanner_delete_instance():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = Client(project=gcp_credentials.project, credentials=gcp_credentials.get_credentials_from_service_account())
    if not client.instance("the-instance-id").exists():
        return True
    client.instance("the-instance-id").delete()


@task(
    name="spanner_delete_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def spanner_delete_instance_all():
    client = Client(
        project="the-project-id",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
    )
    if not client.instance("the-instance-id").exists():
        return True
    client.instance("the-instance-id").delete()


@task(
    name="spanner_query_database_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def spanner_query_database_instance():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    database = Client(
        project=gcp_credentials.project, credentials=gcp_credentials.get_credentials_from_service_account()
    ).instance("the-instance-id").database("the-database-id")
    statements = [part.strip() for part in "INSERT INTO a; UPDATE b".split(";") if part.strip()]
    database.run_in_transaction(lambda transaction: [transaction.execute_update(statement) for statement in statements])


@task(
    name="spanner_query_database_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def spanner_query_database_instance_all():
    database = Client(
        project="the-project-id",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
    ).instance("the-instance-id").database("the-database-id")
    statements = [part.strip() for part in "INSERT INTO a; UPDATE b".split(";") if part.strip()]
    database.run_in_transaction(lambda transaction: [transaction.execute_update(statement) for statement in statements])


@task(
    name="spanner_deploy_database_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def spanner_deploy_database_instance():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    instance = Client(
        project=gcp_credentials.project, credentials=gcp_credentials.get_credentials_from_service_account()
    ).instance("the-instance-id")
    if not instance.exists():
        raise RuntimeError("the instance the-instance-id does not exist")
    if instance.database("the-database-id").exists():
        return True
    instance.database("the-database-id", ddl_statements=["CREATE TABLE a"]).create().result()


@task(
    name="spanner_deploy_database_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def spanner_deploy_database_instance_all():
    instance = Client(
        project="the-project-id",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
    ).instance("the-instance-id")
    if not instance.exists():
        raise RuntimeError("the instance the-instance-id does not exist")
    if instance.database("the-database-id").exists():
        return True
    instance.database("the-database-id", ddl_statements=["CREATE TABLE a"]).create().result()


@task(
    name="spanner_update_database_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def spanner_update_database_instance():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    instance = Client(
        project=gcp_credentials.project, credentials=gcp_credentials.get_credentials_from_service_account()
    ).instance("the-instance-id")
    database = instance.database("the-database-id")
    if not instance.exists() or not database.exists():
        raise RuntimeError("the database the-database-id does not exist in the instance the-instance-id")
    database.update_ddl(["CREATE TABLE a"]).result()


@task(
    name="spanner_update_database_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def spanner_update_database_instance_all():
    instance = Client(
        project="the-project-id",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
    ).instance("the-instance-id")
    database = instance.database("the-database-id")
    if not instance.exists() or not database.exists():
        raise RuntimeError("the database the-database-id does not exist in the instance the-instance-id")
    try:
        database.update_ddl(["CREATE TABLE a"], operation_id="the-operation-id").result()
    except AlreadyExists as error:
        if "the-operation-id" not in error.message:
            raise


@task(
    name="spanner_delete_database_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def spanner_delete_database_instance():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    instance = Client(
        project=gcp_credentials.project, credentials=gcp_credentials.get_credentials_from_service_account()
    ).instance("the-instance-id")
    if not instance.exists():
        raise RuntimeError("the instance the-instance-id does not exist")
    database = instance.database("the-database-id")
    if database.exists():
        database.drop()
    return True


@task(
    name="spanner_delete_database_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def spanner_delete_database_instance_all():
    instance = Client(
        project="the-project-id",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
    ).instance("the-instance-id")
    if not instance.exists():
        raise RuntimeError("the instance the-instance-id does not exist")
    database = instance.database("the-database-id")
    if database.exists():
        database.drop()
    return True


@flow(name="google_spanner")
def google_spanner(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    spanner_deploy_instance_run = spanner_deploy_instance.submit()
    spanner_deploy_instance_all_run = spanner_deploy_instance_all.submit()
    spanner_delete_instance_run = spanner_delete_instance.submit()
    spanner_delete_instance_all_run = spanner_delete_instance_all.submit()
    spanner_query_database_instance_run = spanner_query_database_instance.submit()
    spanner_query_database_instance_all_run = spanner_query_database_instance_all.submit()
    spanner_deploy_database_instance_run = spanner_deploy_database_instance.submit()
    spanner_deploy_database_instance_all_run = spanner_deploy_database_instance_all.submit()
    spanner_update_database_instance_run = spanner_update_database_instance.submit()
    spanner_update_database_instance_all_run = spanner_update_database_instance_all.submit()
    spanner_delete_database_instance_run = spanner_delete_database_instance.submit()
    spanner_delete_database_instance_all_run = spanner_delete_database_instance_all.submit()
    return [
        spanner_deploy_instance_run,
        spanner_deploy_instance_all_run,
        spanner_delete_instance_run,
        spanner_delete_instance_all_run,
        spanner_query_database_instance_run,
        spanner_query_database_instance_all_run,
        spanner_deploy_database_instance_run,
        spanner_deploy_database_instance_all_run,
        spanner_update_database_instance_run,
        spanner_update_database_instance_all_run,
        spanner_delete_database_instance_run,
        spanner_delete_database_instance_all_run,
    ]


if __name__ == "__main__":
    sys.exit(not google_spanner(return_state=True).is_completed())
