"""The clients of AWS that a recipe asks for: `client("s3")` is one of boto3, with the keys of the connection's AwsCredentials block.

`client("s3", source_aws_conn_id)` is that of another connection; the region and what else operators say of a client is given to each.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from airflow2prefect.findings import Finding
from airflow2prefect.model import Call, Literal, Task, Value
from airflow2prefect.operators.connections import block_needed, block_of, name_known
from airflow2prefect.syntax import below

# Arguments that all operators of AWS may have, with what they are where a recipe does not say: `region` and `region_name` are one.
SHARED = MappingProxyType({"aws_conn_id": "aws_default", "region_name": None, "region": None, "verify": None, "botocore_config": None})
OPTIONS = MappingProxyType({"region_name": "region_name", "region": "region_name", "verify": "verify", "botocore_config": "config"})
# The block of a connection, by the argument that names it. Of the other arguments that end so, nobody asks for a block here.
KINDS = MappingProxyType(
    {
        "redshift_conn_id": "SqlAlchemyConnector",
        "mysql_conn_id": "SqlAlchemyConnector",
        "sql_conn_id": "SqlAlchemyConnector",
        "emr_conn_id": "Secret",
        "ssh_conn_id": "Secret",
        "sftp_conn_id": "Secret",
        "ftp_conn_id": "Secret",
        "mongo_conn_id": "Secret",
        "http_conn_id": "Secret",
    }
)
_PLAIN = "aws_default"


@dataclass(slots=True)
class Clients:
    """What a recipe's clients need in the flow."""

    fields: dict[str, Value] = field(default_factory=dict)
    imports: list[str] = field(default_factory=list)
    helpers: list[tuple[str, str]] = field(default_factory=list)
    findings: dict[str, Finding] = field(default_factory=dict)


def is_aws(file: str) -> bool:
    return file.startswith(("amazon_", "ssh_"))


def with_clients(task: Task, code: list[ast.stmt], given: Mapping[str, Value], defaults: Mapping[str, ast.expr | None]) -> Clients:
    """Writes the clients into the statements."""
    made = Clients()
    writing = _Writing(task, given, defaults, made)
    code[:] = [writing.visit(node) for node in code]
    names = {node.id for node in below(*code) if isinstance(node, ast.Name)}
    for name in sorted(defaults.keys() & (KINDS.keys() | {n for n in defaults if n.endswith("aws_conn_id")})):
        default = defaults[name]
        if name in names or name in writing.used:
            connection = given.get(name) or Literal(default.value if isinstance(default, ast.Constant) else None)
            if not (isinstance(connection, Literal) and connection.value is None):
                made.findings.setdefault(name, block_needed(task, connection, KINDS.get(name, "AwsCredentials")))
    return made


class _Writing(ast.NodeTransformer):
    def __init__(self, task: Task, given: Mapping[str, Value], defaults: Mapping[str, ast.expr | None], made: Clients) -> None:
        self.task, self.given, self.defaults, self.made = task, given, defaults, made
        self.used: set[str] = set()

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if not (isinstance(node.func, ast.Name) and node.func.id in ("client", "resource")):
            return node
        own = [item for item in node.args[1:] if isinstance(item, ast.Name)]
        name = own[0].id if own else "aws_conn_id"
        default = self.defaults.get(name)
        fallback = default.value if isinstance(default, ast.Constant) else _PLAIN
        connection = self.given.get(name, Literal(fallback))
        options = [ast.keyword(OPTIONS[key], ast.Name(key, ast.Load())) for key in OPTIONS if self._says(key)] if name == "aws_conn_id" else []
        options += node.keywords
        for each in options:
            if isinstance(each.value, ast.Name) and each.value.id in self.given:
                self.made.fields[each.value.id] = self.given[each.value.id]
        return self._client(node.func.id, node.args[0], connection, name, options)

    def _says(self, key: str) -> bool:
        value = self.given.get(key)
        return value is not None and not (isinstance(value, Literal) and value.value is None)

    def _client(self, kind: str, service: ast.expr, connection: Value, name: str, options: list[ast.keyword]) -> ast.expr:
        none = isinstance(connection, Literal) and connection.value is None and not (connection.code and connection.code.bound)
        if none and not any(each.arg == "config" for each in options):
            self.made.imports.append("boto3")
            return ast.Call(ast.Attribute(ast.Name("boto3", ast.Load()), kind, ast.Load()), [service], options)
        known = name_known(connection)
        block = f"{name.removesuffix('_conn_id')}_block"
        self.used.add(name)
        if known is not None and known != _PLAIN and not options and kind == "client":
            self.made.imports.append("prefect_aws.AwsCredentials")
            self.made.fields[block] = block_of(connection)
            load = ast.Call(ast.Attribute(ast.Name("AwsCredentials", ast.Load()), "load", ast.Load()), [ast.Name(block, ast.Load())], [])
            return ast.Call(ast.Attribute(load, "get_client", ast.Load()), [service], [])
        self.made.helpers.append(("airflow_aws", f"aws_{kind}"))
        args: list[ast.expr] = [service]
        if none:
            args.append(ast.Constant(None))
        elif known != _PLAIN:
            self.made.fields[block] = block_of(connection)
            args.append(ast.Name(block, ast.Load()))
            if isinstance(self.made.fields[block], Call):
                self.made.helpers.append(("airflow_connections", "block_name"))
        return ast.Call(ast.Name(f"aws_{kind}", ast.Load()), args, options)
