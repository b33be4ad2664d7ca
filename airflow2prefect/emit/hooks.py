"""Airflow's callbacks as Prefect's hooks.

https://docs.prefect.io/v3/how-to-guides/workflows/state-change-hooks
"""

from __future__ import annotations

import re

from airflow2prefect.emit.draft import Draft
from airflow2prefect.emit.strings import literal
from airflow2prefect.emit.values import Scope, text_of
from airflow2prefect.findings import finding
from airflow2prefect.model import Call, Callable, Code, Dag, Edit, Expression, Reference, Sequence, Span, Task, Value
from airflow2prefect.plan.datasets import outlets_of
from airflow2prefect.plan.dates import RUN
from airflow2prefect.plan.policy import HOOKS, RETRY, Policy

# What a hook is told, by what a callback reads of Airflow's context.
EXCEPTION = {"exception": "state.result(raise_on_failure=False)"}
TASK_FACTS = {"task_id": "task.name", "run_id": "task_run.flow_run_id", "try_number": "task_run.run_count", **EXCEPTION}
FLOW_FACTS = {"dag_id": "flow.name", "run_id": "flow_run.id", **EXCEPTION}


class Hooks:
    """Rewrites each callback once, as a hook of tasks or of flows."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._made: dict[tuple[str, str], bool] = {}

    def of_task(self, task: Task, dag: Dag, policy: Policy, date: Expression, variables: frozenset[str]) -> dict[str, str]:
        """Hooks of a task by Prefect's name, as source. `date`: the logical date of a run that is given none. `variables`: those of the loops around it."""
        own = any(name.endswith("_callback") for name in task.arguments)
        made = self._hooks(policy.callbacks, "task", date, task.site if own else dag.span, task.task_id if own else "", variables)
        if uris := outlets_of(task):
            self._draft.helper("airflow_datasets", "updates")
            known = made.get("on_completion", "[]")[1:-1]
            made["on_completion"] = f"[{known}{', ' if known else ''}updates({', '.join(map(literal, uris))})]"
        return made

    def of_dag(self, dag: Dag, date: Expression) -> dict[str, str]:
        pairs = tuple(
            (HOOKS[name], dag.arguments[name]) for name in ("on_failure_callback", "on_success_callback") if name in dag.arguments
        )
        return self._hooks(pairs, "flow", date, dag.span, "")

    def _hooks(
        self, pairs: tuple[tuple[str, Value], ...], kind: str, date: Expression, span: Span, task_id: str, variables: frozenset[str] = frozenset()
    ) -> dict[str, str]:
        made: dict[str, str] = {}
        for hook, given in pairs:
            values = given.items if isinstance(given, Sequence) else (given,)  # Airflow 2.6 takes lists of them
            for value in values:
                text = self._text(value, "retry" if hook == RETRY else kind, date, variables)
                if text is None or (hook == RETRY and hook in made):
                    self._draft.note(finding("A2P512", span.line, span.column, task_id, what=_told(value, hook)))
                elif hook == RETRY:
                    made[hook] = text
                else:
                    made[hook] = f"{made[hook][:-1]}, {text}]" if hook in made else f"[{text}]"
        return made

    def _name(self, value: Reference) -> str:
        if value.path is not None:
            return self._draft.reference(value.path) or value.name
        self._draft.used.add(value.name)
        return value.name

    def _text(self, value: Value, kind: str, date: Expression, variables: frozenset[str]) -> str | None:
        if isinstance(value, Reference) and kind != "retry" and self._hook(value, kind):
            return self._name(value)
        return self._called(value, kind, date, variables) if isinstance(value, (Reference, Code, Call)) else None

    def _called(self, value: Reference | Code | Call, kind: str, date: Expression, variables: frozenset[str]) -> str | None:
        """A hook that calls the callback as it is, with a context; None where the callback uses what no flow has."""
        draft = self._draft
        function = value.callable if isinstance(value, Reference) else None
        known = isinstance(value, Reference) and value.path is not None and function is not None
        text = self._name(value) if known and isinstance(value, Reference) else text_of(value, Scope(draft, variables, lambda need: None))
        if text is None or (function is not None and (function.pulls or function.pushes or function.findings)):
            return None
        if function is not None and isinstance(value, Reference) and value.path is None and function.free & draft.lost:
            return None
        draft.helper("airflow_callbacks", f"{kind}_hook")
        code = draft.home(function.span.start).text if function is not None else ""
        if function is not None and _hands_on(function, code):
            draft.note(finding("A2P422", function.span.line, function.span.column, what=function.name))
        if date.text == "flow_run.scheduled_start_time" or not (_reads_dates(function) or (function is not None and _uses_it(function, code))):
            return f"{kind}_hook({text})"
        interval = date.text.removeprefix("flow_run.scheduled_start_time - ")
        draft.need(*date.imports, *(RUN if interval == date.text else ()))
        if date.helper is not None:
            draft.helper(*date.helper)
        return f"{kind}_hook({text}, logical_date=lambda: {date.text})" if interval == date.text else f"{kind}_hook({text}, {interval})"

    def _hook(self, value: Reference, kind: str) -> bool:
        """Whether the callback can be a hook; edits it when it is first asked for."""
        function = value.callable
        if function is None or function.kind != "function":
            return False
        home = self._draft.home(function.span.start)
        if home.module is not None and (value.path != f"{home.module.name}.{function.name}" or value.path in self._draft.missing):
            return False
        if (function.name, kind) not in self._made:
            taken = any(name == function.name and good for (name, _), good in self._made.items())
            used = any(function.name in r.uses and function.name not in r.defines for r in home.regions if r.role == "keep")
            edits = None if taken or used or _uses_it(function, home.text) else _edits(function, kind)
            self._made[function.name, kind] = edits is not None
            home.edits.extend(edits or ())
            if home.module is not None and edits is not None:
                home.changes[function.span.start] = tuple(edits)
        return self._made[function.name, kind]


def _told(value: Value, hook: str) -> str:
    code = value if isinstance(value, Code) else value.code if isinstance(value, Call) else None
    text = value.name if isinstance(value, Reference) else code.text if code is not None else hook
    return " ".join(text.split())[:60]


def _edits(function: Callable, kind: str) -> list[Edit] | None:
    """The callback with Prefect's parameters instead of `context`; None where it uses what a hook is not told."""
    other = (function.pulls, function.pushes, function.findings, function.escapes, function.removals, function.own_keys)
    if function.parameter_list is None or len(function.parameters) != 1 or any(other):
        return None
    facts = TASK_FACTS if kind == "task" else FLOW_FACTS
    span = function.parameter_list
    edits = [Edit(span.start, span.end, "task, task_run, state" if kind == "task" else "flow, flow_run, state")]
    for read in function.reads:
        new = facts.get(read.need.name) if read.need.kind == "context" else None
        if new is None:
            return None
        edits.append(Edit(read.span.start, read.span.end, new))
    return edits


def _uses_it(function: Callable, text: str) -> bool:
    """Whether the callback does more with its context than to read known keys of it, as under a name of its own for it."""
    if function.kind != "function" or len(function.parameters) != 1 or function.body is None:
        return False
    body, reads = function.body, [read.span for read in function.reads]
    found = re.finditer(rf"(?<![\w.]){function.parameters[0].name}\b(?!\s*=[^=])", text[body.start : body.end])
    return any(not any(span.start <= body.start + each.start() < span.end for span in reads) for each in found)


def _hands_on(function: Callable, text: str) -> bool:
    """Whether the callback gives its context to something else, under whatever name."""
    if function.kind != "function" or len(function.parameters) != 1 or function.body is None:
        return False
    return re.search(rf"[(,=]\s*(\*\*)?{function.parameters[0].name}\s*[,)]", text[function.body.start : function.body.end]) is not None


def _reads_dates(function: Callable | None) -> bool:
    """Whether a callback may ask for the date of its run."""
    if function is None or function.kind == "other" or function.escapes:
        return True
    return any(re.search(r"date|^ds|^ts|^dag_run$", read.need.name) for read in function.reads)
