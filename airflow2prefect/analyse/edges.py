"""Order between tasks: `>>`, `<<`, set_upstream, chain, cross_downstream, groups."""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Iterable

import libcst as cst

from airflow2prefect.analyse.constants import NotKnown
from airflow2prefect.analyse.objects import Called, DagObject, Dict, GroupObject, Items, Last, Object, Opaque, TaskObject, XComObject
from airflow2prefect.analyse.reader import Reader

METHODS = ("set_upstream", "set_downstream")


def linkable(thing: Object) -> bool:
    if isinstance(thing, Items):
        return any(linkable(item) for item in thing.items)
    return isinstance(thing, (TaskObject, XComObject, GroupObject, DagObject, Last))

# `a | b` and `a & b` of datasets.
OF_DATASETS = {"BitOr": "airflow.datasets.DatasetAny", "BitAnd": "airflow.datasets.DatasetAll"}


def ends(thing: Object, *, upstream: bool) -> list[TaskObject | Last]:
    """The tasks that an edge from (upstream) or to `thing` is tied to."""
    match thing:
        case TaskObject() | Last():
            return [thing]
        case XComObject():
            return [thing.task]
        case GroupObject():
            return [*thing.edge_tasks(roots=not upstream)]
        case Items():
            return [task for item in thing.items for task in ends(item, upstream=upstream)]
        case Dict():
            return [task for _, value in thing.pairs.values() for task in ends(value, upstream=upstream)]
    return []


def connect(reader: Reader, upstream: Iterable[TaskObject | Last], downstream: Iterable[TaskObject | Last]) -> None:
    """Every task of `upstream` before every task of `downstream`; a task without a DAG takes the other's."""
    from airflow2prefect.analyse.tasks import adopt

    reader.touch()
    after = list(downstream)
    for before in upstream:
        first = before.task if isinstance(before, Last) else before
        for second in after:
            if first is second:
                continue
            if isinstance(second, Last) or (isinstance(before, Last) and second.iterations and first.iterations[0].loop == second.iterations[0].loop):
                what = reader.source.code(reader.statements[-1]).split("\n")[0]
                reader.note("A2P301", reader.statements[-1], what=what[:60])
                continue
            if isinstance(before, Last) and first.task_id not in second.upstream:
                second.lasts[first.task_id] = before.initial
            elif not isinstance(before, Last):
                second.lasts.pop(first.task_id, None)
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
                if isinstance(task, TaskObject):
                    adopt(reader, task, dag)
            return right
    if getattr(right, "is_label", False):
        return left
    unclear = [side for side in (left, right) if not linkable(side) and not (isinstance(side, Items) and not side.items)]
    if unclear:
        if is_label(unclear[0]):
            return _Labelled(left) if unclear[0] is right else right
        reader.note("A2P301", node, what=reader.source.code(node).split("\n")[0][:60])
        for side in unclear:
            tell_foreign(reader, node, side)
        return right
    link(reader, left, right) if downstream else link(reader, right, left)
    return right


def tell_foreign(reader: Reader, node: cst.CSTNode, thing: Object) -> None:
    """A finding for a task, or a list of some, that a function makes of a module that is not here to be read."""
    if isinstance(thing, Items):
        for item in thing.items[:1]:
            tell_foreign(reader, node, item)
    path = thing.path if isinstance(thing, Called) else ""
    if isinstance(thing, Opaque) and thing.code is not None and (match := re.match(r"(\w+)\.[\w.]*\w\(", thing.code.text)):
        owner = reader.module.find(match[1])
        loaded = isinstance(owner, Opaque) and owner.code is not None and re.search(r"load_module|module_from_spec", owner.code.text)
        path = match[0][:-1] if loaded else ""
    if path and path.partition(".")[0] not in {"airflow", "builtins", *sys.stdlib_module_names}:
        reader.note("A2P233", node, what=path)


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


def clear(reader: Reader, node: cst.Call, things: Iterable[Object]) -> bool:
    """Whether it is known which tasks a call sets in order; a finding where not."""
    for thing in things:
        known = linkable(thing) or (isinstance(thing, Items) and not thing.items) or isinstance(thing, Dict) or is_label(thing)
        if not known or (isinstance(thing, Items) and any(isinstance(item, Opaque) for item in thing.items)):
            reader.note("A2P301", node, what=reader.source.code(node).split("\n")[0][:60])
            tell_foreign(reader, node, thing)
            reader.touch()
            return False
    return True


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
