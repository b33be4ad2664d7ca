"""Which Prefect block an Airflow connection becomes, and what it holds.

https://docs.prefect.io/v3/concepts/blocks, https://docs.prefect.io/integrations
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from airflow2prefect.migrate.connections import Connection
from airflow2prefect.model import block_name


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of block: the class to import, its slug at the API, the package that brings it."""

    path: str
    slug: str
    package: str

    @property
    def name(self) -> str:
        return self.path.rpartition(".")[2]


KINDS = {
    kind.name: kind
    for kind in (
        Kind("prefect_sqlalchemy.SqlAlchemyConnector", "sqlalchemy-connector", "prefect-sqlalchemy"),
        Kind("prefect_aws.AwsCredentials", "aws-credentials", "prefect-aws"),
        Kind("prefect_gcp.GcpCredentials", "gcp-credentials", "prefect-gcp"),
        Kind("prefect_email.EmailServerCredentials", "email-server-credentials", "prefect-email"),
        Kind("prefect_slack.SlackCredentials", "slack-credentials", "prefect-slack"),
        Kind("prefect_databricks.DatabricksCredentials", "databricks-credentials", "prefect-databricks"),
        Kind("prefect.blocks.notifications.SlackWebhook", "slack-webhook", "prefect"),
        Kind("prefect.blocks.system.Secret", "secret", "prefect"),
    )
}


@dataclass(frozen=True, slots=True)
class Block:
    """A block to make. `fields` are the arguments of its class. `left`: keys of the connection's extra that it has no place for."""

    kind: Kind
    name: str
    fields: Mapping[str, object] = field(repr=False)
    left: tuple[str, ...] = ()
    driver: str = ""


Fields = dict[str, object]
# The fields of a block, and the keys of the extra that went into them or that mean nothing to a flow.
Made = tuple[Fields, frozenset[str]]


def blocks_of(connection: Connection) -> tuple[Block, ...]:
    """The blocks for a connection: a Secret with its parts where Prefect has none for its type, and where code often asks for them."""
    first = _block(connection)
    if connection.conn_type not in ("http", "slack", "slackwebhook") or first.kind.name == "Secret":
        return (first,)
    return first, Block(KINDS["Secret"], first.name, {"value": connection.parts()})


def _block(connection: Connection) -> Block:
    name, extras = block_name(connection.conn_id), connection.extras
    made = _database(connection, extras)
    if made is not None:
        fields, taken = made
        info = fields["connection_info"]
        driver = str(info["driver"]) if isinstance(info, dict) else ""
        return Block(KINDS["SqlAlchemyConnector"], name, fields, _left(extras, taken), driver)
    for kind, convert in _SERVICES.get(connection.conn_type, ()):
        service = convert(connection, extras)
        if service is not None:
            return Block(KINDS[kind], name, service[0], _left(extras, service[1]))
    return Block(KINDS["Secret"], name, {"value": connection.parts()})


def _left(extras: Mapping[str, object], taken: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(key for key, value in extras.items() if key not in taken and value not in (None, "", False)))


def _set(fields: Mapping[str, object]) -> Fields:
    return {key: value for key, value in fields.items() if value not in (None, "", {})}


# ---------------------------------------------------------------------------------------------- databases


def _database(c: Connection, extras: Mapping[str, object]) -> Made | None:
    """SqlAlchemyConnector with the driver whose SQL parameters are those of Airflow's hook: what templates/airflow_sql.py loads."""
    converter = _DATABASES.get(c.conn_type)
    return converter(c, extras) if converter is not None else None


def _connector(driver: str, args: Mapping[str, object], **components: object) -> Fields:
    return _set({"connection_info": {"driver": driver, **_set(components)}, "connect_args": dict(args)})


def _postgres(c: Connection, extras: Mapping[str, object]) -> Made:
    """All of the extra goes to psycopg2, but for what the hook itself reads."""
    own = {"iam", "redshift", "cursor", "cluster-identifier", "aws_conn_id", "redshift-serverless", "workgroup-name", "region"}
    args = {key: value for key, value in extras.items() if key not in own}
    fields = _connector("postgresql+psycopg2", args, username=c.login, password=c.password, host=c.host, port=c.port, database=c.schema)
    return fields, frozenset(args)


def _redshift(c: Connection, extras: Mapping[str, object]) -> Made:
    args = {key: value for key, value in extras.items() if key not in ("iam", "aws_conn_id", "is_serverless", "cluster_identifier")}
    fields = _connector(
        "redshift+redshift_connector", args, username=c.login, password=c.password, host=c.host, port=c.port or 5439, database=c.schema
    )
    return fields, frozenset(args)


def _mysql(c: Connection, extras: Mapping[str, object]) -> Made:
    args: Fields = {key: extras[key] for key in ("charset", "unix_socket", "ssl_mode") if extras.get(key)}
    if str(extras.get("charset", "")).lower() in ("utf8", "utf-8"):
        args["use_unicode"] = True
    if extras.get("local_infile"):
        args["local_infile"] = 1
    ssl = extras.get("ssl")
    if ssl:
        args["ssl"] = _object(ssl)
    fields = _connector(
        "mysql+mysqldb", args, username=c.login, password=c.password, host=c.host or "localhost", port=c.port or 3306, database=c.schema
    )
    return fields, frozenset(("charset", "unix_socket", "ssl_mode", "local_infile", "ssl"))


def _sqlite(c: Connection, extras: Mapping[str, object]) -> Made:
    return _connector("sqlite+pysqlite", {}, database=c.host), frozenset()


def _mssql(c: Connection, extras: Mapping[str, object]) -> Made:
    return (
        _connector("mssql+pymssql", {}, username=c.login, password=c.password, host=c.host, port=c.port, database=c.schema),
        frozenset(),
    )


def _oracle(c: Connection, extras: Mapping[str, object]) -> Made:
    """Airflow makes a DSN of the extra's `dsn` with `sid` or `service_name`, else of the host."""
    dsn, sid, service = extras.get("dsn"), extras.get("sid"), extras.get("service_name")
    host: object = c.host
    if dsn and (sid or service):
        query = {"service_name": service} if service else {}
        fields = _connector(
            "oracle+oracledb",
            {},
            username=c.login,
            password=c.password,
            host=dsn,
            port=c.port or 1521,
            database=None if service else sid,
            query=query,
        )
        return fields, frozenset(("dsn", "sid", "service_name"))
    if host and c.port:
        host = f"{host}:{c.port}"
    if host and c.schema and c.port:
        host = f"{host}/{c.schema}"
    return _connector("oracle+oracledb", {"dsn": dsn or host}, username=c.login, password=c.password), frozenset(("dsn",))


def _vertica(c: Connection, extras: Mapping[str, object]) -> Made:
    fields = _connector(
        "vertica+vertica_python",
        {},
        username=c.login,
        password=c.password,
        host=c.host or "localhost",
        port=c.port or 5433,
        database=c.schema,
    )
    return fields, frozenset()


def _presto(c: Connection, extras: Mapping[str, object]) -> Made:
    """Presto and Trino: the catalog of the extra, then the schema."""
    catalog = str(extras.get("catalog") or "hive")
    scheme = extras.get("protocol")
    return (
        _connector(
            "trino" if c.conn_type == "trino" else "presto",
            {"http_scheme" if c.conn_type == "trino" else "protocol": scheme} if scheme else {},
            username=c.login,
            password=c.password,
            host=c.host,
            port=c.port,
            database=f"{catalog}/{c.schema}" if c.schema else catalog,
        ),
        frozenset(("catalog", "protocol")),
    )


def _snowflake(c: Connection, extras: Mapping[str, object]) -> Made | None:
    """A key file has to be read by the flow: such a connection becomes a Secret."""
    names = ("account", "region", "warehouse", "database", "role", "authenticator")
    given = {name: extras.get(name) or extras.get(f"extra__snowflake__{name}") for name in names}
    if any(key.removeprefix("extra__snowflake__").startswith("private_key") and value for key, value in extras.items()):
        return None
    account = f"{given['account'] or c.host or ''}"
    account = f"{account}.{given['region']}" if given["region"] and "." not in account else account
    query = _set({name: given[name] for name in ("warehouse", "role", "authenticator")})
    database = "/".join(str(part) for part in (given["database"], c.schema) if part)
    fields = _connector("snowflake", {}, username=c.login, password=c.password, host=account, database=database, query=query)
    return fields, frozenset((*names, *(f"extra__snowflake__{name}" for name in names)))


_DATABASES: Mapping[str, Callable[[Connection, Mapping[str, object]], Made | None]] = {
    "postgres": _postgres,
    "redshift": _redshift,
    "mysql": _mysql,
    "sqlite": _sqlite,
    "mssql": _mssql,
    "oracle": _oracle,
    "vertica": _vertica,
    "presto": _presto,
    "trino": _presto,
    "snowflake": _snowflake,
}

# ---------------------------------------------------------------------------------------------- services


def _aws(c: Connection, extras: Mapping[str, object]) -> Made | None:
    """Keys from login and password, or from the extra; a role that is assumed by them. Other ways to assume one make a Secret."""
    account, name = extras.get("aws_account_id"), extras.get("aws_iam_role")
    role = extras.get("role_arn") or (f"arn:aws:iam::{account}:role/{name}" if account and name else None)
    if extras.get("s3_config_file") or (role and extras.get("assume_role_method") not in (None, "", "assume_role")):
        return None
    options, endpoint = _object(extras.get("assume_role_kwargs") or {}), extras.get("endpoint_url") or extras.get("host")
    if not isinstance(options, dict):
        return None
    client = {"endpoint_url": endpoint, "config": _object(extras.get("config_kwargs")), "verify": extras.get("verify")}
    fields = _set(
        {
            "aws_access_key_id": c.login or extras.get("aws_access_key_id"),
            "aws_secret_access_key": c.password if c.login else extras.get("aws_secret_access_key"),
            "aws_session_token": extras.get("aws_session_token"),
            "profile_name": extras.get("profile_name") or extras.get("profile"),
            "region_name": extras.get("region_name"),
            "aws_client_parameters": {key: value for key, value in client.items() if value not in (None, "")},
            "assume_role_arn": role,
            "assume_role_kwargs": _set({"ExternalId": extras.get("external_id"), **options}) if role else None,
        }
    )
    taken = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token", "profile_name", "profile", "region_name")
    roles = ("role_arn", "aws_account_id", "aws_iam_role", "external_id", "assume_role_method", "assume_role_kwargs")
    return fields, frozenset((*taken, *roles, "endpoint_url", "host", "config_kwargs", "verify"))


def _google(c: Connection, extras: Mapping[str, object]) -> Made | None:
    prefix = "extra__google_cloud_platform__"
    given = {key.removeprefix(prefix): value for key, value in extras.items()}
    key_path, key = given.get("key_path"), given.get("keyfile_dict")
    info = _object(key) if key and not key_path else None
    if key and not key_path and not isinstance(info, dict):
        return None
    if isinstance(info, dict) and isinstance(info.get("private_key"), str):
        info = {**info, "private_key": info["private_key"].replace("\\n", "\n")}
    fields = _set({"service_account_file": key_path, "service_account_info": info, "project": given.get("project")})
    taken = {name for name in extras if name.removeprefix(prefix) in ("key_path", "keyfile_dict", "project")}
    # What every hook of Airflow asks for by itself, as the block does.
    taken |= {name for name in extras if name.removeprefix(prefix) in ("scope", "num_retries")}
    return fields, frozenset(taken)


def _email(c: Connection, extras: Mapping[str, object]) -> Made:
    secure = "INSECURE" if _truth(extras.get("disable_ssl")) else "SSL"
    if secure == "INSECURE" and not _truth(extras.get("disable_tls")):
        secure = "STARTTLS"
    fields = {"username": c.login, "password": c.password, "smtp_server": c.host, "smtp_type": secure, "smtp_port": c.port}
    return _set(fields), frozenset(("disable_ssl", "disable_tls", "from_email", "timeout", "retry_limit"))


def _truth(value: object) -> bool:
    return value is True or str(value).lower() in ("true", "1")


def _webhook(c: Connection, extras: Mapping[str, object]) -> Made | None:
    """https://github.com/apache/airflow/blob/1.10.15/airflow/contrib/hooks/slack_webhook_hook.py"""
    token = extras.get("webhook_token") or c.password
    host = c.host or "hooks.slack.com/services"
    if not isinstance(token, str):
        return None
    if token.startswith("http"):
        return {"url": token}, frozenset(("webhook_token",))
    if "hooks.slack.com" not in host:
        return None
    base = host if "://" in host else f"https://{host}"
    base = base.rstrip("/")
    if not base.endswith("/services") and c.schema and c.schema.strip("/").endswith("services"):
        base = f"{base}/{c.schema.strip('/')}"
    return {"url": f"{base}/{token.strip('/').removeprefix('services/')}"}, frozenset(("webhook_token",))


def _slack(c: Connection, extras: Mapping[str, object]) -> Made | None:
    return ({"token": c.password}, frozenset(("base_url", "timeout"))) if c.password else None


def _databricks(c: Connection, extras: Mapping[str, object]) -> Made | None:
    """The block knows tokens; login and password make a Secret."""
    token = extras.get("token") or (c.password if not c.login or c.login == "token" else None)
    host = extras.get("host") or c.host
    if not token or not isinstance(host, str):
        return None
    instance = host.split("://", 1)[-1].strip("/")
    return {"databricks_instance": instance, "token": token}, frozenset(("token", "host"))


def _object(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


_Service = Callable[[Connection, Mapping[str, object]], Made | None]
_SERVICES: Mapping[str, tuple[tuple[str, _Service], ...]] = {
    "aws": (("AwsCredentials", _aws),),
    "s3": (("AwsCredentials", _aws),),
    "google_cloud_platform": (("GcpCredentials", _google),),
    "gcpbigquery": (("GcpCredentials", _google),),
    "smtp": (("EmailServerCredentials", _email),),
    "email": (("EmailServerCredentials", _email),),
    "slackwebhook": (("SlackWebhook", _webhook),),
    "slack": (("SlackCredentials", _slack),),
    "http": (("SlackWebhook", _webhook),),
    "databricks": (("DatabricksCredentials", _databricks),),
}
