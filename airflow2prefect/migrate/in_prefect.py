"""Runs inside the environment of the flows, in a process of its own: the only file that imports prefect. Nothing imports it.

It reads {"action": "apply" | "look", "force": bool, "items": [Item.as_data()]} from stdin and writes lines of JSON to stdout: first
{"api": URL}, then for each item {"did": word, "why": text}. Secrets stand in no line: of an error only its type is told, and which
fields it is about.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import VariableCreate, VariableUpdate
from prefect.exceptions import ObjectNotFound

Item = Mapping[str, Any]


class Refused(Exception):
    """Why an item cannot be made; repeats nothing secret."""


def main() -> None:
    order = json.load(sys.stdin)
    with get_client(sync_client=True) as client:
        client.hello().raise_for_status()
        _tell(api=_plain(str(client.api_url)))
        for item in order["items"]:
            try:
                did, why = _one(client, item, order), ""
            except Refused as refused:
                did, why = "failed", str(refused)
            except Exception as error:
                did, why = "failed", _why(error)
            _tell(did=did, why=why)


def _tell(**facts: str) -> None:
    print(json.dumps(facts), flush=True)


def _one(client: Any, item: Item, order: Mapping[str, Any]) -> str:
    """made, unchanged, changed or different; for "look" there or missing."""
    kinds: Mapping[str, Any] = {"Variable": _Variable, "tag limit": _Limit}
    kind = kinds.get(item["kind"], _Block)(client, item)
    found = kind.read()
    if order["action"] == "look":
        return "there" if found is not None else "missing"
    if found is None:
        kind.make()
        return "made"
    if found == kind.wanted():
        return "unchanged"
    if not order["force"]:
        return "different"
    kind.change()
    return "changed"


class _Variable:
    def __init__(self, client: Any, item: Item) -> None:
        self.client, self.name, self.value = client, item["name"], item["value"]

    def read(self) -> Any:
        self.found = self.client.read_variable_by_name(self.name)
        return (self.found.value,) if self.found is not None else None

    def wanted(self) -> Any:
        return (self.value,)

    def make(self) -> None:
        self.client.create_variable(VariableCreate(name=self.name, value=self.value))

    def change(self) -> None:
        self.client.update_variable(VariableUpdate(name=self.name, value=self.value))


class _Limit:
    """A limit of task runs with a tag."""

    def __init__(self, client: Any, item: Item) -> None:
        self.client, self.tag, self.slots = client, item["name"], item["value"]

    def read(self) -> Any:
        try:
            return self.client.read_concurrency_limit_by_tag(self.tag).concurrency_limit
        except ObjectNotFound:
            return None

    def wanted(self) -> Any:
        return self.slots

    def make(self) -> None:
        self.client.create_concurrency_limit(tag=self.tag, concurrency_limit=self.slots)

    change = make


class _Block:
    def __init__(self, client: Any, item: Item) -> None:
        self.client, self.item = client, item

    def read(self) -> Any:
        for slug in (self.item["slug"] or self._type().get_block_type_slug()).split("|"):
            try:
                return _data(self.client.read_block_document_by_name(self.item["name"], slug, include_secrets=True).data)
            except ObjectNotFound:
                continue
        return None

    def wanted(self) -> Any:
        fields = self._type().model_json_schema(by_alias=False)["properties"].keys()
        made = self._made().model_dump(mode="json", by_alias=True, include=set(fields), context={"include_secrets": True})
        return _data(made)

    def make(self) -> None:
        self._made().save(self.item["name"], overwrite=True)

    change = make

    def _type(self) -> Any:
        module, _, name = self.item["path"].rpartition(".")
        try:
            return getattr(importlib.import_module(module), name)
        except (ImportError, AttributeError):
            package = self.item["package"] or module.partition(".")[0].replace("_", "-")
            raise Refused(f"{name} needs {package}: pip install {package}") from None

    def _made(self) -> Any:
        values = dict(self.item["value"])
        if self.item["kind"] == "EmailServerCredentials" and "smtp_type" in values:
            values["smtp_type"] = importlib.import_module(self._type().__module__).SMTPType[values["smtp_type"]]
        return self._type()(**values)


def _data(data: Any) -> Any:
    """A block's data as they compare: without what is not set."""
    if isinstance(data, dict):
        return {key: _data(value) for key, value in data.items() if value is not None}
    return [_data(value) for value in data] if isinstance(data, list) else data


def _why(error: Exception) -> str:
    """The type of an error and the fields it is about: its text may hold a value."""
    told = type(error).__name__
    response = getattr(error, "response", None)
    if response is not None:
        told += f" {response.status_code}"
    if hasattr(error, "errors"):
        fields = {".".join(map(str, found["loc"])) for found in error.errors(include_input=False, include_url=False, include_context=False)}
        told += f" ({', '.join(sorted(fields))})"
    return told


def _plain(url: str) -> str:
    """A URL without who is asking."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


if __name__ == "__main__":
    main()
