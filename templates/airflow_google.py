"""What Airflow's operators and hooks for Google Cloud have in common, over Prefect's GcpCredentials blocks.

https://docs.prefect.io/integrations/prefect-gcp
"""

import ast
import time
from typing import Any

from airflow_connections import block_name
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
