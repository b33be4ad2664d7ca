"""Calls in Jinja's expressions: of methods, macros, `xcom_pull` and their like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from jinja2 import nodes

from airflow2prefect.analyse import jinja_dates as dates
from airflow2prefect.analyse.jinja_operators import DATED
from airflow2prefect.analyse.jinja_values import Expr, Kind, Unsure, call, method

if TYPE_CHECKING:
    from airflow2prefect.analyse.jinja_expressions import Expressions

_TEXT_METHODS: dict[str, Kind] = {
    **dict.fromkeys(("split", "rsplit", "splitlines"), "list"),
    **dict.fromkeys(("startswith", "endswith", "isdigit", "isalpha", "isupper", "islower", "isalnum"), "bool"),
    **dict.fromkeys(("find", "rfind", "index", "rindex", "count"), "int"),
    **dict.fromkeys(("replace", "upper", "lower", "strip", "lstrip", "rstrip", "title", "capitalize", "zfill", "join"), "str"),
    **dict.fromkeys(("ljust", "rjust", "center", "swapcase", "casefold", "format"), "str"),
}


def read_call(reader: Expressions, node: nodes.Call) -> Expr:
    """The value of a call; raises Unsure and Refused."""
    if node.dyn_args is not None or node.dyn_kwargs is not None:
        raise Unsure
    if reader.tag(node.node) == "xcom_pull":
        return _pull(reader, node)
    args, keywords = reader.operands(node.args), reader.keywords(node)
    if isinstance(node.node, nodes.Getattr):
        tag = reader.tag(node.node.node)
        if tag is not None:
            return _of_airflow(reader, tag, node.node, args, keywords)
        return _method(reader, node.node, args, keywords)
    function = reader.read(node.node)
    if not isinstance(node.node, nodes.Name) or node.node.name not in reader.macros:
        raise Unsure
    called = call(function, args, keywords, "any")
    if "date" not in _kinds(args, keywords):
        return called
    return replace(called, notes=(*called.notes, reader.context.refuse("A2P436", name=node.node.name).finding))


def _pull(reader: Expressions, node: nodes.Call) -> Expr:
    text = reader.text(node)
    try:
        args, keywords = reader.operands(node.args), dict(reader.keywords(node))
    except Unsure:
        raise reader.context.refuse("A2P438", name=text) from None
    return reader.context.pull(args, keywords, text)


def _of_airflow(reader: Expressions, tag: str, node: nodes.Getattr, args: list[Expr], keywords: dates.Keywords) -> Expr:
    """A call of a member of one of Airflow's objects."""
    if tag.startswith("macros"):
        path = f"{tag}.{node.attr}".removeprefix("macros.")
        found = dates.macro(path, args, keywords)
        if found is None:
            raise Unsure if dates.has(path) else reader.context.refuse("A2P439", name=f"macros.{path}")
        return found
    if node.attr == "get":
        match tag:
            case "params" | "dag_run.conf":
                return method(reader.context.whole(tag), "get", args, keywords, kind="json")
            case "var.value" | "var.json" if args and args[0].literal and len(args) + len(keywords) <= 2:
                given = dict(keywords)
                default = args[1] if len(args) == 2 else given.pop("default_var", None)
                if given and len(args) != 2:
                    raise Unsure
                return reader.context.variable(tag, str(args[0].value), default)
            case "conf":
                raise reader.context.refuse("A2P432", name=reader.text(node))
            case "conn":
                raise reader.context.refuse("A2P431", name=reader.text(node))
    # Raises for what a flow has no counterpart of; what is left is a method of a plain value, such as `ti.task_id`.
    reader.context.member(tag, node.attr, item=False)
    raise Unsure


def _method(reader: Expressions, node: nodes.Getattr, args: list[Expr], keywords: dates.Keywords) -> Expr:
    owner = reader.read(node.node)
    blank, owner = owner.missing == "blank", owner.sure()
    if owner.kind in DATED:
        found = dates.member_call(owner, node.attr, args, keywords)
        if found is None:
            raise reader.context.refuse("A2P439", name=f"{reader.text(node)}() (of pendulum)")
        return found
    # An empty string has methods, Jinja's nothing has none.
    if blank or _kinds(args, keywords) & {"date", "datetime"}:
        raise Unsure
    if owner.kind in ("str", "digits"):
        if node.attr not in _TEXT_METHODS:
            raise Unsure
        called = method(owner, node.attr, args, keywords, kind=_TEXT_METHODS[node.attr])
        return replace(called, at_least=_parts(owner, node.attr, args))
    if owner.kind not in ("any", "json") or node.attr.startswith("_"):
        raise Unsure
    return method(owner, node.attr, args, keywords, kind="json" if owner.kind == "json" and node.attr == "get" else "any")


def _parts(owner: Expr, name: str, args: Sequence[Expr]) -> int:
    """How many parts a split surely gives: one at least, a day three."""
    if name not in ("split", "rsplit") or not args:
        return 0
    return 3 if owner.spec == "%Y-%m-%d" and len(args) == 1 and args[0].literal == ("-",) else 1


def _kinds(args: Sequence[Expr], keywords: dates.Keywords) -> set[Kind]:
    return {value.kind for value in (*args, *(value for _, value in keywords))}
