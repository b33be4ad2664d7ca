"""Datastore of Google Cloud: each operator with what it must have, and with more."""
from datetime import datetime

from airflow import DAG
from airflow.providers.google.cloud.operators.datastore import (
    CloudDatastoreAllocateIdsOperator,
    CloudDatastoreBeginTransactionOperator,
    CloudDatastoreCommitOperator,
    CloudDatastoreExportEntitiesOperator,
    CloudDatastoreImportEntitiesOperator,
    CloudDatastoreRollbackOperator,
    CloudDatastoreRunQueryOperator,
)

with DAG('google_datastore', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    CloudDatastoreAllocateIdsOperator(task_id="cloud_datastore_allocate_ids", partial_keys=[{"path": [{"kind": "a"}]}])
    CloudDatastoreAllocateIdsOperator(task_id="cloud_datastore_allocate_ids_all", partial_keys=[{"path": [{"kind": "a"}]}], project_id="the-project-id")
    CloudDatastoreBeginTransactionOperator(task_id="cloud_datastore_begin_transaction", transaction_options={"readWrite": {}})
    CloudDatastoreBeginTransactionOperator(task_id="cloud_datastore_begin_transaction_all", transaction_options={"readWrite": {}}, project_id="the-project-id")
    CloudDatastoreCommitOperator(task_id="cloud_datastore_commit", body={"name": "{{ ds }}"})
    CloudDatastoreCommitOperator(task_id="cloud_datastore_commit_all", body={"name": "{{ ds }}"}, project_id="the-project-id")
    CloudDatastoreRollbackOperator(task_id="cloud_datastore_rollback", transaction="the-transaction")
    CloudDatastoreRollbackOperator(task_id="cloud_datastore_rollback_all", transaction="the-transaction", project_id="the-project-id")
    CloudDatastoreRunQueryOperator(task_id="cloud_datastore_run_query", body={"name": "{{ ds }}"})
    CloudDatastoreRunQueryOperator(task_id="cloud_datastore_run_query_all", body={"name": "{{ ds }}"}, project_id="the-project-id")
    CloudDatastoreExportEntitiesOperator(task_id="cloud_datastore_export_entities", bucket="the-bucket")
    CloudDatastoreExportEntitiesOperator(task_id="cloud_datastore_export_entities_all", bucket="the-bucket", namespace="the-namespace", entity_filter={}, labels={"a": "b"}, overwrite_existing=True, project_id="the-project-id", datastore_conn_id="the-datastore-conn-id", cloud_storage_conn_id="the-cloud-storage-conn-id")
    CloudDatastoreImportEntitiesOperator(task_id="cloud_datastore_import_entities", bucket="the-bucket", file="the-file")
    CloudDatastoreImportEntitiesOperator(task_id="cloud_datastore_import_entities_all", bucket="the-bucket", file="the-file", namespace="the-namespace", entity_filter={}, labels={"a": "b"}, project_id="the-project-id", datastore_conn_id="the-datastore-conn-id")
