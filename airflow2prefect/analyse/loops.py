"""Loops and comprehensions: one pass for each item, or a single symbolic one where only the run knows the items."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from airflow2prefect.analyse.names import target_names
from airflow2prefect.analyse.objects import Environment, Opaque
from airflow2prefect.analyse.reader import Reader
from airflow2prefect.model import Code, Iteration, Loop


def passes(
    reader: Reader, node: cst.CSTNode, target: cst.BaseExpression, iterable: cst.BaseExpression, scope: Environment
) -> Iterator[None]:
    """Bind `target` in `scope` to each item of `iterable` in turn, telling the reader which pass it is."""
    from airflow2prefect.analyse.expressions import bind, evaluate, iterate

    items = iterate(evaluate(reader, iterable, scope))
    span = reader.source.span(node)
    names = tuple(target_names(target))
    loop = Loop(span.start, span, names, reader.source.code(target), reader.code(iterable, scope), None if items is None else len(items))
    reader.loops[loop.id] = loop
    outer = reader.iterations
    try:
        if items is None:
            for name in names:
                scope.names[name] = Opaque(code=Code(name, None, ((0, len(name), name),)))
            reader.iterations = (*outer, Iteration(loop.id, 0))
            yield
            return
        for index, item in enumerate(items):
            reader.iterations = (*outer, Iteration(loop.id, index))
            bind(target, item, scope, reader)
            yield
    finally:
        reader.iterations = outer
