"""`xcom_pull` and `xcom_push` calls in Python."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

import libcst as cst

from airflow2prefect.analyse.formatting import format_parts
from airflow2prefect.model import Pull, Push, Span
from airflow2prefect.parse import Source

# https://github.com/apache/airflow/blob/1.10.15/airflow/models/taskinstance.py
_PULL = ("task_ids", "dag_id", "key", "include_prior_dates")
_PUSH = ("key", "value", "execution_date")


def _named(call: cst.Call, names: tuple[str, ...]) -> dict[str, cst.BaseExpression]:
    found: dict[str, cst.BaseExpression] = {}
    position = 0
    for arg in call.args:
        if arg.star:
            found["*"] = arg.value
        elif arg.keyword is not None:
            found[arg.keyword.value] = arg.value
        elif position < len(names):
            found[names[position]] = arg.value
            position += 1
    return found


@lru_cache(maxsize=2)
def _constants(tree: ast.Module) -> Mapping[str, str]:
    """Names of the module that are given one value, a string, and that nothing else in the file has."""
    given = {
        statement.targets[0].id: statement.value.value
        for statement in tree.body
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name) and len(statement.targets) == 1
        if isinstance(statement.value, ast.Constant) and isinstance(statement.value.value, str)
    }
    if not given:
        return {}
    times: Counter[str] = Counter()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            times[node.id] += 1
        elif isinstance(node, ast.arg):
            times[node.arg] += 1
        elif isinstance(node, (ast.alias, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            times[getattr(node, "asname", None) or node.name.partition(".")[0]] += 1
        elif isinstance(node, ast.ExceptHandler) and node.name:
            times[node.name] += 1
    return {name: text for name, text in given.items() if times[name] == 1}


def _text(node: cst.BaseExpression | None, source: Source) -> str | None:
    """The text of a string, or of a constant of the module."""
    if isinstance(node, (cst.SimpleString, cst.ConcatenatedString)):
        value = node.evaluated_value
        return value if isinstance(value, str) else None
    if isinstance(node, cst.Name) and node.value != "None":
        return _constants(source.tree).get(node.value)
    return id_of(node, source)


def id_of(node: cst.CSTNode | None, source: Source) -> str | None:
    """The id that `load.task_id` or `dag.dag_id` is in a function of the file, for a task or DAG that a variable holds."""
    match node:
        case cst.Attribute(value=cst.Name(value=name), attr=cst.Name(value="task_id" | "dag_id" as key)):
            return source.ids.get(f"{name}.{key}")
    return None


def _is_none(node: cst.BaseExpression | None) -> bool:
    return node is None or (isinstance(node, cst.Name) and node.value == "None")


def strings_of(node: cst.BaseExpression | None, source: Source) -> tuple[str, ...]:
    """The strings of a literal list; none if it has anything else."""
    if not isinstance(node, (cst.List, cst.Tuple, cst.Set)):
        return ()
    texts = [_text(element.value, source) for element in node.elements]
    return () if None in texts else tuple(text for text in texts if text is not None)


def read_pull(source: Source, call: cst.Call, statement: Span | None, target: str) -> Pull:
    """The facts of a `ti.xcom_pull(...)`."""
    given = _named(call, _PULL)
    ids = given.get("task_ids")
    key_node = given.get("key")
    key = "return_value" if key_node is None else "*" if _is_none(key_node) else _text(key_node, source)
    task_ids: tuple[str, ...] | None = None
    many, pattern = False, None
    single = _text(ids, source)
    if single is not None:
        task_ids = (single,)
    elif isinstance(ids, (cst.List, cst.Tuple, cst.Set)):
        many = True
        texts = [_text(element.value, source) for element in ids.elements]
        if all(text is not None for text in texts):
            task_ids = tuple(text for text in texts if text is not None)
    elif isinstance(ids, (cst.ListComp, cst.GeneratorExp)) and ids.for_in.inner_for_in is None and not ids.for_in.ifs:
        many = True
        pattern = (source.code(ids.for_in.iter), source.code(ids.for_in.target), _shape(source, ids.elt))
    parts = format_parts(ids) if ids is not None and single is None and not many else None
    prior = given.get("include_prior_dates")
    foreign = source.code(given["dag_id"]) if "dag_id" in given and not _is_none(given["dag_id"]) else ""
    if "*" in given or not (_is_none(prior) or (isinstance(prior, cst.Name) and prior.value == "False")):
        foreign = foreign or "include_prior_dates"
    return Pull(
        span=source.between(*source.whole(call)),
        task_ids=task_ids,
        key=key,
        many=many,
        pattern=pattern,
        shape=_shape(source, ids) if ids is not None and parts is not None else "",
        holes=tuple(source.code(part) for part in parts or () if not isinstance(part, str)),
        ids_text=source.code(ids) if ids is not None else "",
        any_task=_is_none(ids),
        foreign=foreign,
        statement=statement,
        target=target,
    )


def _shape(source: Source, node: cst.BaseExpression) -> str:
    """A formatted id with {} for what varies, so that `'load_%s' % t` and `f'load_{table}'` compare equal."""
    parts = format_parts(node)
    if parts is None:
        return source.code(node)
    return "".join(part if isinstance(part, str) else "{}" for part in parts)


def read_push(source: Source, call: cst.Call, *, always: bool, statement: bool = True) -> Push:
    """The facts of a `ti.xcom_push(...)`."""
    given = _named(call, _PUSH)
    key, value = given.get("key"), given.get("value")
    value_span = source.between(*source.whole(value)) if value is not None else source.span(call)
    return Push(
        span=source.between(*source.whole(call)),
        key=_text(key, source) if "*" not in given and "execution_date" not in given and value is not None else None,
        key_text=source.code(key) if key is not None else "",
        value_text=source.text[value_span.start : value_span.end],
        value_span=value_span,
        always=always,
        statement=statement,
    )
