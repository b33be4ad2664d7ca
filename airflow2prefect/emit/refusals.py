"""What of a python_callable cannot stand in a flow: its task raises instead."""

from __future__ import annotations

from airflow2prefect.emit.draft import Draft
from airflow2prefect.emit.edits import moved
from airflow2prefect.emit.taken import misfit
from airflow2prefect.emit.tasks import Impossible
from airflow2prefect.findings import finding
from airflow2prefect.model import Callable, Dag, Edit, FlowPlan, Step


def refuse_airflow(dag: Dag, function: Callable, step: Step, context: bool, lost: frozenset[str]) -> None:
    missing = sorted((function.free & lost) - step.task.closure.keys())
    if missing and dag.building is not None and dag.building.names.issuperset(missing):
        place = function.span
        found = finding("A2P441", place.line, place.column, step.task.task_id, what=", ".join(missing))
        raise Impossible("python_callable", function.name, step, found=found)
    if missing:
        raise Impossible(
            "python_callable",
            function.name,
            step,
            found=finding("A2P427", function.span.line, function.span.column, step.task.task_id, what=", ".join(missing)),
        )
    if function.findings:
        raise Impossible("python_callable", function.name, step, found=function.findings[0])
    for span, what in function.escapes if context else ():
        if what not in ("ti", "context"):
            raise Impossible(
                "python_callable",
                what,
                step,
                found=finding("A2P420", span.line, span.column, step.task.task_id, what=f"the context's {what}"),
            )


def settle(home: Draft, function: Callable, edits: tuple[Edit, ...], step: Step) -> None:
    """A function of a module of the user's own is the same for all flows."""
    if home.module is None:
        return
    home.changes[function.span.start] = edits
    own = tuple(moved(edit, -home.base) for edit in edits)
    for start, others in home.settled.changes if home.settled is not None else ():
        if start + home.base == function.span.start and others != own and home.settled is not None:
            place = step.task.site
            what = f"{function.name} of {home.module.origin}"
            found = finding("A2P134", place.line, place.column, step.task.task_id, module=what, other=home.settled.other)
            raise Impossible("python_callable", function.name, step, found=found)


def refuse_misfit(plan: FlowPlan, function: Callable, step: Step) -> None:
    """A call that does not fit fails the task in Airflow; in a flow it would fail the flow where the task is submitted."""
    what = misfit(plan.dag, step.task, function)
    if what:
        place = step.task.site
        found = finding("A2P322", place.line, place.column, step.task.task_id, name=function.name, what=what)
        raise Impossible("python_callable", function.name, step, found=found)
