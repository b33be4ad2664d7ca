"""TaskFlow's decorators: the decorated function itself, as a task."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from airflow2prefect.findings import finding
from airflow2prefect.model import Body, Literal, Task, Template, Value
from airflow2prefect.operators.bash import bash as bash_operator
from airflow2prefect.operators.polling import sensor
from airflow2prefect.operators.python import python_paths, what_short_circuit_skips
from airflow2prefect.operators.registry import missing, operator


@operator("airflow.decorators.task")
def decorated(
    task: Task,
    *,
    python_callable: Value | None = None,
    op_args: Value | None = None,
    op_kwargs: Value | None = None,
    templates_dict: Value | None = None,
    templates_exts: Value | None = None,
    show_return_value_in_logs: Value | None = None,
) -> Body:
    """https://github.com/apache/airflow/blob/2.10.5/airflow/decorators/python.py"""
    return Body(args=op_args, kwargs=op_kwargs, returns=True)


@operator("airflow.decorators.task.branch")
def branch(
    task: Task,
    *,
    python_callable: Value | None = None,
    op_args: Value | None = None,
    op_kwargs: Value | None = None,
) -> Body:
    """https://github.com/apache/airflow/blob/2.10.5/airflow/decorators/branch_python.py"""
    return Body(args=op_args, kwargs=op_kwargs, returns=True, chooses="branch")


@operator("airflow.decorators.task.short_circuit")
def short_circuit(
    task: Task,
    *,
    python_callable: Value | None = None,
    op_args: Value | None = None,
    op_kwargs: Value | None = None,
    ignore_downstream_trigger_rules: Value | None = None,
) -> Body:
    """https://github.com/apache/airflow/blob/2.10.5/airflow/decorators/short_circuit.py"""
    return Body(args=op_args, kwargs=op_kwargs, returns=True, chooses=what_short_circuit_skips(ignore_downstream_trigger_rules))


@operator("airflow.decorators.task.bash")
def bash(
    task: Task,
    *,
    python_callable: Value | None = None,
    op_args: Value | None = None,
    op_kwargs: Value | None = None,
    env: Value | None = None,
    append_env: Value | None = None,
    cwd: Value | None = None,
    do_xcom_push: Value | None = None,
    output_encoding: Value | None = None,
    skip_on_exit_code: Value | None = None,
    source: Value | None = None,
) -> Body:
    """The function returns the command, which Airflow renders. `source` is its text.

    https://github.com/apache/airflow/blob/2.10.5/airflow/decorators/bash.py
    """
    body = bash_operator(
        task,
        bash_command=_returned(task) or source or Literal(""),
        env=env,
        append_env=append_env,
        cwd=cwd,
        do_xcom_push=do_xcom_push,
        skip_on_exit_code=skip_on_exit_code,
    )
    if body.gap is not None:
        return body
    fields = {name: value for name, value in body.fields.items() if name != "command"}
    if isinstance(source, Literal) and any(mark in str(source.value) for mark in ("{{", "{%")):
        fields["renders"] = _returned(task) or Template("", None, source=Literal(""))
    flags = MappingProxyType({**body.flags, "command": True})
    templated = body.templated | {"renders"}
    return replace(body, template="", fields=MappingProxyType(fields), flags=flags, args=op_args, kwargs=op_kwargs, templated=templated)


def _returned(task: Task) -> Literal | None:
    """The one text that the function can return; None if it is made, or one of several."""
    choices = task.callable.choices if task.callable is not None else None
    return Literal(choices[0]) if choices is not None and len(choices) == 1 else None


@sensor("airflow.decorators.task.sensor")
def polled(
    task: Task,
    *,
    python_callable: Value | None = None,
    op_args: Value | None = None,
    op_kwargs: Value | None = None,
) -> Body:
    """https://github.com/apache/airflow/blob/2.10.5/airflow/decorators/sensor.py"""
    return Body(args=op_args, kwargs=op_kwargs, returns=True)


_APART = ("virtualenv", "external_python", "branch_virtualenv", "branch_external_python")


_CLASSES = ("PythonVirtualenvOperator", "ExternalPythonOperator", "BranchPythonVirtualenvOperator", "BranchExternalPythonOperator")


@operator(
    *(f"airflow.decorators.task.{name}" for name in _APART),
    *(path for name in _CLASSES for path in python_paths(name)),
)
def apart(
    task: Task,
    *,
    python_callable: Value | None = None,
    op_args: Value | None = None,
    op_kwargs: Value | None = None,
    requirements: Value | None = None,
    python_version: Value | None = None,
    python: Value | None = None,
    serializer: Value | None = None,
    use_dill: Value | None = None,
    system_site_packages: Value | None = None,
    pip_install_options: Value | None = None,
    index_urls: Value | None = None,
    venv_cache_path: Value | None = None,
    inherit_env: Value | None = None,
    env_vars: Value | None = None,
    expect_airflow: Value | None = None,
    expect_pendulum: Value | None = None,
    skip_on_exit_code: Value | None = None,
    string_args: Value | None = None,
    templates_dict: Value | None = None,
    templates_exts: Value | None = None,
    provide_context: Value | None = None,
    show_return_value_in_logs: Value | None = None,
) -> Body:
    """Airflow runs it by another Python; a task of Prefect's in the flow's own.

    https://github.com/apache/airflow/blob/2.10.5/airflow/decorators/python_virtualenv.py
    """
    if python_callable is None:
        return missing(task, "python_callable")
    kind = task.operator.rpartition(".")[2]
    needed = requirements if requirements is not None else python
    code = getattr(needed, "code", None)
    what = code.text if code is not None else repr(getattr(needed, "value", "nothing more"))
    note = finding(
        "A2P120",
        task.site.line,
        task.site.column,
        task.task_id,
        decorator=kind if kind in _CLASSES else f"@task.{kind}",
        what=" ".join(what.split())[:80],
    )
    made = Body(args=op_args, kwargs=op_kwargs, returns=True, findings=(note,))
    return replace(made, chooses="branch") if kind.lower().startswith("branch") else made
