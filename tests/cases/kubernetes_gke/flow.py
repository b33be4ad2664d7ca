"""Pods on clusters of Google's."""
from datetime import datetime

from prefect import flow, task

from airflow_kubernetes import Airflow1GKEPod
from airflow_resume import SAME_DATE
from airflow_variables import variable


@task(name="known", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def known():
    Airflow1GKEPod(
        project_id="acme",
        location="europe-west1",
        cluster_name="main",
        gcp_credentials="lake",
        name="known",
        namespace="default",
        image="perl",
        cmds=["perl"],
        arguments=["-Mbignum=bpi", "-wle", "print bpi(2000)"],
    ).run()


@task(name="other", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def other():
    return Airflow1GKEPod(
        project_id=f"{variable('project')}",
        location="us",
        cluster_name="b",
        gcp_credentials="google-cloud-default",
        name="x",
        namespace="jobs",
        image="alpine",
        is_delete_operator_pod=True,
        do_xcom_push=True,
    ).run()


@task(name="inside")
def inside():
    # GKEPodOperator(
    #     task_id='inside', project_id='acme', location='us', cluster_name='b', name='x', namespace='n', image='alpine', in_cluster=True, dag=dag)
    raise NotImplementedError("A2P220: GKEPodOperator(in_cluster=...) changes what the task does and cannot be carried over")


@flow(name="kubernetes_gke")
def kubernetes_gke(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    known()
    other()
    inside()


if __name__ == "__main__":
    kubernetes_gke()
