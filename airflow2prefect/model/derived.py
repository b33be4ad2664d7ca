"""Operators of Airflow's that classes of the user's add to, and what stands for them in flows. Of both sides: analyse reads such classes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Base:
    """What a class may derive from in a flow: `name` of templates/airflow_operators.py.

    `takes`: arguments of Airflow's that it has as well, and attributes; `renders` those that Airflow renders; `methods` that it has.
    """

    name: str
    takes: tuple[str, ...]
    renders: tuple[str, ...]
    extensions: tuple[str, ...] = ()
    methods: tuple[str, ...] = ("execute",)


_BASH = ("bash_command", "env")
_PYTHON = ("python_callable", "op_args", "op_kwargs")
_LATER = Base("BashOperator", (*_BASH, "cwd"), (*_BASH, "cwd"), (".sh", ".bash"))
_CALLING = Base("PythonOperator", _PYTHON, ("op_args", "op_kwargs"), methods=("execute", "execute_callable"))
BASES = {
    "airflow.operators.bash_operator.BashOperator": Base("Airflow1BashOperator", (*_BASH, "xcom_push"), _BASH, (".sh", ".bash")),
    "airflow.operators.bash.BashOperator": _LATER,
    "airflow.providers.standard.operators.bash.BashOperator": _LATER,
    "airflow.operators.python_operator.PythonOperator": _CALLING,
    "airflow.operators.python.PythonOperator": _CALLING,
    "airflow.providers.standard.operators.python.PythonOperator": _CALLING,
}
BY_NAME = {base.name: base for base in BASES.values()}
