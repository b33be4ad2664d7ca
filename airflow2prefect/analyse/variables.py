"""`Variable.get(...)` of Airflow as `variable(...)` of the helper module that flows import, and so `set`, `setdefault`, `update` and `delete`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache

import libcst as cst

from airflow2prefect.model import Edit, variable_name
from airflow2prefect.parse import Source

# https://github.com/apache/airflow/blob/1.10.15/airflow/models/variable.py
_CLASSES = tuple(f"{module}.Variable" for module in ("airflow.models", "airflow.models.variable", "airflow.sdk"))
# Functions of templates/airflow_variables.py that stand for its methods, and what these take: positions and names, in Airflow's words.
_METHODS = {
    "get": ("variable", ("key", "default_var", "deserialize_json")),
    "set": ("set_variable", ("key", "value")),  # then a description in 2.x only
    "setdefault": ("variable_or_set", ("key", "default")),
    "update": ("update_variable", ("key", "value", "serialize_json")),
    "delete": ("delete_variable", ("key",)),
}
# By what edits call them: another name where the file has one of these for something else.
FUNCTIONS = {name: function for function, _ in _METHODS.values() for name in (function, f"airflow_{function}")}
GETTERS = frozenset(f"{path}.get" for path in _CLASSES)
CALLS = frozenset(f"{path}.{method}" for path in _CLASSES for method in _METHODS)
HOME = "airflow_variables"
_RENAMED = re.compile(r"\bVariable\s+as\s+(\w+)")
# What a function calls Airflow's arguments: "" by position only.
_KEYWORDS = {
    "key": "name",
    "default_var": "default",
    "default": "default",
    "value": "value",
    "deserialize_json": "as_json",
    "serialize_json": "as_json",
}


@lru_cache(maxsize=4)
def names_of(text: str) -> tuple[str, ...]:
    """What the class may be called in a file: `import Variable as V`."""
    return ("Variable", *_RENAMED.findall(text))


def variable_edits(source: Source, call: cst.Call) -> list[Edit] | None:
    """The edits that make a call of a Variable's method one of the helper module; None where an argument is none that it knows.

    A name that is no literal is mapped when the flow runs.
    """
    if not call.args or any(arg.star for arg in call.args) or not isinstance(call.func, cst.Attribute):
        return None
    function, names = _METHODS[call.func.attr.value]
    edits = [_edit(source, call.func, f"airflow_{function}" if function in _bound(source.tree) else function)]
    for position, arg in enumerate(call.args):
        given = arg.keyword.value if arg.keyword is not None else names[position] if position < len(names) else ""
        if given not in _KEYWORDS:
            return None
        if given == "key" and isinstance(arg.value, cst.SimpleString):
            edits += _name_edits(source, arg.value)
        keyword = _KEYWORDS[given]
        if arg.keyword is not None:
            edits += [_edit(source, arg.keyword, keyword)] if keyword != given else []
        elif keyword == "as_json":
            start = source.ranges[arg.value][0]
            edits.append(Edit(start, start, "as_json="))
    return edits


@lru_cache(maxsize=4)
def _bound(tree: ast.Module) -> frozenset[str]:
    """The names that a file gives to anything, in whatever scope."""
    return frozenset(_names(tree))


def _names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name) | ast.ExceptHandler(name=str(name)):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.alias():
                yield node.asname or node.name


def computed_name(call: cst.Call) -> bool:
    """Whether the name of the Variable is only known at run time."""
    first = next((arg.value for arg in call.args if arg.keyword is None or arg.keyword.value == "key"), None)
    return not isinstance(first, cst.SimpleString)


def _name_edits(source: Source, node: cst.SimpleString) -> list[Edit]:
    text = node.evaluated_value
    if not isinstance(text, str) or variable_name(text) == text:
        return []
    return [_edit(source, node, f"{node.quote[0]}{variable_name(text)}{node.quote[0]}")]


def _edit(source: Source, node: cst.CSTNode, text: str) -> Edit:
    start, end = source.ranges[node]
    return Edit(start, end, text)
