"""List, set and dict comprehensions, and generator expressions."""

from __future__ import annotations

import libcst as cst

from airflow2prefect.analyse import edges
from airflow2prefect.analyse.constants import NotKnown
from airflow2prefect.analyse.expressions import evaluate, truth
from airflow2prefect.analyse.loops import passes
from airflow2prefect.analyse.objects import Dict, Environment, Items, Object
from airflow2prefect.analyse.reader import Reader
from airflow2prefect.analyse.unrun import leave_out


def comprehension(reader: Reader, node: cst.ListComp | cst.SetComp | cst.GeneratorExp | cst.DictComp, scope: Environment) -> Object:
    results: list[tuple[Object, ...]] = []
    before = reader.unknown_passes
    _clauses(reader, node, node.for_in, Environment({}, scope, scope.depth + 1), results)
    if not results:
        leave_out(reader, (node,), scope)
    if reader.unknown_passes != before and not any(edges.linkable(item) for row in results for item in row):
        raise NotKnown
    if isinstance(node, cst.DictComp):
        made = Dict({})
        for key, value in results:
            made.set(key, value)
        return made
    kind = {cst.ListComp: "list", cst.SetComp: "set", cst.GeneratorExp: "iterator"}[type(node)]
    return Items(kind, [item for (item,) in results])


def _clauses(
    reader: Reader,
    node: cst.ListComp | cst.SetComp | cst.GeneratorExp | cst.DictComp,
    clause: cst.CompFor,
    scope: Environment,
    results: list[tuple[Object, ...]],
) -> None:
    for _ in passes(reader, clause, clause.target, clause.iter, scope):
        reader.step()
        tests = [truth(evaluate(reader, test.test, scope)) for test in clause.ifs]
        if None in tests:
            raise NotKnown
        if not all(tests):
            continue
        if clause.inner_for_in is not None:
            _clauses(reader, node, clause.inner_for_in, scope, results)
            continue
        heads = (node.key, node.value) if isinstance(node, cst.DictComp) else (node.elt,)
        results.append(tuple(reader.located(evaluate(reader, head, scope), head, scope) for head in heads))
