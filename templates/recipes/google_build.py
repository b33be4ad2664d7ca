"""Cloud Build: airflow/providers/google/cloud/operators/cloud_build.py, airflow/contrib/operators/gcp_cloud_build_operator.py of 1.10."""

from airflow_google import build_of, service_of, wait_for_operation
from google.cloud.devtools.cloudbuild import Build, CloudBuildClient


@operator(
    "airflow.providers.google.cloud.operators.cloud_build.CloudBuildCreateBuildOperator",
    "airflow.contrib.operators.gcp_cloud_build_operator.CloudBuildCreateBuildOperator",
)
def create_build(body=None, build=None, project_id=project, wait=True, location="global", poll_interval=None, api_version="v1"):
    if not wait:
        refuse(wait)
    if location != "global":
        refuse(location)
    if body is None and build is None:
        refuse(build)
    if body is not None:
        service = service_of(connection, "cloudbuild", api_version)
        builds = service.projects().builds()
        operation = builds.create(projectId=project_id, body=build_of(body, old=True)).execute(num_retries=5)
        wait_for_operation(service.operations(), operation)
        return builds.get(projectId=project_id, id=operation["metadata"]["build"]["id"]).execute(num_retries=5)
    request = {"parent": f"projects/{project_id}/locations/{location}", "project_id": project_id, "build": build_of(build)}
    operation = CloudBuildClient(credentials=credentials).create_build(request=request, **options)
    push(id=operation.metadata.build.id)
    return Build.to_dict(operation.result())
