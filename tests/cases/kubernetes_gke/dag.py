"""Pods on clusters of Google's."""
from datetime import datetime

from airflow import DAG
from airflow.contrib.operators.gcp_container_operator import GKEPodOperator

dag = DAG('kubernetes_gke', start_date=datetime(2021, 1, 1), schedule_interval=None)
known = GKEPodOperator(
    task_id='known', project_id='acme', location='europe-west1', cluster_name='main', name='known', namespace='default', image='perl',
    cmds=['perl'], arguments=['-Mbignum=bpi', '-wle', 'print bpi(2000)'], gcp_conn_id='lake', dag=dag)
other = GKEPodOperator(
    task_id='other', project_id='{{ var.value.project }}', location='us', cluster_name='b', name='x', namespace='jobs', image='alpine',
    is_delete_operator_pod=True, do_xcom_push=True, dag=dag)
inside = GKEPodOperator(
    task_id='inside', project_id='acme', location='us', cluster_name='b', name='x', namespace='n', image='alpine', in_cluster=True, dag=dag)
known >> other >> inside
