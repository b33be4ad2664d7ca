"""Groups that are mapped over values: a loop around the group, whose passes all have the same tasks.

https://github.com/apache/airflow/blob/2.10.5/airflow/decorators/task_group.py, `_TaskGroupFactory.expand`
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import libcst as cst

from airflow2prefect.analyse import edges
from airflow2prefect.analyse.objects import Const, Dict, Items, Object, Opaque, TaskObject, XComObject, freeze
from airflow2prefect.analyse.reader import Reader
from airflow2prefect.analyse.tasks import producers
from airflow2prefect.model import Code, Iteration, Loop

Make = Callable[[dict[str, Object]], Object]


def mapped_group(reader: Reader, node: cst.Call, name: str, args: list[Object], kwargs: Mapping[str, Object], make: Make) -> Object:
    """What `make` gives for one symbolic pass; its tasks stay unconverted where the loop cannot be written."""
    before = set(reader.dag.tasks) if reader.dag is not None else set()
    over = _over(name, args, kwargs)
    names = _names(over)
    if reader.iterations or names is None:
        made = make({key: Opaque() for key in names or ()} | (dict(kwargs) if name == "expand" else {}))
        _mark(reader, before)
        return made
    span = reader.source.span(node)
    target = ", ".join(names)
    values = tuple((key, freeze(value)) for key, value in over.items())
    loop = Loop(span.start, span, names, target, Code(reader.source.code(node)), None, over=values)
    reader.loops[loop.id] = loop
    outer, reader.iterations = reader.iterations, (Iteration(loop.id, 0),)
    reader.unknown_passes += 1
    try:
        made = make({key: Opaque(code=Code(key, None, ((0, len(key), key),))) for key in names})
    finally:
        reader.iterations = outer
    tasks = _mark(reader, before)
    inside = set(map(id, tasks))
    roots = [task for task in tasks if not any(id(up) in inside for up in task.upstream.values())]
    edges.connect(reader, producers(over.values()), roots)
    return made


def _mark(reader: Reader, before: set[str]) -> list[TaskObject]:
    found = [task for task_id, task in (reader.dag.tasks if reader.dag is not None else {}).items() if task_id not in before]
    for task in found:
        task.mapped = True
    return found


def _over(name: str, args: list[Object], kwargs: Mapping[str, Object]) -> dict[str, Object]:
    if name == "expand":
        return dict(kwargs)
    found = [*args, *(thing for key, thing in kwargs.items() if key != "strict")]
    return {"**": found[0]} if found else {}


def _names(over: Mapping[str, Object]) -> tuple[str, ...] | None:
    """The parameters that each pass has its own of; None where that, or the values, cannot be said."""
    if "**" not in over:
        known = all(isinstance(value, (TaskObject, XComObject)) or _is_written(value) for value in over.values())
        return tuple(over) if over and known else None
    items = over["**"].items if isinstance(over["**"], Items) else []
    found = {tuple(map(str, item.pairs)) if isinstance(item, Dict) and _is_written(item) else () for item in items}
    return found.pop() if len(found) == 1 and () not in found else None


def _is_written(value: Object) -> bool:
    """Whether all of a list or dict is written out, and there is something in it."""
    match value:
        case Const():
            return True
        case Items():
            return bool(value.items) and all(map(_is_written, value.items))
        case Dict():
            return bool(value.pairs) and all(_is_written(item) for _, item in value.pairs.values())
    return False
