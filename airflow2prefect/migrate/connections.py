"""Airflow's connections, read as Airflow reads them.

1.10: https://github.com/apache/airflow/blob/1.10.15/airflow/models/connection.py
2.x: https://github.com/apache/airflow/blob/2.10.5/airflow/models/connection.py
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import ParseResult, SplitResult, parse_qsl, unquote, urlparse, urlsplit

# What Airflow names a connection's parts, in the order in which they are shown.
PARTS = ("conn_type", "host", "login", "password", "schema", "port", "extra")
# Keys that exports carry besides, and that a flow does not need.
BESIDES = frozenset(("conn_id", "id", "description", "is_encrypted", "is_extra_encrypted", "get_uri"))


class Unreadable(ValueError):
    """A connection that Airflow would refuse. The message never repeats any of it: it may hold a password."""


@dataclass(frozen=True, slots=True)
class Connection:
    """A connection as Airflow has it. `extra` is text, mostly JSON. Nothing but the id and the type is ever printed."""

    conn_id: str
    conn_type: str
    host: str | None = field(default=None, repr=False)
    login: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    schema: str | None = field(default=None, repr=False)
    port: int | None = field(default=None, repr=False)
    extra: str | None = field(default=None, repr=False)

    @property
    def extras(self) -> Mapping[str, object]:
        """`extra_dejson`: what `extra` says, {} where it is no JSON object."""
        try:
            read = json.loads(self.extra) if self.extra else {}
        except ValueError:
            return {}
        return read if isinstance(read, dict) else {}

    def parts(self) -> dict[str, object]:
        """All of it as plain data: the extra as an object where it is one."""
        made: dict[str, object] = {name: getattr(self, name) for name in PARTS}
        return {**made, "extra": self.extras or self.extra}


def from_uri(conn_id: str, uri: str, airflow: int = 2) -> Connection:
    """`Connection(conn_id, uri=uri)`; raises Unreadable where Airflow raises."""
    try:
        return _from_uri_1(conn_id, uri) if airflow == 1 else _from_uri_2(conn_id, uri)
    except Unreadable:
        raise
    except ValueError:
        raise Unreadable("no URI of a connection; special characters have to be percent-encoded") from None


def _from_uri_1(conn_id: str, uri: str) -> Connection:
    parts = urlparse(uri)
    extra = json.dumps(dict(parse_qsl(parts.query, keep_blank_values=True))) if parts.query else None
    return _connection(conn_id, parts.scheme, _host(parts), parts, extra)


def _from_uri_2(conn_id: str, uri: str) -> Connection:
    count = uri.count("://")
    if count > 2:
        raise Unreadable("a URI with more than one protocol for its host")
    conn_type = urlsplit(uri).scheme
    rest = uri.replace(f"{conn_type}://", "" if count == 2 else "//")
    if count == 2 and re.search("[@:]", rest.split("://", 1)[0]):
        raise Unreadable("a URI whose host has no protocol where one is")
    parts = urlsplit(rest)
    host = _host(parts)
    extra = None
    if parts.query:
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        extra = query["__extra__"] if "__extra__" in query else json.dumps(query)
    return _connection(conn_id, conn_type, f"{parts.scheme}://{host}" if host and count == 2 and parts.scheme else host, parts, extra)


def _connection(conn_id: str, conn_type: str, host: str, parts: ParseResult | SplitResult, extra: str | None) -> Connection:
    # An empty password or extra is none to Airflow, an empty login is one.
    return Connection(
        conn_id,
        normal_type(conn_type),
        host,
        unquote(parts.username) if parts.username else parts.username,
        (unquote(parts.password) if parts.password else None) or None,
        unquote(parts.path[1:]),
        parts.port,
        extra,
    )


def _host(parts: ParseResult | SplitResult) -> str:
    """The host; a path that is one (a socket, percent-encoded) keeps its capitals."""
    host = unquote(parts.hostname or "")
    if "/" in host:
        host = parts.netloc.rsplit("@", 1)[-1].split(":", 1)[0]
        host = unquote(host)
    return host


def normal_type(conn_type: str) -> str:
    return "postgres" if conn_type == "postgresql" else conn_type.replace("-", "_")


def from_parts(conn_id: str, given: Mapping[str, object]) -> Connection:
    """A connection of an export's object, or of the JSON form of AIRFLOW_CONN_*; raises Unreadable for what is none."""
    uri = given.get("uri") or (given.get("get_uri") if "conn_type" not in given else None)
    if isinstance(uri, str):
        return from_uri(conn_id, uri)
    strange = given.keys() - {*PARTS, *BESIDES, "extra_dejson", "uri"}
    if strange:
        raise Unreadable(f"a key that connections do not have: {', '.join(sorted(map(str, strange)))}")
    conn_type = given.get("conn_type")
    if not isinstance(conn_type, str) or not conn_type:
        raise Unreadable("it has no conn_type")
    port = given.get("port")
    try:
        number = int(str(port)) if port not in (None, "", "None") else None
    except ValueError:
        raise Unreadable("its port is no number") from None
    texts = {name: _text(given.get(name), name) for name in ("host", "login", "password", "schema")}
    return Connection(conn_id, normal_type(conn_type), port=number, extra=_extra(given.get("extra") or given.get("extra_dejson")), **texts)


def _text(value: object, name: str) -> str | None:
    if value is None or isinstance(value, str):
        return (value or None) if name == "password" else value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)  # YAML reads a password of digits as a number
    raise Unreadable(f"its {name} is no text")


def _extra(value: object) -> str | None:
    return value or None if isinstance(value, str) else json.dumps(value) if value else None
