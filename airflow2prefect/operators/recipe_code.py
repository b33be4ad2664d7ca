"""The statements of a recipe, with what a DAG says decided: conditions, defaults, arguments that are not given."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from airflow2prefect.model import Code, Literal, Pairs, Sequence, Template, Value

_KINDS = {"str": str, "dict": dict, "list": list, "tuple": tuple, "bool": bool, "int": int}


class Refused(Exception):
    """An argument with which the operator does what no task can; its name is the text."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The arguments that a DAG gives, the defaults of the others, and what calls get besides."""

    given: Mapping[str, Value]
    defaults: Mapping[str, ast.expr | None]
    options: Mapping[str, Value]

    def is_absent(self, node: ast.AST | None) -> bool:
        """Whether an expression is an argument that is not given, and whose default is None."""
        if not isinstance(node, ast.Name) or node.id in self.given or node.id not in self.defaults:
            return False
        default = self.defaults[node.id]
        return self.is_absent(default) or (isinstance(default, ast.Constant) and default.value is None)


def settled(statements: Iterable[ast.stmt], fields: Fields) -> list[ast.stmt]:
    """The statements that the task has."""
    made: list[ast.stmt] = []
    for node in statements:
        new = _Settling(fields).visit(node)
        made += new if isinstance(new, list) else [new] if new is not None else []
        if made and isinstance(made[-1], (ast.Return, ast.Raise)):
            break
    return made


class _Settling(ast.NodeVisitor):
    """Makes the nodes anew: those of the recipe are for other tasks as well."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields

    def generic_visit(self, node: ast.AST) -> ast.AST:
        made = type(node)()
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, list):
                value = [item for each in value for item in self._each(each)]
            elif isinstance(value, ast.AST) and value._fields:
                value = self.visit(value)
            setattr(made, name, value)
        if isinstance(node, ast.stmt):
            made.lineno = node.lineno  # type: ignore[attr-defined]  # ast.unparse asks for it
        return made

    def _each(self, item: object) -> list[object]:
        if not isinstance(item, ast.AST):
            return [item]
        new = self.visit(item)
        return new if isinstance(new, list) else [new] if new is not None else []

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        if isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Name) and node.value.func.id == "refuse":
            raise Refused(ast.unparse(node.value.args[0]))
        return self.generic_visit(node)

    def visit_If(self, node: ast.If) -> ast.AST | list[ast.stmt] | None:
        known = self.known(node.test)
        if known is None:
            return self.generic_visit(node)
        return settled(node.body if known else node.orelse, self.fields) or None

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        known = self.known(node.test)
        if known is None:
            return self.generic_visit(node)
        return self.visit(node.body if known else node.orelse)  # type: ignore[no-any-return]

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        """`given or default`."""
        if isinstance(node.op, ast.Or) and len(node.values) == 2 and (known := self.known(node.values[0])) is not None:
            return self.visit(node.values[0 if known else 1])  # type: ignore[no-any-return]
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        keywords: list[ast.keyword] = []
        for keyword in node.keywords:
            if keyword.arg is None and isinstance(keyword.value, ast.Name) and keyword.value.id == "options":
                keywords += [ast.keyword(name, ast.Name(name, ast.Load())) for name in self.fields.options]
            elif not self._left_out(keyword.value):
                keywords.append(ast.keyword(keyword.arg, self.visit(keyword.value)))
        return ast.Call(self.visit(node.func), [self.visit(item) for item in node.args], keywords)

    def visit_Dict(self, node: ast.Dict) -> ast.AST:
        pairs = [(key, value) for key, value in zip(node.keys, node.values, strict=True) if not self._left_out(value)]
        return ast.Dict([self.visit(key) if key else None for key, _ in pairs], [self.visit(value) for _, value in pairs])

    def _left_out(self, value: ast.expr) -> bool:
        """An argument that is not given, or one of two that is only there under a condition: `a if b else None`."""
        if isinstance(value, ast.IfExp) and (known := self.known(value.test)) is not None:
            chosen = value.body if known else value.orelse
            return self._left_out(chosen) or (isinstance(chosen, ast.Constant) and chosen.value is None)
        return self.fields.is_absent(value)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if isinstance(node.ctx, ast.Store) or node.id in self.fields.given or node.id not in self.fields.defaults:
            return node
        default = self.fields.defaults[node.id]
        assert default is not None
        return self.visit(default)  # type: ignore[no-any-return]

    def known(self, test: ast.expr) -> bool | None:
        """What a condition is; None where only the run knows."""
        match test:
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                inner = self.known(operand)
                return None if inner is None else not inner
            case ast.BoolOp(op=op, values=values):
                found = [self.known(value) for value in values]
                sure = isinstance(op, ast.Or)
                return sure if sure in found else None if None in found else not sure
            case ast.Compare(left=ast.Name() as name, ops=[ast.Is() | ast.IsNot() as op], comparators=[ast.Constant(value=None)]):
                if name.id not in self.fields.defaults:
                    return None
                return self.fields.is_absent(name) == isinstance(op, ast.Is)
            case ast.Compare(left=ast.Name() as name, ops=[ast.Eq() | ast.NotEq() as op], comparators=[ast.Constant(value=other)]):
                value = self._value(name)
                rendered = value is not None and isinstance(value[0], str) and "{{" in value[0]
                return None if value is None or rendered else (value == [other]) == isinstance(op, ast.Eq)
            case ast.Compare(left=ast.Constant(value=str() as part), ops=[ast.In() | ast.NotIn() as op], comparators=[ast.Name() as name]):
                there = self._has(part, name)
                return None if there is None else there == isinstance(op, ast.In)
            case ast.Call(func=ast.Name(id="isinstance"), args=[ast.Name() as name, kinds]) if name.id in self.fields.defaults:
                return self._is_kind(name.id, [getattr(kind, "id", "") for kind in getattr(kinds, "elts", [kinds])])
            case ast.Name(id=name):
                value = self._value(test)
                return None if value is None else bool(value[0])
            case ast.Constant(value=value):
                return bool(value)
        return None

    def _value(self, name: ast.Name) -> list[object] | None:
        """The value of an argument, in a list; of a dict or list that is written out, whether there is anything in it."""
        if name.id not in self.fields.defaults:
            return None
        value = self.fields.given.get(name.id)
        match value:
            case None:
                default = self.fields.defaults[name.id]
                return (
                    [default.value]
                    if isinstance(default, ast.Constant)
                    else self._value(default)
                    if isinstance(default, ast.Name)
                    else None
                )
            case Literal() if value.code is None or not value.code.bound:
                return [value.value]
            case Pairs() | Sequence():
                return [len(value.items)]
        return None

    def _has(self, part: str, name: ast.Name) -> bool | None:
        """Whether a text has a part, or a dict a key."""
        value = self.fields.given.get(name.id)
        if isinstance(value, Pairs):
            return any(isinstance(key, Literal) and key.value == part for key, _ in value.items)
        texts = value.parts if isinstance(value, Code) and value.parts else self._value(name)
        known = [text.bound.get(text.text) if isinstance(text, Code) else text for text in texts or (None,)]
        plain = [text.value if isinstance(text, Literal) else text for text in known]
        return any(part in str(text) for text in plain) if all(isinstance(text, (str, int)) for text in plain) else None

    def _is_kind(self, name: str, kinds: list[str]) -> bool | None:
        value = self.fields.given.get(name)
        match value:
            case None if isinstance(default := self.fields.defaults[name], ast.Constant):
                return type(default.value).__name__ in kinds
            case Literal():
                return isinstance(value.value, tuple(_KINDS[kind] for kind in kinds if kind in _KINDS))
            case Pairs():
                return "dict" in kinds
            case Sequence():
                return value.kind in kinds
            case Template():
                return "str" in kinds
            case Code() if value.parts:
                return "str" in kinds
        return None
