"""Bigtable of Google Cloud: each operator with what it must have, and with more."""
import sys
from contextlib import suppress
from datetime import datetime

from google.api_core.exceptions import AlreadyExists, NotFound
from google.cloud.bigtable import Client, enums
from prefect import flow, task
from prefect_gcp import GcpCredentials

from airflow_resume import SAME_DATE


@task(
    name="bigtable_create_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def bigtable_create_instance():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = Client(
        project=gcp_credentials.project, credentials=gcp_credentials.get_credentials_from_service_account(), admin=True
    )
    if client.instance("the-instance-id").exists():
        return
    instance = client.instance("the-instance-id")
    clusters = [instance.cluster("the-main-cluster-id", "the-main-cluster-zone")]
    instance.create(clusters=clusters).result(None)


@task(
    name="bigtable_create_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def bigtable_create_instance_all():
    client = Client(
        project="the-project-id",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        admin=True,
    )
    if client.instance("the-instance-id").exists():
        return
    instance = client.instance(
        "the-instance-id",
        display_name="the-instance-display-name",
        instance_type="the-instance-type",
        labels={"a": "b"},
    )
    nodes = 3 if "the-instance-type" != enums.Instance.Type.DEVELOPMENT else None
    clusters = [
        instance.cluster("the-main-cluster-id", "the-main-cluster-zone", serve_nodes=nodes, default_storage_type=1)
    ]
    for replica in [{"id": "r", "zone": "z"}]:
        clusters.append(instance.cluster(replica["id"], replica["zone"], serve_nodes=3, default_storage_type=1))
    instance.create(clusters=clusters).result(5)


@task(
    name="bigtable_update_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def bigtable_update_instance():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = Client(
        project=gcp_credentials.project, credentials=gcp_credentials.get_credentials_from_service_account(), admin=True
    )
    if not client.instance("the-instance-id").exists():
        raise RuntimeError("the instance the-instance-id does not exist")
    instance = client.instance("the-instance-id")
    instance.update().result(None)


@task(
    name="bigtable_update_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def bigtable_update_instance_all():
    client = Client(
        project="the-project-id",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        admin=True,
    )
    if not client.instance("the-instance-id").exists():
        raise RuntimeError("the instance the-instance-id does not exist")
    instance = client.instance(
        "the-instance-id",
        display_name="the-instance-display-name",
        instance_type="the-instance-type",
        labels={"a": "b"},
    )
    instance.update().result(5)


@task(
    name="bigtable_delete_instance",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def bigtable_delete_instance():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    instance = Client(
        project=gcp_credentials.project, credentials=gcp_credentials.get_credentials_from_service_account(), admin=True
    ).instance("the-instance-id")
    with suppress(NotFound):
        if instance.exists():
            instance.delete()


@task(
    name="bigtable_delete_instance_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def bigtable_delete_instance_all():
    instance = Client(
        project="the-project-id",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        admin=True,
    ).instance("the-instance-id")
    with suppress(NotFound):
        if instance.exists():
            instance.delete()


@task(
    name="bigtable_create_table",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def bigtable_create_table():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    instance = Client(
        project=gcp_credentials.project, credentials=gcp_credentials.get_credentials_from_service_account(), admin=True
    ).instance("the-instance-id")
    if not instance.exists():
        raise RuntimeError("the instance the-instance-id does not exist")
    table = instance.table("the-table-id")
    try:
        table.create(initial_split_keys=[], column_families={})
    except AlreadyExists:
        there = {name: family.gc_rule for name, family in table.list_column_families().items()}
        if there != {}:
            raise RuntimeError("the table the-table-id already exists with other column families")


@task(
    name="bigtable_create_table_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def bigtable_create_table_all():
    instance = Client(
        project="the-project-id",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        admin=True,
    ).instance("the-instance-id")
    if not instance.exists():
        raise RuntimeError("the instance the-instance-id does not exist")
    table = instance.table("the-table-id")
    try:
        table.create(initial_split_keys=["a"], column_families={})
    except AlreadyExists:
        there = {name: family.gc_rule for name, family in table.list_column_families().items()}
        if there != {}:
            raise RuntimeError("the table the-table-id already exists with other column families")


@task(
    name="bigtable_delete_table",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def bigtable_delete_table():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    instance = Client(
        project=gcp_credentials.project, credentials=gcp_credentials.get_credentials_from_service_account(), admin=True
    ).instance("the-instance-id")
    if not instance.exists():
        raise RuntimeError("the instance the-instance-id does not exist")
    with suppress(NotFound):
        instance.table("the-table-id").delete()


@task(
    name="bigtable_delete_table_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def bigtable_delete_table_all():
    instance = Client(
        project="the-project-id",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        admin=True,
    ).instance("the-instance-id")
    if not instance.exists():
        raise RuntimeError("the instance the-instance-id does not exist")
    with suppress(NotFound):
        instance.table("the-table-id").delete()


@task(
    name="bigtable_update_cluster",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def bigtable_update_cluster():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    instance = Client(
        project=gcp_credentials.project, credentials=gcp_credentials.get_credentials_from_service_account(), admin=True
    ).instance("the-instance-id")
    if not instance.exists():
        raise RuntimeError("the instance the-instance-id does not exist")
    cluster = instance.cluster("the-cluster-id")
    cluster.reload()
    cluster.serve_nodes = 3
    cluster.update()


@task(
    name="bigtable_update_cluster_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def bigtable_update_cluster_all():
    instance = Client(
        project="the-project-id",
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        admin=True,
    ).instance("the-instance-id")
    if not instance.exists():
        raise RuntimeError("the instance the-instance-id does not exist")
    cluster = instance.cluster("the-cluster-id")
    cluster.reload()
    cluster.serve_nodes = 3
    cluster.update()


@flow(name="google_bigtable")
def google_bigtable(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    bigtable_create_instance_run = bigtable_create_instance.submit()
    bigtable_create_instance_all_run = bigtable_create_instance_all.submit()
    bigtable_update_instance_run = bigtable_update_instance.submit()
    bigtable_update_instance_all_run = bigtable_update_instance_all.submit()
    bigtable_delete_instance_run = bigtable_delete_instance.submit()
    bigtable_delete_instance_all_run = bigtable_delete_instance_all.submit()
    bigtable_create_table_run = bigtable_create_table.submit()
    bigtable_create_table_all_run = bigtable_create_table_all.submit()
    bigtable_delete_table_run = bigtable_delete_table.submit()
    bigtable_delete_table_all_run = bigtable_delete_table_all.submit()
    bigtable_update_cluster_run = bigtable_update_cluster.submit()
    bigtable_update_cluster_all_run = bigtable_update_cluster_all.submit()
    return [
        bigtable_create_instance_run,
        bigtable_create_instance_all_run,
        bigtable_update_instance_run,
        bigtable_update_instance_all_run,
        bigtable_delete_instance_run,
        bigtable_delete_instance_all_run,
        bigtable_create_table_run,
        bigtable_create_table_all_run,
        bigtable_delete_table_run,
        bigtable_delete_table_all_run,
        bigtable_update_cluster_run,
        bigtable_update_cluster_all_run,
    ]


if __name__ == "__main__":
    sys.exit(not google_bigtable(return_state=True).is_completed())
