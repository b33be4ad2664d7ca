"""Tasks as Airflow has them: kind, retries, timeout, pool, and what else its own task objects say.

https://github.com/apache/airflow/blob/1.10.15/airflow/models/baseoperator.py
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Protocol

from airflow2prefect.inventory import KINDS, Kind, TaskFacts
from airflow2prefect.model import Code as Kept
from airflow2prefect.model import Dag, FlowPlan, Literal, Options, Pairs, Reference, Sequence, Task, Template, Value
from airflow2prefect.survey.acts import kind_of_call, kind_of_command, kind_of_operator
from airflow2prefect.survey.code import Code, Doings, Function
from airflow2prefect.survey.shapes import runs_again

DELAY = 300.0  # Airflow's default_task_retry_delay, in seconds
POOL = "default_pool"


class Ends(Protocol):
    """Lines by the offset at which something ends."""

    def get(self, offset: int, default: int, /) -> int: ...


class Tasks:
    """The facts of the tasks of a file."""

    def __init__(self, code: Code, options: Options, end_line: Ends) -> None:
        self.code, self.options, self.end_line = code, options, end_line

    def facts(self, task: Task, dag: Dag, plan: FlowPlan | None) -> TaskFacts:
        kind, evidence = self.kind(task)
        body = plan.bodies.get(task.task_id) if plan is not None else None
        adds = task.argument("retries") is None and body is not None and body.gap is None and not body.passive
        own = task.operator.partition(":")[0].rpartition(".")[2]
        return TaskFacts(
            task_id=task.task_id,
            operator=f"@{own}" if task.operator.startswith("airflow.decorators.") else own or "?",
            kind=kind,
            line=task.site.line,
            end=self.end_line.get(task.site.end, task.site.line),
            group=task.group,
            trigger_rule=task.trigger_rule,
            pool=_pool(task),
            depends_on_past=_flag(task.argument("depends_on_past")),
            retries=_retries(task),
            retry_delay=_delay(task),
            backoff=bool(_flag(task.argument("retry_exponential_backoff"))),
            own_retries="retries" in task.arguments,
            timeout=_timeout(task),
            added=self.options.retries if adds else 0,
            converted=body is not None and body.gap is None,
            evidence=evidence,
            bridged=body is not None and body.template == "bridge",
            again=runs_again(task, body, self.options, self.code),
        )

    def function(self, task: Task) -> Function | None:
        """The Python function that the task calls, if it is in this file."""
        made = task.callable
        return None if made is None else self.code.function(made.span.line, made.name)

    def doings(self, task: Task) -> Iterator[Doings]:
        """What the task's code does, and the functions of the file that it uses."""
        function = self.function(task)
        if function is not None:
            yield from self.code.reached(function)

    def kind(self, task: Task) -> tuple[Kind, str]:
        """What a task spends its time on, and what shows it."""
        kind = kind_of_operator(task.operator)
        if kind == "shell":
            kind = kind_of_command(_text(task.argument("bash_command")))
        if kind != "python":
            return kind, task.operator.partition(":")[0].rpartition(".")[2]
        found: dict[Kind, str] = {}
        for doings in self.doings(task):
            for act in doings.calls:
                what = kind_of_call(act.path, act.first)
                if what is not None:
                    found.setdefault(what, f"{_short(act.path)}, line {act.line}")
        if not found and task.callable is None:
            function = task.argument("python_callable")
            path = function.path if isinstance(function, Reference) and function.path else ""
            what = kind_of_call(path)
            return ("unknown", "imported") if path and what is None else (what or "python", _short(path))
        best: Kind = min(found, key=KINDS.index, default="python")
        return best, found.get(best) or ""


def _short(path: str) -> str:
    """The end of a path that a reader knows it by."""
    parts = path.split(".")
    start = next((n for n, part in enumerate(parts) if part.endswith("Hook")), None)
    return ".".join(parts[start:] if start is not None else parts[-3:])


def _text(value: Value | None) -> str:
    """The text of a string, as far as it is known."""
    match value:
        case Literal(value=str() as text) | Template(text=text) | Kept(text=text):
            return text
    return ""


def texts(value: Value | None) -> Iterator[str]:
    """All strings in a value."""
    match value:
        case Sequence(items=items):
            for item in items:
                yield from texts(item)
        case Pairs(items=pairs):
            for _, item in pairs:
                yield from texts(item)
        case _:
            if text := _text(value):
                yield text


def _retries(task: Task) -> int | None:
    value = task.argument("retries")
    if value is None or (isinstance(value, Literal) and value.value is None):
        return 0
    if isinstance(value, Literal) and isinstance(value.value, (int, float, str)):
        try:
            return int(value.value)
        except ValueError:
            return None
    return None


def seconds(value: Value | None) -> float | None:
    """A timedelta or number as seconds; None for what is neither."""
    if isinstance(value, Literal) and isinstance(value.value, timedelta):
        return value.value.total_seconds()
    if isinstance(value, Literal) and isinstance(value.value, (int, float)) and not isinstance(value.value, bool):
        return float(value.value)
    return None


def _delay(task: Task) -> float | None:
    value = task.argument("retry_delay")
    return DELAY if value is None else seconds(value)


def _timeout(task: Task) -> float | None:
    value = task.argument("execution_timeout")
    return 0.0 if value is None or (isinstance(value, Literal) and value.value is None) else seconds(value)


def _pool(task: Task) -> str | None:
    value = task.argument("pool")
    if value is None or (isinstance(value, Literal) and value.value is None):
        return POOL
    return value.value if isinstance(value, Literal) and isinstance(value.value, str) else None


def _flag(value: Value | None) -> bool | None:
    if value is None:
        return False
    return bool(value.value) if isinstance(value, Literal) else None
