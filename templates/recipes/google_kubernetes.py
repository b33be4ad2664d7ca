"""Kubernetes Engine: airflow/providers/google/cloud/operators/kubernetes_engine.py, airflow/contrib/operators/gcp_container_operator.py."""

from airflow_google import wait_for_kubernetes
from google.api_core.exceptions import AlreadyExists, NotFound
from google.cloud.container_v1 import Cluster, ClusterManagerClient


@operator("airflow.providers.google.cloud.operators.kubernetes_engine.GKECreateClusterOperator")
def create(location, body, project_id=project, use_internal_ip=None):
    client = ClusterManagerClient(credentials=credentials)
    parent = f"projects/{project_id}/locations/{location}"
    cluster = Cluster(body)
    try:
        operation = client.create_cluster(parent=parent, cluster=cluster, **options)
        return wait_for_kubernetes(client, parent, operation).target_link
    except AlreadyExists:
        return client.get_cluster(name=f"{parent}/clusters/{cluster.name}", **options).self_link


@operator("airflow.providers.google.cloud.operators.kubernetes_engine.GKEDeleteClusterOperator")
def delete(name, location, project_id=project, use_internal_ip=None):
    client = ClusterManagerClient(credentials=credentials)
    parent = f"projects/{project_id}/locations/{location}"
    try:
        operation = client.delete_cluster(name=f"{parent}/clusters/{name}", **options)
        return wait_for_kubernetes(client, parent, operation).self_link
    except NotFound:
        return None
