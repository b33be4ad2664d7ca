"""What Airflow's operators and hooks for Google Cloud have in common, over Prefect's GcpCredentials blocks.

https://docs.prefect.io/integrations/prefect-gcp
"""

import ast
import json
import re
import time
from datetime import date
from datetime import time as clock
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from airflow_connections import block_name
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from prefect_gcp import GcpCredentials


class GoogleBaseHook:
    """Credentials and project. The GcpCredentials block `google-cloud-default` stands for the connection `google_cloud_default`."""

    def __init__(self, gcp_conn_id: str = "google_cloud_default", **kwargs: Any) -> None:
        self.gcp_conn_id = gcp_conn_id
        if given := [name for name, value in kwargs.items() if value is not None]:
            raise NotImplementedError(f"{type(self).__name__}({given[0]}=...) has no place in Prefect's GcpCredentials")

    def block(self) -> GcpCredentials:
        return GcpCredentials.load(block_name(self.gcp_conn_id))

    @property
    def project_id(self) -> str | None:
        return self.block().project

    def get_credentials(self) -> Any:
        return self.block().get_credentials_from_service_account()

    def get_credentials_and_project_id(self) -> tuple[Any, str | None]:
        return self.get_credentials(), self.project_id


def service_of(gcp_conn_id: str, name: str, version: str, *scopes: str) -> Any:
    """The client of an API of Google's, with scopes besides that of Google Cloud."""
    credentials = GoogleBaseHook(gcp_conn_id).get_credentials()
    if scopes:
        credentials = credentials.with_scopes([f"https://www.googleapis.com/auth/{scope}" for scope in ("cloud-platform", *scopes)])
    return build(name, version, credentials=credentials, cache_discovery=False)


def made_unless(status: int, request: Any) -> None:
    """Ask Google; an answer of this status is fine: 409 where it is there, 404 where it is not."""
    try:
        request.execute(num_retries=5)
    except HttpError as error:
        if error.resp.status != status:
            raise


def exists(request: Any) -> bool:
    """Whether Google finds what a request asks for."""
    try:
        request.execute(num_retries=5)
    except HttpError as error:
        if error.resp.status != 404:
            raise
        return False
    return True


def wait_for_sql(service: Any, project: str, operation: dict[str, Any]) -> None:
    """Wait for an operation of Cloud SQL."""
    while True:
        found = service.operations().get(project=project, operation=operation["name"]).execute(num_retries=5)
        if found.get("status") == "DONE":
            break
        time.sleep(20)
    if found.get("error"):
        raise RuntimeError(str(found["error"].get("errors")))


def listed(names: Any) -> Any:
    """A list of names as Airflow reads it from text: that of a Python list, or names with commas between."""
    if not isinstance(names, str):
        return names
    try:
        return ast.literal_eval(names)
    except (SyntaxError, ValueError):
        return names.split(",")


def wait_for_operation(operations: Any, operation: dict[str, Any], seconds: float = 5) -> Any:
    """Wait for a long-running operation, by the service's own resource for them; what it gave."""
    while True:
        found = operations.get(name=operation["name"]).execute(num_retries=5)
        if found.get("done"):
            break
        time.sleep(seconds)
    if found.get("error"):
        raise RuntimeError(str(found["error"]))
    return found.get("response")


def wait_for_datastore(service: Any, operation: dict[str, Any], seconds: float = 10) -> dict[str, Any]:
    """Wait for an export or import of Datastore."""
    while True:
        found = service.projects().operations().get(name=operation["name"]).execute(num_retries=5)
        if found["metadata"]["common"]["state"] not in ("PROCESSING", "INITIALIZING"):
            break
        time.sleep(seconds)
    if found["metadata"]["common"]["state"] != "SUCCESSFUL":
        raise RuntimeError(f"Operation failed: result={found}")
    return found


def wait_for_compute(service: Any, project: str, zone: str | None, operation: dict[str, Any]) -> None:
    """Wait for an operation of Compute Engine, in a zone or of no place."""
    while True:
        if zone is None:
            request = service.globalOperations().get(project=project, operation=operation["name"])
        else:
            request = service.zoneOperations().get(project=project, zone=zone, operation=operation["name"])
        found = request.execute(num_retries=5)
        if found.get("status") == "DONE":
            break
        time.sleep(1)
    if found.get("error"):
        raise RuntimeError(f"{found.get('httpErrorStatusCode')} {found.get('httpErrorMessage')}: {found['error'].get('errors')}")


def wait_for_kubernetes(client: Any, parent: str, operation: Any) -> Any:
    """Wait for an operation of Kubernetes Engine."""
    time.sleep(15)
    while operation.status != operation.Status.DONE:
        if operation.status not in (operation.Status.RUNNING, operation.Status.PENDING):
            raise RuntimeError(f"the operation has failed with status {operation.status}")
        time.sleep(15)
        operation = client.get_operation(name=f"{parent}/operations/{operation.name}")
    return operation


def build_of(wanted: Any, *, old: bool = False) -> dict[str, Any]:
    """A build of Cloud Build, of a dict or a JSON or YAML file, with the addresses of its source taken apart.

    `old`: with the names that the API has (`storageSource`) instead of its client's (`storage_source`).
    """
    if isinstance(wanted, str):
        text = Path(wanted).read_text(encoding="utf-8")
        if "{{" in text:
            raise NotImplementedError(f"{wanted} is a template: pass its content as `build`")
        if wanted.endswith((".yaml", ".yml")):
            import yaml

            wanted = yaml.safe_load(text)
        else:
            wanted = json.loads(text)
    source = wanted.get("source")
    if not source:
        return wanted
    names = {name: re.sub("_([a-z])", lambda found: found[1].upper(), name) if old else name for name in _BUILD_NAMES}
    storage, repository = names["storage_source"], names["repo_source"]
    if (storage in source) == (repository in source):
        raise ValueError(f"a source is either {storage} or {repository}")
    if isinstance(source.get(storage), str):
        parts = urlsplit(source[storage])
        if parts.scheme != "gs" or not parts.hostname or parts.path in ("", "/"):
            raise ValueError("write the source as gs://bucket-name/object-name.tar.gz#24565443")
        made: dict[str, Any] = {"bucket": parts.hostname, "object" if old else "object_": parts.path[1:]}
        if parts.fragment:
            made["generation"] = parts.fragment if old else int(parts.fragment)
        return {**wanted, "source": {**source, storage: made}}
    if isinstance(source.get(repository), str):
        parts = urlsplit(source[repository])
        found = re.search("^/(?P<project>[^/]+)/(?P<repo>[^/]+)[+/]*(?P<branch>[^:]+)?", parts.path)
        if parts.scheme != "https" or parts.hostname != "source.cloud.google.com" or not found:
            raise ValueError("write the source as https://source.cloud.google.com/project/repository/+/branch:")
        branch = unquote(found["branch"]) if found["branch"] else "master"
        made = {names["project_id"]: unquote(found["project"]), names["repo_name"]: unquote(found["repo"]), names["branch_name"]: branch}
        return {**wanted, "source": {**source, repository: made}}
    return wanted


_BUILD_NAMES = ("storage_source", "repo_source", "project_id", "repo_name", "branch_name")


def transfer_of(body: dict[str, Any]) -> dict[str, Any]:
    """A job of the Storage Transfer Service, with dates and times as its API has them."""
    source = body.get("transferSpec", {}).get("awsS3DataSource")
    if source and "roleArn" not in source and "awsAccessKey" not in source:
        raise NotImplementedError("put the keys of AWS into the job, as awsAccessKey: Airflow takes them from a connection")
    schedule = {}
    for name, value in body.get("schedule", {}).items():
        if isinstance(value, date):
            value = {"day": value.day, "month": value.month, "year": value.year}
        elif isinstance(value, clock):
            value = {"hours": value.hour, "minutes": value.minute, "seconds": value.second}
        schedule[name] = value
    return {**body, "schedule": schedule} if schedule else body


def transfer_operations(service: Any, project: str, job_name: str) -> list[dict[str, Any]]:
    """The operations of a job of the Storage Transfer Service."""
    wanted = json.dumps({"project_id": project, "job_names": [job_name]})
    found, request = [], service.transferOperations().list(name="transferOperations", filter=wanted)
    while request is not None:
        response = request.execute(num_retries=5)
        found += response.get("operations", [])
        request = service.transferOperations().list_next(previous_request=request, previous_response=response)
    return found


def transferred(operations: list[dict[str, Any]], expected: Any) -> bool:
    """Whether an operation has a status that is waited for; raises where one has failed."""
    wanted = {expected} if isinstance(expected, str) else set(expected)
    found = {operation["metadata"]["status"] for operation in operations}
    if not found & wanted and found & {"FAILED", "ABORTED"}:
        raise RuntimeError(f"An unexpected operation status was encountered. Expected: {', '.join(wanted)}")
    return bool(found & wanted)
