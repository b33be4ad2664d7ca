"""Dlp of Google Cloud: each operator with what it must have, and with more."""
from datetime import datetime

from airflow import DAG
from airflow.providers.google.cloud.operators.dlp import (
    CloudDLPCreateInspectTemplateOperator,
    CloudDLPCreateJobTriggerOperator,
    CloudDLPCreateStoredInfoTypeOperator,
    CloudDLPDeidentifyContentOperator,
    CloudDLPDeleteInspectTemplateOperator,
    CloudDLPDeleteJobTriggerOperator,
    CloudDLPDeleteStoredInfoTypeOperator,
    CloudDLPInspectContentOperator,
    CloudDLPUpdateJobTriggerOperator,
    CloudDLPUpdateStoredInfoTypeOperator,
)

with DAG('google_dlp', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    CloudDLPDeidentifyContentOperator(task_id="clouddlp_deidentify_content", )
    CloudDLPDeidentifyContentOperator(task_id="clouddlp_deidentify_content_all", project_id="the-project-id", deidentify_config={}, inspect_config={}, item={"value": "a"}, inspect_template_name="the-inspect-template-name", deidentify_template_name="the-deidentify-template-name")
    CloudDLPInspectContentOperator(task_id="clouddlp_inspect_content", )
    CloudDLPInspectContentOperator(task_id="clouddlp_inspect_content_all", project_id="the-project-id", inspect_config={}, item={"value": "a"}, inspect_template_name="the-inspect-template-name")
    CloudDLPCreateInspectTemplateOperator(task_id="clouddlp_create_inspect_template", )
    CloudDLPCreateInspectTemplateOperator(task_id="clouddlp_create_inspect_template_all", organization_id="the-organization-id", project_id="the-project-id", inspect_template="the-inspect-template", template_id="the-template-id")
    CloudDLPDeleteInspectTemplateOperator(task_id="clouddlp_delete_inspect_template", template_id="the-template-id")
    CloudDLPDeleteInspectTemplateOperator(task_id="clouddlp_delete_inspect_template_all", template_id="the-template-id", organization_id="the-organization-id", project_id="the-project-id")
    CloudDLPCreateJobTriggerOperator(task_id="clouddlp_create_job_trigger", )
    CloudDLPCreateJobTriggerOperator(task_id="clouddlp_create_job_trigger_all", project_id="the-project-id", job_trigger={"display_name": "x"}, trigger_id="the-trigger-id")
    CloudDLPDeleteJobTriggerOperator(task_id="clouddlp_delete_job_trigger", job_trigger_id="the-job-trigger-id")
    CloudDLPDeleteJobTriggerOperator(task_id="clouddlp_delete_job_trigger_all", job_trigger_id="the-job-trigger-id", project_id="the-project-id")
    CloudDLPUpdateJobTriggerOperator(task_id="clouddlp_update_job_trigger", job_trigger_id="the-job-trigger-id")
    CloudDLPUpdateJobTriggerOperator(task_id="clouddlp_update_job_trigger_all", job_trigger_id="the-job-trigger-id", project_id="the-project-id", job_trigger={"display_name": "x"}, update_mask={"paths": ["name"]})
    CloudDLPCreateStoredInfoTypeOperator(task_id="clouddlp_create_stored_info_type", )
    CloudDLPCreateStoredInfoTypeOperator(task_id="clouddlp_create_stored_info_type_all", organization_id="the-organization-id", project_id="the-project-id", config="the-config", stored_info_type_id="the-stored-info-type-id")
    CloudDLPDeleteStoredInfoTypeOperator(task_id="clouddlp_delete_stored_info_type", stored_info_type_id="the-stored-info-type-id")
    CloudDLPDeleteStoredInfoTypeOperator(task_id="clouddlp_delete_stored_info_type_all", stored_info_type_id="the-stored-info-type-id", organization_id="the-organization-id", project_id="the-project-id")
    CloudDLPUpdateStoredInfoTypeOperator(task_id="clouddlp_update_stored_info_type", stored_info_type_id="the-stored-info-type-id")
    CloudDLPUpdateStoredInfoTypeOperator(task_id="clouddlp_update_stored_info_type_all", stored_info_type_id="the-stored-info-type-id", organization_id="the-organization-id", project_id="the-project-id", config={"display_name": "x"}, update_mask={"paths": ["name"]})
