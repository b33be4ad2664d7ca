"""BashOperator: a ShellOperation of prefect-shell."""

from __future__ import annotations

import re
from types import MappingProxyType

from airflow2prefect.findings import finding
from airflow2prefect.model import Body, Code, Literal, Task, Value
from airflow2prefect.operators.connections import refused
from airflow2prefect.operators.registry import operator


@operator(
    "airflow.operators.bash_operator.BashOperator",
    "airflow.operators.bash.BashOperator",
    "airflow.operators.BashOperator",
    "airflow.providers.standard.operators.bash.BashOperator",
)
def bash(
    task: Task,
    *,
    bash_command: Value | None = None,
    env: Value | None = None,
    append_env: Value | None = None,
    cwd: Value | None = None,
    xcom_push: Value | None = None,
    do_xcom_push: Value | None = None,
    output_encoding: Value | None = None,
    skip_exit_code: Value | None = None,
    skip_on_exit_code: Value | None = None,
    output_processor: Value | None = None,
) -> Body:
    """The command in a shell; its last line of output is the XCom where Airflow pushes it.

    1.10 pushes only with xcom_push (or do_xcom_push in default_args), 2.x unless do_xcom_push is false.
    https://github.com/apache/airflow/blob/1.10.15/airflow/operators/bash_operator.py
    """
    if bash_command is None:
        return Body(gap=finding("A2P203", task.site.line, task.site.column, task.task_id, argument="bash_command"))
    for name, code in (("skip_exit_code", skip_exit_code), ("skip_on_exit_code", skip_on_exit_code)):
        if code is not None and not (isinstance(code, Literal) and code.value is None):
            what = code.value if isinstance(code, Literal) else "..."
            place = task.site
            return Body(gap=finding("A2P210", place.line, place.column, task.task_id, operator="BashOperator", argument=name, what=what))
    if output_processor is not None:
        return refused(task, "output_processor")
    returns = _pushes(task, xcom_push, do_xcom_push)
    fields = {"command": bash_command}
    if env is not None and not (isinstance(env, Literal) and env.value is None):
        fields["env"] = env
    if cwd is not None:
        fields["cwd"] = cwd
    return Body(
        template="bash",
        fields=MappingProxyType(fields),
        templated=frozenset(("command", "env", "cwd")),
        extensions=(".sh", ".bash"),
        flags=MappingProxyType({"returns": returns, "prints": _prints(bash_command)}),
        imports=("prefect_shell.ShellOperation",),
        returns=returns,
    )


def _prints(command: Value) -> bool:
    """Whether the command surely ends with a line of output: a plain `echo`."""
    text = command.value if isinstance(command, Literal) else command.parts[0] if isinstance(command, Code) and command.parts else ""
    lines = [line.strip() for line in text.strip().splitlines()] if isinstance(text, str) else []
    return bool(lines) and lines[-1].startswith("echo ") and not re.search(r"[>|;&]", lines[-1])


def _pushes(task: Task, xcom_push: Value | None, do_xcom_push: Value | None) -> bool:
    if task.operator.endswith("bash_operator.BashOperator") and xcom_push is None:
        return False
    given = do_xcom_push if xcom_push is None else xcom_push
    return bool(given.value) if isinstance(given, Literal) else True
