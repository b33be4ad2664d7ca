"""Bigtable: airflow/providers/google/cloud/operators/bigtable.py, airflow/contrib/operators/gcp_bigtable_operator.py of 1.10."""

from contextlib import suppress

from google.api_core.exceptions import AlreadyExists, NotFound
from google.cloud.bigtable import Client, enums


@operator(
    "airflow.providers.google.cloud.operators.bigtable.BigtableCreateInstanceOperator",
    "airflow.contrib.operators.gcp_bigtable_operator.BigtableInstanceCreateOperator",
)
def create_instance(
    instance_id, main_cluster_id, main_cluster_zone, project_id=project, replica_clusters=None, replica_cluster_id=None,
    replica_cluster_zone=None, instance_display_name=None, instance_type=None, instance_labels=None, cluster_nodes=None,
    cluster_storage_type=None, timeout=None,
):
    if replica_cluster_id:
        refuse(replica_cluster_id)
    client = Client(project=project_id, credentials=credentials, admin=True)
    if client.instance(instance_id).exists():
        return
    instance = client.instance(instance_id, display_name=instance_display_name, instance_type=instance_type, labels=instance_labels)
    if cluster_nodes and not instance_type:
        clusters = [instance.cluster(main_cluster_id, main_cluster_zone, serve_nodes=cluster_nodes, default_storage_type=cluster_storage_type)]
    elif cluster_nodes:
        nodes = cluster_nodes if instance_type != enums.Instance.Type.DEVELOPMENT else None
        clusters = [instance.cluster(main_cluster_id, main_cluster_zone, serve_nodes=nodes, default_storage_type=cluster_storage_type)]
    else:
        clusters = [instance.cluster(main_cluster_id, main_cluster_zone, default_storage_type=cluster_storage_type)]
    if replica_clusters:
        for replica in replica_clusters:
            clusters.append(
                instance.cluster(replica["id"], replica["zone"], serve_nodes=cluster_nodes, default_storage_type=cluster_storage_type)
            )
    instance.create(clusters=clusters).result(timeout)


@operator("airflow.providers.google.cloud.operators.bigtable.BigtableUpdateInstanceOperator")
def update_instance(instance_id, project_id=project, instance_display_name=None, instance_type=None, instance_labels=None, timeout=None):
    client = Client(project=project_id, credentials=credentials, admin=True)
    if not client.instance(instance_id).exists():
        raise RuntimeError(f"the instance {instance_id} does not exist")
    instance = client.instance(instance_id, display_name=instance_display_name, instance_type=instance_type, labels=instance_labels)
    instance.update().result(timeout)


@operator(
    "airflow.providers.google.cloud.operators.bigtable.BigtableDeleteInstanceOperator",
    "airflow.contrib.operators.gcp_bigtable_operator.BigtableInstanceDeleteOperator",
)
def delete_instance(instance_id, project_id=project):
    instance = Client(project=project_id, credentials=credentials, admin=True).instance(instance_id)
    with suppress(NotFound):
        if instance.exists():
            instance.delete()


@operator(
    "airflow.providers.google.cloud.operators.bigtable.BigtableCreateTableOperator",
    "airflow.contrib.operators.gcp_bigtable_operator.BigtableTableCreateOperator",
)
def create_table(instance_id, table_id, project_id=project, initial_split_keys=None, column_families=None):
    instance = Client(project=project_id, credentials=credentials, admin=True).instance(instance_id)
    if not instance.exists():
        raise RuntimeError(f"the instance {instance_id} does not exist")
    table = instance.table(table_id)
    try:
        table.create(initial_split_keys=initial_split_keys or [], column_families=column_families or {})
    except AlreadyExists:
        there = {name: family.gc_rule for name, family in table.list_column_families().items()}
        if there != (column_families or {}):
            raise RuntimeError(f"the table {table_id} already exists with other column families")


@operator(
    "airflow.providers.google.cloud.operators.bigtable.BigtableDeleteTableOperator",
    "airflow.contrib.operators.gcp_bigtable_operator.BigtableTableDeleteOperator",
)
def delete_table(instance_id, table_id, project_id=project, app_profile_id=None):
    instance = Client(project=project_id, credentials=credentials, admin=True).instance(instance_id)
    if not instance.exists():
        raise RuntimeError(f"the instance {instance_id} does not exist")
    with suppress(NotFound):
        instance.table(table_id).delete()


@operator(
    "airflow.providers.google.cloud.operators.bigtable.BigtableUpdateClusterOperator",
    "airflow.contrib.operators.gcp_bigtable_operator.BigtableClusterUpdateOperator",
)
def update_cluster(instance_id, cluster_id, nodes, project_id=project):
    instance = Client(project=project_id, credentials=credentials, admin=True).instance(instance_id)
    if not instance.exists():
        raise RuntimeError(f"the instance {instance_id} does not exist")
    cluster = instance.cluster(cluster_id)
    cluster.reload()
    cluster.serve_nodes = nodes
    cluster.update()
