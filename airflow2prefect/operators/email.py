"""Mails through the EmailServerCredentials block of prefect-email."""

from __future__ import annotations

from types import MappingProxyType

from airflow2prefect.findings import finding
from airflow2prefect.model import Body, Literal, Task, Value
from airflow2prefect.operators.connections import block_needed, block_of, set_value
from airflow2prefect.operators.registry import missing, operator

_TAKEN = (
    "to", "subject", "html_content", "files", "cc", "bcc", "mime_subtype", "mime_charset", "conn_id", "custom_headers", "from_email",
)  # fmt: skip


@operator(
    "airflow.operators.email_operator.EmailOperator",
    "airflow.operators.email.EmailOperator",
    "airflow.operators.EmailOperator",
    "airflow.providers.smtp.operators.smtp.EmailOperator",
    takes=_TAKEN,
)
def email(task: Task, **given: Value) -> Body:
    """One mail; nothing is pushed.

    https://github.com/apache/airflow/blob/1.10.15/airflow/operators/email_operator.py
    https://github.com/apache/airflow/blob/2.10.5/providers/src/airflow/providers/smtp/operators/smtp.py
    """
    # The provider's may have subject and content in files that its connection names.
    for name in ("to", "subject", "html_content"):
        if set_value(given.get(name)) is None:
            return missing(task, name)
    connection = set_value(given.get("conn_id")) or Literal("smtp_default")
    fields = {key: value for key in _TAKEN if key != "conn_id" and (value := set_value(given.get(key))) is not None}
    of_provider = task.operator.startswith("airflow.providers.")
    more = ("files", "from_email", "cc", "bcc") if of_provider else ("files",) if task.airflow >= 2 else ()
    return Body(
        template="email",
        fields=MappingProxyType({**fields, "block": block_of(connection)}),
        templated=frozenset(("to", "subject", "html_content", *more)),
        extensions=(".html",),
        imports=("prefect_email.EmailServerCredentials",),
        helpers=(("airflow_email", "send_email"),),
        findings=(
            block_needed(task, connection, "EmailServerCredentials"),
            *(() if "from_email" in fields else (finding("A2P232", task.site.line, task.site.column, task.task_id),)),
        ),
    )
