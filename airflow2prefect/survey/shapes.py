"""How a flow calls its tasks, what it has of branches, loops and groups, and which of its tasks a run that resumes runs again."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from airflow2prefect.model import Body, Call, Code, Dag, FlowPlan, Options, Reference, Task, Value, parts_of
from airflow2prefect.survey import acts
from airflow2prefect.survey import code as python


def as_read(plan: FlowPlan, dags: Iterable[Dag]) -> FlowPlan:
    """The plan with all tasks and edges that are known of its DAG, where the flow has one call for several that a loop makes."""
    if plan.dag.building is None:
        return plan
    dag = next((dag for dag in dags if dag.span == plan.dag.span), plan.dag)
    at = {task.site.start: task.task_id for task in plan.dag.tasks}
    ids = {task.task_id: at[task.site.start] for task in dag.tasks if task.site.start in at}
    if len(ids) < len(dag.tasks):
        return plan
    bodies = {task_id: plan.bodies[built] for task_id, built in ids.items()}
    steps = {task_id: plan.steps_by_task[built] for task_id, built in ids.items()}
    return replace(plan, dag=dag, bodies=MappingProxyType(bodies), steps_by_task=MappingProxyType(steps))


def shape_of(plan: FlowPlan) -> str:
    """How the flow calls its tasks, in words."""
    if not plan.order.steps:
        return "no tasks"
    if plan.dag.building is not None:
        return "graph helper"
    ruled = any(task.task_id in plan.rules.ruled for step in plan.order.steps for task in step.tasks)
    return "direct calls" if plan.order.line else "rules helper" if ruled else "submitted tasks"


def parts_of_flow(plan: FlowPlan, text: str) -> tuple[str, ...]:
    """What the flow has besides calls: loops, branches, groups. `text` is the flow's module."""
    found = re.search(rf"^(?:async )?def {re.escape(plan.function)}\(.*?(?=^[@A-Za-z_]|\Z)", text, re.MULTILINE | re.DOTALL)
    body = found[0] if found is not None else ""
    told = {
        "loops": any(step.loops for step in plan.order.steps) or plan.dag.building is not None,
        "mapped tasks": any(body.over for body in plan.bodies.values()),
        "if": re.search(r"^ +if ", body, re.MULTILINE) is not None,
        "match": re.search(r"^ +match ", body, re.MULTILINE) is not None,
        "groups": any(task.groups for task in plan.dag.tasks),
        "sub-DAGs": any(task.subdag is not None for task in plan.dag.tasks),
    }
    return tuple(name for name, there in told.items() if there)


# ---------------------------------------------------------------------------------------------- resuming


def runs_again(task: Task, body: Body | None, options: Options, code: python.Code) -> str:
    """Why a run that resumes runs a task again that has succeeded; "" if it does not."""
    if body is None or body.gap is not None:
        return "raises"
    if body.passive:
        return "has nothing to keep"
    if options.cache == "none":
        return "keeps no result"
    found = unkeyed(task, code)
    return f"takes {found[1]}, of which no key can be made" if found else ""


def unkeyed(task: Task, code: python.Code) -> tuple[str, str] | None:
    """An argument of the callable that cannot be hashed, and what it is."""
    for name in ("op_args", "op_kwargs"):
        value = task.argument(name)
        what = next(_stuck(value, code), "") if value is not None else ""
        if what:
            return name, what
    return None


def _stuck(value: Value, code: python.Code) -> Iterator[str]:
    match value:
        case Call(path=path):
            if what := acts.unpicklable(path):
                yield what
        case Code(text=text):
            yield from _named(text, code)
        case Reference(callable=function, code=kept):
            if function is not None and function.kind == "lambda":
                yield "a lambda"
            elif kept is not None:
                yield from _named(kept.text, code)
    for part in parts_of(value):
        yield from _stuck(part, code)


def _named(text: str, code: python.Code) -> Iterator[str]:
    if text.startswith("lambda"):
        yield "a lambda"
    elif text.isidentifier() and text in code.assigned:
        yield from filter(None, [acts.unpicklable(_made(code).get(text, ""))])


def _made(code: python.Code) -> Mapping[str, str]:
    """Names of the module that are given what a call makes, and the path of what is called."""
    pairs = ((node.targets[0], node.value) for node in code.tree.body if isinstance(node, ast.Assign))
    return {target.id: code.path(value, {}) for target, value in pairs if isinstance(target, ast.Name) and isinstance(value, ast.Call)}
