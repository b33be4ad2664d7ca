"""Cloud SQL: airflow/providers/google/cloud/operators/cloud_sql.py, airflow/contrib/operators/gcp_sql_operator.py of 1.10."""

from airflow_google import exists, wait_for_sql
from airflow_sql import get_hook
from googleapiclient.discovery import build


@operator(
    "airflow.providers.google.cloud.operators.cloud_sql.CloudSQLCreateInstanceOperator",
    "airflow.contrib.operators.gcp_sql_operator.CloudSqlInstanceCreateOperator",
)
def create_instance(body, instance, project_id=project, api_version="v1beta4"):
    service = build("sqladmin", api_version, credentials=credentials, cache_discovery=False)
    if not exists(service.instances().get(project=project_id, instance=instance)):
        operation = service.instances().insert(project=project_id, body=body).execute(num_retries=5)
        wait_for_sql(service, project_id, operation)
    made = service.instances().get(project=project_id, instance=instance).execute(num_retries=5)
    push(service_account_email=made["serviceAccountEmailAddress"])


@operator(
    "airflow.providers.google.cloud.operators.cloud_sql.CloudSQLInstancePatchOperator",
    "airflow.contrib.operators.gcp_sql_operator.CloudSqlInstancePatchOperator",
)
def patch_instance(body, instance, project_id=project, api_version="v1beta4"):
    service = build("sqladmin", api_version, credentials=credentials, cache_discovery=False)
    if not exists(service.instances().get(project=project_id, instance=instance)):
        raise RuntimeError(f"the instance {instance} does not exist")
    operation = service.instances().patch(project=project_id, instance=instance, body=body).execute(num_retries=5)
    wait_for_sql(service, project_id, operation)


@operator(
    "airflow.providers.google.cloud.operators.cloud_sql.CloudSQLDeleteInstanceOperator",
    "airflow.contrib.operators.gcp_sql_operator.CloudSqlInstanceDeleteOperator",
)
def delete_instance(instance, project_id=project, api_version="v1beta4"):
    service = build("sqladmin", api_version, credentials=credentials, cache_discovery=False)
    if not exists(service.instances().get(project=project_id, instance=instance)):
        return True
    operation = service.instances().delete(project=project_id, instance=instance).execute(num_retries=5)
    wait_for_sql(service, project_id, operation)


@operator("airflow.providers.google.cloud.operators.cloud_sql.CloudSQLCloneInstanceOperator")
def clone_instance(instance, destination_instance_name, clone_context=None, project_id=project, api_version="v1beta4"):
    if clone_context:
        refuse(clone_context)
    service = build("sqladmin", api_version, credentials=credentials, cache_discovery=False)
    if not exists(service.instances().get(project=project_id, instance=instance)):
        raise RuntimeError(f"the instance {instance} does not exist")
    body = {"cloneContext": {"kind": "sql#cloneContext", "destinationInstanceName": destination_instance_name}}
    operation = service.instances().clone(project=project_id, instance=instance, body=body).execute(num_retries=5)
    wait_for_sql(service, project_id, operation)


@operator(
    "airflow.providers.google.cloud.operators.cloud_sql.CloudSQLCreateInstanceDatabaseOperator",
    "airflow.contrib.operators.gcp_sql_operator.CloudSqlInstanceDatabaseCreateOperator",
)
def create_database(instance, body, project_id=project, api_version="v1beta4"):
    service = build("sqladmin", api_version, credentials=credentials, cache_discovery=False)
    if exists(service.databases().get(project=project_id, instance=instance, database=body["name"])):
        return True
    operation = service.databases().insert(project=project_id, instance=instance, body=body).execute(num_retries=5)
    wait_for_sql(service, project_id, operation)


@operator(
    "airflow.providers.google.cloud.operators.cloud_sql.CloudSQLPatchInstanceDatabaseOperator",
    "airflow.contrib.operators.gcp_sql_operator.CloudSqlInstanceDatabasePatchOperator",
)
def patch_database(instance, database, body, project_id=project, api_version="v1beta4"):
    service = build("sqladmin", api_version, credentials=credentials, cache_discovery=False)
    if not exists(service.databases().get(project=project_id, instance=instance, database=database)):
        raise RuntimeError(f"the instance {instance} has no database {database}")
    operation = service.databases().patch(project=project_id, instance=instance, database=database, body=body).execute(num_retries=5)
    wait_for_sql(service, project_id, operation)


@operator(
    "airflow.providers.google.cloud.operators.cloud_sql.CloudSQLDeleteInstanceDatabaseOperator",
    "airflow.contrib.operators.gcp_sql_operator.CloudSqlInstanceDatabaseDeleteOperator",
)
def delete_database(instance, database, project_id=project, api_version="v1beta4"):
    service = build("sqladmin", api_version, credentials=credentials, cache_discovery=False)
    if not exists(service.databases().get(project=project_id, instance=instance, database=database)):
        return True
    operation = service.databases().delete(project=project_id, instance=instance, database=database).execute(num_retries=5)
    wait_for_sql(service, project_id, operation)


@operator(
    "airflow.providers.google.cloud.operators.cloud_sql.CloudSQLExportInstanceOperator",
    "airflow.contrib.operators.gcp_sql_operator.CloudSqlInstanceExportOperator",
)
def export(instance, body, project_id=project, api_version="v1beta4"):
    service = build("sqladmin", api_version, credentials=credentials, cache_discovery=False)
    operation = service.instances().export(project=project_id, instance=instance, body=body).execute(num_retries=5)
    wait_for_sql(service, project_id, operation)


@operator(
    "airflow.providers.google.cloud.operators.cloud_sql.CloudSQLImportInstanceOperator",
    "airflow.contrib.operators.gcp_sql_operator.CloudSqlInstanceImportOperator",
)
def load(instance, body, project_id=project, api_version="v1beta4"):
    service = build("sqladmin", api_version, credentials=credentials, cache_discovery=False)
    operation = service.instances().import_(project=project_id, instance=instance, body=body).execute(num_retries=5)
    wait_for_sql(service, project_id, operation)


@operator(
    "airflow.providers.google.cloud.operators.cloud_sql.CloudSQLExecuteQueryOperator",
    "airflow.contrib.operators.gcp_sql_operator.CloudSqlQueryOperator",
)
def query(sql, autocommit=None, parameters=None, gcp_cloudsql_conn_id="google_cloud_sql_default"):
    get_hook(gcp_cloudsql_conn_id).run(sql, autocommit=autocommit, parameters=parameters)
