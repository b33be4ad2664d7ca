"""Spanner of Google Cloud: each operator with what it must have, and with more."""
from datetime import datetime

from airflow import DAG
from airflow.providers.google.cloud.operators.spanner import (
    SpannerDeleteDatabaseInstanceOperator,
    SpannerDeleteInstanceOperator,
    SpannerDeployDatabaseInstanceOperator,
    SpannerDeployInstanceOperator,
    SpannerQueryDatabaseInstanceOperator,
    SpannerUpdateDatabaseInstanceOperator,
)

with DAG('google_spanner', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    SpannerDeployInstanceOperator(task_id="spanner_deploy_instance", instance_id="the-instance-id", configuration_name="the-configuration-name", node_count=3, display_name="the-display-name")
    SpannerDeployInstanceOperator(task_id="spanner_deploy_instance_all", instance_id="the-instance-id", configuration_name="the-configuration-name", node_count=3, display_name="the-display-name", project_id="the-project-id")
    SpannerDeleteInstanceOperator(task_id="spanner_delete_instance", instance_id="the-instance-id")
    SpannerDeleteInstanceOperator(task_id="spanner_delete_instance_all", instance_id="the-instance-id", project_id="the-project-id")
    SpannerQueryDatabaseInstanceOperator(task_id="spanner_query_database_instance", instance_id="the-instance-id", database_id="the-database-id", query="INSERT INTO a; UPDATE b")
    SpannerQueryDatabaseInstanceOperator(task_id="spanner_query_database_instance_all", instance_id="the-instance-id", database_id="the-database-id", query="INSERT INTO a; UPDATE b", project_id="the-project-id")
    SpannerDeployDatabaseInstanceOperator(task_id="spanner_deploy_database_instance", instance_id="the-instance-id", database_id="the-database-id", ddl_statements=["CREATE TABLE a"])
    SpannerDeployDatabaseInstanceOperator(task_id="spanner_deploy_database_instance_all", instance_id="the-instance-id", database_id="the-database-id", ddl_statements=["CREATE TABLE a"], project_id="the-project-id")
    SpannerUpdateDatabaseInstanceOperator(task_id="spanner_update_database_instance", instance_id="the-instance-id", database_id="the-database-id", ddl_statements=["CREATE TABLE a"])
    SpannerUpdateDatabaseInstanceOperator(task_id="spanner_update_database_instance_all", instance_id="the-instance-id", database_id="the-database-id", ddl_statements=["CREATE TABLE a"], project_id="the-project-id", operation_id="the-operation-id")
    SpannerDeleteDatabaseInstanceOperator(task_id="spanner_delete_database_instance", instance_id="the-instance-id", database_id="the-database-id")
    SpannerDeleteDatabaseInstanceOperator(task_id="spanner_delete_database_instance_all", instance_id="the-instance-id", database_id="the-database-id", project_id="the-project-id")
