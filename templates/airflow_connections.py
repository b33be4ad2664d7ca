"""Airflow's connections, kept in Prefect's blocks: https://docs.prefect.io/v3/concepts/blocks

`airflow2prefect config` makes the blocks. A connection of a type that has no block of its own is a Secret with its parts.
"""

import json
import logging
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from prefect.blocks.core import Block
from prefect.blocks.system import Secret


@dataclass
class Connection:
    """What Airflow knows of a connection. `extra` is text, `extra_dejson` the object in it."""

    conn_id: str
    conn_type: str | None = None
    host: str | None = None
    schema: str | None = None
    login: str | None = None
    password: str | None = field(default=None, repr=False)
    port: int | None = None
    extra: str | None = field(default=None, repr=False)

    @property
    def extra_dejson(self) -> dict[str, Any]:
        try:
            return json.loads(self.extra) if self.extra else {}
        except ValueError:
            return {}

    def get_uri(self) -> str:
        login = quote(self.login or "", safe="") + (f":{quote(self.password, safe='')}" if self.password else "")
        host = quote(self.host or "", safe="") + (f":{self.port}" if self.port else "")
        query = f"?{urlencode(self.extra_dejson)}" if self.extra_dejson else ""
        return f"{self.conn_type}://{login}{'@' if login else ''}{host}/{quote(self.schema or '', safe='')}{query}"


def get_connection(conn_id: str) -> Connection:
    """The connection in the Secret block of its name, or in the SqlAlchemyConnector or AwsCredentials that became of it.

    Raises ValueError where there is none of them.
    """
    name = block_name(conn_id)
    parts = _loaded(f"secret/{name}")
    if parts is not None:
        return _of_secret(conn_id, parts)
    try:
        import prefect_sqlalchemy  # noqa: F401  makes its block known
    except ImportError:
        pass
    else:
        block = _loaded(f"sqlalchemy-connector/{name}")
        if block is not None:
            url = block.get_engine().url
            kind = url.get_backend_name().replace("postgresql", "postgres")
            extra = json.dumps(block.connect_args) if block.connect_args else None
            return Connection(conn_id, kind, url.host, url.database, url.username, url.password, url.port, extra)
    try:
        import prefect_aws  # noqa: F401
    except ImportError:
        pass
    else:
        block = _loaded(f"aws-credentials/{name}")
        if block is not None:
            secret = block.aws_secret_access_key.get_secret_value() if block.aws_secret_access_key else None
            extra = json.dumps({"region_name": block.region_name}) if block.region_name else None
            return Connection(conn_id, "aws", login=block.aws_access_key_id, password=secret, extra=extra)
    raise ValueError(f"The conn_id `{conn_id}` isn't defined: there is no Secret block {name}")


def _loaded(slug: str) -> Any:
    try:
        return Block.load(slug)
    except ValueError as error:
        if "Unable to find block document" not in str(error):
            raise
        return None


def _of_secret(conn_id: str, secret: Secret) -> Connection:
    """Airflow's parts of a connection as JSON, or only a password."""
    value = secret.get()
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            value = {"password": value}
    if not isinstance(value, dict):
        value = {"password": str(value)}
    parts = {name: value.get(name) for name in ("conn_type", "host", "schema", "login", "password", "port")}
    extra = value.get("extra")
    return Connection(conn_id, **parts, extra=extra if extra is None or isinstance(extra, str) else json.dumps(extra))


class BaseHook:
    """What hooks of one's own derive from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.log = logging.getLogger("prefect.airflow_connections")

    @classmethod
    def get_connection(cls, conn_id: str) -> Connection:
        return get_connection(conn_id)


def block_name(conn_id: str) -> str:
    """Prefect's name for the block of an Airflow connection: lowercase letters, digits and dashes."""
    return re.sub(r"[^a-z0-9]+", "-", conn_id.lower()).strip("-") or "default"
