"""Workflows of Google Cloud: each operator with what it must have, and with more."""
from datetime import datetime

from airflow import DAG
from airflow.providers.google.cloud.operators.workflows import (
    WorkflowsCancelExecutionOperator,
    WorkflowsCreateExecutionOperator,
    WorkflowsCreateWorkflowOperator,
    WorkflowsDeleteWorkflowOperator,
    WorkflowsGetExecutionOperator,
    WorkflowsGetWorkflowOperator,
    WorkflowsListWorkflowsOperator,
    WorkflowsUpdateWorkflowOperator,
)

with DAG('google_workflows', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    WorkflowsCreateWorkflowOperator(task_id="workflows_create_workflow", workflow={"description": "x"}, workflow_id="the-workflow-id", location="eu")
    WorkflowsCreateWorkflowOperator(task_id="workflows_create_workflow_all", workflow={"description": "x"}, workflow_id="the-workflow-id", location="eu", project_id="the-project-id")
    WorkflowsUpdateWorkflowOperator(task_id="workflows_update_workflow", workflow_id="the-workflow-id", location="eu")
    WorkflowsUpdateWorkflowOperator(task_id="workflows_update_workflow_all", workflow_id="the-workflow-id", location="eu", project_id="the-project-id", update_mask={"paths": ["name"]})
    WorkflowsDeleteWorkflowOperator(task_id="workflows_delete_workflow", workflow_id="the-workflow-id", location="eu")
    WorkflowsDeleteWorkflowOperator(task_id="workflows_delete_workflow_all", workflow_id="the-workflow-id", location="eu", project_id="the-project-id")
    WorkflowsListWorkflowsOperator(task_id="workflows_list_workflows", location="eu")
    WorkflowsListWorkflowsOperator(task_id="workflows_list_workflows_all", location="eu", project_id="the-project-id", filter_="the-filter-", order_by="the-order-by")
    WorkflowsGetWorkflowOperator(task_id="workflows_get_workflow", workflow_id="the-workflow-id", location="eu")
    WorkflowsGetWorkflowOperator(task_id="workflows_get_workflow_all", workflow_id="the-workflow-id", location="eu", project_id="the-project-id")
    WorkflowsCreateExecutionOperator(task_id="workflows_create_execution", workflow_id="the-workflow-id", execution={"argument": "{}"}, location="eu")
    WorkflowsCreateExecutionOperator(task_id="workflows_create_execution_all", workflow_id="the-workflow-id", execution={"argument": "{}"}, location="eu", project_id="the-project-id")
    WorkflowsCancelExecutionOperator(task_id="workflows_cancel_execution", workflow_id="the-workflow-id", execution_id="the-execution-id", location="eu")
    WorkflowsCancelExecutionOperator(task_id="workflows_cancel_execution_all", workflow_id="the-workflow-id", execution_id="the-execution-id", location="eu", project_id="the-project-id")
    WorkflowsGetExecutionOperator(task_id="workflows_get_execution", workflow_id="the-workflow-id", execution_id="the-execution-id", location="eu")
    WorkflowsGetExecutionOperator(task_id="workflows_get_execution_all", workflow_id="the-workflow-id", execution_id="the-execution-id", location="eu", project_id="the-project-id")
