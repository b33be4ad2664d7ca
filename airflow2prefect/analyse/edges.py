"""Order between tasks: `>>`, `<<`, set_upstream, chain, cross_downstream, groups."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import libcst as cst

from airflow2prefect.analyse.constants import NotKnown
from airflow2prefect.analyse.objects import DagObject, Dict, GroupObject, Items, Object, Opaque, TaskObject, XComObject
from airflow2prefect.analyse.reader import Reader


def linkable(thing: Object) -> bool:
    if isinstance(thing, Items):
        return any(linkable(item) for item in thing.items)
    return isinstance(thing, (TaskObject, XComObject, GroupObject, DagObject))


def ends(thing: Object, *, upstream: bool) -> list[TaskObject]:
    """The tasks that an edge from (upstream) or to `thing` is tied to."""
    match thing:
        case TaskObject():
            return [thing]
        case XComObject():
            return [thing.task]
        case GroupObject():
            return thing.edge_tasks(roots=not upstream)
        case Items():
            return [task for item in thing.items for task in ends(item, upstream=upstream)]
        case Dict():
            return [task for _, value in thing.pairs.values() for task in ends(value, upstream=upstream)]
    return []


def connect(reader: Reader, upstream: Iterable[TaskObject], downstream: Iterable[TaskObject]) -> None:
    """Every task of `upstream` before every task of `downstream`; a task without a DAG takes the other's."""
    from airflow2prefect.analyse.tasks import adopt

    reader.touch()
    after = list(downstream)
    for first in upstream:
        for second in after:
            if first is second:
                continue
            dag = first.dag or second.dag
            if dag is not None:
                adopt(reader, first, dag)
                adopt(reader, second, dag)
            second.upstream[first.task_id] = first


def shift(reader: Reader, node: cst.BinaryOperation, left: Object, right: Object, *, downstream: bool) -> Object:
    """`left >> right` (downstream) or `left << right`; its value is `right`."""
    if not (linkable(left) or linkable(right)):
        reader_known = (isinstance(left, Items) and not left.items) or (isinstance(right, Items) and not right.items)
        if reader_known:
            return right
        if _of_tasks(left, reader) or _of_tasks(right, reader):
            reader.note("A2P301", node, what=reader.source.code(node).split("\n")[0][:60])
        raise NotKnown
    reader.touch()
    for dag, other in ((left, right), (right, left)):
        if isinstance(dag, DagObject):
            from airflow2prefect.analyse.tasks import adopt

            for task in ends(other, upstream=False):
                adopt(reader, task, dag)
            return right
    if getattr(right, "is_label", False):
        return left
    unclear = [side for side in (left, right) if not linkable(side) and not (isinstance(side, Items) and not side.items)]
    if unclear:
        if is_label(unclear[0]):
            return _Labelled(left) if unclear[0] is right else right
        reader.note("A2P301", node, what=reader.source.code(node).split("\n")[0][:60])
        return right
    link(reader, left, right) if downstream else link(reader, right, left)
    return right


def _of_tasks(thing: Object, reader: Reader) -> bool:
    """Whether an expression that only the run knows is of something that holds tasks: `tasks[name]`."""
    if not isinstance(thing, Opaque) or thing.code is None:
        return False
    names = {name for _, _, name in thing.code.names}
    held = [scope.find(name) for scope in (reader.module,) for name in names]
    return any(
        linkable(value) or (isinstance(value, Dict) and any(linkable(v) for _, v in value.pairs.values())) for value in held if value
    )


def link(reader: Reader, upstream: Object, downstream: Object) -> None:
    connect(reader, ends(upstream, upstream=True), ends(downstream, upstream=False))


def _Labelled(left: Object) -> Object:
    # `a >> Label("x") >> b` is `a >> b`: the label stands for what came before it.
    return left


def is_label(thing: Object) -> bool:
    from airflow2prefect.analyse.objects import Called

    return isinstance(thing, Called) and thing.path.endswith(".Label")


def chain(reader: Reader, things: list[Object]) -> None:
    """airflow.models.baseoperator.chain: lists of equal length are linked pairwise."""
    for first, second in itertools.pairwise(things):
        if is_label(first) or is_label(second):
            continue
        if isinstance(first, Items) and isinstance(second, Items):
            if len(first.items) != len(second.items):
                raise NotKnown
            for a, b in zip(first.items, second.items, strict=True):
                link(reader, a, b)
        else:
            link(reader, first, second)


def chain_linear(reader: Reader, things: list[Object]) -> None:
    """airflow.models.baseoperator.chain_linear: every task of a list before every task of the next."""
    for first, second in itertools.pairwise(things):
        link(reader, first, second)
