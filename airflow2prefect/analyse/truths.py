"""Conditions that hold in every run of a flow."""

from __future__ import annotations

from collections.abc import Mapping

import libcst as cst

from airflow2prefect.model import Span
from airflow2prefect.parse import Source


def asked_for(source: Source, parents: Mapping[cst.CSTNode, cst.CSTNode], run: cst.BaseExpression) -> tuple[Span, str] | None:
    """What stands for `run`, the context's dag_run, where it is only asked whether there is one; None where it is used otherwise.

    A flow always has its run: `dag_run and x` is `x`, `x and dag_run and y` is `x and y`, `if dag_run is None` is `if False`.
    """
    asked, around, there = run, parents.get(run), "True"
    if isinstance(around, cst.Comparison) and around.left is run and len(around.comparisons) == 1:
        target = around.comparisons[0]
        if not (isinstance(target.comparator, cst.Name) and target.comparator.value == "None"):
            return None
        there = "True" if isinstance(target.operator, (cst.IsNot, cst.NotEqual)) else "False"
        asked, around = around, parents.get(around)
    elif isinstance(around, cst.UnaryOperation) and isinstance(around.operator, cst.Not):
        asked, around, there = around, parents.get(around), "False"
    start, end = source.whole(asked)
    if there == "True" and isinstance(around, cst.BooleanOperation) and around.left is asked and isinstance(around.operator, cst.And):
        return source.between(start, source.whole(around.right)[0]), ""
    if there == "True" and isinstance(around, cst.BooleanOperation) and isinstance(around.operator, cst.And) and _only_true(around, parents):
        return source.between(source.whole(around.left)[1], end), ""
    if asked is run and not (isinstance(around, (cst.If, cst.IfExp)) and around.test is run):
        return None
    return source.between(start, end), there


def _only_true(node: cst.BooleanOperation, parents: Mapping[cst.CSTNode, cst.CSTNode]) -> bool:
    """Whether of an `and` it only matters that it is true, or else what its left side is."""
    around = parents.get(node)
    if isinstance(around, cst.BooleanOperation):
        return around.left is node and isinstance(around.operator, cst.And)
    return isinstance(around, (cst.If, cst.IfExp, cst.While)) and around.test is node
