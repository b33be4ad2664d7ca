"""`--bridge`: operators that nothing else converts run as they are, in an environment that has Airflow.

templates/airflow_bridge.py is what runs them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Body, Call, Code, Literal, Need, Pairs, Piece, Reference, Sequence, Task, Template, Value, parts_of
from airflow2prefect.operators.polling import context
from airflow2prefect.operators.registry import BASE

# Skipping what follows, or choosing it, is done in Airflow's database: the flow would not learn of it.
DECIDES = ("Branch", "ShortCircuit", "LatestOnly", "SubDag", "TriggerDagRun", "ExternalTask")
# Arguments that make an operator skip itself.
SKIPPING = ("soft_fail", "skip_exit_code", "skip_on_exit_code", "skip_on_timeout")
# Names that the emitted `run_operator` has for itself.
OWN = ("operator", "logical_date", "skip")
# Objects of these packages are built where Airflow is.
THERE = ("airflow.", "kubernetes.")


@dataclass(frozen=True, slots=True)
class Known:
    """An operator of Airflow's packages: the arguments that Airflow renders, all of its own, endings of the files that it reads."""

    rendered: frozenset[str]
    arguments: frozenset[str]
    endings: tuple[str, ...]


@cache
def known_operators() -> MappingProxyType[str, Known]:
    """By import path, from known.tsv."""
    table: dict[str, Known] = {}
    for line in (files("airflow2prefect.operators") / "known.tsv").read_text(encoding="utf-8").splitlines():
        path, rendered, others, endings = [*line.split("\t"), "", "", ""][:4]
        fields = frozenset(rendered.split())
        table[path] = Known(fields, fields | frozenset(others.split()), tuple(endings.split()))
    return MappingProxyType(table)


def bridged(task: Task, params: frozenset[str]) -> Body | None:
    """A body that runs the real operator; None where that cannot be, as for decorators and classes of the DAG file.

    Classes of the user's own modules are imported there as the DAG file imports them. One of no package of Airflow's may read any of its `params` while it runs.
    """
    path, _, base = task.operator.partition(":")
    name = path.rpartition(".")[2]
    if task.mapped or task.callable is not None or "." not in path or path.startswith("airflow.decorators."):
        return None
    if any(word in name or word in base for word in DECIDES):
        return None
    known = known_operators().get(path)
    own = known.arguments if known is not None else frozenset()
    given = {key: value for key, value in task.arguments.items() if key not in BASE or key in own}
    if (limit := task.argument("execution_timeout")) is not None and _set(limit):
        given["execution_timeout"] = limit  # Airflow can end what blocks, Prefect cannot
    defaults = {key: value for key, value in task.inherited.items() if (key not in BASE or key in own) and key not in given}
    if known is not None:
        given |= {key: value for key, value in defaults.items() if key in own}
        defaults = {}
    for key, value in (*given.items(), *defaults.items()):
        if (refused := _refused(task, key, value)) is not None:
            return Body(gap=refused)
    fields = {key: _there(value) for key, value in given.items()}
    found = [finding("A2P250", task.site.line, task.site.column, task.task_id, operator=name)]
    if defaults:
        # Which of them the operator takes, only Airflow can tell.
        fields["default_args"] = Pairs(tuple((Literal(key), _there(value)) for key, value in defaults.items()))
    if known is None and params:
        read = {name: Template("", (Piece("{0}", (Need("param", name),), is_string=True),)) for name in sorted(params)}
        fields["params"] = Pairs(tuple((Literal(name), value) for name, value in read.items()))
    if known is None:
        unsure = (key for key, value in fields.items() if any("{{" in text or "{%" in text for text in _texts(value)))
        found += [finding("A2P252", task.site.line, task.site.column, task.task_id, operator=name, argument=key) for key in unsure]
    pushes = task.argument("do_xcom_push")
    skips = any(_set(task.argument(argument)) for argument in SKIPPING)
    return Body(
        template="bridge",
        fields=MappingProxyType({"": context("execution_date"), **fields}),
        templated=known.rendered if known is not None else frozenset(fields),
        extensions=known.endings if known is not None else (),
        words=MappingProxyType({"operator": path}),
        flags=MappingProxyType({"waits": name.endswith("Sensor"), "may_skip": skips, "all_keys": False}),
        helpers=(("airflow_rules", "Skip"),) if skips else (),
        returns=not (isinstance(pushes, Literal) and not pushes.value),
        skips=skips,
        findings=tuple(found),
    )


def _set(value: Value | None) -> bool:
    return value is not None and not (isinstance(value, Literal) and value.value in (None, False))


def _there(value: Value) -> Value:
    """The value with Airflow's objects as what builds them in Airflow's environment."""
    match value:
        case Call(path=path) if path.startswith(THERE):
            kwargs = {name: _there(item) for name, item in value.kwargs.items()}
            return Call("airflow_bridge.built", (Literal(path), *map(_there, value.args)), MappingProxyType(kwargs))
        case Reference(path=str() as path) if path.startswith(THERE):
            return Call("airflow_bridge.named", (Literal(path),), MappingProxyType({}))
        case Sequence(items=items) if (made := tuple(map(_there, items))) != items:
            return Sequence(value.kind, made)
        case Pairs(items=pairs) if (kept := tuple((_there(key), _there(item)) for key, item in pairs)) != pairs:
            return Pairs(kept)
    return value


def _refused(task: Task, argument: str, value: Value) -> Finding | None:
    """Why an argument cannot go to another process: it is a function, or a template that only a built object has."""
    for part in _parts(value):
        what = "of the bridge's own" if argument in OWN else ""
        if isinstance(part, Reference) and (part.path is None or not part.path.startswith(THERE)):
            what = part.name if part.name.isidentifier() else "a lambda"
        elif isinstance(part, Call) and part.path.startswith(THERE):
            inside = [text for item in (*part.args, *part.kwargs.values()) for text in _texts(item) if "{{" in text or "{%" in text]
            what = f"a template inside {part.path.rpartition('.')[2]}" if inside else ""
        if what:
            name = task.operator.rpartition(".")[2]
            return finding("A2P251", task.site.line, task.site.column, task.task_id, operator=name, argument=argument, what=what)
    return None


def _parts(value: Value) -> Iterator[Value]:
    yield value
    for part in parts_of(value):
        yield from _parts(part)


def _texts(value: Value) -> Iterator[str]:
    for part in _parts(value):
        if isinstance(part, Literal) and isinstance(part.value, str):
            yield part.value
        elif isinstance(part, Code):
            yield from (text for text in part.parts if isinstance(text, str))
