"""List, set and dict comprehensions, and generator expressions."""

from __future__ import annotations

import libcst as cst

from airflow2prefect.analyse import edges
from airflow2prefect.analyse.conditions import extent
from airflow2prefect.analyse.constants import NotKnown
from airflow2prefect.analyse.expressions import evaluate, truth
from airflow2prefect.analyse.loops import passes
from airflow2prefect.analyse.objects import Dict, Environment, Items, Object
from airflow2prefect.analyse.reader import Reader
from airflow2prefect.analyse.unrun import leave_out

Comprehension = cst.ListComp | cst.SetComp | cst.GeneratorExp | cst.DictComp
Results = list[tuple[Object, ...]]


def comprehension(reader: Reader, node: Comprehension, scope: Environment) -> Object:
    results: Results = []
    before = reader.unknown_passes
    _clauses(reader, node, node.for_in, Environment({}, scope, scope.depth + 1), results)
    if results:
        reader.entered.add(node)
    else:
        leave_out(reader, (node,), scope)
        reader.skip(node)
    if reader.unknown_passes != before and not any(edges.linkable(item) for row in results for item in row):
        raise NotKnown
    if isinstance(node, cst.DictComp):
        made = Dict({})
        for key, value in results:
            made.set(key, value)
        return made
    kind = {cst.ListComp: "list", cst.SetComp: "set", cst.GeneratorExp: "iterator"}[type(node)]
    return Items(kind, [item for (item,) in results])


def _clauses(reader: Reader, node: Comprehension, clause: cst.CompFor, scope: Environment, results: Results) -> None:
    for _ in passes(reader, clause, clause.target, clause.iter, scope):
        reader.step()
        tests = [truth(evaluate(reader, test.test, scope)) for test in clause.ifs]
        if False in tests:
            continue
        if None in tests:
            _perhaps(reader, node, clause, scope, results)
        else:
            _inside(reader, node, clause, scope, results)


def _inside(reader: Reader, node: Comprehension, clause: cst.CompFor, scope: Environment, results: Results) -> None:
    """One pass: the next loop, or an item."""
    if clause.inner_for_in is not None:
        _clauses(reader, node, clause.inner_for_in, scope, results)
        return
    heads = (node.key, node.value) if isinstance(node, cst.DictComp) else (node.elt,)
    results.append(tuple(reader.located(evaluate(reader, head, scope), head, scope) for head in heads))


def _perhaps(reader: Reader, node: Comprehension, clause: cst.CompFor, scope: Environment, results: Results) -> None:
    """What only the run knows to be among the items: tasks that it makes are made under that condition."""
    reader.entered.add(node)
    before, what = extent(reader), reader.source.code(clause.ifs[0].test)[:60]
    outer, reader.condition = reader.condition, reader.condition or what
    try:
        _inside(reader, node, clause, scope, results)
    finally:
        reader.condition = outer
    if extent(reader) == before:
        raise NotKnown
    reader.note("A2P302", node, what=what)
