"""Dataproc of Google Cloud: each operator with what it must have, and with more."""
import sys
from contextlib import suppress
from datetime import datetime

from google.api_core.exceptions import AlreadyExists
from google.cloud.dataproc_v1 import ClusterControllerClient, JobControllerClient, WorkflowTemplateServiceClient
from prefect import flow, task
from prefect_gcp import GcpCredentials

from airflow_dataproc import create_cluster, wait_for_job
from airflow_resume import SAME_DATE


@task(
    name="dataproc_create_cluster",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def dataproc_create_cluster():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = ClusterControllerClient(
        credentials=gcp_credentials.get_credentials_from_service_account(),
        client_options={"api_endpoint": "the-region-dataproc.googleapis.com:443"},
    )
    return create_cluster(
        client,
        {
            "project_id": gcp_credentials.project,
            "region": "the-region",
            "cluster": {
                "project_id": gcp_credentials.project,
                "cluster_name": "the-cluster-name",
                "config": {"worker_config": {"num_instances": 2}},
            },
        },
    )


@task(
    name="dataproc_create_cluster_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def dataproc_create_cluster_all():
    client = ClusterControllerClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        client_options={"api_endpoint": "the-region-dataproc.googleapis.com:443"},
    )
    return create_cluster(
        client,
        {
            "project_id": "the-project-id",
            "region": "the-region",
            "cluster": {
                "project_id": "the-project-id", "cluster_name": "the-cluster-name", "config": {}, "labels": {"a": "b"}
            },
            "request_id": "the-request-id",
        },
        delete_on_error=True,
        use_if_exists=True,
    )


@task(
    name="dataproc_delete_cluster",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def dataproc_delete_cluster():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = ClusterControllerClient(
        credentials=gcp_credentials.get_credentials_from_service_account(),
        client_options={"api_endpoint": "the-region-dataproc.googleapis.com:443"},
    )
    client.delete_cluster(
        request={"project_id": gcp_credentials.project, "region": "the-region", "cluster_name": "the-cluster-name"}
    ).result()


@task(
    name="dataproc_delete_cluster_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def dataproc_delete_cluster_all():
    client = ClusterControllerClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        client_options={"api_endpoint": "the-region-dataproc.googleapis.com:443"},
    )
    client.delete_cluster(
        request={
            "project_id": "the-project-id",
            "region": "the-region",
            "cluster_name": "the-cluster-name",
            "cluster_uuid": "the-cluster-uuid",
            "request_id": "the-request-id",
        }
    ).result()


@task(
    name="dataproc_update_cluster",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def dataproc_update_cluster():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = ClusterControllerClient(
        credentials=gcp_credentials.get_credentials_from_service_account(),
        client_options={"api_endpoint": "eu-dataproc.googleapis.com:443"},
    )
    client.update_cluster(
        request={
            "project_id": gcp_credentials.project,
            "region": "eu",
            "cluster_name": "the-cluster-name",
            "cluster": {},
            "update_mask": {"paths": ["name"]},
            "graceful_decommission_timeout": {},
        }
    ).result()


@task(
    name="dataproc_update_cluster_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def dataproc_update_cluster_all():
    client = ClusterControllerClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        client_options={"api_endpoint": "eu-dataproc.googleapis.com:443"},
    )
    client.update_cluster(
        request={
            "project_id": "the-project-id",
            "region": "eu",
            "cluster_name": "the-cluster-name",
            "cluster": {},
            "update_mask": {"paths": ["name"]},
            "graceful_decommission_timeout": {},
            "request_id": "the-request-id",
        }
    ).result()


@task(
    name="dataproc_submit_job", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE
)
def dataproc_submit_job():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = JobControllerClient(
        credentials=gcp_credentials.get_credentials_from_service_account(),
        client_options={"api_endpoint": "eu-dataproc.googleapis.com:443"},
    )
    submitted = client.submit_job(request={"project_id": gcp_credentials.project, "region": "eu", "job": {}})
    wait_for_job(client, gcp_credentials.project, "eu", submitted.reference.job_id)
    return submitted.reference.job_id


@task(
    name="dataproc_submit_job_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def dataproc_submit_job_all():
    client = JobControllerClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        client_options={"api_endpoint": "eu-dataproc.googleapis.com:443"},
    )
    submitted = client.submit_job(
        request={"project_id": "the-project-id", "region": "eu", "job": {}, "request_id": "the-request-id"}
    )
    wait_for_job(client, "the-project-id", "eu", submitted.reference.job_id, timeout=7)
    return submitted.reference.job_id


@task(
    name="dataproc_create_workflow_template",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def dataproc_create_workflow_template():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = WorkflowTemplateServiceClient(
        credentials=gcp_credentials.get_credentials_from_service_account(),
        client_options={"api_endpoint": "eu-dataproc.googleapis.com:443"},
    )
    with suppress(AlreadyExists):
        client.create_workflow_template(
            request={"parent": f"projects/{gcp_credentials.project}/regions/eu", "template": {}}
        )


@task(
    name="dataproc_create_workflow_template_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def dataproc_create_workflow_template_all():
    client = WorkflowTemplateServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        client_options={"api_endpoint": "eu-dataproc.googleapis.com:443"},
    )
    with suppress(AlreadyExists):
        client.create_workflow_template(request={"parent": "projects/the-project-id/regions/eu", "template": {}})


@task(
    name="dataproc_instantiate_workflow_template",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def dataproc_instantiate_workflow_template():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = WorkflowTemplateServiceClient(
        credentials=gcp_credentials.get_credentials_from_service_account(),
        client_options={"api_endpoint": "the-region-dataproc.googleapis.com:443"},
    )
    name = f"projects/{gcp_credentials.project}/regions/the-region/workflowTemplates/the-template-id"
    client.instantiate_workflow_template(request={"name": name}).result()


@task(
    name="dataproc_instantiate_workflow_template_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def dataproc_instantiate_workflow_template_all():
    client = WorkflowTemplateServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        client_options={"api_endpoint": "the-region-dataproc.googleapis.com:443"},
    )
    name = "projects/the-project-id/regions/the-region/workflowTemplates/the-template-id"
    client.instantiate_workflow_template(
        request={"name": name, "version": 7, "request_id": "the-request-id", "parameters": {"id": "a"}}
    ).result()


@task(
    name="dataproc_instantiate_inline_workflow_template",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def dataproc_instantiate_inline_workflow_template():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = WorkflowTemplateServiceClient(
        credentials=gcp_credentials.get_credentials_from_service_account(),
        client_options={"api_endpoint": "the-region-dataproc.googleapis.com:443"},
    )
    client.instantiate_inline_workflow_template(
        request={"parent": f"projects/{gcp_credentials.project}/regions/the-region", "template": {}}
    ).result()


@task(
    name="dataproc_instantiate_inline_workflow_template_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def dataproc_instantiate_inline_workflow_template_all():
    client = WorkflowTemplateServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account(),
        client_options={"api_endpoint": "the-region-dataproc.googleapis.com:443"},
    )
    client.instantiate_inline_workflow_template(
        request={"parent": "projects/the-project-id/regions/the-region", "template": {}, "request_id": "the-request-id"}
    ).result()


@flow(name="google_dataproc")
def google_dataproc(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    dataproc_create_cluster_run = dataproc_create_cluster.submit()
    dataproc_create_cluster_all_run = dataproc_create_cluster_all.submit()
    dataproc_delete_cluster_run = dataproc_delete_cluster.submit()
    dataproc_delete_cluster_all_run = dataproc_delete_cluster_all.submit()
    dataproc_update_cluster_run = dataproc_update_cluster.submit()
    dataproc_update_cluster_all_run = dataproc_update_cluster_all.submit()
    dataproc_submit_job_run = dataproc_submit_job.submit()
    dataproc_submit_job_all_run = dataproc_submit_job_all.submit()
    dataproc_create_workflow_template_run = dataproc_create_workflow_template.submit()
    dataproc_create_workflow_template_all_run = dataproc_create_workflow_template_all.submit()
    dataproc_instantiate_workflow_template_run = dataproc_instantiate_workflow_template.submit()
    dataproc_instantiate_workflow_template_all_run = dataproc_instantiate_workflow_template_all.submit()
    dataproc_instantiate_inline_workflow_template_run = dataproc_instantiate_inline_workflow_template.submit()
    dataproc_instantiate_inline_workflow_template_all_run = dataproc_instantiate_inline_workflow_template_all.submit()
    return [
        dataproc_create_cluster_run,
        dataproc_create_cluster_all_run,
        dataproc_delete_cluster_run,
        dataproc_delete_cluster_all_run,
        dataproc_update_cluster_run,
        dataproc_update_cluster_all_run,
        dataproc_submit_job_run,
        dataproc_submit_job_all_run,
        dataproc_create_workflow_template_run,
        dataproc_create_workflow_template_all_run,
        dataproc_instantiate_workflow_template_run,
        dataproc_instantiate_workflow_template_all_run,
        dataproc_instantiate_inline_workflow_template_run,
        dataproc_instantiate_inline_workflow_template_all_run,
    ]


if __name__ == "__main__":
    sys.exit(not google_dataproc(return_state=True).is_completed())
