"""Data Loss Prevention: airflow/providers/google/cloud/operators/dlp.py, airflow/contrib/operators/gcp_dlp_operator.py"""

from contextlib import suppress

from google.api_core.exceptions import AlreadyExists, InvalidArgument, NotFound
from google.cloud.dlp_v2 import (
    DeidentifyContentResponse, DlpServiceClient, InspectContentResponse, InspectTemplate, JobTrigger, StoredInfoType,
)


@operator("airflow.providers.google.cloud.operators.dlp.CloudDLPDeidentifyContentOperator")
def deidentify(project_id=project, deidentify_config=None, inspect_config=None, item=None, inspect_template_name=None, deidentify_template_name=None):
    client = DlpServiceClient(credentials=credentials)

    response = client.deidentify_content(
        request={
            "parent": f"projects/{project_id}",
            "deidentify_config": deidentify_config,
            "inspect_config": inspect_config,
            "item": item,
            "inspect_template_name": inspect_template_name,
            "deidentify_template_name": deidentify_template_name,
        },
        **options,
    )
    return DeidentifyContentResponse.to_dict(response)


@operator(
    "airflow.providers.google.cloud.operators.dlp.CloudDLPInspectContentOperator",
    "airflow.contrib.operators.gcp_dlp_operator.CloudDLPInspectContentOperator",
)
def inspect(project_id=project, inspect_config=None, item=None, inspect_template_name=None):
    client = DlpServiceClient(credentials=credentials)

    response = client.inspect_content(
        request={
            "parent": f"projects/{project_id}",
            "inspect_config": inspect_config,
            "item": item,
            "inspect_template_name": inspect_template_name,
        },
        **options,
    )
    return InspectContentResponse.to_dict(response)


@operator(
    "airflow.providers.google.cloud.operators.dlp.CloudDLPCreateInspectTemplateOperator",
    "airflow.contrib.operators.gcp_dlp_operator.CloudDLPCreateInspectTemplateOperator",
)
def create_template(organization_id=None, project_id=project, inspect_template=None, template_id=None):
    client = DlpServiceClient(credentials=credentials)
    if organization_id:
        parent = f"organizations/{organization_id}"
    else:
        parent = f"projects/{project_id}"

    if template_id:
        try:
            template = client.create_inspect_template(
                request={"parent": parent, "inspect_template": inspect_template, "template_id": template_id}, **options
            )
        except AlreadyExists:
            template = client.get_inspect_template(request={"name": f"{parent}/inspectTemplates/{template_id}"}, **options)
    else:
        template = client.create_inspect_template(request={"parent": parent, "inspect_template": inspect_template}, **options)
    return InspectTemplate.to_dict(template)


@operator(
    "airflow.providers.google.cloud.operators.dlp.CloudDLPDeleteInspectTemplateOperator",
    "airflow.contrib.operators.gcp_dlp_operator.CloudDLPDeleteInspectTemplateOperator",
)
def delete_template(template_id, organization_id=None, project_id=project):
    client = DlpServiceClient(credentials=credentials)
    if organization_id:
        parent = f"organizations/{organization_id}"
    else:
        parent = f"projects/{project_id}"

    with suppress(NotFound):
        client.delete_inspect_template(request={"name": f"{parent}/inspectTemplates/{template_id}"}, **options)


@operator("airflow.providers.google.cloud.operators.dlp.CloudDLPCreateJobTriggerOperator")
def create_trigger(project_id=project, job_trigger=None, trigger_id=None):
    client = DlpServiceClient(credentials=credentials)

    parent = f"projects/{project_id}"
    if trigger_id:
        try:
            trigger = client.create_job_trigger(request={"parent": parent, "job_trigger": job_trigger, "trigger_id": trigger_id}, **options)
        except InvalidArgument as error:
            if "already in use" not in error.message:
                raise
            trigger = client.get_job_trigger(request={"name": f"{parent}/jobTriggers/{trigger_id}"}, **options)
    else:
        trigger = client.create_job_trigger(request={"parent": parent, "job_trigger": job_trigger}, **options)
    return JobTrigger.to_dict(trigger)


@operator("airflow.providers.google.cloud.operators.dlp.CloudDLPDeleteJobTriggerOperator")
def delete_trigger(job_trigger_id, project_id=project):
    client = DlpServiceClient(credentials=credentials)

    with suppress(NotFound):
        client.delete_job_trigger(request={"name": f"projects/{project_id}/jobTriggers/{job_trigger_id}"}, **options)


@operator("airflow.providers.google.cloud.operators.dlp.CloudDLPUpdateJobTriggerOperator")
def update_trigger(job_trigger_id, project_id=project, job_trigger=None, update_mask=None):
    client = DlpServiceClient(credentials=credentials)

    name = f"projects/{project_id}/jobTriggers/{job_trigger_id}"
    trigger = client.update_job_trigger(name=name, job_trigger=job_trigger, update_mask=update_mask, **options)
    return JobTrigger.to_dict(trigger)


@operator("airflow.providers.google.cloud.operators.dlp.CloudDLPCreateStoredInfoTypeOperator")
def create_info_type(organization_id=None, project_id=project, config=None, stored_info_type_id=None):
    client = DlpServiceClient(credentials=credentials)
    if organization_id:
        parent = f"organizations/{organization_id}"
    else:
        parent = f"projects/{project_id}"

    if stored_info_type_id:
        try:
            info = client.create_stored_info_type(
                request={"parent": parent, "config": config, "stored_info_type_id": stored_info_type_id}, **options
            )
        except InvalidArgument as error:
            if "already exists" not in error.message:
                raise
            info = client.get_stored_info_type(request={"name": f"{parent}/storedInfoTypes/{stored_info_type_id}"}, **options)
    else:
        info = client.create_stored_info_type(request={"parent": parent, "config": config}, **options)
    return StoredInfoType.to_dict(info)


@operator("airflow.providers.google.cloud.operators.dlp.CloudDLPDeleteStoredInfoTypeOperator")
def delete_info_type(stored_info_type_id, organization_id=None, project_id=project):
    client = DlpServiceClient(credentials=credentials)
    if organization_id:
        parent = f"organizations/{organization_id}"
    else:
        parent = f"projects/{project_id}"

    with suppress(NotFound):
        client.delete_stored_info_type(request={"name": f"{parent}/storedInfoTypes/{stored_info_type_id}"}, **options)


@operator("airflow.providers.google.cloud.operators.dlp.CloudDLPUpdateStoredInfoTypeOperator")
def update_info_type(stored_info_type_id, organization_id=None, project_id=project, config=None, update_mask=None):
    client = DlpServiceClient(credentials=credentials)
    if organization_id:
        parent = f"organizations/{organization_id}"
    else:
        parent = f"projects/{project_id}"

    name = f"{parent}/storedInfoTypes/{stored_info_type_id}"
    info = client.update_stored_info_type(request={"name": name, "config": config, "update_mask": update_mask}, **options)
    return StoredInfoType.to_dict(info)
