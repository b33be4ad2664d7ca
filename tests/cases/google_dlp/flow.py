"""Dlp of Google Cloud: each operator with what it must have, and with more."""
import sys
from contextlib import suppress
from datetime import datetime

from google.api_core.exceptions import AlreadyExists, InvalidArgument, NotFound
from google.cloud.dlp_v2 import (
    DeidentifyContentResponse, DlpServiceClient, InspectContentResponse, InspectTemplate, JobTrigger, StoredInfoType
)
from prefect import flow, task
from prefect_gcp import GcpCredentials

from airflow_resume import SAME_DATE


@task(
    name="clouddlp_deidentify_content",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def clouddlp_deidentify_content():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = DlpServiceClient(credentials=gcp_credentials.get_credentials_from_service_account())
    response = client.deidentify_content(request={"parent": f"projects/{gcp_credentials.project}"})
    return DeidentifyContentResponse.to_dict(response)


@task(
    name="clouddlp_deidentify_content_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def clouddlp_deidentify_content_all():
    client = DlpServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    response = client.deidentify_content(
        request={
            "parent": "projects/the-project-id",
            "deidentify_config": {},
            "inspect_config": {},
            "item": {"value": "a"},
            "inspect_template_name": "the-inspect-template-name",
            "deidentify_template_name": "the-deidentify-template-name",
        }
    )
    return DeidentifyContentResponse.to_dict(response)


@task(
    name="clouddlp_inspect_content",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def clouddlp_inspect_content():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = DlpServiceClient(credentials=gcp_credentials.get_credentials_from_service_account())
    response = client.inspect_content(request={"parent": f"projects/{gcp_credentials.project}"})
    return InspectContentResponse.to_dict(response)


@task(
    name="clouddlp_inspect_content_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def clouddlp_inspect_content_all():
    client = DlpServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    response = client.inspect_content(
        request={
            "parent": "projects/the-project-id",
            "inspect_config": {},
            "item": {"value": "a"},
            "inspect_template_name": "the-inspect-template-name",
        }
    )
    return InspectContentResponse.to_dict(response)


@task(
    name="clouddlp_create_inspect_template",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def clouddlp_create_inspect_template():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = DlpServiceClient(credentials=gcp_credentials.get_credentials_from_service_account())
    parent = f"projects/{gcp_credentials.project}"
    template = client.create_inspect_template(request={"parent": parent})
    return InspectTemplate.to_dict(template)


@task(
    name="clouddlp_create_inspect_template_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def clouddlp_create_inspect_template_all():
    client = DlpServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    parent = "organizations/the-organization-id"
    try:
        template = client.create_inspect_template(
            request={"parent": parent, "inspect_template": "the-inspect-template", "template_id": "the-template-id"}
        )
    except AlreadyExists:
        template = client.get_inspect_template(request={"name": f"{parent}/inspectTemplates/the-template-id"})
    return InspectTemplate.to_dict(template)


@task(
    name="clouddlp_delete_inspect_template",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def clouddlp_delete_inspect_template():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = DlpServiceClient(credentials=gcp_credentials.get_credentials_from_service_account())
    parent = f"projects/{gcp_credentials.project}"
    with suppress(NotFound):
        client.delete_inspect_template(request={"name": f"{parent}/inspectTemplates/the-template-id"})


@task(
    name="clouddlp_delete_inspect_template_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def clouddlp_delete_inspect_template_all():
    client = DlpServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    parent = "organizations/the-organization-id"
    with suppress(NotFound):
        client.delete_inspect_template(request={"name": f"{parent}/inspectTemplates/the-template-id"})


@task(
    name="clouddlp_create_job_trigger",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def clouddlp_create_job_trigger():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = DlpServiceClient(credentials=gcp_credentials.get_credentials_from_service_account())
    parent = f"projects/{gcp_credentials.project}"
    trigger = client.create_job_trigger(request={"parent": parent})
    return JobTrigger.to_dict(trigger)


@task(
    name="clouddlp_create_job_trigger_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def clouddlp_create_job_trigger_all():
    client = DlpServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    parent = "projects/the-project-id"
    try:
        trigger = client.create_job_trigger(
            request={"parent": parent, "job_trigger": {"display_name": "x"}, "trigger_id": "the-trigger-id"}
        )
    except InvalidArgument as error:
        if "already in use" not in error.message:
            raise
        trigger = client.get_job_trigger(request={"name": f"{parent}/jobTriggers/the-trigger-id"})
    return JobTrigger.to_dict(trigger)


@task(
    name="clouddlp_delete_job_trigger",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def clouddlp_delete_job_trigger():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = DlpServiceClient(credentials=gcp_credentials.get_credentials_from_service_account())
    with suppress(NotFound):
        client.delete_job_trigger(
            request={"name": f"projects/{gcp_credentials.project}/jobTriggers/the-job-trigger-id"}
        )


@task(
    name="clouddlp_delete_job_trigger_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def clouddlp_delete_job_trigger_all():
    client = DlpServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    with suppress(NotFound):
        client.delete_job_trigger(request={"name": "projects/the-project-id/jobTriggers/the-job-trigger-id"})


@task(
    name="clouddlp_update_job_trigger",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def clouddlp_update_job_trigger():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = DlpServiceClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/jobTriggers/the-job-trigger-id"
    trigger = client.update_job_trigger(name=name)
    return JobTrigger.to_dict(trigger)


@task(
    name="clouddlp_update_job_trigger_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def clouddlp_update_job_trigger_all():
    client = DlpServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/jobTriggers/the-job-trigger-id"
    trigger = client.update_job_trigger(name=name, job_trigger={"display_name": "x"}, update_mask={"paths": ["name"]})
    return JobTrigger.to_dict(trigger)


@task(
    name="clouddlp_create_stored_info_type",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def clouddlp_create_stored_info_type():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = DlpServiceClient(credentials=gcp_credentials.get_credentials_from_service_account())
    parent = f"projects/{gcp_credentials.project}"
    info = client.create_stored_info_type(request={"parent": parent})
    return StoredInfoType.to_dict(info)


@task(
    name="clouddlp_create_stored_info_type_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def clouddlp_create_stored_info_type_all():
    client = DlpServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    parent = "organizations/the-organization-id"
    try:
        info = client.create_stored_info_type(
            request={"parent": parent, "config": "the-config", "stored_info_type_id": "the-stored-info-type-id"}
        )
    except InvalidArgument as error:
        if "already exists" not in error.message:
            raise
        info = client.get_stored_info_type(request={"name": f"{parent}/storedInfoTypes/the-stored-info-type-id"})
    return StoredInfoType.to_dict(info)


@task(
    name="clouddlp_delete_stored_info_type",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def clouddlp_delete_stored_info_type():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = DlpServiceClient(credentials=gcp_credentials.get_credentials_from_service_account())
    parent = f"projects/{gcp_credentials.project}"
    with suppress(NotFound):
        client.delete_stored_info_type(request={"name": f"{parent}/storedInfoTypes/the-stored-info-type-id"})


@task(
    name="clouddlp_delete_stored_info_type_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def clouddlp_delete_stored_info_type_all():
    client = DlpServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    parent = "organizations/the-organization-id"
    with suppress(NotFound):
        client.delete_stored_info_type(request={"name": f"{parent}/storedInfoTypes/the-stored-info-type-id"})


@task(
    name="clouddlp_update_stored_info_type",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def clouddlp_update_stored_info_type():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = DlpServiceClient(credentials=gcp_credentials.get_credentials_from_service_account())
    parent = f"projects/{gcp_credentials.project}"
    name = f"{parent}/storedInfoTypes/the-stored-info-type-id"
    info = client.update_stored_info_type(request={"name": name})
    return StoredInfoType.to_dict(info)


@task(
    name="clouddlp_update_stored_info_type_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def clouddlp_update_stored_info_type_all():
    client = DlpServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    parent = "organizations/the-organization-id"
    name = f"{parent}/storedInfoTypes/the-stored-info-type-id"
    info = client.update_stored_info_type(
        request={"name": name, "config": {"display_name": "x"}, "update_mask": {"paths": ["name"]}}
    )
    return StoredInfoType.to_dict(info)


@flow(name="google_dlp")
def google_dlp(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    clouddlp_deidentify_content_run = clouddlp_deidentify_content.submit()
    clouddlp_deidentify_content_all_run = clouddlp_deidentify_content_all.submit()
    clouddlp_inspect_content_run = clouddlp_inspect_content.submit()
    clouddlp_inspect_content_all_run = clouddlp_inspect_content_all.submit()
    clouddlp_create_inspect_template_run = clouddlp_create_inspect_template.submit()
    clouddlp_create_inspect_template_all_run = clouddlp_create_inspect_template_all.submit()
    clouddlp_delete_inspect_template_run = clouddlp_delete_inspect_template.submit()
    clouddlp_delete_inspect_template_all_run = clouddlp_delete_inspect_template_all.submit()
    clouddlp_create_job_trigger_run = clouddlp_create_job_trigger.submit()
    clouddlp_create_job_trigger_all_run = clouddlp_create_job_trigger_all.submit()
    clouddlp_delete_job_trigger_run = clouddlp_delete_job_trigger.submit()
    clouddlp_delete_job_trigger_all_run = clouddlp_delete_job_trigger_all.submit()
    clouddlp_update_job_trigger_run = clouddlp_update_job_trigger.submit()
    clouddlp_update_job_trigger_all_run = clouddlp_update_job_trigger_all.submit()
    clouddlp_create_stored_info_type_run = clouddlp_create_stored_info_type.submit()
    clouddlp_create_stored_info_type_all_run = clouddlp_create_stored_info_type_all.submit()
    clouddlp_delete_stored_info_type_run = clouddlp_delete_stored_info_type.submit()
    clouddlp_delete_stored_info_type_all_run = clouddlp_delete_stored_info_type_all.submit()
    clouddlp_update_stored_info_type_run = clouddlp_update_stored_info_type.submit()
    clouddlp_update_stored_info_type_all_run = clouddlp_update_stored_info_type_all.submit()
    return [
        clouddlp_deidentify_content_run,
        clouddlp_deidentify_content_all_run,
        clouddlp_inspect_content_run,
        clouddlp_inspect_content_all_run,
        clouddlp_create_inspect_template_run,
        clouddlp_create_inspect_template_all_run,
        clouddlp_delete_inspect_template_run,
        clouddlp_delete_inspect_template_all_run,
        clouddlp_create_job_trigger_run,
        clouddlp_create_job_trigger_all_run,
        clouddlp_delete_job_trigger_run,
        clouddlp_delete_job_trigger_all_run,
        clouddlp_update_job_trigger_run,
        clouddlp_update_job_trigger_all_run,
        clouddlp_create_stored_info_type_run,
        clouddlp_create_stored_info_type_all_run,
        clouddlp_delete_stored_info_type_run,
        clouddlp_delete_stored_info_type_all_run,
        clouddlp_update_stored_info_type_run,
        clouddlp_update_stored_info_type_all_run,
    ]


if __name__ == "__main__":
    sys.exit(not google_dlp(return_state=True).is_completed())
