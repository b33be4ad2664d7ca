"""Spanner: airflow/providers/google/cloud/operators/spanner.py, airflow/contrib/operators/gcp_spanner_operator.py of 1.10."""

from contextlib import suppress

from google.api_core.exceptions import AlreadyExists
from google.cloud.spanner_v1 import Client


@operator(
    "airflow.providers.google.cloud.operators.spanner.SpannerDeployInstanceOperator",
    "airflow.contrib.operators.gcp_spanner_operator.CloudSpannerInstanceDeployOperator",
)
def deploy_instance(instance_id, configuration_name, node_count, display_name, project_id=project):
    client = Client(project=project_id, credentials=credentials)
    instance = client.instance(
        instance_id, configuration_name=f"projects/{project_id}/instanceConfigs/{configuration_name}", node_count=int(node_count),
        display_name=display_name,
    )
    if client.instance(instance_id).exists():
        instance.update().result()
    else:
        instance.create().result()


@operator(
    "airflow.providers.google.cloud.operators.spanner.SpannerDeleteInstanceOperator",
    "airflow.contrib.operators.gcp_spanner_operator.CloudSpannerInstanceDeleteOperator",
)
def delete_instance(instance_id, project_id=project):
    client = Client(project=project_id, credentials=credentials)
    if not client.instance(instance_id).exists():
        return True
    client.instance(instance_id).delete()


@operator(
    "airflow.providers.google.cloud.operators.spanner.SpannerQueryDatabaseInstanceOperator",
    "airflow.contrib.operators.gcp_spanner_operator.CloudSpannerInstanceDatabaseQueryOperator",
)
def query(instance_id, database_id, query, project_id=project):
    database = Client(project=project_id, credentials=credentials).instance(instance_id).database(database_id)
    if isinstance(query, str):
        statements = [part.strip() for part in query.split(";") if part.strip()]
    else:
        statements = query
    database.run_in_transaction(lambda transaction: [transaction.execute_update(statement) for statement in statements])


@operator(
    "airflow.providers.google.cloud.operators.spanner.SpannerDeployDatabaseInstanceOperator",
    "airflow.contrib.operators.gcp_spanner_operator.CloudSpannerInstanceDatabaseDeployOperator",
)
def deploy_database(instance_id, database_id, ddl_statements, project_id=project):
    instance = Client(project=project_id, credentials=credentials).instance(instance_id)
    if not instance.exists():
        raise RuntimeError(f"the instance {instance_id} does not exist")
    if instance.database(database_id).exists():
        return True
    instance.database(database_id, ddl_statements=ddl_statements).create().result()


@operator(
    "airflow.providers.google.cloud.operators.spanner.SpannerUpdateDatabaseInstanceOperator",
    "airflow.contrib.operators.gcp_spanner_operator.CloudSpannerInstanceDatabaseUpdateOperator",
)
def update_database(instance_id, database_id, ddl_statements, project_id=project, operation_id=None):
    instance = Client(project=project_id, credentials=credentials).instance(instance_id)
    database = instance.database(database_id)
    if not instance.exists() or not database.exists():
        raise RuntimeError(f"the database {database_id} does not exist in the instance {instance_id}")
    if operation_id:
        try:
            database.update_ddl(ddl_statements, operation_id=operation_id).result()
        except AlreadyExists as error:
            if operation_id not in error.message:
                raise
    else:
        database.update_ddl(ddl_statements).result()


@operator(
    "airflow.providers.google.cloud.operators.spanner.SpannerDeleteDatabaseInstanceOperator",
    "airflow.contrib.operators.gcp_spanner_operator.CloudSpannerInstanceDatabaseDeleteOperator",
)
def delete_database(instance_id, database_id, project_id=project):
    instance = Client(project=project_id, credentials=credentials).instance(instance_id)
    if not instance.exists():
        raise RuntimeError(f"the instance {instance_id} does not exist")
    database = instance.database(database_id)
    if database.exists():
        database.drop()
    return True
