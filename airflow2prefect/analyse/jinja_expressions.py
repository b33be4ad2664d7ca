"""Jinja's expressions as Python's, where both surely give the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from jinja2 import nodes
from jinja2.defaults import DEFAULT_NAMESPACE

from airflow2prefect.analyse import jinja_dates as dates
from airflow2prefect.analyse.jinja_calls import read_call
from airflow2prefect.analyse.jinja_context import Context, sequence
from airflow2prefect.analyse.jinja_filters import apply
from airflow2prefect.analyse.jinja_operators import DATED, READERS, number
from airflow2prefect.analyse.jinja_values import ATOM, SUM, TERNARY, Expr, Kind, Unsure, build, constant, need, of

_METHODS_OF_JSON = frozenset(name for kind in (dict, list, str, int, float) for name in dir(kind))


class Expressions:
    """Reads the expressions of one template. `free` are the names that the template does not set itself."""

    def __init__(self, context: Context, free: frozenset[str], macros: frozenset[str], filters: frozenset[str]) -> None:
        self.context, self.free, self.macros, self.filters = context, free, macros, filters
        self._readers: dict[type[nodes.Node], Callable[..., Expr]] = {
            nodes.Name: self._name,
            nodes.Const: lambda node: constant(node.value),
            nodes.List: lambda node: sequence(self.operands(node.items), "[", "]"),
            nodes.Tuple: lambda node: sequence(self.operands(node.items), "(", ")"),
            nodes.Dict: self._dict,
            nodes.Getattr: self._attribute,
            nodes.Getitem: self._item,
            nodes.Call: lambda node: read_call(self, node),
            nodes.Filter: lambda node: apply(self, node),
        }

    def read(self, node: nodes.Node) -> Expr:
        """The value of a node, of which a part may be missing; raises Unsure and Refused."""
        operator = READERS.get(type(node))
        if operator is not None:
            return operator(self, node)
        reader = self._readers.get(type(node))
        if reader is None:
            raise Unsure
        return reader(node)

    def operand(self, node: nodes.Node) -> Expr:
        """A value that is surely there: Jinja goes on with nothing where Python would raise."""
        value = self.read(node)
        if value.missing:
            raise Unsure
        return value

    def operands(self, items: Iterable[nodes.Node]) -> list[Expr]:
        return [self.operand(item) for item in items]

    def keywords(self, node: nodes.Call | nodes.Filter) -> list[tuple[str, Expr]]:
        # jinja2 types the keywords of a filter as pairs of expressions; they are keywords.
        return [(str(item.key), self.operand(item.value)) for item in node.kwargs if isinstance(item, nodes.Keyword)]

    def truth(self, node: nodes.Node) -> Expr:
        """A value that only has to be true or false."""
        value = self.read(node)
        if value.missing == "raises":
            raise Unsure
        return replace(value, missing="")

    def member(self, node: nodes.Node) -> tuple[str | None, str | None]:
        """Which object of Airflow's context a node takes which member of."""
        if not isinstance(node, nodes.Getattr | nodes.Getitem):
            return None, None
        return self.tag(node.node), _member(node)

    def tag(self, node: nodes.Node) -> str | None:
        """Which object of Airflow's context a node is."""
        if isinstance(node, nodes.Name):
            return self.context.tag(node.name) if node.name in self.free else None
        owner, name = self.member(node)
        return self.context.nested(owner, name) if owner and name else None

    # ------------------------------------------------------------------------------------------ names and members

    def _name(self, node: nodes.Name) -> Expr:
        if node.name not in self.free:
            raise Unsure
        tag = self.context.tag(node.name)
        if tag is not None:
            return self.context.whole(tag)
        if self.context.knows(node.name):
            return self.context.value(node.name)
        if node.name in self.macros:
            return of(need("macro", node.name))
        if node.name in DEFAULT_NAMESPACE:
            raise Unsure
        raise self.context.refuse("A2P430", name=node.name)

    def _attribute(self, node: nodes.Getattr) -> Expr:
        tag, owner_tag = self.tag(node), self.tag(node.node)
        if tag is not None:
            return self.context.whole(tag)
        if owner_tag is not None:
            return self.context.member(owner_tag, node.attr, item=False)
        owner = self.read(node.node).sure()
        if owner.kind in DATED:
            found = dates.attribute(owner, node.attr)
            if found is None:
                raise self.context.refuse("A2P439", name=f"{self.text(node)} (of pendulum)")
            return found
        if owner.kind == "json" and node.attr not in _METHODS_OF_JSON:
            return self._may_miss(build("@[@]", (owner, ATOM), (constant(node.attr), TERNARY), kind="json"), node)
        raise Unsure

    def _item(self, node: nodes.Getitem) -> Expr:
        owner_tag = self.tag(node.node)
        if isinstance(node.arg, nodes.Slice):
            return self._slice(node)
        if owner_tag is not None:
            name = _member(node)
            tag = self.tag(node)
            if name is None:
                raise Unsure
            return self.context.whole(tag) if tag else self.context.member(owner_tag, name, item=True)
        owner, key = self.read(node.node).sure(), self.operand(node.arg)
        if owner.kind in ("str", "digits", "list"):
            if not isinstance(key.value if key.literal else None, int):
                raise Unsure
            index = int(str(key.value))
            kind: Kind = "str" if owner.at_least else "any" if owner.kind == "list" else owner.kind
            value = build("@[@]", (owner, ATOM), (key, TERNARY), kind=kind)
            return value if -owner.at_least <= index < owner.at_least else self._may_miss(value, node)
        if owner.kind not in ("any", "json", "dict"):
            raise Unsure
        return self._may_miss(build("@[@]", (owner, ATOM), (key, TERNARY), kind="json" if owner.kind == "json" else "any"), node)

    def _may_miss(self, value: Expr, node: nodes.Node) -> Expr:
        note = self.context.refuse("A2P435", name=self.text(node)).finding
        return replace(value, missing="raises", notes=(*value.notes, note))

    def _slice(self, node: nodes.Getitem) -> Expr:
        assert isinstance(node.arg, nodes.Slice)
        owner = self.operand(node.node)
        if owner.kind not in ("str", "digits", "list", "any", "json"):
            raise Unsure
        bounds = [number(self, part) if part else None for part in (node.arg.start, node.arg.stop, node.arg.step)]
        pattern = "@[" + "@" * (bounds[0] is not None) + ":" + "@" * (bounds[1] is not None)
        pattern += ":@]" if bounds[2] is not None else "]"
        # `[4:]` of digits may be empty, which is no number.
        kind: Kind = "str" if owner.kind == "digits" else owner.kind
        return build(pattern, (owner, ATOM), *((bound, SUM) for bound in bounds if bound is not None), kind=kind)

    def _dict(self, node: nodes.Dict) -> Expr:
        pairs = [(self.operand(pair.key), self.operand(pair.value)) for pair in node.items]
        if any(value.kind == "date" for _, value in pairs):
            raise Unsure
        inner = ", ".join("@: @" for _ in pairs)
        return build(f"{{{inner}}}", *((part, TERNARY) for pair in pairs for part in pair), kind="dict")

    def text(self, node: nodes.Node) -> str:
        """The node roughly as it was written, for a message."""
        return re.sub(r"\s+", " ", _source(node))


def _member(node: nodes.Node) -> str | None:
    if isinstance(node, nodes.Getattr):
        return node.attr
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
        return node.arg.value
    return None


def _source(node: nodes.Node) -> str:
    match node:
        case nodes.Name():
            return node.name
        case nodes.Const():
            return repr(node.value)
        case nodes.Getattr():
            return f"{_source(node.node)}.{node.attr}"
        case nodes.Getitem():
            return f"{_source(node.node)}[{_source(node.arg)}]"
        case nodes.Call():
            given = [*map(_source, node.args), *(f"{item.key}={_source(item.value)}" for item in node.kwargs)]
            return f"{_source(node.node)}({', '.join(given)})"
        case nodes.Sub():
            return f"{_source(node.left)} - {_source(node.right)}"
        case nodes.List() | nodes.Tuple():
            return f"[{', '.join(map(_source, node.items))}]"
    return "..."
