"""From Airflow's exports to what is to be made in Prefect: blocks, Variables, limits of tags."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from airflow2prefect.findings import Finding, finding
from airflow2prefect.migrate.blocks import Block, blocks_of
from airflow2prefect.migrate.connections import Connection
from airflow2prefect.migrate.exports import Exported, encrypted
from airflow2prefect.model import pool_tag, variable_name

LONGEST = 5000  # characters of a Variable, as JSON, that Prefect keeps
# https://airflow.apache.org/docs/apache-airflow/2.10.5/security/secrets/mask-sensitive-values.html
_SECRET = re.compile(
    r"access_token|api_?key|authorization|passphrase|passwd|password|private_key|secret|token|keyfile_dict|service_account", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Item:
    """Something to make. `source` is Airflow's name of it, `kind` and `name` are Prefect's; `what` says of which kind it is, never its value."""

    source: str
    kind: str
    name: str
    what: str
    value: object = field(repr=False)
    path: str = ""
    slug: str = ""
    package: str = ""

    def as_data(self) -> dict[str, object]:
        """For in_prefect.py; with the secrets."""
        names = {"kind": self.kind, "name": self.name, "path": self.path, "slug": self.slug, "package": self.package}
        return {**names, "value": self.value}


@dataclass(frozen=True, slots=True)
class Plan:
    """What to make, in the order of connections, Variables and pools, and what there is to say about them."""

    items: tuple[Item, ...]
    findings: tuple[Finding, ...] = ()


def plan_of(exported: Exported) -> Plan:
    found = list(exported.problems)
    items = [
        *_blocks(exported.connections.values(), found),
        *_variables(exported.variables, found),
        *_limits(exported.pools, found),
    ]
    return Plan(tuple(_without_clashes(items, found)), tuple(found))


def _blocks(connections: Iterable[Connection], found: list[Finding]) -> Iterable[Item]:
    for connection in sorted(connections, key=lambda c: c.conn_id):
        if encrypted((connection.password, connection.extra, *connection.extras.values())):
            found.append(finding("A2P481", what=f"connection {connection.conn_id}"))
            continue
        blocks = blocks_of(connection)
        if blocks[0].kind.name == "Secret" and connection.conn_type != "http":
            found.append(finding("A2P482", conn=connection.conn_id, kind=connection.conn_type, name=blocks[0].name))
        for block in blocks:
            if block.left:
                found.append(finding("A2P483", conn=connection.conn_id, keys=", ".join(block.left)))
            yield Item(
                f"connection {connection.conn_id}", block.kind.name, block.name, _holds(connection, block), block.fields,
                block.kind.path, block.kind.slug, block.kind.package,
            )  # fmt: skip


def _holds(connection: Connection, block: Block) -> str:
    parts = [name for name, value in connection.parts().items() if name != "conn_type" and value not in (None, "", {})]
    return f"{block.driver or connection.conn_type}: {', '.join(parts)}" if parts else block.driver or connection.conn_type


def _variables(variables: dict[str, object], found: list[Finding]) -> Iterable[Item]:
    for key, value in sorted(variables.items()):
        if encrypted((value,)):
            found.append(finding("A2P481", what=f"Variable {key}"))
            continue
        if value is None or value != value:  # Prefect's None is no value to `variable()`; NaN is no JSON
            value = json.dumps(value)
        if len(json.dumps(value)) > LONGEST:
            found.append(finding("A2P486", key=key))
            continue
        if _SECRET.search(key):
            found.append(finding("A2P485", key=key))
        kind = {str: "text", bool: "JSON true or false", dict: "JSON object", list: "JSON list"}.get(type(value), "JSON number")
        yield Item(f"Variable {key}", "Variable", variable_name(key), kind, value)


def _limits(pools: dict[str, int], found: list[Finding]) -> Iterable[Item]:
    for name, slots in sorted(pools.items()):
        if slots < 1:
            found.append(finding("A2P487", name=name, slots=slots))
        else:
            yield Item(f"pool {name}", "tag limit", pool_tag(name), f"{slots} at a time", slots)


def _without_clashes(items: list[Item], found: list[Finding]) -> Iterable[Item]:
    """Without those that would have one name in Prefect, unless they are the same."""
    by_name: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        by_name.setdefault((item.kind, item.name), []).append(item)
    for (kind, name), same in by_name.items():
        if any(item.value != same[0].value for item in same):
            found.append(finding("A2P480", what=" and ".join(item.source for item in same), name=f"{kind} {name}"))
            continue
        yield same[0]
