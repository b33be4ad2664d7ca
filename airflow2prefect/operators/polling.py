"""What all sensors have in common: how often they ask, how long, and what happens then.

https://github.com/apache/airflow/blob/1.10.15/airflow/sensors/base_sensor_operator.py
https://github.com/apache/airflow/blob/2.10.5/airflow/sensors/base.py
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Body, Code, Literal, Need, Piece, Task, Template, Value
from airflow2prefect.operators.registry import Converter, operator

COMMON = ("poke_interval", "timeout", "soft_fail", "mode", "exponential_backoff", "max_wait", "deferrable", "silent_fail", "never_fail")


def sensor(*paths: str) -> Callable[[Converter], Converter]:
    """Register a sensor. The converter gives the condition as a Body; the arguments of all sensors are read here."""

    def register(convert: Converter) -> Converter:
        def whole(task: Task, **given: Value) -> Body:
            common = {name: given.pop(name, None) for name in COMMON}
            body = convert(task, **given)
            return body if body.gap is not None else polling(task, body, common)

        own = [*inspect.signature(convert).parameters.values()]
        more = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in COMMON]
        whole.__signature__ = inspect.Signature([*own, *more])  # type: ignore[attr-defined]
        return operator(*paths)(whole)

    return register


def polling(task: Task, body: Body, common: Mapping[str, Value | None]) -> Body:
    """The body with what Airflow's BaseSensorOperator does around a poke."""
    name = task.operator.rpartition(".")[2]
    polls = {key: value for key in ("poke_interval", "timeout") if (value := common.get(key)) is not None}
    found: list[Finding] = []
    for key in ("poke_interval", "timeout"):
        value = common.get(key)
        if isinstance(value, Literal) and not _duration(value.value):
            return Body(gap=_refused(task, key, repr(value.value)))
    for key in ("silent_fail", "never_fail"):
        value = common.get(key)
        if value is not None and not (isinstance(value, Literal) and not value.value):
            return Body(gap=_refused(task, key, "True"))
    soft = common.get("soft_fail")
    if soft is not None and not isinstance(soft, Literal):
        return Body(gap=_refused(task, "soft_fail", "a value that only the run knows"))
    if true(common.get("exponential_backoff")):
        polls["backoff"] = Literal(True)
        limit = common.get("max_wait")
        polls |= {} if limit is None else {"max_wait": limit}
    if true(common.get("deferrable")) or is_given(common.get("mode"), "reschedule"):
        found.append(finding("A2P209", task.site.line, task.site.column, task.task_id, operator=name))
    gives = task.callable is not None and any(new == "PokeReturnValue" for _, new in task.callable.replacements)
    helpers = (*body.helpers, ("airflow_sensors", "wait_until"), *((("airflow_sensors", "PokeReturnValue"),) if gives else ()))
    body = replace(body, helpers=helpers, findings=(*body.findings, *found), returns=gives or body.returns)
    retried = _retried(task)
    if true(soft) and task.airflow < 2 and retried:
        return _ending(body, polls, "skip_at_last", "airflow_sensors", skips=True, chooses="soft_fail")
    if true(soft):
        return _ending(body, polls, "Skip", "airflow_rules", skips=True, chooses="soft_fail" if task.airflow < 2 else "")
    if task.airflow >= 2 and retried:
        return _ending(body, polls, "FailNow", "airflow_rules", fails_now=True)
    return replace(body, polls=MappingProxyType(polls))


def _ending(body: Body, polls: dict[str, Value], name: str, helper: str, **changes: object) -> Body:
    polls["on_timeout"] = Code(name)
    return replace(body, polls=MappingProxyType(polls), helpers=(*body.helpers, (helper, name)), **changes)  # type: ignore[arg-type]


def _retried(task: Task) -> bool:
    value = task.argument("retries")
    return value is not None and not (isinstance(value, Literal) and not value.value)


def _duration(value: object) -> bool:
    return isinstance(value, (int, float, timedelta)) and not isinstance(value, bool)


def _refused(task: Task, argument: str, what: str) -> Finding:
    name = task.operator.rpartition(".")[2]
    return finding("A2P210", task.site.line, task.site.column, task.task_id, operator=name, argument=argument, what=what[:60])


def true(value: Value | None) -> bool:
    return isinstance(value, Literal) and bool(value.value)


def is_given(value: Value | None, wanted: object) -> bool:
    return isinstance(value, Literal) and value.value == wanted


def context(name: str, more: str = "", imports: tuple[str, ...] = ()) -> Template:
    """A value of Airflow's context as a field: `context("data_interval_end", " + timedelta(hours=1)")`."""
    return Template("", (Piece("{0}" + more, (Need("context", name),), imports=imports, is_string=True),))
