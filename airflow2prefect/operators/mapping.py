"""Tasks that are mapped over values, `Operator.partial(...).expand(...)`: the operator with parameters in the place of these.

https://airflow.apache.org/docs/apache-airflow/2.10.5/authoring-and-scheduling/dynamic-task-mapping.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from airflow2prefect.findings import finding
from airflow2prefect.model import Body, Literal, Need, Pairs, Piece, Sequence, Task, Template, Value

ALL = "**"  # the mappings of `.expand_kwargs`, each with all arguments of a run


def mapped_value(parameter: str) -> Template:
    """What stands in the operator for a value that each run has its own of."""
    piece = Piece("{0}", (Need("mapped", parameter),), is_string=True)
    return Template(f"{{{{ {parameter} }}}}", (piece,), piece.needs)


def mapped(task: Task, takes: frozenset[str], convert: Callable[[Task], Body]) -> Body:
    """The body of a mapped task. `takes`: the arguments that its operator may have mapped, `convert`: makes its body."""
    decorated = task.operator.startswith("airflow.decorators.")
    keys = _keys(task.over)
    if not task.over or (keys is None and not decorated) or (not decorated and not set(keys or ()) <= takes):
        return _gap(task)
    given = {key: mapped_value(key) for key in keys or ()}
    arguments = dict(task.arguments)
    if decorated:
        fixed = task.arguments.get("op_kwargs")
        pairs = fixed.items if isinstance(fixed, Pairs) else ()
        arguments["op_kwargs"] = Pairs((*pairs, *((Literal(key), value) for key, value in given.items())))
    else:
        arguments |= given
    body = convert(replace(task, mapped=False, over=MappingProxyType({}), arguments=MappingProxyType(arguments)))
    if body.gap is None and (body.chooses or body.template == "subdag"):
        return _gap(task)
    return body if body.gap is not None else replace(body, over=task.over, may_be_empty=not all(map(_has_items, task.over.values())))


def _gap(task: Task) -> Body:
    return Body(gap=finding("A2P121", task.site.line, task.site.column, task.task_id))


def _keys(over: Mapping[str, Value]) -> tuple[str, ...] | None:
    """The parameters that are mapped; None where only the run knows them, or they differ."""
    if ALL not in over:
        return tuple(over)
    mappings = over[ALL]
    every = {_names(item) for item in mappings.items} if isinstance(mappings, Sequence) else set()
    return every.pop() if len(every) == 1 else None


def _names(value: Value) -> tuple[str, ...] | None:
    if not isinstance(value, Pairs) or not all(isinstance(key, Literal) and isinstance(key.value, str) for key, _ in value.items):
        return None
    return tuple(sorted(str(key.value) for key, _ in value.items if isinstance(key, Literal)))


def _has_items(value: Value) -> bool:
    return isinstance(value, (Sequence, Pairs)) and bool(value.items)
