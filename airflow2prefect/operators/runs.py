"""Operators that become one call of a function of a helper module, with the arguments that they have in Airflow."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from airflow2prefect.findings import finding
from airflow2prefect.model import Body, Literal, Task, Value
from airflow2prefect.operators.bridge import known_operators
from airflow2prefect.operators.connections import block_needed, is_set, name_of, refused, set_value
from airflow2prefect.operators.registry import missing


def runs(
    task: Task, given: dict[str, Value], function: str, *, connection: tuple[str, str] | None = None, needs: Iterable[str] = (),
    refuses: Iterable[str] = (), drops: Iterable[str] = (), returns: bool = False, rendered: frozenset[str] = frozenset(),
) -> Body:  # fmt: skip
    """A task that calls `function`, "module.name" of a helper, with what is given.

    `connection`: the argument that names it, and the id where none is given; its Secret block is told. `needs`: what must be there,
    `refuses`: arguments for which there is no place, `drops`: those that mean nothing in a flow. Airflow renders `rendered`, if its packages do not say.
    """
    for name in needs:
        if name not in given:
            return missing(task, name)
    for name in refuses:
        if is_set(given.get(name)):
            return refused(task, name)
    found = []
    if connection is not None:
        named = set_value(given.get(connection[0])) or Literal(connection[1])
        found.append(block_needed(task, named, "Secret"))
    if is_set(given.get("deferrable")):
        found.append(finding("A2P209", task.site.line, task.site.column, task.task_id, operator=name_of(task)))
    away = {*refuses, *drops, "deferrable"}
    known = known_operators().get(task.operator)
    fields = {name: value for name, value in given.items() if name not in away and set_value(value) is not None}
    module, _, name = function.rpartition(".")
    return Body(
        template="run",
        fields=MappingProxyType(fields),
        templated=(known.rendered if known is not None else rendered) & fields.keys(),
        extensions=known.endings if known is not None else (),
        words=MappingProxyType({"runs": name, "after": ""}),
        helpers=((module, name),),
        returns=returns,
        findings=tuple(found),
    )
