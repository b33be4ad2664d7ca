"""Airflow's AWS hooks on boto3, over Prefect's AwsCredentials blocks: https://docs.prefect.io/integrations/prefect-aws"""

import logging
import re
from functools import cached_property
from typing import Any

from airflow_connections import block_name
from botocore.config import Config
from prefect_aws import AwsCredentials


class AwsHook:
    """Clients, resources and sessions of boto3. The block `my-aws` stands for the connection `my_aws`; with None it is what boto3 finds by itself."""

    service: str | None = None
    log = logging.getLogger("prefect.airflow_aws")

    def __init__(
        self,
        aws_conn_id: str | None = "aws_default",
        verify: bool | str | None = None,
        region_name: str | None = None,
        client_type: str | None = None,
        resource_type: str | None = None,
        config: Any = None,
    ) -> None:
        self.aws_conn_id, self.verify = aws_conn_id, verify
        self.config = Config(**config) if isinstance(config, dict) else config
        self.client_type, self.resource_type, self._region = client_type or self.service, resource_type, region_name

    @cached_property
    def credentials_block(self) -> AwsCredentials:
        return AwsCredentials.load(block_name(self.aws_conn_id)) if self.aws_conn_id else AwsCredentials()

    @property
    def region_name(self) -> str | None:
        return self._region or self.credentials_block.region_name

    def get_session(self, region_name: str | None = None) -> Any:
        region = region_name or self.region_name
        return self.credentials_block.model_copy(update={"region_name": region}).get_boto3_session()

    def get_client_type(self, client_type: str | None = None, region_name: str | None = None, config: Any = None) -> Any:
        """Airflow 1.10 is told the service here, Airflow 2 when the hook is made: then the first argument is a region."""
        if client_type and re.fullmatch(r"[a-z]{2}(-[a-z]+)+-\d", client_type):
            client_type, region_name, config = None, client_type, region_name or config
        return self._made("client", client_type or self.client_type, region_name, config)

    def get_resource_type(self, resource_type: str | None = None, region_name: str | None = None, config: Any = None) -> Any:
        if resource_type and re.fullmatch(r"[a-z]{2}(-[a-z]+)+-\d", resource_type):
            resource_type, region_name, config = None, resource_type, region_name or config
        return self._made("resource", resource_type or self.resource_type or self.client_type, region_name, config)

    def _made(self, kind: str, service: str | None, region_name: str | None, config: Any) -> Any:
        if service is None:
            raise ValueError("which service of AWS is not said")
        options = self.credentials_block.aws_client_parameters.get_params_override()
        own = {"config": config or self.config, "verify": self.verify}
        options.update({name: value for name, value in own.items() if value is not None})
        return getattr(self.get_session(region_name), kind)(service, **options)

    @cached_property
    def conn(self) -> Any:
        """The client, or the resource if the hook was made for one."""
        return self.get_resource_type() if self.resource_type else self.get_client_type()

    def get_conn(self) -> Any:
        return self.conn

    @property
    def conn_region_name(self) -> str:
        client = self.conn.meta.client if self.resource_type else self.conn
        return client.meta.region_name

    def get_credentials(self, region_name: str | None = None) -> Any:
        """The keys: `access_key`, `secret_key`, `token`."""
        return self.get_session(region_name).get_credentials().get_frozen_credentials()

    def expand_role(self, role: str, region_name: str | None = None) -> str:
        """The ARN of a role."""
        if "/" in role:
            return role
        return self._made("client", "iam", region_name, None).get_role(RoleName=role)["Role"]["Arn"]
