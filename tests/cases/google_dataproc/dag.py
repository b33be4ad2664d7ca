"""Dataproc of Google Cloud: each operator with what it must have, and with more."""
from datetime import datetime

from airflow import DAG
from airflow.providers.google.cloud.operators.dataproc import (
    DataprocCreateClusterOperator,
    DataprocCreateWorkflowTemplateOperator,
    DataprocDeleteClusterOperator,
    DataprocInstantiateInlineWorkflowTemplateOperator,
    DataprocInstantiateWorkflowTemplateOperator,
    DataprocSubmitJobOperator,
    DataprocUpdateClusterOperator,
)

with DAG('google_dataproc', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    DataprocCreateClusterOperator(task_id="dataproc_create_cluster", cluster_name="the-cluster-name", region="the-region", cluster_config={"worker_config": {"num_instances": 2}})
    DataprocCreateClusterOperator(task_id="dataproc_create_cluster_all", cluster_name="the-cluster-name", region="the-region", project_id="the-project-id", cluster_config={}, labels={"a": "b"}, request_id="the-request-id", delete_on_error=True, use_if_exists=True)
    DataprocDeleteClusterOperator(task_id="dataproc_delete_cluster", region="the-region", cluster_name="the-cluster-name")
    DataprocDeleteClusterOperator(task_id="dataproc_delete_cluster_all", region="the-region", cluster_name="the-cluster-name", project_id="the-project-id", cluster_uuid="the-cluster-uuid", request_id="the-request-id")
    DataprocUpdateClusterOperator(task_id="dataproc_update_cluster", cluster_name="the-cluster-name", cluster={}, update_mask={"paths": ["name"]}, graceful_decommission_timeout={}, region="eu")
    DataprocUpdateClusterOperator(task_id="dataproc_update_cluster_all", cluster_name="the-cluster-name", cluster={}, update_mask={"paths": ["name"]}, graceful_decommission_timeout={}, request_id="the-request-id", project_id="the-project-id", region="eu")
    DataprocSubmitJobOperator(task_id="dataproc_submit_job", job={}, region="eu")
    DataprocSubmitJobOperator(task_id="dataproc_submit_job_all", job={}, project_id="the-project-id", request_id="the-request-id", wait_timeout=7, region="eu")
    DataprocCreateWorkflowTemplateOperator(task_id="dataproc_create_workflow_template", template={}, region="eu")
    DataprocCreateWorkflowTemplateOperator(task_id="dataproc_create_workflow_template_all", template={}, project_id="the-project-id", region="eu")
    DataprocInstantiateWorkflowTemplateOperator(task_id="dataproc_instantiate_workflow_template", template_id="the-template-id", region="the-region")
    DataprocInstantiateWorkflowTemplateOperator(task_id="dataproc_instantiate_workflow_template_all", template_id="the-template-id", region="the-region", project_id="the-project-id", version=7, request_id="the-request-id", parameters={"id": "a"})
    DataprocInstantiateInlineWorkflowTemplateOperator(task_id="dataproc_instantiate_inline_workflow_template", template={}, region="the-region")
    DataprocInstantiateInlineWorkflowTemplateOperator(task_id="dataproc_instantiate_inline_workflow_template_all", template={}, region="the-region", project_id="the-project-id", request_id="the-request-id")
