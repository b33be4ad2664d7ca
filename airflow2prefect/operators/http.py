"""HTTP: a request through HttpHook of templates/airflow_http.py, which is requests."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Body, Callable, Code, Literal, Reference, Task, Value
from airflow2prefect.operators.connections import block_needed, is_set, name_of, pushes, refused, set_value
from airflow2prefect.operators.registry import operator

# What the hook of 2.x takes besides method and connection.
HOOK = ("auth_type", "tcp_keep_alive", "tcp_keep_alive_idle", "tcp_keep_alive_count", "tcp_keep_alive_interval")
_TAKEN = (
    "http_conn_id", "endpoint", "method", "data", "headers", "response_check", "extra_options", "xcom_push", "log_response",
    "response_filter", "request_kwargs", "retry_args", "pagination_function", "deferrable", *HOOK,
)  # fmt: skip


@operator(
    "airflow.operators.http_operator.SimpleHttpOperator",
    "airflow.operators.http.SimpleHttpOperator",
    "airflow.operators.SimpleHttpOperator",
    "airflow.providers.http.operators.http.SimpleHttpOperator",
    "airflow.providers.http.operators.http.HttpOperator",
    takes=_TAKEN,
)
def http(task: Task, **given: Value) -> Body:
    """A request; the text of the answer is the XCom, in 1.10 only with xcom_push.

    https://github.com/apache/airflow/blob/1.10.15/airflow/operators/http_operator.py
    https://github.com/apache/airflow/blob/2.10.5/providers/src/airflow/providers/http/operators/http.py
    """
    old = is_of_1_10(task)
    for name in ("pagination_function", "deferrable"):
        if is_set(given.get(name)) and name == "pagination_function":
            return refused(task, name)
    found: list[Finding] = []
    if is_set(given.get("deferrable")):
        found.append(finding("A2P209", task.site.line, task.site.column, task.task_id, operator=name_of(task)))
    connection = given.get("http_conn_id") or Literal("http_default")
    fields: dict[str, Value] = {"connection": connection, "method": given.get("method") or Literal("POST")}
    for name in ("endpoint", "data", "headers", "extra_options", "request_kwargs", "retry_args", *HOOK):
        if (value := set_value(given.get(name))) is not None:
            fields[name] = value
    flags = {"default": connection == Literal("http_default"), "logs": False}
    logs = given.get("log_response")
    if is_set(logs):
        if not isinstance(logs, Literal):
            return refused(task, "log_response")
        flags["logs"] = True
    for name in ("response_check", "response_filter"):
        function = set_value(given.get(name))
        if function is None:
            continue
        if not old and not takes_one(function):
            return refused(task, name)
        fields[name] = function
        body, parameter = body_of_lambda(function)
        if body is not None:
            fields |= {f"{name}_body": body, f"{name}_of": Code(parameter)}
    returns = is_set(given.get("xcom_push")) if old else pushes(task)
    if old:
        found.append(finding("A2P230", task.site.line, task.site.column, task.task_id))
    hook = "Airflow1HttpHook" if old else "HttpHook"
    return Body(
        template="http",
        fields=MappingProxyType(fields),
        templated=frozenset(("endpoint", "data", "headers")),
        flags=MappingProxyType(flags),
        words=MappingProxyType({"hook": hook}),
        locals=("response",),
        imports=("prefect.get_run_logger",) if flags["logs"] else (),
        helpers=(("airflow_http", hook),),
        returns=returns,
        findings=(block_needed(task, connection, "Secret"), *found),
    )


def is_of_1_10(task: Task) -> bool:
    """Whether the operator is the one that 1.10 has; those of packages of providers are of 2.x."""
    return task.airflow < 2 and not task.operator.startswith("airflow.providers.")


def takes_one(function: Value) -> bool:
    """Whether a function surely takes nothing but what it is given by position: Airflow 2 adds what it asks for of the context."""
    if not isinstance(function, Reference) or function.callable is None:
        return False
    parameters = function.callable.parameters
    return sum(p.kind == "positional" for p in parameters) == 1 and len(parameters) == 1


def body_of_lambda(function: Value) -> tuple[Code | None, str]:
    """What a lambda of one parameter returns, and the parameter."""
    facts = function.callable if isinstance(function, Reference) else None
    code = function.code if isinstance(function, Reference) else None
    if not isinstance(facts, Callable) or facts.kind != "lambda" or code is None or code.span is None or facts.body is None:
        return None, ""
    if len(facts.parameters) != 1 or facts.parameters[0].kind != "positional" or facts.parameters[0].default is not None:
        return None, ""
    start = facts.body.start - code.span.start
    text = code.text[start : start + facts.body.end - facts.body.start]
    names = tuple((a - start, b - start, name) for a, b, name in code.names if a >= start)
    return replace(code, text=text, names=names, parts=()), facts.parameters[0].name
