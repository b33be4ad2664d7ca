"""String formatting in its four spellings, as literal text and expressions: what an f-string is made of."""

from __future__ import annotations

import re
import string

import libcst as cst

FORMATTING = (cst.BinaryOperation, cst.FormattedString, cst.Call, cst.ConcatenatedString)
Parts = list[str | cst.BaseExpression]


def format_parts(node: cst.BaseExpression) -> Parts | None:
    """The parts of a string built by `%`, `+`, `.format()` or an f-string; None if it is something else or not plain."""
    parts = _parts(node)
    if parts is None:
        return None
    merged: Parts = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        elif part != "":
            merged.append(part)
    return merged


def _parts(node: cst.BaseExpression) -> Parts | None:
    match node:
        case cst.SimpleString():
            value = node.evaluated_value
            return [value] if isinstance(value, str) else None
        case cst.ConcatenatedString():
            left, right = _parts(node.left), _parts(node.right)
            return None if left is None or right is None else [*left, *right]
        case cst.FormattedString():
            return _fstring(node)
        case cst.BinaryOperation(operator=cst.Add()):
            return _sum(node)
        case cst.BinaryOperation(operator=cst.Modulo(), left=cst.SimpleString() as left):
            return _percent(left, node.right)
        case cst.Call(func=cst.Attribute(value=cst.SimpleString() as text, attr=cst.Name(value="format"))):
            return _format(text, node)
    return None


def _fstring(node: cst.FormattedString) -> Parts | None:
    parts: Parts = []
    for part in node.parts:
        if isinstance(part, cst.FormattedStringText):
            if "\\" in part.value:
                return None
            parts.append(part.value.replace("{{", "{").replace("}}", "}"))
        elif isinstance(part, cst.FormattedStringExpression):
            if part.conversion or part.format_spec or part.equal is not None:
                return None
            parts.append(part.expression)
    return parts


def _sum(node: cst.BinaryOperation) -> Parts | None:
    sides: Parts = []
    for side in (node.left, node.right):
        inner = _parts(side)
        if inner is None:
            # only str() is certain to give text; adding anything else must stay an addition
            if isinstance(side, cst.Call) and isinstance(side.func, cst.Name) and side.func.value == "str" and len(side.args) == 1:
                inner = [side.args[0].value]
            elif isinstance(side, cst.Name):
                inner = [side]
            else:
                return None
        sides.extend(inner)
    return sides if any(isinstance(part, str) for part in sides) else None


def _percent(left: cst.SimpleString, right: cst.BaseExpression) -> Parts | None:
    text = left.evaluated_value
    if not isinstance(text, str):
        return None
    holes = re.findall(r"%.", text, re.DOTALL)
    if any(hole not in ("%s", "%%") for hole in holes):
        return None
    values = [element.value for element in right.elements] if isinstance(right, cst.Tuple) else [right]
    if isinstance(right, cst.Dict) or holes.count("%s") != len(values):
        return None
    parts: Parts = []
    for piece in re.split(r"(%s|%%)", text):
        parts.append(values.pop(0) if piece == "%s" else "%" if piece == "%%" else piece)
    return parts


def _format(text: cst.SimpleString, call: cst.Call) -> Parts | None:
    value = text.evaluated_value
    if not isinstance(value, str) or any(arg.star for arg in call.args):
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
        parts.append(found)
    return parts
