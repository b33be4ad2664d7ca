"""Jinja's expressions as Python's, where both surely give the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from jinja2 import nodes
from jinja2.defaults import DEFAULT_NAMESPACE

from airflow2prefect.analyse import jinja_dates as dates
from airflow2prefect.analyse import jinja_filters as filters
from airflow2prefect.analyse.jinja_context import Context, printed, sequence
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
    method,
    need,
    of,
)
from airflow2prefect.findings import finding

_COMPARE = {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">=", "in": "in", "notin": "not in"}
_ARITHMETIC: dict[type[nodes.BinExpr], tuple[str, int]] = {
    nodes.Add: ("+", SUM),
    nodes.Sub: ("-", SUM),
    nodes.Mul: ("*", PRODUCT),
    nodes.Div: ("/", PRODUCT),
    nodes.FloorDiv: ("//", PRODUCT),
    nodes.Mod: ("%", PRODUCT),
}
_TEXT_METHODS: dict[str, Kind] = {
    **dict.fromkeys(("split", "rsplit", "splitlines"), "list"),
    **dict.fromkeys(("startswith", "endswith", "isdigit", "isalpha", "isupper", "islower", "isalnum"), "bool"),
    **dict.fromkeys(("find", "rfind", "index", "rindex", "count"), "int"),
    **dict.fromkeys(("replace", "upper", "lower", "strip", "lstrip", "rstrip", "title", "capitalize", "zfill", "join"), "str"),
    **dict.fromkeys(("ljust", "rjust", "center", "swapcase", "casefold", "format"), "str"),
}
_DATED = frozenset(("date", "day", "datetime", "delta"))
_METHODS_OF_JSON = frozenset(name for kind in (dict, list, str, int, float) for name in dir(kind))


class Expressions:
    """Reads the expressions of one template. `free` are the names that the template does not set itself."""

    def __init__(self, context: Context, free: frozenset[str], macros: frozenset[str], user_filters: frozenset[str]) -> None:
        self.context, self._free, self._macros, self.user_filters = context, free, macros, user_filters
        self._readers: dict[type[nodes.Node], Callable[..., Expr]] = {
            nodes.Name: self._name,
            nodes.Const: lambda node: constant(node.value),
            nodes.List: lambda node: sequence(self.operands(node.items), "[", "]"),
            nodes.Tuple: lambda node: sequence(self.operands(node.items), "(", ")"),
            nodes.Dict: self._dict,
            nodes.Getattr: self._attribute,
            nodes.Getitem: self._item,
            nodes.Call: self._call,
            nodes.Filter: lambda node: filters.apply(self, node),
            nodes.Test: self._test,
            nodes.CondExpr: self._choice,
            nodes.And: self._and,
            nodes.Or: lambda node: self._both("or", OR, self.truth(node.left), self.operand(node.right)),
            nodes.Not: self._not,
            nodes.Neg: lambda node: build("-@", (self._number(node.node), SIGN), kind="int", level=SIGN),
            nodes.Compare: self._compare,
            nodes.Concat: self._concat,
            nodes.Pow: lambda node: build("@ ** @", (self._number(node.left), ATOM), (self._number(node.right), SIGN), kind="any", level=POWER),
        }

    def read(self, node: nodes.Node) -> Expr:
        """The value of a node, of which a part may be missing; raises Unsure and Refused."""
        if type(node) in _ARITHMETIC:
            return self._arithmetic(node)  # type: ignore[arg-type]
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

    def truth(self, node: nodes.Node) -> Expr:
        """A value that only has to be true or false."""
        value = self.read(node)
        if value.missing == "raises":
            raise Unsure
        return replace(value, missing="")

    def tag(self, node: nodes.Node) -> str | None:
        """Which object of Airflow's context a node is."""
        if isinstance(node, nodes.Name):
            return self.context.tag(node.name) if node.name in self._free else None
        name = _member(node)
        if name is None or not isinstance(node, nodes.Getattr | nodes.Getitem):
            return None
        return self.context.nested(self.tag(node.node), name)

    # ------------------------------------------------------------------------------------------ names and members

    def _name(self, node: nodes.Name) -> Expr:
        if node.name not in self._free:
            raise Unsure
        tag = self.context.tag(node.name)
        if tag is not None:
            return self.context.whole(tag)
        if self.context.knows(node.name):
            return self.context.value(node.name)
        if node.name in self._macros:
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
        owner = self.read(node.node)
        if owner.kind in _DATED:
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
        owner, key = self.read(node.node), self.operand(node.arg)
        if owner.kind in ("str", "digits", "list"):
            if not isinstance(key.value if key.literal else None, int):
                raise Unsure
            kind: Kind = "any" if owner.kind == "list" else owner.kind
            return build("@[@]", (owner, ATOM), (key, TERNARY), kind=kind)
        if owner.kind not in ("any", "json", "dict"):
            raise Unsure
        return self._may_miss(build("@[@]", (owner, ATOM), (key, TERNARY), kind="json" if owner.kind == "json" else "any"), node)

    def _may_miss(self, value: Expr, node: nodes.Node) -> Expr:
        note = self.context.refuse("A2P435", name=self.text(node)).finding
        return replace(value, missing="raises", notes=(*(note for note in value.notes if note.code != "A2P435"), note))

    def _slice(self, node: nodes.Getitem) -> Expr:
        assert isinstance(node.arg, nodes.Slice)
        owner = self.operand(node.node)
        if owner.kind not in ("str", "digits", "list", "any", "json"):
            raise Unsure
        bounds = [self._number(part) if part else None for part in (node.arg.start, node.arg.stop, node.arg.step)]
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

    # ------------------------------------------------------------------------------------------ calls

    def _call(self, node: nodes.Call) -> Expr:
        if node.dyn_args is not None or node.dyn_kwargs is not None:
            raise Unsure
        tag = self.tag(node.node)
        if tag == "xcom_pull":
            text = self.text(node)
            try:
                return self.context.pull(self.operands(node.args), {item.key: self.operand(item.value) for item in node.kwargs}, text)
            except Unsure:
                raise self.context.refuse("A2P438", name=text) from None
        args, keywords = self.operands(node.args), [(item.key, self.operand(item.value)) for item in node.kwargs]
        if isinstance(node.node, nodes.Getattr):
            return self._member_call(node.node, args, keywords)
        if not isinstance(node.node, nodes.Name) or node.node.name not in self._macros:
            self.read(node.node)
            raise Unsure
        target = self._name(node.node)
        return self._dated_arguments(node, method(target, "", args, keywords, kind="any"), args, keywords)

    def _dated_arguments(self, node: nodes.Call, called: Expr, args: list[Expr], keywords: dates.Keywords) -> Expr:
        """A call of the user's own function, which may want pendulum's dates."""
        called = replace(called, parts=tuple(part.lstrip(".") if part == ".(" else part for part in called.parts))
        if any(value.kind == "date" for value in (*args, *(value for _, value in keywords))):
            note = self.context.refuse("A2P436", name=self.text(node.node)).finding
            return replace(called, notes=(*called.notes, note))
        return called

    def _member_call(self, node: nodes.Getattr, args: list[Expr], keywords: dates.Keywords) -> Expr:
        tag = self.tag(node.node)
        if node.attr == "get" and tag in ("params", "dag_run.conf"):
            return method(self.context.whole(tag), "get", args, keywords, kind="json")
        if node.attr == "get" and tag in ("var.value", "var.json") and args and args[0].literal and len(args) + len(keywords) <= 2:
            default = args[1] if len(args) == 2 else dict(keywords).get("default_var") if keywords else None
            if keywords and default is None:
                raise Unsure
            return self.context.variable(tag, str(args[0].value), default)
        path = _macro_path(node) if isinstance(_root(node), nodes.Name) and self.tag(_root(node)) == "macros" else None
        if path is not None:
            found = dates.macro(path, args, keywords)
            if found is None:
                raise self.context.refuse("A2P439", name=f"macros.{path}")
            return found
        if tag is not None:
            raise self.context.refuse("A2P433", name=f"{self.text(node)}()") if tag not in ("conf", "conn") else self._gap(tag, node)
        return self._method(node, self.read(node.node), args, keywords)

    def _gap(self, tag: str, node: nodes.Getattr) -> Exception:
        return self.context.refuse("A2P432" if tag == "conf" else "A2P431", name=self.text(node))

    def _method(self, node: nodes.Getattr, owner: Expr, args: list[Expr], keywords: dates.Keywords) -> Expr:
        if owner.kind in _DATED:
            found = dates.member_call(owner, node.attr, args, keywords)
            if found is None:
                raise self.context.refuse("A2P439", name=f"{self.text(node)}() (of pendulum)")
            return found
        if any(value.kind in ("date", "datetime") for value in (*args, *(value for _, value in keywords))):
            raise Unsure
        if owner.kind in ("str", "digits"):
            if node.attr not in _TEXT_METHODS:
                raise Unsure
            return method(owner, node.attr, args, keywords, kind=_TEXT_METHODS[node.attr])
        if owner.kind not in ("any", "json") or node.attr.startswith("_") or owner.missing == "blank":
            raise Unsure
        return method(owner, node.attr, args, keywords, kind="json" if owner.kind == "json" and node.attr == "get" else "any")

    # ------------------------------------------------------------------------------------------ operators

    def _number(self, node: nodes.Node) -> Expr:
        value = self.operand(node)
        if value.kind not in ("int", "float"):
            raise Unsure
        return value

    def _arithmetic(self, node: nodes.BinExpr) -> Expr:
        sign, level = _ARITHMETIC[type(node)]
        left, right = self.operand(node.left), self.operand(node.right)
        kind = _result(sign, left, right)
        if kind is None:
            if left.kind == right.kind == "date":
                raise self.context.refuse("A2P439", name=f"{self.text(node)} (a period of pendulum)")
            raise Unsure
        return build(f"@ {sign} @", (left, level), (right, level + 1), kind=kind, level=level)

    def _both(self, word: str, level: int, left: Expr, right: Expr) -> Expr:
        kind: Kind = left.kind if left.kind == right.kind else "any"
        if "date" in (left.kind, right.kind) and kind != "date":
            raise Unsure
        return build(f"@ {word} @", (left, level), (right, level + 1), kind=kind, level=level)

    def _and(self, node: nodes.And) -> Expr:
        if self._always(node.left):
            return self.read(node.right)
        return self._both("and", AND, self.truth(node.left), self.operand(node.right))

    def _always(self, node: nodes.Node) -> bool:
        """Whether a condition holds in every run of a flow: `if dag_run`."""
        return self.tag(node) in ("dag_run", "ti", "task", "dag")

    def _choice(self, node: nodes.CondExpr) -> Expr:
        if self._always(node.test):
            return self.read(node.expr1)
        test, left = self.truth(node.test), self.read(node.expr1)
        right = self.read(node.expr2) if node.expr2 is not None else replace(constant(""), missing="blank")
        if "date" in (left.kind, right.kind):
            left, right = printed(left), printed(right)
        missing = "raises" if "raises" in (left.missing, right.missing) else left.missing or right.missing
        kind: Kind = left.kind if left.kind == right.kind else "any"
        made = build("@ if @ else @", (left, OR), (test, OR), (right, TERNARY), kind=kind, level=TERNARY)
        return replace(made, missing=missing)

    def _not(self, node: nodes.Not) -> Expr:
        if isinstance(node.node, nodes.Test) and node.node.name == "none":
            return build("@ is not None", (self.operand(node.node.node), COMPARE + 1), kind="bool", level=COMPARE)
        return build("not @", (self.truth(node.node), NOT), kind="bool", level=NOT)

    def _test(self, node: nodes.Test) -> Expr:
        if node.name == "none":
            return build("@ is None", (self.operand(node.node), COMPARE + 1), kind="bool", level=COMPARE)
        raise Unsure

    def _compare(self, node: nodes.Compare) -> Expr:
        if len(node.ops) != 1:
            raise Unsure
        left, right = self.operand(node.expr), self.operand(node.ops[0].expr)
        pattern = f"@ {_COMPARE[node.ops[0].op]} @"
        return build(pattern, (left, COMPARE + 1), (right, COMPARE + 1), kind="bool", level=COMPARE)

    def _concat(self, node: nodes.Concat) -> Expr:
        texts = [printed(self.operand(item)) for item in node.nodes]
        whole = [text if text.is_string else build("str(@)", (text, TERNARY), kind="str") for text in texts]
        return build(" + ".join("@" for _ in whole), *((text, PRODUCT) for text in whole), kind="str", level=SUM)

    def text(self, node: nodes.Node) -> str:
        """The node roughly as it was written, for a message."""
        return re.sub(r"\s+", " ", _source(node))


def _result(sign: str, left: Expr, right: Expr) -> Kind | None:
    """The kind of `left sign right`, None where Python's datetime and pendulum, or Jinja and Python, may differ."""
    kinds = (left.kind, right.kind)
    numbers = {"int", "float"}
    if kinds[0] in ("date", "day", "datetime") and kinds[1] == "delta" and sign in "+-":
        return kinds[0]
    if kinds[0] == "delta" and (kinds[1] == "delta" and sign in "+-" or kinds[1] in numbers and sign in "*/"):
        return "delta"
    if _DATED & set(kinds):
        return None
    if set(kinds) <= numbers:
        return "int" if set(kinds) == {"int"} and sign != "/" else "float"
    if kinds[0] in ("str", "digits"):
        if sign == "%":
            return "str"
        return "str" if sign == "+" and kinds[1] in ("str", "digits", "any", "json") or sign == "*" and kinds[1] == "int" else None
    if kinds == ("list", "list") and sign == "+":
        return "list"
    return "any" if set(kinds) <= {"any", "json", *numbers, "str", "digits"} else None


def _member(node: nodes.Node) -> str | None:
    if isinstance(node, nodes.Getattr):
        return node.attr
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
        return node.arg.value
    return None


def _root(node: nodes.Node) -> nodes.Node:
    while isinstance(node, nodes.Getattr):
        node = node.node
    return node


def _macro_path(node: nodes.Node) -> str:
    names: list[str] = []
    while isinstance(node, nodes.Getattr):
        names.insert(0, node.attr)
        node = node.node
    return ".".join(names)


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


__all__ = ["Expressions", "finding"]
