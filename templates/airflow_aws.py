"""Airflow's AWS hooks on boto3, over Prefect's AwsCredentials blocks: https://docs.prefect.io/integrations/prefect-aws"""

import logging
import re
from functools import cached_property
from typing import Any

from airflow_connections import block_name, get_connection
from botocore.config import Config
from prefect_aws import AwsCredentials


def aws_client(service: str, block: str | None = "aws-default", **options: Any) -> Any:
    """A client of boto3 with the keys of an AwsCredentials block, or what boto3 finds by itself where there is no such block."""
    return client_of("client", service, credentials_of(block), **options)


def aws_resource(service: str, block: str | None = "aws-default", **options: Any) -> Any:
    return client_of("resource", service, credentials_of(block), **options)


def credentials_of(block: str | None) -> AwsCredentials:
    try:
        return AwsCredentials.load(block) if block else AwsCredentials()
    except ValueError as error:
        if "Unable to find block document" not in str(error):
            raise
    logging.getLogger("prefect.airflow_aws").warning("there is no block %s: boto3 looks for credentials by itself", block)
    return AwsCredentials()


def client_of(kind: str, service: str, credentials: AwsCredentials, region_name: str | None = None, **options: Any) -> Any:
    """`options` are those of boto3's clients; what the block says about them comes second."""
    session = credentials.model_copy(update={"region_name": region_name or credentials.region_name}).get_boto3_session()
    own = {name: value for name, value in options.items() if value is not None}
    if isinstance(own.get("config"), dict):
        own["config"] = Config(**own["config"])
    return getattr(session, kind)(service, **{**credentials.aws_client_parameters.get_params_override(), **own})


def extra_of(conn_id: str | None) -> dict[str, Any]:
    """The extra of a connection, {} where there is no such connection."""
    try:
        return get_connection(conn_id).extra_dejson if conn_id else {}
    except (KeyError, ValueError) as error:
        logging.getLogger("prefect.airflow_aws").warning("%s", error)
        return {}


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
        return credentials_of(block_name(self.aws_conn_id) if self.aws_conn_id else None)

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
        region, config = region_name or self.region_name, config or self.config
        return client_of(kind, service, self.credentials_block, region, config=config, verify=self.verify)

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
