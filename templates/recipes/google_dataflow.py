"""Dataflow: airflow/providers/google/cloud/operators/dataflow.py, airflow/contrib/operators/dataflow_operator.py of 1.10."""

from airflow_dataflow import environment_of, job_name_of, wait_for_dataflow
from googleapiclient.discovery import build


@operator("airflow.providers.google.cloud.operators.dataflow.DataflowTemplatedJobStartOperator")
def start_template(
    template, project_id=project, job_name=task_id, options=None, dataflow_default_options=None, parameters=None, location="us-central1",
    poll_sleep=10, environment=None, wait_until_finished=None, append_job_name=None, expected_terminal_state=None,
):
    if expected_terminal_state:
        refuse(expected_terminal_state)
    service = build("dataflow", "v1b3", credentials=credentials, cache_discovery=False)
    body = {
        "jobName": job_name_of(job_name, append=append_job_name),
        "parameters": parameters,
        "environment": (
            environment_of({**dataflow_default_options, **options}, environment) if options and dataflow_default_options
            else environment_of(options, environment) if options
            else environment_of(dataflow_default_options, environment) if dataflow_default_options
            else environment
        ),
    }
    templates = service.projects().locations().templates()
    job = templates.launch(projectId=project_id, location=location, gcsPath=template, body=body).execute(num_retries=5)["job"]
    wait_for_dataflow(service, project_id, location, job["id"], seconds=poll_sleep, wait_until_finished=wait_until_finished)
    push(job_id=job["id"])
    return job["id"]


@operator("airflow.contrib.operators.dataflow_operator.DataflowTemplateOperator")
def start_template_1(template, job_name=task_id, dataflow_default_options=None, parameters=None, poll_sleep=10):
    if not dataflow_default_options:
        refuse(dataflow_default_options)
    service = build("dataflow", "v1b3", credentials=credentials, cache_discovery=False)
    settings = dataflow_default_options
    location = settings.get("region", "us-central1")
    body = {"jobName": job_name_of(job_name), "parameters": parameters, "environment": environment_of(settings)}
    templates = service.projects().locations().templates()
    job = templates.launch(projectId=settings["project"], location=location, gcsPath=template, body=body).execute(num_retries=5)["job"]
    wait_for_dataflow(service, settings["project"], location, job["id"], seconds=poll_sleep)


@operator("airflow.providers.google.cloud.operators.dataflow.DataflowStartFlexTemplateOperator")
def start_flex_template(body, location="us-central1", project_id=project, wait_until_finished=None, append_job_name=None, drain_pipeline=None):
    if append_job_name:
        refuse(append_job_name)
    service = build("dataflow", "v1b3", credentials=credentials, cache_discovery=False)
    launch = {**body, "launchParameter": {**body["launchParameter"], "jobName": job_name_of(body["launchParameter"]["jobName"])}}
    templates = service.projects().locations().flexTemplates()
    job = templates.launch(projectId=project_id, location=location, body=launch).execute(num_retries=5)["job"]
    return wait_for_dataflow(service, project_id, location, job["id"], seconds=10, wait_until_finished=wait_until_finished)
