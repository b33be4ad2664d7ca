"""String formatting in its four spellings, as literal text and expressions: what an f-string is made of."""

from __future__ import annotations

import re
import string
from collections.abc import Callable

import libcst as cst

from airflow2prefect.analyse.objects import Environment, Named, Object, TaskObject, XComObject

FORMATTING = (cst.BinaryOperation, cst.FormattedString, cst.Call, cst.ConcatenatedString)
Parts = list[str | cst.BaseExpression]


TextOf = Callable[[cst.Name | cst.Subscript], str | None]


def format_parts(node: cst.BaseExpression, text_of: TextOf = lambda name: None) -> Parts | None:
    """The parts of a string built by `%`, `+`, `.format()` or an f-string; None if it is something else or not plain.

    `text_of`: the text that a name stands for, if it is to be one of the parts.
    """
    parts = _parts(node, text_of)
    if parts is None:
        return None
    merged: Parts = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        elif part != "":
            merged.append(part)
    return merged


def _parts(node: cst.BaseExpression, text_of: TextOf) -> Parts | None:
    match node:
        case cst.SimpleString():
            value = node.evaluated_value
            return [value] if isinstance(value, str) else None
        case cst.ConcatenatedString():
            left, right = _parts(node.left, text_of), _parts(node.right, text_of)
            return None if left is None or right is None else [*left, *right]
        case cst.FormattedString():
            return _fstring(node, text_of)
        case cst.BinaryOperation(operator=cst.Add()):
            return _sum(node, text_of)
        case cst.BinaryOperation(operator=cst.Modulo()):
            return _percent(_text(node.left, text_of), node.right, text_of)
        case cst.Call(func=cst.Attribute(value=text, attr=cst.Name(value="format"))):
            return _format(_text(text, text_of), node, text_of)
    return None


def _text(node: cst.BaseExpression, text_of: TextOf) -> str | None:
    """The text of a string, or of a name or an item that stands for one."""
    if isinstance(node, (cst.SimpleString, cst.ConcatenatedString)):
        return node.evaluated_value if isinstance(node.evaluated_value, str) else None
    return text_of(node) if isinstance(node, (cst.Name, cst.Subscript)) else None


def _fstring(node: cst.FormattedString, text_of: TextOf) -> Parts | None:
    parts: Parts = []
    for part in node.parts:
        if isinstance(part, cst.FormattedStringText):
            if "\\" in part.value:
                return None
            parts.append(part.value.replace("{{", "{").replace("}}", "}"))
        elif isinstance(part, cst.FormattedStringExpression):
            if part.conversion or part.format_spec or part.equal is not None:
                return None
            parts += _inner(part.expression, text_of)
    return parts


def _sum(node: cst.BinaryOperation, text_of: TextOf) -> Parts | None:
    """Text plus anything is text or an error where the DAG is loaded; a sum without text may be of numbers or lists."""
    sides: Parts = []
    for side in (node.left, node.right):
        sides += _inner(side, text_of)
    return sides if any(isinstance(part, str) for part in sides) else None


def _inner(node: cst.BaseExpression, text_of: TextOf) -> Parts:
    """What is put into a string: text where it is known (Airflow renders what it holds), else the expression."""
    known = _text(node, text_of)
    if known is not None:
        return [known]
    inner = _parts(node, text_of)
    return [_unwrapped(node)] if inner is None else inner


def _unwrapped(node: cst.BaseExpression) -> cst.BaseExpression:
    """What `str()` is called with: an f-string does as much."""
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value == "str" and len(node.args) == 1:
        return node.args[0].value
    return node


def _percent(text: str | None, right: cst.BaseExpression, text_of: TextOf) -> Parts | None:
    if text is None:
        return None
    holes = re.findall(r"%.", text, re.DOTALL)
    if any(hole not in ("%s", "%%") for hole in holes):
        return None
    values = [element.value for element in right.elements] if isinstance(right, cst.Tuple) else [right]
    if isinstance(right, cst.Dict) or holes.count("%s") != len(values):
        return None
    parts: Parts = []
    for piece in re.split(r"(%s|%%)", text):
        parts += _inner(values.pop(0), text_of) if piece == "%s" else ["%" if piece == "%%" else piece]
    return parts


def _format(value: str | None, call: cst.Call, text_of: TextOf) -> Parts | None:
    if value is None or any(arg.star for arg in call.args):
        return None
    positional = [arg.value for arg in call.args if arg.keyword is None]
    named = {arg.keyword.value: arg.value for arg in call.args if arg.keyword is not None}
    parts: Parts = []
    automatic = 0
    try:
        fields = list(string.Formatter().parse(value))
    except ValueError:
        return None
    for literal, name, spec, conversion in fields:
        parts.append(literal)
        if name is None:
            continue
        if spec or conversion:
            return None
        if name == "":
            name, automatic = str(automatic), automatic + 1
        found = positional[int(name)] if name.isdigit() and int(name) < len(positional) else named.get(name)
        if found is None:
            return None
        parts += _inner(found, text_of)
    return parts


def xcom_text(node: cst.BaseExpression, scope: Environment) -> str | None:
    """What Airflow puts into a text for the output of a task: a template that pulls it.

    https://github.com/apache/airflow/blob/2.10.5/airflow/models/xcom_arg.py, `PlainXComArg.__str__`
    """
    key = "return_value"
    match node:
        case cst.Subscript(value=inner, slice=[cst.SubscriptElement(slice=cst.Index(value=cst.SimpleString() as text))]):
            node, key = inner, str(text.evaluated_value)
        case cst.Call(func=cst.Name(value=name), args=[cst.Arg(value=inner), *rest]) if _is_xcom_arg(scope.find(name)):
            given = rest[0].value if rest else None
            if isinstance(given, cst.SimpleString):
                key = str(given.evaluated_value)
            elif given is not None:
                return None
            found = scope.find(inner.value) if isinstance(inner, cst.Name) else None
            return _pulled(found.task_id, key) if isinstance(found, TaskObject) else None
    output = isinstance(node, cst.Attribute) and node.attr.value == "output"
    node = node.value if isinstance(node, cst.Attribute) and output else node
    found = scope.find(node.value) if isinstance(node, cst.Name) else None
    if isinstance(found, XComObject) and key == "return_value":
        return _pulled(found.task.task_id, found.key)
    decorated = isinstance(found, TaskObject) and found.operator.startswith("airflow.decorators.")
    return _pulled(found.task_id, key) if isinstance(found, TaskObject) and (output or decorated) and found.known_id else None


def _is_xcom_arg(thing: Object | None) -> bool:
    return isinstance(thing, Named) and thing.path.startswith("airflow.") and thing.path.endswith(".XComArg")


def _pulled(task_id: str, key: str) -> str:
    return "{{ task_instance.xcom_pull(task_ids=" + repr(task_id) + (f", key={key!r}" if key != "return_value" else "") + ") }}"
