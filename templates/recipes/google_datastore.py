"""Datastore: airflow/providers/google/cloud/operators/datastore.py"""

from airflow_google import wait_for_datastore
from googleapiclient.discovery import build


@operator("airflow.providers.google.cloud.operators.datastore.CloudDatastoreAllocateIdsOperator")
def allocate_ids(partial_keys, project_id=project):
    service = build("datastore", "v1", credentials=credentials, cache_discovery=False)
    response = service.projects().allocateIds(projectId=project_id, body={"keys": partial_keys}).execute(num_retries=5)
    return response["keys"]


@operator("airflow.providers.google.cloud.operators.datastore.CloudDatastoreBeginTransactionOperator")
def begin_transaction(transaction_options, project_id=project):
    service = build("datastore", "v1", credentials=credentials, cache_discovery=False)
    body = {"transactionOptions": transaction_options}
    response = service.projects().beginTransaction(projectId=project_id, body=body).execute(num_retries=5)
    return response["transaction"]


@operator("airflow.providers.google.cloud.operators.datastore.CloudDatastoreCommitOperator")
def commit(body, project_id=project):
    service = build("datastore", "v1", credentials=credentials, cache_discovery=False)
    return service.projects().commit(projectId=project_id, body=body).execute(num_retries=5)


@operator("airflow.providers.google.cloud.operators.datastore.CloudDatastoreRollbackOperator")
def rollback(transaction, project_id=project):
    service = build("datastore", "v1", credentials=credentials, cache_discovery=False)
    service.projects().rollback(projectId=project_id, body={"transaction": transaction}).execute(num_retries=5)


@operator("airflow.providers.google.cloud.operators.datastore.CloudDatastoreRunQueryOperator")
def run_query(body, project_id=project):
    service = build("datastore", "v1", credentials=credentials, cache_discovery=False)
    return service.projects().runQuery(projectId=project_id, body=body).execute(num_retries=5)["batch"]


@operator("airflow.providers.google.cloud.operators.datastore.CloudDatastoreExportEntitiesOperator")
def export(bucket, namespace=None, entity_filter=None, labels=None, overwrite_existing=None, project_id=project, polling_interval_in_seconds=10):
    if overwrite_existing and namespace:
        for blob in storage.list_blobs(bucket, prefix=namespace):
            blob.delete()
    service = build("datastore", "v1", credentials=credentials, cache_discovery=False)

    body = {
        "outputUrlPrefix": f"gs://{bucket}/{namespace}" if namespace else f"gs://{bucket}",
        "entityFilter": entity_filter or {},
        "labels": labels or {},
    }
    operation = service.projects().export(projectId=project_id, body=body).execute(num_retries=5)
    return wait_for_datastore(service, operation, polling_interval_in_seconds)


@operator("airflow.providers.google.cloud.operators.datastore.CloudDatastoreImportEntitiesOperator")
def load(bucket, file, namespace=None, entity_filter=None, labels=None, project_id=project, polling_interval_in_seconds=10):
    service = build("datastore", "v1", credentials=credentials, cache_discovery=False)

    body = {
        "inputUrl": f"gs://{bucket}/{namespace}/{file}" if namespace else f"gs://{bucket}/{file}",
        "entityFilter": entity_filter or {},
        "labels": labels or {},
    }
    operation = service.projects().import_(projectId=project_id, body=body).execute(num_retries=5)
    return wait_for_datastore(service, operation, polling_interval_in_seconds)
