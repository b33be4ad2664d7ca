"""Airflow's callbacks as Prefect's hooks.

https://docs.prefect.io/v3/how-to-guides/workflows/state-change-hooks
"""

from __future__ import annotations

from airflow2prefect.emit.draft import Draft
from airflow2prefect.findings import finding
from airflow2prefect.model import Callable, Code, Dag, Edit, Reference, Span, Task, Value
from airflow2prefect.plan.policy import HOOKS, Policy

# What a hook is told, by what a callback reads of Airflow's context.
EXCEPTION = {"exception": "state.result(raise_on_failure=False)"}
TASK_FACTS = {"task_id": "task.name", "run_id": "task_run.flow_run_id", "try_number": "task_run.run_count", **EXCEPTION}
FLOW_FACTS = {"dag_id": "flow.name", "run_id": "flow_run.id", **EXCEPTION}


class Hooks:
    """Rewrites each callback once, as a hook of tasks or of flows."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._made: dict[tuple[str, str], bool] = {}

    def of_task(self, task: Task, dag: Dag, policy: Policy) -> dict[str, str]:
        """Hooks of a task by Prefect's name, as source."""
        own = any(name.endswith("_callback") for name in task.arguments)
        return self._hooks(policy.callbacks, "task", task.site if own else dag.span, task.task_id if own else "")

    def of_dag(self, dag: Dag) -> dict[str, str]:
        pairs = tuple(
            (HOOKS[name], dag.arguments[name]) for name in ("on_failure_callback", "on_success_callback") if name in dag.arguments
        )
        return self._hooks(pairs, "flow", dag.span, "")

    def _hooks(self, pairs: tuple[tuple[str, Value], ...], kind: str, span: Span, task_id: str) -> dict[str, str]:
        made: dict[str, str] = {}
        for hook, value in pairs:
            if hook and isinstance(value, Reference) and self._hook(value, kind):
                made[hook] = f"[{self._name(value)}]"
                continue
            text = value.name if isinstance(value, Reference) else value.text if isinstance(value, Code) else hook
            self._draft.note(finding("A2P512", span.line, span.column, task_id, what=text[:60]))
        return made

    def _name(self, value: Reference) -> str:
        if value.path is not None:
            return self._draft.reference(value.path) or value.name
        self._draft.used.add(value.name)
        return value.name

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
            edits = None if taken or used else _edits(function, kind)
            self._made[function.name, kind] = edits is not None
            home.edits.extend(edits or ())
            if home.module is not None and edits is not None:
                home.changes[function.span.start] = tuple(edits)
        return self._made[function.name, kind]


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
