"""Bigtable of Google Cloud: each operator with what it must have, and with more."""
from datetime import datetime

from airflow import DAG
from airflow.providers.google.cloud.operators.bigtable import (
    BigtableCreateInstanceOperator,
    BigtableCreateTableOperator,
    BigtableDeleteInstanceOperator,
    BigtableDeleteTableOperator,
    BigtableUpdateClusterOperator,
    BigtableUpdateInstanceOperator,
)

with DAG('google_bigtable', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    BigtableCreateInstanceOperator(task_id="bigtable_create_instance", instance_id="the-instance-id", main_cluster_id="the-main-cluster-id", main_cluster_zone="the-main-cluster-zone")
    BigtableCreateInstanceOperator(task_id="bigtable_create_instance_all", instance_id="the-instance-id", main_cluster_id="the-main-cluster-id", main_cluster_zone="the-main-cluster-zone", project_id="the-project-id", replica_clusters=[{"id": "r", "zone": "z"}], instance_display_name="the-instance-display-name", instance_type="the-instance-type", instance_labels={"a": "b"}, cluster_nodes=3, cluster_storage_type=1, timeout=5)
    BigtableUpdateInstanceOperator(task_id="bigtable_update_instance", instance_id="the-instance-id")
    BigtableUpdateInstanceOperator(task_id="bigtable_update_instance_all", instance_id="the-instance-id", project_id="the-project-id", instance_display_name="the-instance-display-name", instance_type="the-instance-type", instance_labels={"a": "b"}, timeout=5)
    BigtableDeleteInstanceOperator(task_id="bigtable_delete_instance", instance_id="the-instance-id")
    BigtableDeleteInstanceOperator(task_id="bigtable_delete_instance_all", instance_id="the-instance-id", project_id="the-project-id")
    BigtableCreateTableOperator(task_id="bigtable_create_table", instance_id="the-instance-id", table_id="the-table-id")
    BigtableCreateTableOperator(task_id="bigtable_create_table_all", instance_id="the-instance-id", table_id="the-table-id", project_id="the-project-id", initial_split_keys=["a"], column_families={})
    BigtableDeleteTableOperator(task_id="bigtable_delete_table", instance_id="the-instance-id", table_id="the-table-id")
    BigtableDeleteTableOperator(task_id="bigtable_delete_table_all", instance_id="the-instance-id", table_id="the-table-id", project_id="the-project-id", app_profile_id="the-app-profile-id")
    BigtableUpdateClusterOperator(task_id="bigtable_update_cluster", instance_id="the-instance-id", cluster_id="the-cluster-id", nodes=3)
    BigtableUpdateClusterOperator(task_id="bigtable_update_cluster_all", instance_id="the-instance-id", cluster_id="the-cluster-id", nodes=3, project_id="the-project-id")
