"""What Airflow's operators and hooks for Google Cloud have in common, over Prefect's GcpCredentials blocks.

https://docs.prefect.io/integrations/prefect-gcp
"""

from typing import Any

from airflow_connections import block_name
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
