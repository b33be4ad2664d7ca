"""`Variable.get(...)` of Airflow as `variable(...)` of the helper module that flows import."""

from __future__ import annotations

import libcst as cst

from airflow2prefect.model import Edit, variable_name
from airflow2prefect.parse import Source

# https://github.com/apache/airflow/blob/1.10.15/airflow/models/variable.py
GETTERS = frozenset(f"{module}.Variable.get" for module in ("airflow.models", "airflow.models.variable", "airflow.sdk"))
VARIABLE = "airflow_variables.variable"
KEYWORDS = {"default_var": "default", "default": "default", "deserialize_json": "as_json"}


def variable_edits(source: Source, call: cst.Call) -> list[Edit] | None:
    """The edits of a call; None where the name is no literal or an argument is none that it knows."""
    if not call.args or any(arg.star for arg in call.args):
        return None
    name, *rest = call.args
    if name.keyword is not None or not isinstance(name.value, cst.SimpleString) or len(rest) > 2:
        return None
    text = name.value.evaluated_value
    if not isinstance(text, str):
        return None
    edits = [_edit(source, call.func, "variable")]
    if variable_name(text) != text:
        quote = name.value.quote[0]
        edits.append(_edit(source, name.value, f"{quote}{variable_name(text)}{quote}"))
    for position, arg in enumerate(rest):
        if arg.keyword is None:
            if position:
                return None
            continue
        if arg.keyword.value not in KEYWORDS:
            return None
        edits.append(_edit(source, arg.keyword, KEYWORDS[arg.keyword.value]))
    return edits


def _edit(source: Source, node: cst.CSTNode, text: str) -> Edit:
    start, end = source.ranges[node]
    return Edit(start, end, text)
