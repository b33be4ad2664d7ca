"""Airflow's hooks in code that stays: their namesakes in the helper modules that flows import."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from airflow2prefect.analyse.variables import GETTERS
from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Span

# A subclass of DbApiHook asks for what Airflow knows of its connection: it has none.
_DATABASES = frozenset(
    ("PostgresHook", "RedshiftSQLHook", "MySqlHook", "SqliteHook", "MsSqlHook", "OracleHook", "VerticaHook", "PrestoHook",
     "TrinoHook", "SnowflakeHook")
)  # fmt: skip
# By the end of the path: what stands for it, and the block that holds its connection.
_OTHERS = {
    "HttpHook": ("airflow_http.HttpHook", "Secret"),
    "GCSHook": ("airflow_gcs.GCSHook", "GcpCredentials"),
    "GoogleCloudStorageHook": ("airflow_gcs.GCSHook", "GcpCredentials"),
    "BigQueryHook": ("airflow_bigquery.BigQueryHook", "GcpCredentials"),
    "GoogleBaseHook": ("airflow_google.GoogleBaseHook", "GcpCredentials"),
    "GoogleCloudBaseHook": ("airflow_google.GoogleBaseHook", "GcpCredentials"),
    "BaseHook.get_connection": ("airflow_connections.get_connection", "Secret"),
    "BaseHook.get_hook": ("airflow_sql.get_hook", "SqlAlchemyConnector"),
    "BaseHook": ("airflow_connections.BaseHook", "Secret"),
    **dict.fromkeys(("AwsHook", "AwsBaseHook", "AwsGenericHook"), ("airflow_aws.AwsHook", "AwsCredentials")),
    "S3Hook": ("airflow_s3.S3Hook", "AwsCredentials"),
    **{name: (f"airflow_ssh.{name}", "Secret") for name in ("SSHHook", "SFTPHook")},
    **{name: (f"airflow_ftp.{name}", "Secret") for name in ("FTPHook", "FTPSHook")},
    **{name: (f"airflow_stores.{name}", "Secret") for name in ("MongoHook", "RedisHook")},
    "HiveServer2Hook": ("airflow_hive.HiveServer2Hook", "Secret"),
    "SlackWebhookHook": ("airflow_slack.SlackWebhookHook", "SlackWebhook"),
    "SlackHook": ("airflow_slack.SlackHook", "SlackCredentials"),
}
# Operators whose `execute` people call in a function of their own.
_OPERATORS = {
    "SlackWebhookOperator": ("airflow_slack.SlackWebhookOperator", "SlackWebhook"),
    "SlackAPIPostOperator": ("airflow_slack.SlackAPIPostOperator", "SlackCredentials"),
}
# Those of Airflow 1.10 whose arguments or methods are others.
_OF_AIRFLOW_1 = {
    "HttpHook": "airflow_http.Airflow1HttpHook",
    "BigQueryHook": "airflow_bigquery.Airflow1BigQueryHook",
    "GoogleCloudStorageHook": "airflow_gcs.GoogleCloudStorageHook",
    "S3Hook": "airflow_s3.Airflow1S3Hook",
    "SSHHook": "airflow_ssh.Airflow1SSHHook",
    "SFTPHook": "airflow_ssh.Airflow1SFTPHook",
    "MongoHook": "airflow_stores.Airflow1MongoHook",
}
# Functions of Airflow's that ask for a connection by themselves.
_FUNCTIONS = {
    f"airflow.utils.email.{name}": ("airflow_email.airflow_mail", "EmailServerCredentials", name)
    for name in ("send_email", "send_email_smtp")
}
CONFIGURATION = "airflow.configuration.conf"
_FUNCTIONS[CONFIGURATION] = ("airflow_settings.airflow_conf", "", "conf")
_FUNCTIONS |= {
    f"airflow.configuration.{name}": (f"airflow_settings.airflow_conf.{name}", "", name)
    for name in ("get", "getint", "getfloat", "getboolean", "has_option")  # of 1.10
}
_RENAMED = {"datetime": "aware_datetime", "parse": "parse_datetime"}
_FUNCTIONS |= {
    f"airflow.utils.timezone.{name}": (f"airflow_timezone.{_RENAMED.get(name, name)}", "", "")
    for name in ("utc", "utcnow", "datetime", "is_localized", "is_naive", "make_aware", "make_naive", "convert_to_utc", "parse")
}
# Modules of which a function may import what is known of them.
_MODULES = frozenset(("airflow.configuration", "airflow.utils.timezone"))


@dataclass(frozen=True, slots=True)
class Hook:
    """`module.name` of what stands for a hook, the block that it loads, if any, and what Airflow calls it."""

    path: str
    block: str
    theirs: str = ""

    @property
    def name(self) -> str:
        return self.path.partition(".")[2]

    @property
    def helper(self) -> str:
        """What is imported of the helper module, behind its name."""
        return ".".join(self.path.split(".")[:2])

    def told(self, span: Span) -> Iterator[Finding]:
        if self.block == "SqlAlchemyConnector":
            yield finding("A2P470", span.line, span.column, hook=self.name)
        elif self.block:
            yield finding("A2P471", span.line, span.column, hook=self.theirs, block=self.block)
        elif self.theirs:
            yield finding("A2P293", span.line, span.column)


def calls_execute(code: str) -> bool:
    return ".execute(" in code


def hook_of(path: str, airflow: int, *, executes: bool = False) -> Hook | None:
    """What stands for a name of Airflow's that is a hook. `airflow`: the major version that the file is written for.

    `executes`: the code around it calls the `execute` of something, and that may be an operator.
    """
    if executes and path.startswith("airflow.") and (operator := path.rpartition(".")[2]) in _OPERATORS:
        return Hook(*_OPERATORS[operator], operator)
    if path in _FUNCTIONS:
        return Hook(*_FUNCTIONS[path])
    if not path.startswith("airflow.") or (".hooks" not in path and not path.startswith("airflow.providers.")):
        return None
    head, _, name = path.rpartition(".")
    if name in _DATABASES:
        return Hook(f"airflow_sql.{name}", "SqlAlchemyConnector")
    if head.endswith(".BaseHook"):
        name = f"BaseHook.{name}"
    if name not in _OTHERS:
        return None
    found = Hook(*_OTHERS[name], name)
    if name in _OF_AIRFLOW_1 and airflow < 2 and not path.startswith("airflow.providers."):
        return Hook(_OF_AIRFLOW_1[name], found.block, name)
    return found


def is_home(path: str) -> bool:
    """Whether it is a module of Airflow's, or its Variable, whose uses are looked at one by one."""
    return path in _MODULES or f"{path}.get" in GETTERS


def is_of_hook(path: str, airflow: int, *, executes: bool = False) -> bool:
    """Whether a name of Airflow's is a hook's, or that of a method of its class."""
    return any(hook_of(each, airflow, executes=executes) is not None for each in (path, path.rpartition(".")[0]))
