"""Operators and sensors that the DAG file defines: the class is built with its arguments, and its method called."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from airflow2prefect.findings import finding
from airflow2prefect.model import Body, Literal, OperatorClass, Pairs, Reference, Task
from airflow2prefect.operators.context_calls import given_context
from airflow2prefect.operators.kubernetes import pod_of_class
from airflow2prefect.operators.polling import COMMON, is_given, polling, true
from airflow2prefect.operators.registry import BASE


def custom(task: Task, made_of: OperatorClass) -> Body:
    """The body of a task of a class of the file.

    Airflow renders the attributes in `template_fields` after it has built the object; here the arguments are rendered before.
    """
    if made_of.empty and (made_of.does is None or _is_passed_over(task)):
        place = task.site
        told = () if made_of.does is None else (finding("A2P126", place.line, place.column, task.task_id, operator=made_of.name),)
        return Body(template="dummy", passive=True, findings=told)
    if made_of.problem is not None:
        return Body(gap=replace(made_of.problem, line=task.site.line, column=task.site.column, task=task.task_id))
    if made_of.method == "run":
        return pod_of_class(task, made_of)
    if made_of.does is None:
        what = f"no {made_of.method} of its own"
        return Body(gap=finding("A2P212", task.site.line, task.site.column, task.task_id, operator=made_of.name, what=what))
    given = {name: value for name, value in task.arguments.items() if name in made_of.parameters}
    given |= {name: value for name, value in task.inherited.items() if name in made_of.parameters and name not in given}
    given |= {"task_id": task.id_value} if "task_id" in made_of.parameters else {}
    sensor = made_of.method == "poke"
    callee = given.get("python_callable") if made_of.base else None
    if callee is not None and (task.airflow >= 2 or true(task.argument("provide_context"))):
        whole = given_context(callee, given.get("op_args"))
        if whole is None:
            what = "a python_callable that takes more of the context than a flow can give"
            return Body(gap=finding("A2P212", task.site.line, task.site.column, task.task_id, operator=made_of.name, what=what))
        given["python_callable"] = whole
    known = {*made_of.parameters, *BASE, *(COMMON if sensor else ()), *(("provide_context",) if made_of.base else ())}
    unknown = [name for name in task.arguments if name not in known]
    body = Body(
        kwargs=Pairs(tuple((Literal(name), value) for name, value in given.items())),
        templated=made_of.templated,
        extensions=made_of.extensions,
        builds=f"{made_of.module}.{made_of.name}" if made_of.module else made_of.name,
        returns=not sensor,
        imports=tuple(sorted(path for path in made_of.needs if not made_of.base or not path.startswith("airflow_"))),
        chooses="branch" if made_of.method == "choose_branch" else "",
        fields=MappingProxyType({}),
        findings=tuple(
            finding("A2P202", task.site.line, task.site.column, task.task_id, argument=name, operator=made_of.name) for name in unknown
        ),
    )
    if not sensor:
        facts = callee.callable if isinstance(callee, Reference) else None
        return body if facts is None else replace(body, skips=facts.may_skip, fails_now=facts.may_fail_now)
    if is_given(task.argument("mode"), "reschedule"):  # Airflow makes a new object for each poke
        body = replace(body, flags=MappingProxyType({"anew": True}))
    return polling(task, body, {name: task.argument(name) for name in COMMON})


def _is_passed_over(task: Task) -> bool:
    """Whether Airflow's scheduler takes a task that derives from EmptyOperator for done, whatever its `execute` says.

    https://github.com/apache/airflow/blob/2.10.5/airflow/models/dagrun.py, `schedule_tis`
    """
    looks = ("on_execute_callback", "on_success_callback", "outlets")
    return task.airflow >= 2 and all(task.argument(name) in (None, Literal(None)) for name in looks)
