"""Jinja's operators, conditions and tests as Python's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jinja2 import nodes

from airflow2prefect.analyse.jinja_context import printed
from airflow2prefect.analyse.jinja_values import (
    AND,
    ATOM,
    COMPARE,
    NOT,
    OR,
    POWER,
    PRODUCT,
    SIGN,
    SUM,
    TERNARY,
    Expr,
    Kind,
    Unsure,
    build,
    constant,
)

if TYPE_CHECKING:
    from airflow2prefect.analyse.jinja_expressions import Expressions

_COMPARE = {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">=", "in": "in", "notin": "not in"}
_ARITHMETIC: dict[type[nodes.BinExpr], tuple[str, int]] = {
    nodes.Add: ("+", SUM),
    nodes.Sub: ("-", SUM),
    nodes.Mul: ("*", PRODUCT),
    nodes.Div: ("/", PRODUCT),
    nodes.FloorDiv: ("//", PRODUCT),
    nodes.Mod: ("%", PRODUCT),
}
DATED = frozenset(("date", "day", "datetime", "delta"))


def number(reader: Expressions, node: nodes.Node) -> Expr:
    value = reader.operand(node)
    if value.kind not in ("int", "float"):
        raise Unsure
    return value


def arithmetic(reader: Expressions, node: nodes.BinExpr) -> Expr:
    sign, level = _ARITHMETIC[type(node)]
    left, right = reader.operand(node.left), reader.operand(node.right)
    kind = _result(sign, left, right)
    if kind is None:
        if left.kind == right.kind == "date":
            raise reader.context.refuse("A2P439", name=f"{reader.text(node)} (a period of pendulum)")
        raise Unsure
    return build(f"@ {sign} @", (left, level), (right, level + 1), kind=kind, level=level)


def both(word: str, level: int, left: Expr, right: Expr) -> Expr:
    kind: Kind = left.kind if left.kind == right.kind else "any"
    if "date" in (left.kind, right.kind) and kind != "date":
        raise Unsure
    return build(f"@ {word} @", (left, level), (right, level + 1), kind=kind, level=level)


def conjunction(reader: Expressions, node: nodes.And) -> Expr:
    if always(reader, node.left):
        return reader.read(node.right)
    made = both("and", AND, reader.truth(node.left), reader.operand(node.right))
    return replace(made, missing=reader.read(node.left).missing)


def always(reader: Expressions, node: nodes.Node) -> bool:
    """Whether a condition holds in every run of a flow: `if dag_run`."""
    return reader.tag(node) in ("dag_run", "ti", "task", "dag")


def choice(reader: Expressions, node: nodes.CondExpr) -> Expr:
    if always(reader, node.test):
        return reader.read(node.expr1)
    test, left = reader.truth(node.test), reader.read(node.expr1)
    right = reader.read(node.expr2) if node.expr2 is not None else replace(constant(""), missing="blank")
    if "date" in (left.kind, right.kind):
        left, right = printed(left), printed(right)
    missing = "raises" if "raises" in (left.missing, right.missing) else left.missing or right.missing
    kind: Kind = left.kind if left.kind == right.kind else "any"
    made = build("@ if @ else @", (left, OR), (test, OR), (right, TERNARY), kind=kind, level=TERNARY)
    return replace(made, missing=missing)


def disjunction(reader: Expressions, node: nodes.Or) -> Expr:
    return both("or", OR, reader.truth(node.left), reader.operand(node.right))


def negative(reader: Expressions, node: nodes.Neg) -> Expr:
    value = number(reader, node.node)
    if isinstance(node.node, nodes.Const):
        return constant(-node.node.value)
    return build("-@", (value, SIGN), kind=value.kind, level=SIGN)


def power(reader: Expressions, node: nodes.Pow) -> Expr:
    return build("@ ** @", (number(reader, node.left), ATOM), (number(reader, node.right), SIGN), kind="any", level=POWER)


def negation(reader: Expressions, node: nodes.Not) -> Expr:
    if isinstance(node.node, nodes.Test) and node.node.name == "none" and not isinstance(node.node.node, nodes.Const):
        return build("@ is not None", (reader.operand(node.node.node), COMPARE + 1), kind="bool", level=COMPARE)
    return build("not @", (reader.truth(node.node), NOT), kind="bool", level=NOT)


def test(reader: Expressions, node: nodes.Test) -> Expr:
    if node.name == "none" and not isinstance(node.node, nodes.Const):
        return build("@ is None", (reader.operand(node.node), COMPARE + 1), kind="bool", level=COMPARE)
    raise Unsure


def compare(reader: Expressions, node: nodes.Compare) -> Expr:
    if len(node.ops) != 1:
        raise Unsure
    left, right = reader.operand(node.expr), reader.operand(node.ops[0].expr)
    pattern = f"@ {_COMPARE[node.ops[0].op]} @"
    return build(pattern, (left, COMPARE + 1), (right, COMPARE + 1), kind="bool", level=COMPARE)


def concat(reader: Expressions, node: nodes.Concat) -> Expr:
    texts = [printed(reader.operand(item)) for item in node.nodes]
    whole = [text if text.is_string else build("str(@)", (text, TERNARY), kind="str") for text in texts]
    return build(" + ".join("@" for _ in whole), *((text, PRODUCT) for text in whole), kind="str", level=SUM)


def _result(sign: str, left: Expr, right: Expr) -> Kind | None:
    """The kind of `left sign right`, None where Python's datetime and pendulum, or Jinja and Python, may differ."""
    kinds = (left.kind, right.kind)
    numbers = {"int", "float"}
    if kinds[0] in ("date", "day", "datetime") and kinds[1] == "delta" and sign in "+-":
        return kinds[0]
    if kinds[0] == "delta" and ((kinds[1] == "delta" and sign in "+-") or (kinds[1] in numbers and sign in "*/")):
        return "delta"
    if DATED & set(kinds):
        return None
    if set(kinds) <= numbers:
        return "int" if set(kinds) == {"int"} and sign != "/" else "float"
    if kinds[0] in ("str", "digits"):
        if sign == "%":
            return "str"
        return "str" if (sign == "+" and kinds[1] in ("str", "digits", "any", "json")) or (sign == "*" and kinds[1] == "int") else None
    if kinds == ("list", "list") and sign == "+":
        return "list"
    return "any" if set(kinds) <= {"any", "json", *numbers, "str", "digits"} else None


READERS: dict[type[nodes.Node], Callable[[Expressions, Any], Expr]] = {
    nodes.And: conjunction,
    nodes.Or: disjunction,
    nodes.Not: negation,
    nodes.Neg: negative,
    nodes.Pow: power,
    nodes.Compare: compare,
    nodes.Concat: concat,
    nodes.CondExpr: choice,
    nodes.Test: test,
    **dict.fromkeys(_ARITHMETIC, arithmetic),
}
