"""Reads the strings that Airflow renders with Jinja: text and Python expressions, or a call of jinja2 at run time.

Airflow's environment: https://github.com/apache/airflow/blob/1.10.15/airflow/models/dag.py, `get_template_env`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jinja2 import Environment, TemplateError, meta, nodes

from airflow2prefect.analyse.jinja_context import Context, printed
from airflow2prefect.analyse.jinja_expressions import Expressions
from airflow2prefect.analyse.jinja_runtime import rendered
from airflow2prefect.analyse.jinja_values import Expr, Refused, Unsure
from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Piece, Template


class _AnyName(dict[str, Any]):
    """Filters or tests of which the user may have more: their names are judged later."""

    def get(self, name: str, default: object = None) -> Any:
        return super().get(name, str)


_ENVIRONMENT = Environment(extensions=["jinja2.ext.do"], cache_size=0)
_ENVIRONMENT.filters = _AnyName(_ENVIRONMENT.filters)
_ENVIRONMENT.tests = _AnyName(_ENVIRONMENT.tests)


def read_template(
    text: str,
    *,
    macros: frozenset[str] = frozenset(),
    filters: frozenset[str] = frozenset(),
    params: frozenset[str] | None = None,
    line: int = 0,
    column: int = 0,
) -> Template:
    """What Airflow makes of a templated string.

    `macros` and `filters` are the names of user_defined_macros and user_defined_filters. `params` are the keys of the
    DAG's and the task's params: others render as nothing; None if they are not known. `line` and `column` are those of
    the findings.
    """
    if "{" not in text or not any(mark in text for mark in ("{{", "{%", "{#")):
        return Template(text, _text(text))
    try:
        tree = _ENVIRONMENT.parse(text)
        free = _free(text, tree)
    except (TemplateError, RecursionError) as error:
        return Template(text, None, findings=(finding("A2P434", line, column, error=str(error) or "nested too deeply"),))
    reader = Expressions(Context(params, line, column), free, macros, filters)
    try:
        values = tuple(_values(tree, reader))
    except (Unsure, Refused):
        # Read as a whole, for all that is wrong with it.
        return rendered(text, tree, reader)
    parts = _merged(values)
    notes = (note for value in values if isinstance(value, Expr) for note in value.notes)
    needs = (need for part in parts if isinstance(part, Piece) for need in part.needs)
    return Template(text, parts, tuple(dict.fromkeys(needs)), _unique(notes))


def _free(text: str, tree: nodes.Template) -> frozenset[str]:
    """The names that come from the context."""
    if all(isinstance(statement, nodes.Output) for statement in tree.body):
        return frozenset(node.name for node in tree.find_all(nodes.Name))
    # Jinja folds the constants of the tree that it looks at: not ours.
    return frozenset(meta.find_undeclared_variables(_ENVIRONMENT.parse(text)))


def _text(text: str) -> tuple[str, ...]:
    """Jinja's newlines: one kind, and the last one is dropped."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.removesuffix("\n")
    return (text,) if text else ()


def _values(tree: nodes.Template, reader: Expressions) -> Iterator[str | Expr]:
    for statement in tree.body:
        if not isinstance(statement, nodes.Output):
            raise Unsure
        for node in statement.nodes:
            yield from _output(node, reader)


def _output(node: nodes.Expr, reader: Expressions) -> Iterator[str | Expr]:
    """What `{{ node }}` prints."""
    if isinstance(node, nodes.TemplateData):
        yield node.data
        return
    if isinstance(node, nodes.Concat):
        for item in node.nodes:
            yield from _output(item, reader)
        return
    tag = reader.tag(node)
    described = reader.context.described(tag) if tag else None
    if described is not None:
        yield from described
        return
    value = printed(reader.read(node))
    if value.literal and value.kind not in ("list", "dict"):
        yield str(value.value)
    else:
        yield value


def _merged(values: tuple[str | Expr, ...]) -> tuple[str | Piece, ...]:
    parts: list[str | Piece] = []
    for value in values:
        if isinstance(value, Expr):
            parts.append(value.piece())
        elif parts and isinstance(parts[-1], str):
            parts[-1] += value
        elif value:
            parts.append(value)
    return tuple(parts)


def _unique(notes: Iterator[Finding]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(notes))
