"""Converters of operators: found by walking this package, known by the import paths of the operators."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from airflow2prefect import findings
from airflow2prefect.model import Body, Task, Value

# Arguments of BaseOperator: the plan answers for them, whatever the operator.
# https://github.com/apache/airflow/blob/1.10.15/airflow/models/baseoperator.py and 2.10.5
BASE = frozenset(
    [
        "task_id",
        "owner",
        "email",
        "email_on_retry",
        "email_on_failure",
        "retries",
        "default_retry_delay",
        "retry_delay",
        "retry_exponential_backoff",
        "max_retry_delay",
        "retry_jitter",
        "start_date",
        "end_date",
        "schedule_interval",
        "depends_on_past",
        "wait_for_downstream",
        "dag",
        "params",
        "default_args",
        "priority_weight",
        "weight_rule",
        "queue",
        "pool",
        "pool_slots",
        "sla",
        "execution_timeout",
        "on_failure_callback",
        "on_success_callback",
        "on_retry_callback",
        "on_execute_callback",
        "on_skipped_callback",
        "pre_execute",
        "post_execute",
        "trigger_rule",
        "resources",
        "run_as_user",
        "task_concurrency",
        "max_active_tis_per_dag",
        "max_active_tis_per_dagrun",
        "executor_config",
        "do_xcom_push",
        "inlets",
        "outlets",
        "task_group",
        "doc",
        "doc_md",
        "doc_json",
        "doc_yaml",
        "doc_rst",
        "ui_color",
        "ui_fgcolor",
        "label",
        "ignore_first_depends_on_past",
        "map_index_template",
        "adhoc",
        "executor",
        "multiple_outputs",
        "allow_nested_operators",
        "wait_for_past_depends_before_skipping",
        "run_as_owner",
        "logger_name",
        "task_display_name",
        "max_tries",
    ]
)
Converter = Callable[..., Body]


@dataclass(frozen=True, slots=True)
class Entry:
    """A converter and the operator arguments that it takes."""

    convert: Converter
    takes: frozenset[str]


_ENTRIES: dict[str, Entry] = {}


def operator(*paths: str, takes: Iterable[str] = ()) -> Callable[[Converter], Converter]:
    """Register a converter under the import paths of an operator.

    It is called with the task and, as keywords in Airflow's names, the arguments given: model Values, None if absent.
    `takes` are arguments beside its keyword-only parameters, for a converter that has `**given`.
    """

    def register(function: Converter) -> Converter:
        parameters = inspect.signature(function).parameters.values()
        known = frozenset(takes) | frozenset(p.name for p in parameters if p.kind is p.KEYWORD_ONLY)
        for path in paths:
            if path in _ENTRIES:
                raise ValueError(f"two converters for {path}")
            _ENTRIES[path] = Entry(function, known)
        return function

    return register


@cache
def entries() -> MappingProxyType[str, Entry]:
    """All converters by import path."""
    package = importlib.import_module("airflow2prefect.operators")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"airflow2prefect.operators.{module.name}")
    return MappingProxyType(_ENTRIES)


def missing(task: Task, argument: str) -> Body:
    """The body of a task without an argument that its operator cannot do without."""
    return Body(gap=findings.finding("A2P203", task.site.line, task.site.column, task.task_id, argument=argument))


def convert_task(task: Task, bridge: frozenset[str] | None = None) -> Body:
    """The body of a task; one with a gap where no converter knows its operator.

    `bridge`: the names of its params, where what cannot be converted is to run in Airflow's environment.
    """
    body = _converted(task)
    if body.gap is not None and bridge is not None:
        from airflow2prefect.operators.bridge import bridged

        return bridged(task, bridge) or body
    return body


def _converted(task: Task) -> Body:
    entry = entries().get(task.operator)
    if task.mapped:
        from airflow2prefect.operators.mapping import mapped

        takes = entry.takes if entry is not None else frozenset(task.made_of.parameters) if task.made_of is not None else frozenset()
        return mapped(task, takes, _converted)
    condition = next((name for name in ("run_if", "skip_if") if name in task.arguments), "")
    if condition:  # a function of the whole context, which decides before the task runs
        what = getattr(getattr(task.arguments[condition], "code", None), "text", "...")
        place = task.site
        found = findings.finding("A2P210", place.line, place.column, task.task_id, operator="@task", argument=condition, what=what[:60])
        return Body(gap=found)
    if entry is None and task.made_of is not None:
        from airflow2prefect.operators.custom import custom

        return custom(task, task.made_of)
    if entry is None:
        own, _, base = task.operator.partition(":")
        name = own.rpartition(".")[2] or "this operator"
        if base in entries():
            base = base.rpartition(".")[2]
            return Body(gap=findings.finding("A2P128", task.site.line, task.site.column, task.task_id, operator=name, base=base))
        name = f"@{name}" if task.operator.startswith("airflow.decorators.") else name
        return Body(gap=findings.finding("A2P201", task.site.line, task.site.column, task.task_id, operator=name))
    given: dict[str, Value] = {name: value for name, value in task.arguments.items() if name in entry.takes}
    given |= {name: value for name, value in task.inherited.items() if name in entry.takes and name not in given}
    body = entry.convert(task, **given)
    nobody = [name for name in task.arguments if name not in entry.takes and name not in BASE]
    extra = tuple(
        findings.finding("A2P202", task.site.line, task.site.column, task.task_id, argument=name, operator=task.operator.rpartition(".")[2])
        for name in nobody
    )
    if not extra:
        return body
    from dataclasses import replace

    return replace(body, findings=(*body.findings, *extra))
