"""Cloud Functions and Life Sciences: airflow/providers/google/cloud/operators/{functions,life_sciences}.py"""

from airflow_google import wait_for_operation
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError


@operator(
    "airflow.providers.google.cloud.operators.functions.CloudFunctionDeleteFunctionOperator",
    "airflow.contrib.operators.gcp_function_operator.GcfFunctionDeleteOperator",
)
def delete_function(name, api_version="v1"):
    service = build("cloudfunctions", api_version, credentials=credentials, cache_discovery=False)
    try:
        operation = service.projects().locations().functions().delete(name=name).execute(num_retries=5)
        wait_for_operation(service.operations(), operation)
    except HttpError as error:
        if error.resp.status != 404:
            raise


@operator("airflow.providers.google.cloud.operators.functions.CloudFunctionInvokeFunctionOperator")
def invoke(function_id, input_data, location, project_id=project, api_version="v1"):
    service = build("cloudfunctions", api_version, credentials=credentials, cache_discovery=False)
    name = f"projects/{project_id}/locations/{location}/functions/{function_id}"
    result = service.projects().locations().functions().call(name=name, body=input_data).execute(num_retries=5)
    if "error" in result:
        raise RuntimeError(result["error"])
    push(execution_id=result.get("executionId"))
    return result


@operator("airflow.providers.google.cloud.operators.life_sciences.LifeSciencesRunPipelineOperator")
def run_pipeline(body, location, project_id=project, api_version="v2beta"):
    service = build("lifesciences", api_version, credentials=credentials, cache_discovery=False)
    parent = f"projects/{project_id}/locations/{location}"
    operation = service.projects().locations().pipelines().run(parent=parent, body=body).execute(num_retries=5)
    return wait_for_operation(service.projects().locations().operations(), operation)
