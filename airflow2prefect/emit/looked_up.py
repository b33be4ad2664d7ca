"""XComs that the callable of several tasks looks up at run time: each task gives those that it can have, and None for the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from airflow2prefect.emit.draft import Draft
from airflow2prefect.emit.pulls import BY_ID, WHOLE_RUN, returns_dict
from airflow2prefect.emit.strings import literal
from airflow2prefect.emit.taken import Taken, take
from airflow2prefect.emit.tasks import Definition, Impossible
from airflow2prefect.findings import finding
from airflow2prefect.model import Callable, FlowPlan, Need, Step


def of_all(draft: Draft, uses: Iterable[tuple[FlowPlan, Step]], step: Step, function: Callable, taken: Taken) -> Taken:
    """What the callable takes, with the runs that its other tasks of this DAG look up."""
    if not taken.stand_in:
        return taken
    plan = next(each for each, other in uses if other is step)
    others = [other for each, other in uses if each is plan and other is not step and other.task.within == step.task.within]
    needs = (need for other in others for need in take(draft, plan, other, function).needs if need.default in (WHOLE_RUN, BY_ID))
    return replace(taken, needs=tuple(dict.fromkeys((*taken.needs, *needs))))


def of_step(draft: Draft, plan: FlowPlan, step: Step, function: Callable, shared: Definition) -> Definition:
    """The definition as one task calls it. Raises Impossible where the task looks for what the function was not written for."""
    if not (function.hands_on or any(pull.task_ids is None for pull in function.pulls)):
        return shared
    given = {source for _, source in shared.parameters if isinstance(source, Need) and source.default in (WHOLE_RUN, BY_ID)}
    own = {need for need in take(draft, plan, step, function).needs if need.default in (WHOLE_RUN, BY_ID)}
    if own - given:
        name = sorted(need.name for need in own - given)[0]
        place = step.task.site
        found = finding("A2P423", place.line, place.column, step.task.task_id, what=f"of {name}, by the task_id, in {function.name}")
        raise Impossible("xcom_pull", function.name, step, found=found)
    return replace(shared, parameters=[(name, "None" if source in given - own else source) for name, source in shared.parameters])


def refuse_several(uses: Mapping[object, Sequence[tuple[FlowPlan, Step]]], step: Step, function: Callable) -> None:
    """Raises Impossible for XComs in a method that tasks of several objects have: it is written once."""
    objects = [made for made in uses.values() if (found := made[0][1].task.callable) is not None and found.span == function.span]
    spans = [pull.span for pull in function.pulls] + [push.span for push in function.pushes]
    for span in spans if len(objects) > 1 else ():
        what = f"an XCom in a method of several objects: {function.name}"
        told = finding("A2P423", span.line, span.column, step.task.task_id, what=what)
        raise Impossible("xcom_pull", function.name, step, found=told)


def xcoms(uses: Sequence[tuple[FlowPlan, Step]], step: Step, made: Definition) -> tuple[str, ...]:
    """What the stand-in for a task instance knows, as items of a dict: XComs by key, by the task that pushed them."""
    plan = next(p for p, s in uses if s is step)
    by_id = {task.task_id: task for task in plan.dag.tasks}
    found: list[str] = []
    for need, text in made.values.items():
        if need.kind != "xcom" or need.default not in (WHOLE_RUN, BY_ID):
            continue
        whole = returns_dict(by_id[step.task.within + need.name])
        if len(uses) > 1 and (whole or need.default == BY_ID):  # None for a task that cannot have it
            text = f"({text} or {{}})" if need.default == BY_ID else f"{text} or {{}}"
        if need.default == WHOLE_RUN:
            found.append(f"{literal(need.name)}: " + (text if whole else f'{{"return_value": {text}}}'))
        else:
            found.append(f"**{text}" if whole else f'**{{name: {{"return_value": value}} for name, value in {text}.items()}}')
    return tuple(found)
