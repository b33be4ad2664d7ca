"""The shape of a function: parameters, where its body begins, whether its end can be reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal as OneOf

import libcst as cst

from airflow2prefect.model import Parameter, Span
from airflow2prefect.parse import Source

Function = cst.FunctionDef | cst.Lambda


def parameters_of(source: Source, node: Function) -> Iterator[Parameter]:
    """The parameters in order; their spans reach over annotations and defaults."""
    params = node.params
    for p in (*params.posonly_params, *params.params):
        yield _parameter(source, p, "positional")
    if isinstance(params.star_arg, cst.Param):
        yield _parameter(source, params.star_arg, "args")
    for p in params.kwonly_params:
        yield _parameter(source, p, "keyword")
    if params.star_kwarg is not None:
        yield _parameter(source, params.star_kwarg, "kwargs")


def _parameter(source: Source, p: cst.Param, kind: OneOf["positional", "keyword", "args", "kwargs"]) -> Parameter:
    start, end = source.ranges[p]
    default = source.code(p.default) if p.default is not None else None
    end = source.whole(p.default)[1] if p.default is not None else end
    return Parameter(p.name.value, kind, source.between(start, end), default)


def parameter_list(source: Source, node: Function) -> Span | None:
    """Between the parentheses of a def; None for a lambda."""
    if isinstance(node, cst.Lambda):
        return None
    text = source.text
    opening = text.index("(", source.ranges[node.name][1])
    at = max((p.span.end for p in parameters_of(source, node)), default=opening + 1)
    while text[at] != ")":
        at = text.index("\n", at) if text[at] == "#" else at + 1
    return source.between(opening + 1, at)


def indent_of(source: Source, node: Function) -> str:
    """What stands before the statements of the body."""
    if isinstance(node, cst.Lambda) or isinstance(node.body, cst.SimpleStatementSuite):
        return "    "
    start = source.ranges[node.body.body[0]][0]
    line = source.text.rfind("\n", 0, start) + 1
    return source.text[line:start]


def first_statement(source: Source, node: Function) -> Span | None:
    """The first statement behind the docstring; None for a lambda and a body on the line of its def."""
    if isinstance(node, cst.Lambda) or isinstance(node.body, cst.SimpleStatementSuite):
        return None
    body = list(node.body.body)
    if is_text(body[0]):
        body = body[1:]
    return source.span(body[0]) if body else None


def is_text(node: cst.CSTNode) -> bool:
    """A statement that is only a string."""
    return (
        isinstance(node, cst.SimpleStatementLine)
        and isinstance(node.body[0], cst.Expr)
        and isinstance(node.body[0].value, (cst.SimpleString, cst.ConcatenatedString))
    )


def falls_through(body: Sequence[cst.CSTNode]) -> bool:
    """Whether the end of a block can be reached."""
    if not body:
        return True
    last = body[-1]
    match last:
        case cst.SimpleStatementLine():
            return not isinstance(last.body[-1], (cst.Return, cst.Raise))
        case cst.If():
            if last.orelse is None:
                return True
            orelse = [last.orelse] if isinstance(last.orelse, cst.If) else list(last.orelse.body.body)
            return falls_through(list(last.body.body)) or falls_through(orelse)
        case cst.With():
            return falls_through(list(last.body.body))
        case cst.Try() if last.handlers and last.finalbody is None:
            blocks = [list((last.orelse or last).body.body), *(list(h.body.body) for h in last.handlers)]
            return any(falls_through(block) for block in blocks)
    return True
