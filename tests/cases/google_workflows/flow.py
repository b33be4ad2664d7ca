"""Workflows of Google Cloud: each operator with what it must have, and with more."""
import sys
from datetime import datetime

from google.api_core.exceptions import AlreadyExists
from google.cloud.workflows.executions_v1beta import Execution, ExecutionsClient
from google.cloud.workflows_v1beta import Workflow, WorkflowsClient
from prefect import flow, task
from prefect_gcp import GcpCredentials

from airflow_resume import SAME_DATE


@task(
    name="workflows_create_workflow",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def workflows_create_workflow():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = WorkflowsClient(credentials=gcp_credentials.get_credentials_from_service_account())
    parent = f"projects/{gcp_credentials.project}/locations/eu"
    try:
        operation = client.create_workflow(
            request={"parent": parent, "workflow": {"description": "x"}, "workflow_id": "the-workflow-id"}
        )
        made = operation.result()
    except AlreadyExists:
        made = client.get_workflow(request={"name": f"{parent}/workflows/the-workflow-id"})
    return Workflow.to_dict(made)


@task(
    name="workflows_create_workflow_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def workflows_create_workflow_all():
    client = WorkflowsClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    parent = "projects/the-project-id/locations/eu"
    try:
        operation = client.create_workflow(
            request={"parent": parent, "workflow": {"description": "x"}, "workflow_id": "the-workflow-id"}
        )
        made = operation.result()
    except AlreadyExists:
        made = client.get_workflow(request={"name": f"{parent}/workflows/the-workflow-id"})
    return Workflow.to_dict(made)


@task(
    name="workflows_update_workflow",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def workflows_update_workflow():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = WorkflowsClient(credentials=gcp_credentials.get_credentials_from_service_account())
    workflow = client.get_workflow(
        request={"name": f"projects/{gcp_credentials.project}/locations/eu/workflows/the-workflow-id"}
    )
    operation = client.update_workflow(request={"workflow": workflow})
    return Workflow.to_dict(operation.result())


@task(
    name="workflows_update_workflow_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def workflows_update_workflow_all():
    client = WorkflowsClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    workflow = client.get_workflow(request={"name": "projects/the-project-id/locations/eu/workflows/the-workflow-id"})
    operation = client.update_workflow(request={"workflow": workflow, "update_mask": {"paths": ["name"]}})
    return Workflow.to_dict(operation.result())


@task(
    name="workflows_delete_workflow",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def workflows_delete_workflow():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = WorkflowsClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/workflows/the-workflow-id"
    client.delete_workflow(request={"name": name}).result()


@task(
    name="workflows_delete_workflow_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def workflows_delete_workflow_all():
    client = WorkflowsClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/workflows/the-workflow-id"
    client.delete_workflow(request={"name": name}).result()


@task(
    name="workflows_list_workflows",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def workflows_list_workflows():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = WorkflowsClient(credentials=gcp_credentials.get_credentials_from_service_account())
    found = client.list_workflows(request={"parent": f"projects/{gcp_credentials.project}/locations/eu"})
    return [Workflow.to_dict(workflow) for workflow in found]


@task(
    name="workflows_list_workflows_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def workflows_list_workflows_all():
    client = WorkflowsClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    found = client.list_workflows(
        request={"parent": "projects/the-project-id/locations/eu", "filter": "the-filter-", "order_by": "the-order-by"}
    )
    return [Workflow.to_dict(workflow) for workflow in found]


@task(
    name="workflows_get_workflow",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def workflows_get_workflow():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = WorkflowsClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/workflows/the-workflow-id"
    return Workflow.to_dict(client.get_workflow(request={"name": name}))


@task(
    name="workflows_get_workflow_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def workflows_get_workflow_all():
    client = WorkflowsClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/workflows/the-workflow-id"
    return Workflow.to_dict(client.get_workflow(request={"name": name}))


@task(
    name="workflows_create_execution",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def workflows_create_execution():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = ExecutionsClient(credentials=gcp_credentials.get_credentials_from_service_account())
    new = {key: str(value) if isinstance(value, dict) else value for key, value in {"argument": "{}"}.items()}
    parent = f"projects/{gcp_credentials.project}/locations/eu/workflows/the-workflow-id"
    made = client.create_execution(request={"parent": parent, "execution": new})
    return Execution.to_dict(made)


@task(
    name="workflows_create_execution_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def workflows_create_execution_all():
    client = ExecutionsClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    new = {key: str(value) if isinstance(value, dict) else value for key, value in {"argument": "{}"}.items()}
    parent = "projects/the-project-id/locations/eu/workflows/the-workflow-id"
    made = client.create_execution(request={"parent": parent, "execution": new})
    return Execution.to_dict(made)


@task(
    name="workflows_cancel_execution",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def workflows_cancel_execution():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = ExecutionsClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/workflows/the-workflow-id/executions/the-execution-id"
    return Execution.to_dict(client.cancel_execution(request={"name": name}))


@task(
    name="workflows_cancel_execution_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def workflows_cancel_execution_all():
    client = ExecutionsClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/workflows/the-workflow-id/executions/the-execution-id"
    return Execution.to_dict(client.cancel_execution(request={"name": name}))


@task(
    name="workflows_get_execution",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def workflows_get_execution():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = ExecutionsClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/workflows/the-workflow-id/executions/the-execution-id"
    return Execution.to_dict(client.get_execution(request={"name": name}))


@task(
    name="workflows_get_execution_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def workflows_get_execution_all():
    client = ExecutionsClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/workflows/the-workflow-id/executions/the-execution-id"
    return Execution.to_dict(client.get_execution(request={"name": name}))


@flow(name="google_workflows")
def google_workflows(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    workflows_create_workflow_run = workflows_create_workflow.submit()
    workflows_create_workflow_all_run = workflows_create_workflow_all.submit()
    workflows_update_workflow_run = workflows_update_workflow.submit()
    workflows_update_workflow_all_run = workflows_update_workflow_all.submit()
    workflows_delete_workflow_run = workflows_delete_workflow.submit()
    workflows_delete_workflow_all_run = workflows_delete_workflow_all.submit()
    workflows_list_workflows_run = workflows_list_workflows.submit()
    workflows_list_workflows_all_run = workflows_list_workflows_all.submit()
    workflows_get_workflow_run = workflows_get_workflow.submit()
    workflows_get_workflow_all_run = workflows_get_workflow_all.submit()
    workflows_create_execution_run = workflows_create_execution.submit()
    workflows_create_execution_all_run = workflows_create_execution_all.submit()
    workflows_cancel_execution_run = workflows_cancel_execution.submit()
    workflows_cancel_execution_all_run = workflows_cancel_execution_all.submit()
    workflows_get_execution_run = workflows_get_execution.submit()
    workflows_get_execution_all_run = workflows_get_execution_all.submit()
    return [
        workflows_create_workflow_run,
        workflows_create_workflow_all_run,
        workflows_update_workflow_run,
        workflows_update_workflow_all_run,
        workflows_delete_workflow_run,
        workflows_delete_workflow_all_run,
        workflows_list_workflows_run,
        workflows_list_workflows_all_run,
        workflows_get_workflow_run,
        workflows_get_workflow_all_run,
        workflows_create_execution_run,
        workflows_create_execution_all_run,
        workflows_cancel_execution_run,
        workflows_cancel_execution_all_run,
        workflows_get_execution_run,
        workflows_get_execution_all_run,
    ]


if __name__ == "__main__":
    sys.exit(not google_workflows(return_state=True).is_completed())
