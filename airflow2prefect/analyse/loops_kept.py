"""Loops that make tasks and also fill lists or dicts of the module: the filling stays where it was."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import libcst as cst

from airflow2prefect.analyse.conditions_kept import Cuts
from airflow2prefect.analyse.lines import leading_start, line_end
from airflow2prefect.analyse.names import bound_names, free_names, is_airflow, target_names
from airflow2prefect.analyse.objects import DagObject, GroupObject, Object, TaskObject
from airflow2prefect.analyse.reader import Reader, path_of
from airflow2prefect.model import Edit
from airflow2prefect.syntax import below

_FILLING = frozenset(("append", "extend", "update", "setdefault", "add", "insert"))


def fills_of(reader: Reader, loop: cst.For) -> tuple[Cuts, tuple[str, ...]] | None:
    """What goes from a loop, and the names of what it fills; None where it fills nothing that functions use.

    Tells of what cannot be filled, since it is filled with what goes.
    """
    if not isinstance(loop.body, cst.IndentedBlock) or not any(map(_filled, loop.body.body)):
        return None
    wanted = _used_in_functions(reader)
    gone: set[str] = {name.value for name in free_names(loop.iter)} if _uses_gone(reader, free_names(loop.iter), set()) else set()
    own = set(target_names(loop.target))
    stay: list[tuple[cst.SimpleStatementLine, frozenset[str]]] = []
    for statement in loop.body.body:
        bound = set(_bound(statement))
        if isinstance(statement, cst.SimpleStatementLine) and _is_plain(reader, statement, gone):
            stay.append((statement, frozenset(name.value for name in free_names(statement))))
            own |= bound
        else:
            gone |= bound
    fills = tuple(dict.fromkeys(name for each, _ in stay if (name := _filled(each)) in wanted and name not in own))
    staying = [each for each, _ in stay]
    for each in loop.body.body:
        if _filled(each) in wanted - own and each not in staying:
            reader.note("A2P115", each, what=reader.source.code(each)[:60])
    kept: list[cst.CSTNode] = []
    needed = set(fills)
    for each, names in reversed(stay):
        if _filled(each) in fills or needed & set(_bound(each)):
            kept.insert(0, each)
            needed |= names
    if not fills:
        return None
    text, ranges = reader.source.text, reader.source.ranges
    cuts = [Edit(leading_start(reader.source, s), line_end(text, ranges[s][1]), "") for s in loop.body.body if s not in kept]
    return Cuts(cuts, kept), fills


def _is_plain(reader: Reader, statement: cst.SimpleStatementLine, gone: set[str]) -> bool:
    """Whether a statement assigns or fills something, without tasks, DAGs or what else is gone."""
    if statement in reader.touched or not all(isinstance(each, (cst.Assign, cst.Expr)) for each in statement.body):
        return False
    return not _uses_gone(reader, free_names(statement), gone)


def _uses_gone(reader: Reader, names: list[cst.Name], gone: set[str]) -> bool:
    return any(name.value in gone or _is_airflows(reader.module.find(name.value)) for name in names)


def _is_airflows(thing: Object | None) -> bool:
    return isinstance(thing, (DagObject, TaskObject, GroupObject)) or is_airflow(path_of(thing))


def _bound(statement: cst.CSTNode) -> Iterator[str]:
    """The names that a statement binds, and those of a compound statement's."""
    if isinstance(statement, cst.SimpleStatementLine):
        for small in statement.body:
            yield from bound_names(small)
        return
    if isinstance(statement, (cst.FunctionDef, cst.ClassDef)):
        yield statement.name.value
        return
    if isinstance(statement, cst.For):
        yield from target_names(statement.target)
    for part in (getattr(statement, "body", None), getattr(statement, "orelse", None)):
        for inner in getattr(part, "body", ()) if part is not None else ():
            yield from _bound(inner)


def _used_in_functions(reader: Reader) -> set[str]:
    """Names of the module that its functions and classes use, but for functions that only make tasks."""
    inlined = {node.name.value for node in reader.inlined if isinstance(node, cst.FunctionDef)}
    found: set[str] = set()
    for node in reader.source.tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and node.name not in inlined:
            names = [each for each in below(node) if isinstance(each, ast.Name)]
            own = {each.arg for each in below(node) if isinstance(each, ast.arg)} | {each.id for each in names if isinstance(each.ctx, ast.Store)}
            found |= {each.id for each in names} - own
    return found


def _filled(statement: cst.CSTNode) -> str:
    """The list or dict that a statement puts something into, "" if none."""
    match getattr(statement, "body", None):
        case [cst.Assign(targets=[cst.AssignTarget(target=cst.Subscript(value=cst.Name(value=name)))])]:
            return name
        case [cst.Expr(value=cst.Call(func=cst.Attribute(value=cst.Name(value=name), attr=cst.Name(value=method))))] if method in _FILLING:
            return name
    return ""
