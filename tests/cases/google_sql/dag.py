"""Sql of Google Cloud: each operator with what it must have, and with more."""
from datetime import datetime

from airflow import DAG
from airflow.providers.google.cloud.operators.cloud_sql import (
    CloudSQLCloneInstanceOperator,
    CloudSQLCreateInstanceDatabaseOperator,
    CloudSQLCreateInstanceOperator,
    CloudSQLDeleteInstanceDatabaseOperator,
    CloudSQLDeleteInstanceOperator,
    CloudSQLExecuteQueryOperator,
    CloudSQLExportInstanceOperator,
    CloudSQLImportInstanceOperator,
    CloudSQLInstancePatchOperator,
    CloudSQLPatchInstanceDatabaseOperator,
)

with DAG('google_sql', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    CloudSQLCreateInstanceOperator(task_id="cloudsql_create_instance", body={"name": "{{ ds }}"}, instance="the-instance", validate_body=False)
    CloudSQLCreateInstanceOperator(task_id="cloudsql_create_instance_all", body={"name": "{{ ds }}"}, instance="the-instance", project_id="the-project-id", validate_body=False)
    CloudSQLInstancePatchOperator(task_id="cloudsql_instance_patch", body={"name": "{{ ds }}"}, instance="the-instance")
    CloudSQLInstancePatchOperator(task_id="cloudsql_instance_patch_all", body={"name": "{{ ds }}"}, instance="the-instance", project_id="the-project-id")
    CloudSQLDeleteInstanceOperator(task_id="cloudsql_delete_instance", instance="the-instance")
    CloudSQLDeleteInstanceOperator(task_id="cloudsql_delete_instance_all", instance="the-instance", project_id="the-project-id")
    CloudSQLCloneInstanceOperator(task_id="cloudsql_clone_instance", instance="the-instance", destination_instance_name="the-destination-instance-name")
    CloudSQLCloneInstanceOperator(task_id="cloudsql_clone_instance_all", instance="the-instance", destination_instance_name="the-destination-instance-name", clone_context={}, project_id="the-project-id")
    CloudSQLCreateInstanceDatabaseOperator(task_id="cloudsql_create_instance_database", instance="the-instance", body={"name": "{{ ds }}"}, validate_body=False)
    CloudSQLCreateInstanceDatabaseOperator(task_id="cloudsql_create_instance_database_all", instance="the-instance", body={"name": "{{ ds }}"}, project_id="the-project-id", validate_body=False)
    CloudSQLPatchInstanceDatabaseOperator(task_id="cloudsql_patch_instance_database", instance="the-instance", database="the-database", body={"name": "{{ ds }}"}, validate_body=False)
    CloudSQLPatchInstanceDatabaseOperator(task_id="cloudsql_patch_instance_database_all", instance="the-instance", database="the-database", body={"name": "{{ ds }}"}, project_id="the-project-id", validate_body=False)
    CloudSQLDeleteInstanceDatabaseOperator(task_id="cloudsql_delete_instance_database", instance="the-instance", database="the-database")
    CloudSQLDeleteInstanceDatabaseOperator(task_id="cloudsql_delete_instance_database_all", instance="the-instance", database="the-database", project_id="the-project-id")
    CloudSQLExportInstanceOperator(task_id="cloudsql_export_instance", instance="the-instance", body={"exportContext": {"uri": "gs://out/{{ ds }}.sql"}}, validate_body=False)
    CloudSQLExportInstanceOperator(task_id="cloudsql_export_instance_all", instance="the-instance", body={"exportContext": {"uri": "gs://out/{{ ds }}.sql"}}, project_id="the-project-id", validate_body=False)
    CloudSQLImportInstanceOperator(task_id="cloudsql_import_instance", instance="the-instance", body={"importContext": {"uri": "gs://in/{{ ds }}.sql"}}, validate_body=False)
    CloudSQLImportInstanceOperator(task_id="cloudsql_import_instance_all", instance="the-instance", body={"importContext": {"uri": "gs://in/{{ ds }}.sql"}}, project_id="the-project-id", validate_body=False)
    CloudSQLExecuteQueryOperator(task_id="cloudsql_execute_query", sql="the-sql")
    CloudSQLExecuteQueryOperator(task_id="cloudsql_execute_query_all", sql="the-sql", autocommit=True, parameters="the-parameters")

# differs: cloudsql_execute_query: Airflow starts a proxy, the block says where the database is
# differs: cloudsql_execute_query_all: Airflow starts a proxy, the block says where the database is
