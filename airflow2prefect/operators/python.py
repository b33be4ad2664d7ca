"""PythonOperator: the callable itself, as a task."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Literal as OneOf

from airflow2prefect.findings import finding
from airflow2prefect.model import Body, Literal, Task, Value
from airflow2prefect.operators.registry import operator

_MODULES = (
    "airflow.operators.python_operator",
    "airflow.operators.python",
    "airflow.operators",
    "airflow.providers.standard.operators.python",
)


def python_paths(name: str) -> tuple[str, ...]:
    """Where Airflow has, or had, an operator for Python."""
    return tuple(f"{module}.{name}" for module in _MODULES)


def _body(op_args: Value | None, op_kwargs: Value | None, templates_dict: Value | None) -> Body:
    fields = {} if templates_dict is None else {"templates_dict": templates_dict}
    return Body(args=op_args, kwargs=op_kwargs, returns=True, fields=MappingProxyType(fields), templated=frozenset(fields))


@operator(*python_paths("PythonOperator"))
def python(
    task: Task,
    *,
    python_callable: Value | None = None,
    op_args: Value | None = None,
    op_kwargs: Value | None = None,
    provide_context: Value | None = None,
    templates_dict: Value | None = None,
    templates_exts: Value | None = None,
    show_return_value_in_logs: Value | None = None,
) -> Body:
    """https://github.com/apache/airflow/blob/1.10.15/airflow/operators/python_operator.py"""
    if python_callable is None:
        return Body(gap=finding("A2P203", task.site.line, task.site.column, task.task_id, argument="python_callable"))
    return _body(op_args, op_kwargs, templates_dict)


@operator(*python_paths("BranchPythonOperator"))
def branch_python(
    task: Task,
    *,
    python_callable: Value | None = None,
    op_args: Value | None = None,
    op_kwargs: Value | None = None,
    provide_context: Value | None = None,
    templates_dict: Value | None = None,
    templates_exts: Value | None = None,
) -> Body:
    """The callable returns the task_id(s) to follow.

    https://github.com/apache/airflow/blob/1.10.15/airflow/operators/python_operator.py
    """
    if python_callable is None:
        return Body(gap=finding("A2P203", task.site.line, task.site.column, task.task_id, argument="python_callable"))
    return replace(_body(op_args, op_kwargs, templates_dict), chooses="branch")


def what_short_circuit_skips(ignoring: Value | None) -> OneOf["short_circuit", "short_circuit_next"]:
    """All that follows, or with ignore_downstream_trigger_rules=False (2.x) the next tasks, and of the rest what their rules say.

    https://github.com/apache/airflow/blob/2.10.5/airflow/operators/python.py, `ShortCircuitOperator`
    """
    return "short_circuit_next" if isinstance(ignoring, Literal) and not ignoring.value else "short_circuit"


@operator(*python_paths("ShortCircuitOperator"))
def short_circuit(
    task: Task,
    *,
    python_callable: Value | None = None,
    op_args: Value | None = None,
    op_kwargs: Value | None = None,
    provide_context: Value | None = None,
    templates_dict: Value | None = None,
    templates_exts: Value | None = None,
    ignore_downstream_trigger_rules: Value | None = None,
) -> Body:
    """What is falsy skips all that follows.

    https://github.com/apache/airflow/blob/1.10.15/airflow/operators/python_operator.py
    """
    if python_callable is None:
        return Body(gap=finding("A2P203", task.site.line, task.site.column, task.task_id, argument="python_callable"))
    return replace(_body(op_args, op_kwargs, templates_dict), chooses=what_short_circuit_skips(ignore_downstream_trigger_rules))
