"""Workflows: airflow/providers/google/cloud/operators/workflows.py"""

from google.api_core.exceptions import AlreadyExists
from google.cloud.workflows.executions_v1beta import Execution, ExecutionsClient
from google.cloud.workflows_v1beta import Workflow, WorkflowsClient


@operator("airflow.providers.google.cloud.operators.workflows.WorkflowsCreateWorkflowOperator")
def create(workflow, workflow_id, location, project_id=project, force_rerun=False):
    if force_rerun:
        refuse(force_rerun)
    client = WorkflowsClient(credentials=credentials)
    parent = f"projects/{project_id}/locations/{location}"
    try:
        operation = client.create_workflow(request={"parent": parent, "workflow": workflow, "workflow_id": workflow_id}, **options)
        made = operation.result()
    except AlreadyExists:
        made = client.get_workflow(request={"name": f"{parent}/workflows/{workflow_id}"}, **options)
    return Workflow.to_dict(made)


@operator("airflow.providers.google.cloud.operators.workflows.WorkflowsUpdateWorkflowOperator")
def update(workflow_id, location, project_id=project, update_mask=None):
    client = WorkflowsClient(credentials=credentials)
    workflow = client.get_workflow(request={"name": f"projects/{project_id}/locations/{location}/workflows/{workflow_id}"}, **options)
    operation = client.update_workflow(request={"workflow": workflow, "update_mask": update_mask}, **options)
    return Workflow.to_dict(operation.result())


@operator("airflow.providers.google.cloud.operators.workflows.WorkflowsDeleteWorkflowOperator")
def delete(workflow_id, location, project_id=project):
    client = WorkflowsClient(credentials=credentials)
    name = f"projects/{project_id}/locations/{location}/workflows/{workflow_id}"
    client.delete_workflow(request={"name": name}, **options).result()


@operator("airflow.providers.google.cloud.operators.workflows.WorkflowsListWorkflowsOperator")
def list_workflows(location, project_id=project, filter_=None, order_by=None):
    client = WorkflowsClient(credentials=credentials)
    found = client.list_workflows(
        request={"parent": f"projects/{project_id}/locations/{location}", "filter": filter_, "order_by": order_by}, **options
    )
    return [Workflow.to_dict(workflow) for workflow in found]


@operator("airflow.providers.google.cloud.operators.workflows.WorkflowsGetWorkflowOperator")
def get(workflow_id, location, project_id=project):
    client = WorkflowsClient(credentials=credentials)
    name = f"projects/{project_id}/locations/{location}/workflows/{workflow_id}"
    return Workflow.to_dict(client.get_workflow(request={"name": name}, **options))


@operator("airflow.providers.google.cloud.operators.workflows.WorkflowsCreateExecutionOperator")
def create_execution(workflow_id, execution, location, project_id=project):
    client = ExecutionsClient(credentials=credentials)
    new = {key: str(value) if isinstance(value, dict) else value for key, value in execution.items()}
    parent = f"projects/{project_id}/locations/{location}/workflows/{workflow_id}"
    made = client.create_execution(request={"parent": parent, "execution": new}, **options)
    push(execution_id=made.name.rpartition("/")[2])
    return Execution.to_dict(made)


@operator("airflow.providers.google.cloud.operators.workflows.WorkflowsCancelExecutionOperator")
def cancel_execution(workflow_id, execution_id, location, project_id=project):
    client = ExecutionsClient(credentials=credentials)
    name = f"projects/{project_id}/locations/{location}/workflows/{workflow_id}/executions/{execution_id}"
    return Execution.to_dict(client.cancel_execution(request={"name": name}, **options))


@operator("airflow.providers.google.cloud.operators.workflows.WorkflowsGetExecutionOperator")
def get_execution(workflow_id, execution_id, location, project_id=project):
    client = ExecutionsClient(credentials=credentials)
    name = f"projects/{project_id}/locations/{location}/workflows/{workflow_id}/executions/{execution_id}"
    return Execution.to_dict(client.get_execution(request={"name": name}, **options))
