"""Statements of a DAG file, followed in order."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from typing import Literal as OneOf

import libcst as cst

from airflow2prefect.analyse import assignments, setups, unrun
from airflow2prefect.analyse.assignments import assign
from airflow2prefect.analyse.conditions import Merge, State, assigned, extent, is_kept, lose
from airflow2prefect.analyse.constants import NotKnown, imported
from airflow2prefect.analyse.expressions import decided, evaluate, truth
from airflow2prefect.analyse.guards import guards_airflow, is_main_guard
from airflow2prefect.analyse.loops import only_orders, passes
from airflow2prefect.analyse.names import bound_names, imported_names
from airflow2prefect.analyse.objects import (
    Class,
    Const,
    DagObject,
    Environment,
    Function,
    GroupObject,
    Named,
    Object,
    Opaque,
)
from airflow2prefect.analyse.reader import Reader


class Returned(Exception):
    """`return` in a function being followed."""

    def __init__(self, value: Object) -> None:
        super().__init__()
        self.value = value


class _Continue(Exception):
    pass


class _Break(Exception):
    pass


def execute(reader: Reader, body: Iterable[cst.CSTNode], scope: Environment) -> None:
    for statement in body:
        reader.step()
        handler = HANDLERS.get(type(statement))
        if handler is not None:
            reader.statements.append(statement)
            try:
                handler(reader, statement, scope)
            except NotKnown:
                pass
            finally:
                reader.statements.pop()


def _simple(reader: Reader, line: cst.SimpleStatementLine, scope: Environment) -> None:
    for small in line.body:
        handler = SMALL.get(type(small))
        if handler is not None:
            try:
                handler(reader, small, scope)
            except NotKnown:
                for name in bound_names(small):
                    scope.names[name] = Opaque()


def _import(reader: Reader, node: cst.Import | cst.ImportFrom, scope: Environment) -> None:
    own = _own_imports(reader, node, scope)
    for local, path in imported_names(node):
        known = scope.names.get(local)
        # the first of `try: import a as x / except ImportError: import b as x` counts
        unset = known is None or (isinstance(known, Const) and known.value is None)
        first = isinstance(known, Named) or (not unset and local not in own)
        if not (first and any(isinstance(s, cst.Try) for s in reader.statements)):
            scope.names[local] = own.get(local) or imported(path)
    if isinstance(node.names, cst.ImportStar):
        scope.names.update(own)


def _own_imports(reader: Reader, node: cst.Import | cst.ImportFrom, scope: Environment) -> dict[str, Object]:
    """What an import binds of the user's own modules."""
    if reader.modules is None:
        return {}
    if isinstance(node.names, cst.ImportStar):
        assert isinstance(node, cst.ImportFrom)
        return dict(reader.modules.star(node, scope))
    return dict(reader.modules.bound(node, imported_names(node), scope))


def _expression(reader: Reader, node: cst.Expr, scope: Environment) -> None:
    if not isinstance(node.value, (cst.SimpleString, cst.ConcatenatedString)):
        evaluate(reader, node.value, scope)


def _return(reader: Reader, node: cst.Return, scope: Environment) -> None:
    if reader.depth:
        raise Returned(evaluate(reader, node.value, scope) if node.value is not None else Const(None))


def _continue(reader: Reader, node: cst.Continue, scope: Environment) -> None:
    raise _Continue


def _break(reader: Reader, node: cst.Break, scope: Environment) -> None:
    raise _Break


def _global(reader: Reader, node: cst.Global, scope: Environment) -> None:
    scope.globals.update(item.name.value for item in node.names)


def _delete(reader: Reader, node: cst.Del, scope: Environment) -> None:
    if isinstance(node.target, cst.Name):
        scope.names.pop(node.target.value, None)


def _function(reader: Reader, node: cst.FunctionDef, scope: Environment) -> None:
    decorators = tuple(evaluate(reader, d.decorator, scope) for d in node.decorators)
    made = Function(node.name.value, node, scope, decorators)
    parameters = node.params
    for p in (*parameters.posonly_params, *parameters.params, *parameters.kwonly_params):
        if isinstance(p.default, cst.Name) and (scope.depth or reader.iterations):
            found = scope.find(p.default.value)
            if found is not None:
                made.defaults[p.name.value] = reader.located(found, p.default, scope)
    scope.names[node.name.value] = made


def _class(reader: Reader, node: cst.ClassDef, scope: Environment) -> None:
    bases = tuple(evaluate(reader, base.value, scope) for base in node.bases)
    scope.names[node.name.value] = Class(node.name.value, node, bases, scope)


def _with(reader: Reader, node: cst.With, scope: Environment) -> None:
    opened: list[list[DagObject] | list[GroupObject] | list[setups.Context]] = []
    for item in node.items:
        thing = evaluate(reader, item.item, scope)
        if item.asname is not None:
            assign(reader, item.asname.name, thing, item.item, scope)
        if isinstance(thing, DagObject):
            reader.dag_stack.append(thing)
            opened.append(reader.dag_stack)
            reader.touch()
        elif isinstance(thing, GroupObject):
            reader.group_stack.append(thing)
            opened.append(reader.group_stack)
            reader.touch()
        elif setups.managers(thing):
            reader.setup_stack.append(setups.Context(setups.managers(thing)))
            opened.append(reader.setup_stack)
            reader.touch()
    try:
        execute(reader, node.body.body, scope)
    finally:
        for stack in reversed(opened):
            if stack is reader.setup_stack:
                setups.leave(reader, reader.setup_stack)
            stack.pop()


def _for(reader: Reader, node: cst.For, scope: Environment) -> None:
    if node.asynchronous is not None:
        raise NotKnown
    ran = whole = False  # whether there was a pass, and one to its end
    with conditional(reader, node):
        for _ in passes(reader, node, node.target, node.iter, scope):
            reader.step()
            ran = True
            try:
                execute(reader, node.body.body, scope)
                whole = True
            except _Continue:
                continue
            except _Break:
                break
    if ran and not whole:
        unrun.leave_out(reader, (node.body,), scope)
    if ran:
        reader.entered.add(node.body)
    else:
        unrun.leave_out(reader, (node.body,), scope)
        reader.skip(node.body)
        reader.unrun.add(node)
    if node.orelse is not None:
        execute(reader, node.orelse.body.body, scope)


def _while(reader: Reader, node: cst.While, scope: Environment) -> None:
    for _ in range(1000):
        reader.step()
        known = truth(evaluate(reader, node.test, scope))
        if known is None:
            made, before = extent(reader), State.of(scope)
            _tolerant(reader, node.body.body, scope)
            if extent(reader) != made:
                reader.note("A2P302", node, what=reader.source.code(node.test)[:60])
            Merge(before, before, State.of(scope), None, kept=is_kept(reader, scope), made=extent(reader) != made).apply()
            return
        if not known:
            return
        try:
            execute(reader, node.body.body, scope)
        except _Continue:
            continue
        except _Break:
            return


def _tolerant(reader: Reader, body: Iterable[cst.CSTNode], scope: Environment) -> OneOf["", "pass", "function"]:
    """Follow statements that may not run; whether they leave the pass of the loop, or the function."""
    try:
        execute(reader, body, scope)
    except (_Continue, _Break):
        return "pass"
    except Returned as returned:
        reader.returned.append(returned.value)
        return "function"
    return ""


@contextlib.contextmanager
def conditional(reader: Reader, node: cst.CSTNode) -> Iterator[None]:
    """Around a loop or function: what may be left on a condition that only the run knows makes the rest of it hang on that."""
    outer, made = reader.condition, extent(reader)
    try:
        yield
    finally:
        if reader.condition != outer and extent(reader) != made:
            reader.note("A2P302", node, what=reader.condition)
        reader.condition = outer


def _if(reader: Reader, node: cst.If, scope: Environment) -> None:
    known = False if is_main_guard(node.test) else decided(reader, evaluate(reader, node.test, scope))
    if known is None and not only_orders(node, scope):
        _either(reader, node, scope)
        return
    known = known is not False
    unrun.skip(reader, node, known, scope)
    if known:
        execute(reader, node.body.body, scope)
    elif isinstance(node.orelse, cst.If):
        _if(reader, node.orelse, scope)
    elif node.orelse is not None:
        execute(reader, node.orelse.body.body, scope)


def _either(reader: Reader, node: cst.If, scope: Environment) -> None:
    """Both branches of a condition that only the run knows, one after the other, each from where the condition is met."""
    made, what, test = extent(reader), reader.source.code(node.test)[:60], reader.code(node.test, scope)
    before = State.of(scope)
    reader.entered.update(branch for branch in (node.body, node.orelse) if branch is not None)
    outer, reader.condition = reader.condition, reader.condition or what
    left: list[str] = ["", ""]
    try:
        left[0] = _tolerant(reader, node.body.body, scope)
        first = State.of(scope)
        before.restore()
        if isinstance(node.orelse, cst.Else):
            left[1] = _tolerant(reader, node.orelse.body.body, scope)
        elif node.orelse is not None:
            _if(reader, node.orelse, scope)
        second = State.of(scope)
    finally:
        reader.condition = outer
    if extent(reader) != made:
        reader.note("A2P302", node, what=what)
    if left == ["function", "function"]:
        raise Returned(reader.returned.pop())
    if all(left):
        raise _Continue
    if any(left):
        reader.condition = outer or what  # the rest runs where this branch did not
        (second if left[0] else first).restore()
        return
    Merge(before, first, second, test, kept=is_kept(reader, scope), made=extent(reader) != made).apply()


def _try(reader: Reader, node: cst.Try, scope: Environment) -> None:
    execute(reader, node.body.body, scope)
    for handler in () if guards_airflow(node) else node.handlers:
        imports = [
            s for s in handler.body.body if isinstance(s, cst.SimpleStatementLine) and isinstance(s.body[0], (cst.Import, cst.ImportFrom))
        ]
        execute(reader, imports, scope)
        lose(assigned(handler.body.body), scope, kept=is_kept(reader, scope))
    for block in (node.orelse, node.finalbody):
        if block is not None:
            execute(reader, block.body.body, scope)


HANDLERS: dict[type, Callable[..., None]] = {
    cst.SimpleStatementLine: _simple,
    cst.FunctionDef: _function,
    cst.ClassDef: _class,
    cst.With: _with,
    cst.For: _for,
    cst.While: _while,
    cst.If: _if,
    cst.Try: _try,
}
SMALL: dict[type, Callable[..., None]] = {
    cst.Import: _import,
    cst.ImportFrom: _import,
    cst.Assign: assignments.assigned,
    cst.AnnAssign: assignments.annotated,
    cst.AugAssign: assignments.augmented,
    cst.Expr: _expression,
    cst.Return: _return,
    cst.Continue: _continue,
    cst.Break: _break,
    cst.Global: _global,
    cst.Del: _delete,
}
