"""What `Param` says of a DAG's param, as the annotation of the flow's parameter: Prefect checks it as Airflow checks the JSON schema.

https://github.com/apache/airflow/blob/2.10.5/airflow/models/param.py
https://docs.prefect.io/v3/concepts/flows#parameters
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from airflow2prefect.model import Call, Dag, Literal, Pairs, Sequence, Value

PARAMS = frozenset(("airflow.models.param.Param", "airflow.models.Param", "airflow.sdk.Param", "airflow.sdk.definitions.param.Param"))
# A number may be an int, which must stay one.
_TYPES = {"integer": "int", "number": "int | float", "string": "str", "boolean": "bool", "array": "list", "object": "dict", "null": "None"}
_LIMITS = {
    "minimum": "ge",
    "maximum": "le",
    "exclusiveMinimum": "gt",
    "exclusiveMaximum": "lt",
    "multipleOf": "multiple_of",
    "minLength": "min_length",
    "maxLength": "max_length",
    "minItems": "min_length",
    "maxItems": "max_length",
    "pattern": "pattern",
}
# What only the form of Airflow's UI shows.
_SHOWN = frozenset(
    ("default", "description", "title", "description_md", "description_html", "section", "values_display", "examples", "custom_html_form")
)


@dataclass(frozen=True, slots=True)
class Annotation:
    """`text` of the annotation, dotted names to import, and what of the Param it does not say."""

    text: str
    imports: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()


def typed_params(dag: Dag) -> dict[str, Annotation]:
    """The annotations of all params that have a Param."""
    given = dag.arguments.get("params")
    pairs = given.items if isinstance(given, Pairs) else ()
    return {str(key.value): _annotation(value) for key, value in pairs if isinstance(key, Literal) and is_param(value)}


def is_param(value: Value) -> bool:
    return isinstance(value, Call) and value.path in PARAMS


def is_required(value: Value) -> bool:
    """Whether each run must be told it."""
    return isinstance(value, Call) and value.path in PARAMS and not value.args and "default" not in value.kwargs


def _annotation(value: Value) -> Annotation:
    assert isinstance(value, Call)
    said = value.kwargs
    known = frozenset(name for name, item in said.items() if _plain(item) is not None)
    choices = _plain(said["enum"]) if "enum" in known else None
    if isinstance(choices, list) and all(isinstance(item, (str, int, bool, type(None))) for item in choices):
        text = f"Literal[{', '.join(json.dumps(item) if isinstance(item, str) else repr(item) for item in choices)}]"
        return Annotation(text, ("typing.Literal",), _unsaid(said, {"type", "enum"}))
    types = _plain(said["type"]) if "type" in known else None
    names = [types] if isinstance(types, str) else types if isinstance(types, list) else []
    if not names or not all(name in _TYPES for name in names):
        return Annotation("", (), _unsaid(said, set()))
    text = " | ".join(dict.fromkeys(_of_type(name, said) for name in names))
    limits = [(pydantic, _plain(said[name])) for name, pydantic in _LIMITS.items() if name in known]
    done = {"type", *(name for name in _LIMITS if name in known), *({"items"} if "list[" in text else ())}
    if not limits:
        return Annotation(text, (), _unsaid(said, done))
    if len([name for name in names if name != "null"]) > 1:
        return Annotation(text, (), _unsaid(said, done - _LIMITS.keys()))
    told = ", ".join(f"{name}={json.dumps(limit) if isinstance(limit, str) else limit!r}" for name, limit in limits)
    rest = " | None" if "null" in names else ""
    inner = _of_type(next(name for name in names if name != "null"), said)
    return Annotation(f"Annotated[{inner}, Field({told})]{rest}", ("typing.Annotated", "pydantic.Field"), _unsaid(said, done))


def _of_type(name: str, said: Mapping[str, Value]) -> str:
    """`list[str]` for an array of strings."""
    items = _plain(said["items"]) if "items" in said else None
    inner = items.get("type") if isinstance(items, dict) and items.keys() == {"type"} else None
    return f"list[{_TYPES[inner]}]" if name == "array" and isinstance(inner, str) and inner in _TYPES else _TYPES[name]


def _unsaid(said: Mapping[str, Value], done: set[str]) -> tuple[str, ...]:
    return tuple(name for name in said if name not in done | _SHOWN)


def _plain(value: Value) -> object:
    """The Python value; None for what only the run knows."""
    try:
        return _known(value)
    except LookupError:
        return None


def _known(value: Value) -> object:
    match value:
        case Literal():
            return value.value
        case Sequence(items=items):
            return [_known(item) for item in items]
        case Pairs(items=pairs):
            return dict(_pair(pairs))
    raise LookupError


def _pair(pairs: tuple[tuple[Value, Value], ...]) -> Iterator[tuple[str, object]]:
    for key, item in pairs:
        yield str(_known(key)), _known(item)
