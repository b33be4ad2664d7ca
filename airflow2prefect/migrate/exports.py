"""What Airflow's exports hold: connections, Variables, pools, from files or from the environment.

https://airflow.apache.org/docs/apache-airflow/2.10.5/howto/connection.html
https://airflow.apache.org/docs/apache-airflow/2.10.5/howto/variable.html
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import yaml

from airflow2prefect.findings import Finding, finding
from airflow2prefect.migrate.connections import Connection, Unreadable, from_parts, from_uri


class BadFile(ValueError):
    """A file that is no export at all; the message repeats nothing of it."""


@dataclass(slots=True)
class Exported:
    """By id or name. `problems`: what of the exports could not be read. A later source counts more than an earlier one."""

    connections: dict[str, Connection] = field(default_factory=dict, repr=False)
    variables: dict[str, object] = field(default_factory=dict, repr=False)
    pools: dict[str, int] = field(default_factory=dict)
    problems: list[Finding] = field(default_factory=list)
    airflow: int = 2

    # ------------------------------------------------------------------ files

    def add_connections(self, text: str, suffix: str) -> None:
        """`airflow connections export` as JSON, YAML or env; a list of `airflow connections list -o json`."""
        data = _env(text) if suffix == ".env" else _data(text, suffix)
        if isinstance(data, list):
            data = {str(item.get("conn_id")): item for item in data if isinstance(item, dict) and item.get("conn_id")}
        for conn_id, value in _mapping(data).items():
            self._connection(conn_id.removeprefix("AIRFLOW_CONN_").lower() if _is_connection(conn_id) else conn_id, value)

    def add_variables(self, text: str, suffix: str) -> None:
        """`airflow variables export` (1.10: `variables --export`): {name: value}, where what was JSON is it still."""
        if suffix == ".env":
            self.variables.update({_variable(key): value for key, value in _env(text).items()})
            return
        for name, value in _mapping(_data(text, suffix)).items():
            self.variables[name] = value

    def add_pools(self, text: str, suffix: str) -> None:
        """`airflow pools export` (1.10: `pool --export`): {name: {slots, description}}; a list of `airflow pools list -o json`."""
        data = _data(text, suffix)
        if isinstance(data, list):
            data = {str(item.get("pool") or item.get("name")): item for item in data if isinstance(item, dict)}
        for name, value in _mapping(data).items():
            slots = value.get("slots") if isinstance(value, dict) else value
            try:
                self.pools[name] = int(str(slots))
            except ValueError:
                self.problems.append(finding("A2P484", what=f"pool {name}", error="its slots are no number"))

    def add_environment(self, env: Mapping[str, str]) -> None:
        """AIRFLOW_CONN_* and AIRFLOW_VAR_*. Their ids and names are taken as lowercase: that is all that Airflow asks of them."""
        for key, value in sorted(env.items()):
            if _is_connection(key):
                self._connection(key.removeprefix("AIRFLOW_CONN_").lower(), value)
            elif key.startswith("AIRFLOW_VAR_"):
                self.variables[_variable(key)] = value

    def add_env_file(self, text: str) -> None:
        """The same from the lines of a file as Docker and shells read it: `export`, quotes."""
        self.add_environment({key.removeprefix("export ").strip(): _unquoted(value) for key, value in _env(text).items()})

    # ------------------------------------------------------------------ parts

    def _connection(self, conn_id: str, value: object) -> None:
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        try:
            self.connections[conn_id] = self._read(conn_id, value)
        except Unreadable as error:
            self.connections.pop(conn_id, None)
            self.problems.append(finding("A2P484", what=f"connection {conn_id}", error=error))

    def _read(self, conn_id: str, value: object) -> Connection:
        if isinstance(value, str):
            value = value.strip()
            if not value.startswith("{"):
                return from_uri(conn_id, value, self.airflow)
            try:
                value = json.loads(value)
            except ValueError:
                raise Unreadable("neither a URI nor JSON") from None
        if not isinstance(value, Mapping):
            raise Unreadable("neither a URI nor an object")
        return from_parts(conn_id, value)


def _is_connection(key: str) -> bool:
    return key.startswith("AIRFLOW_CONN_")


def _variable(key: str) -> str:
    return key.removeprefix("AIRFLOW_VAR_").lower() if key.startswith("AIRFLOW_VAR_") else key


def _mapping(data: object) -> dict[str, object]:
    if not isinstance(data, dict):
        raise BadFile("it holds no object with a name for each entry")
    return {str(key): value for key, value in data.items()}


def _data(text: str, suffix: str) -> object:
    readers: dict[str, Callable[[str], object]] = {".json": _json, ".yaml": _yaml, ".yml": _yaml}
    if suffix not in readers:
        raise BadFile("its name has to end with .json, .yaml, .yml or .env")
    return readers[suffix](text)


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        hint = ": the table that `airflow connections --list` prints holds no passwords" if text.lstrip()[:1] in "╒+│" else ""
        raise BadFile(f"no JSON, line {error.lineno}{hint}") from None


def _yaml(text: str) -> object:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise BadFile(f"no YAML{f', line {mark.line + 1}' if mark else ''}") from None


def _env(text: str) -> dict[str, str]:
    """`key=value` lines, as Airflow's local secrets read them."""
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or re.match(r"\s*#", line):
            continue
        key, equals, value = line.partition("=")
        if not equals:
            raise BadFile(f"line {number} is no key=value")
        found[key] = value
    return found


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value


def encrypted(values: Iterable[object]) -> bool:
    """Whether one of them is what Airflow's Fernet key made of it. https://github.com/fernet/spec/blob/master/Spec.md"""
    return any(isinstance(value, str) and _is_fernet(value) for value in values)


def _is_fernet(text: str) -> bool:
    if not text.startswith("gAAAA") or not re.fullmatch(r"[\w-]+={0,2}", text, re.ASCII):
        return False
    try:
        token = base64.urlsafe_b64decode(text)
    except binascii.Error:
        return False
    # Version, time, vector, blocks of 16 bytes, digest.
    return len(token) >= 73 and (len(token) - 57) % 16 == 0 and token[0] == 0x80
