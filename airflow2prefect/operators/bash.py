"""BashOperator: a ShellOperation of prefect-shell."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType

from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Body, Code, Literal, Sequence, Task, Value
from airflow2prefect.operators.connections import refused
from airflow2prefect.operators.registry import operator

DEFAULT = 99  # the exit code by which a command skips its task from 2.0 on, unless skip_on_exit_code says otherwise


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
    codes = _skipping(task, skip_exit_code, skip_on_exit_code)
    if codes is None:
        return refused(task, "skip_on_exit_code" if skip_exit_code is None else "skip_exit_code")
    if output_processor is not None:
        return refused(task, "output_processor")
    told: tuple[Finding, ...] = ()
    if codes == [DEFAULT] and skip_on_exit_code is None and skip_exit_code is None and not _says(bash_command, DEFAULT):
        codes = []
        told = () if _is_tame(bash_command) else (finding("A2P222"),)
    returns = _pushes(task, xcom_push, do_xcom_push)
    timed = task.argument("execution_timeout") not in (None, Literal(None))
    fields = {"command": bash_command}
    if env is not None and not (isinstance(env, Literal) and env.value is None):
        fields["env"] = env
    if cwd is not None:
        fields["cwd"] = cwd
    body = Body(
        template="bash",
        fields=MappingProxyType(fields),
        templated=frozenset(("command", "env", "cwd")),
        extensions=(".sh", ".bash"),
        flags=MappingProxyType({"returns": returns, "prints": _prints(bash_command), "timed": timed}),
        imports=("prefect_shell.ShellOperation",),
        returns=returns,
        findings=told,
        helpers=(("airflow_shell", "run_in_time"),) if timed else (),
    )
    if not codes:
        return body
    words = MappingProxyType({"codes": ", ".join(map(str, codes))})
    return replace(body, skips=True, words=words, helpers=(("airflow_shell", "run_or_skip_in_time" if timed else "run_or_skip"),))


def _skipping(task: Task, older: Value | None, given: Value | None) -> list[int] | None:
    """The exit codes by which a command skips its task: 2.x has one by default. None: only the run knows."""
    value = given if older is None or (isinstance(older, Literal) and older.value is None) else older
    items = value.items if isinstance(value, Sequence) else () if value is None else (value,)
    if value is None:
        return [DEFAULT] if task.airflow >= 2 else []
    if value == Literal(None) or (isinstance(value, Literal) and value.value is None):
        return []
    known = [item.value for item in items if isinstance(item, Literal) and isinstance(item.value, int)]
    return known if len(known) == len(items) else None


def _text(command: Value) -> str | None:
    """The command, as far as the file says it; None where it is elsewhere."""
    if isinstance(command, Literal) and isinstance(command.value, str):
        return None if command.value.endswith((".sh", ".bash")) else command.value
    if isinstance(command, Code) and command.parts:
        return "".join(part if isinstance(part, str) else "\0" for part in command.parts)
    return None


def _says(command: Value, number: int) -> bool:
    text = _text(command)
    return text is not None and re.search(rf"(?<![\d.]){number}(?![\d.])", text) is not None


# Commands whose exit codes are known, and are not what skips a task.
_TAME = frozenset(
    ("echo", "printf", "sleep", "date", "true", "false", "cd", "pwd", "exit", "return", "export", "set", "mkdir", "touch", "ls", "rm")
)


def _is_tame(command: Value) -> bool:
    text = _text(command)
    if not text or re.search(r"[`\0]|\$\(|\{%", text):
        return False
    parts = re.split(r"[;&|\n]+", re.sub(r"\{\{.*?\}\}|\"[^\"]*\"|'[^']*'", "x", text))
    return all(part.split()[0] in _TAME for part in parts if part.split())


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
