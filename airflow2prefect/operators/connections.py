"""What operators of databases, services and clouds have in common: the block of their connection, arguments refused."""

from __future__ import annotations

from types import MappingProxyType

from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Body, Call, Code, Literal, Task, Value, block_name


def name_of(task: Task) -> str:
    return task.operator.rpartition(".")[2]


def refused(task: Task, argument: str) -> Body:
    """The body of a task whose argument changes what it does, and has no place in a flow."""
    found = finding("A2P220", task.site.line, task.site.column, task.task_id, argument=argument, operator=name_of(task))
    return Body(gap=found)


def block_needed(task: Task, connection: Value, kind: str) -> Finding:
    """Tells which block the task loads."""
    name = name_known(connection)
    known = f"{kind} {block_name(name)}" if name is not None else f"{kind} of {_told(connection)}"
    return finding("A2P221", task.site.line, task.site.column, task.task_id, block=known)


def _told(connection: Value) -> str:
    code = getattr(connection, "code", None) if not isinstance(connection, Code) else connection
    return code.text[:60] if code else "a computed connection id"


def name_known(connection: Value) -> str | None:
    """The connection's id where it is a plain string, the same for every pass of a loop."""
    if isinstance(connection, Literal) and isinstance(connection.value, str) and "{{" not in connection.value:
        return connection.value if connection.code is None or not connection.code.bound else None
    return None


def block_of(connection: Value) -> Value:
    """The name of the connection's block, computed in the task where only the run knows the connection."""
    known = name_known(connection)
    return Literal(block_name(known)) if known is not None else Call("airflow_connections.block_name", (connection,), MappingProxyType({}))


def set_value(value: Value | None) -> Value | None:
    """None for an argument that says None."""
    return None if isinstance(value, Literal) and value.value is None else value


def is_literal(value: Value | None, wanted: object) -> bool:
    return isinstance(value, Literal) and value.value == wanted


def is_set(value: Value | None) -> bool:
    """Whether an argument may be something else than None, False or empty."""
    return value is not None and not (isinstance(value, Literal) and not value.value)


def pushes(task: Task) -> bool:
    """Whether what the operator's `execute` returns becomes an XCom: do_xcom_push is not False."""
    return not ((value := task.argument("do_xcom_push")) is not None and isinstance(value, Literal) and not value.value)
