"""Datasets (assets) of Airflow 2: what a task updates, and the triggers of deployments that wait for updates.

https://airflow.apache.org/docs/apache-airflow/2.10.5/authoring-and-scheduling/datasets.html
https://docs.prefect.io/v3/how-to-guides/automations/creating-deployment-triggers
"""

from __future__ import annotations

from collections.abc import Mapping

from airflow2prefect.model import Call, Literal, Sequence, Task, Value

UPDATED = "dataset.updated"  # the event, of the resource that the dataset's URI names
_DATASETS = (".Dataset", ".Asset")
_CONDITIONS = {".DatasetAll": "all", ".AssetAll": "all", ".DatasetAny": "any", ".AssetAny": "any"}

Condition = str | tuple[str, tuple["Condition", ...]]  # a URI, or ("all" or "any", of these)


def outlets_of(task: Task) -> tuple[str, ...] | None:
    """The URIs of the datasets that a task updates; None if they cannot be told."""
    value = task.argument("outlets")
    items = value.items if isinstance(value, Sequence) else () if value is None else (value,)
    found = tuple(uri for item in items if (uri := _uri(item, fixed=bool(task.iterations))) is not None)
    return found if len(found) == len(items) else None


def condition_of(value: Value | None) -> Condition | None:
    """Which updates start a DAG with this schedule; None if it has another, or they are not known."""
    if isinstance(value, Call) and value.path.startswith("airflow.") and not _uri(value):
        way = next((way for end, way in _CONDITIONS.items() if value.path.endswith(end)), "")
        return _several(way, value.args) if way else None
    return _several("all", value.items) if isinstance(value, Sequence) else _uri(value)


def _several(way: str, values: tuple[Value, ...]) -> Condition | None:
    parts = tuple(part for value in values if (part := condition_of(value)) is not None)
    if not parts or len(parts) < len(values):
        return None
    return parts[0] if len(parts) == 1 else (way, parts)


def _uri(value: Value | None, *, fixed: bool = False) -> str | None:
    """`fixed`: in a loop, where a name in it may be another in each pass."""
    if not isinstance(value, Call) or not value.path.startswith("airflow.") or not value.path.endswith(_DATASETS):
        return None
    uri = value.args[0] if value.args else value.kwargs.get("uri", value.kwargs.get("name"))
    known = isinstance(uri, Literal) and isinstance(uri.value, str) and not (fixed and uri.code is not None and uri.code.names)
    return str(uri.value) if known and isinstance(uri, Literal) else None


def described(condition: Condition) -> str:
    """The condition for a reader: `a and b`."""
    if isinstance(condition, str):
        return condition
    parts = [f"({described(part)})" if isinstance(part, tuple) else part for part in condition[1]]
    return (" and " if condition[0] == "all" else " or ").join(parts)


def trigger_of(condition: Condition, *, paused: bool = False) -> Mapping[str, object]:
    """The condition as an entry of `triggers:` in prefect.yaml."""
    off: dict[str, object] = {"enabled": False} if paused else {}
    if isinstance(condition, str):
        return {"type": "event", **off, "expect": [UPDATED], "match": {"prefect.resource.id": condition}}
    way, parts = condition
    return {"type": "compound", **off, "require": way, "within": None, "triggers": [dict(trigger_of(part)) for part in parts]}
