"""What a branching callable can choose, where the file says so."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from airflow2prefect.analyse.constants import NotKnown
from airflow2prefect.analyse.expressions import evaluate, iterate
from airflow2prefect.analyse.names import bound_names, free_names, parameter_names, subtree
from airflow2prefect.analyse.objects import Const, Environment, Function, Object
from airflow2prefect.analyse.reader import Reader, path_of


def choices_of(reader: Reader, function: Function) -> tuple[str, ...] | None:
    """All that a function can return, if they are strings known from the file; None if it may return anything else."""
    node = function.node
    if isinstance(node, cst.Lambda):
        returned: list[cst.BaseExpression | None] = [node.body]
        inside: list[cst.CSTNode] = []
    else:
        inside = list(subtree(node.body))
        if any(isinstance(n, (cst.Yield, cst.FunctionDef, cst.Lambda, cst.ClassDef)) for n in inside):
            return None
        returned = [n.value for n in inside if isinstance(n, cst.Return)]
    own = _Own(reader, function.scope, parameter_names(node.params), inside)
    try:
        found = [text for value in returned for text in own.texts(value, ())]
    except NotKnown:
        return None
    return tuple(dict.fromkeys(found)) or None


class _Own:
    """The names of one function: what is given to them, and what the module's names stand for."""

    def __init__(self, reader: Reader, scope: Environment, parameters: frozenset[str], inside: list[cst.CSTNode]) -> None:
        self.reader, self.scope = reader, scope
        self.given: dict[str, list[cst.BaseExpression]] = {}
        self.unknown = set(parameters)
        for node in inside:
            if isinstance(node, cst.Assign) and len(node.targets) == 1 and isinstance(node.targets[0].target, cst.Name):
                self.given.setdefault(node.targets[0].target.value, []).append(node.value)
            elif isinstance(node, (cst.Assign, cst.AnnAssign, cst.AugAssign, cst.Import, cst.ImportFrom, cst.Del)):
                self.unknown.update(bound_names(node))
            elif isinstance(node, (cst.For, cst.CompFor, cst.With, cst.NamedExpr, cst.ExceptHandler, cst.Global, cst.Nonlocal)):
                self.unknown.update(n.value for n in subtree(node) if isinstance(n, cst.Name))

    def texts(self, node: cst.BaseExpression | None, seen: tuple[str, ...]) -> Iterator[str]:
        """The strings that an expression can be; raises NotKnown."""
        match node:
            case None:
                raise NotKnown
            case cst.IfExp():
                yield from self.texts(node.body, seen)
                yield from self.texts(node.orelse, seen)
                return
            case cst.Name(value=name) if name in self.given and name not in self.unknown and name not in seen:
                for value in self.given[name]:
                    yield from self.texts(value, (*seen, name))
                return
            case cst.Call(args=[cst.Arg(value=items, star="", keyword=None)]) if self._path(node.func) == "random.choice":
                yield from self._items(items)
                return
        yield _text(self._module_value(node))

    def _items(self, node: cst.BaseExpression) -> list[str]:
        items = iterate(self._module_value(node))
        if items is None:
            raise NotKnown
        return [_text(item) for item in items]

    def _module_value(self, node: cst.BaseExpression) -> Object:
        """What an expression of the module's names stands for. Calls are left alone: following them may make tasks."""
        names = {name.value for name in free_names(node)}
        if names & (self.unknown | self.given.keys()) or any(isinstance(n, cst.Call) for n in subtree(node)):
            raise NotKnown
        return evaluate(self.reader, node, self.scope)

    def _path(self, node: cst.BaseExpression) -> str:
        return path_of(evaluate(self.reader, node, self.scope)) if isinstance(node, (cst.Name, cst.Attribute)) else ""


def _text(thing: Object) -> str:
    if isinstance(thing, Const) and isinstance(thing.value, str):
        return thing.value
    raise NotKnown
