"""Sensors whose condition is the user's: a function, or a command in a shell."""

from __future__ import annotations

from types import MappingProxyType

from airflow2prefect.findings import finding
from airflow2prefect.model import Body, Literal, Task, Value
from airflow2prefect.operators.polling import sensor
from airflow2prefect.operators.registry import missing


@sensor(
    "airflow.contrib.sensors.python_sensor.PythonSensor",
    "airflow.sensors.python.PythonSensor",
    "airflow.providers.standard.sensors.python.PythonSensor",
)
def python(
    task: Task,
    *,
    python_callable: Value | None = None,
    op_args: Value | None = None,
    op_kwargs: Value | None = None,
    provide_context: Value | None = None,
    templates_dict: Value | None = None,
) -> Body:
    """https://github.com/apache/airflow/blob/1.10.15/airflow/contrib/sensors/python_sensor.py"""
    if python_callable is None:
        return missing(task, "python_callable")
    fields = {} if templates_dict is None else {"templates_dict": templates_dict}
    return Body(args=op_args, kwargs=op_kwargs, fields=MappingProxyType(fields), templated=frozenset(fields))


@sensor(
    "airflow.contrib.sensors.bash_sensor.BashSensor",
    "airflow.sensors.bash.BashSensor",
    "airflow.providers.standard.sensors.bash.BashSensor",
)
def bash(
    task: Task,
    *,
    bash_command: Value | None = None,
    env: Value | None = None,
    output_encoding: Value | None = None,
    retry_exit_code: Value | None = None,
) -> Body:
    """True when the command returns 0. https://github.com/apache/airflow/blob/1.10.15/airflow/contrib/sensors/bash_sensor.py"""
    if bash_command is None:
        return missing(task, "bash_command")
    if retry_exit_code is not None and not (isinstance(retry_exit_code, Literal) and retry_exit_code.value is None):
        what = retry_exit_code.value if isinstance(retry_exit_code, Literal) else "a value that only the run knows"
        at = task.site
        return Body(gap=finding("A2P210", at.line, at.column, task.task_id, operator="BashSensor", argument="retry_exit_code", what=what))
    fields = {"command": bash_command}
    if env is not None and not (isinstance(env, Literal) and env.value is None):
        fields["env"] = env
    return Body(
        template="bash_sensor", fields=MappingProxyType(fields), templated=frozenset(fields), extensions=(".sh",), imports=("subprocess",)
    )
