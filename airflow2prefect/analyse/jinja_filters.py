"""Jinja's filters, and Airflow's, as Python expressions. What is not here is left to jinja2 at run time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from jinja2 import nodes
from jinja2.filters import FILTERS as DEFAULT_FILTERS

from airflow2prefect.analyse.jinja_context import printed
from airflow2prefect.analyse.jinja_values import (
    ATOM,
    OR,
    TERNARY,
    Expr,
    Unsure,
    build,
    call,
    constant,
    isoformat,
    method,
    need,
    of,
    strftime,
)

if TYPE_CHECKING:
    from airflow2prefect.analyse.jinja_expressions import Expressions

# Airflow 2's, for dates: https://airflow.apache.org/docs/apache-airflow/2.10.5/templates-ref.html#filters
OF_AIRFLOW = frozenset(("ds", "ds_nodash", "ts", "ts_nodash", "ts_nodash_with_tz"))


def known(name: str, of_user: frozenset[str]) -> bool:
    return name in of_user or name in DEFAULT_FILTERS or name in OF_AIRFLOW


def apply(reader: Expressions, node: nodes.Filter) -> Expr:
    """The value of `node.node | node.name(...)`."""
    if node.node is None or node.dyn_args is not None or node.dyn_kwargs is not None:
        raise Unsure
    if not known(node.name, reader.filters):
        raise reader.context.refuse("A2P437", what="filter", name=node.name)
    if node.name in ("default", "d") and node.name not in reader.filters:
        return _default(reader, node)
    owner = reader.read(node.node)
    args, keywords = reader.operands(node.args), reader.keywords(node)
    if owner.missing:
        raise Unsure
    if node.name in reader.filters:
        if any(value.kind == "date" for value in (owner, *args, *(value for _, value in keywords))):
            raise Unsure
        return call(of(need("filter", node.name)), [owner, *args], keywords, "any")
    if owner.kind == "date" and node.name in OF_AIRFLOW and not owner.optional:
        return _date(owner, node.name)
    simple = _SIMPLE.get(node.name)
    if simple is None or keywords:
        raise Unsure
    return simple(owner, args)


def _default(reader: Expressions, node: nodes.Filter) -> Expr:
    """`default(value, boolean)`: for a missing item, and with `boolean` for whatever is false."""
    assert node.node is not None
    given = dict(zip(("default_value", "boolean"), reader.operands(node.args), strict=False))
    given |= dict(reader.keywords(node))
    default, boolean = given.get("default_value", constant("")), given.get("boolean", constant(False))
    if default.kind == "date":
        raise Unsure
    owner_tag, name = reader.member(node.node)
    if owner_tag in ("params", "dag_run.conf") and owner_tag and name:
        owner = reader.context.default(owner_tag, name, None if boolean.value else default)
    else:
        owner = reader.operand(node.node)
    if not boolean.value:
        return owner
    if owner.kind == "date":
        raise Unsure
    return build("@ or @", (owner, OR), (default, OR + 1), kind="any", level=OR)


def _date(owner: Expr, name: str) -> Expr:
    match name:
        case "ds":
            return strftime(owner, "%Y-%m-%d")
        case "ds_nodash":
            return strftime(owner, "%Y%m%d")
        case "ts_nodash":
            return strftime(owner, "%Y%m%dT%H%M%S")
        case "ts":
            return isoformat(owner)
    bare = method(isoformat(owner), "replace", (constant("-"), constant("")), kind="str")
    return method(bare, "replace", (constant(":"), constant("")), kind="str")


def _text(owner: Expr) -> Expr:
    """Jinja's filters on text take whatever prints."""
    value = printed(owner)
    return value if value.is_string else call("str", (value,), (), "str")


def _as_method(name: str, most: int, least: int = 0) -> Callable[[Expr, list[Expr]], Expr]:
    def read(owner: Expr, args: list[Expr]) -> Expr:
        if not least <= len(args) <= most or not all(arg.is_string for arg in args):
            raise Unsure
        return method(_text(owner), name, args, kind="str")

    return read


def _as_function(name: str) -> Callable[[Expr, list[Expr]], Expr]:
    def read(owner: Expr, args: list[Expr]) -> Expr:
        if args or owner.kind == "date":
            raise Unsure
        return call(name, (owner,), (), "list" if name == "list" else "int" if name == "len" else "any")

    return read


def _int(owner: Expr, args: list[Expr]) -> Expr:
    """Jinja turns what is no number into 0, Python raises: only for what surely is one."""
    if args or owner.kind not in ("digits", "int", "bool"):
        raise Unsure
    return call("int", (owner,), (), "int")


def _round(owner: Expr, args: list[Expr]) -> Expr:
    if owner.kind not in ("int", "float") or len(args) > 1 or any(arg.kind != "int" for arg in args):
        raise Unsure
    return call("round", (owner, args[0] if args else constant(0)), (), "any")


def _end(index: int) -> Callable[[Expr, list[Expr]], Expr]:
    def read(owner: Expr, args: list[Expr]) -> Expr:
        # Text split at a separator has at least one part; other values may have none, for which Jinja has nothing.
        if args or owner.kind != "list" or not owner.at_least:
            raise Unsure
        return build("@[@]", (owner, ATOM), (constant(index), TERNARY), kind="str")

    return read


def _join(owner: Expr, args: list[Expr]) -> Expr:
    separator = args[0] if args else constant("")
    if len(args) > 1 or not separator.is_string or owner.kind not in ("list", "any", "json"):
        raise Unsure
    items = owner if owner.at_least else call("map", (Expr(("str",)), owner), (), "any")
    return method(separator, "join", (items,), kind="str")


_SIMPLE: dict[str, Callable[[Expr, list[Expr]], Expr]] = {
    "replace": _as_method("replace", 2, 2),
    "upper": _as_method("upper", 0),
    "lower": _as_method("lower", 0),
    "capitalize": _as_method("capitalize", 0),
    "trim": _as_method("strip", 1),
    "string": lambda owner, args: _text(owner),
    "length": _as_function("len"),
    "count": _as_function("len"),
    "list": _as_function("list"),
    "abs": _as_function("abs"),
    "int": _int,
    "round": _round,
    "first": _end(0),
    "last": _end(-1),
    "join": _join,
}
