"""EmailOperator: the mails of real Airflow 1.10.15 and 2.10.5 and of the flow, taken by one server."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.operator_runs import in_airflow, in_prefect, values

DAG = """
from datetime import datetime

from airflow import DAG
from {module} import EmailOperator

with DAG("mails", start_date=datetime(2024, 1, 1), schedule{interval}="@daily", catchup=False, template_searchpath={folder!r}) as dag:
    plain = EmailOperator(task_id="plain", to="a@example.com", subject="{{{{ ds }}}}", html_content="<b>{{{{ ds_nodash }}}}</b>"{more})
    many = EmailOperator(
        task_id="many", to="a@example.com; b@example.com", cc=["c@example.com"], bcc="d@example.com,e@example.com", subject="two",
        html_content="text", files=[{attached!r}], mime_subtype="alternative", mime_charset="utf-8"{more})
    listed = EmailOperator(task_id="listed", to=["{{{{ ds_nodash }}}}@example.com"], subject="\\u00fc", html_content="\\u00e4", mime_charset="utf-8"{more})
    missing = EmailOperator(task_id="missing", to="a@example.com", subject="x", html_content="y", files=["/no/such/file"]{more})
{extra}
"""
OF_2 = """
    headers = EmailOperator(
        task_id="headers", to="a@example.com", subject="h", html_content="h", custom_headers={"Reply-To": "r@example.com"}, conn_id="mail")
"""


@pytest.fixture
def inbox() -> Iterator[tuple[int, list[Any]]]:
    """A port, and what came in: sender, recipients, and the message without what differs each time."""
    controller = pytest.importorskip("aiosmtpd.controller")
    taken: list[Any] = []

    class Handler:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
            message = email.message_from_bytes(envelope.content, policy=email.policy.default)
            headers = {name: value for name, value in message.items() if name not in ("Date", "Content-Type")}
            parts = [
                (part.get_content_type(), part.get_filename(), part["Content-ID"], part.get_payload(decode=True))
                for part in message.walk()
                if not part.is_multipart()
            ]
            taken.append((envelope.mail_from, envelope.rcpt_tos, message.get_content_type(), headers, parts))
            return "250 OK"

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = controller.Controller(Handler(), hostname="127.0.0.1", port=port)
    server.start()
    yield port, taken
    server.stop()


@pytest.mark.flows
@pytest.mark.parametrize(
    ("version", "module", "connection"),
    [(1, "airflow.operators.email_operator", "smtp_default"), (2, "airflow.operators.email", "smtp_default"), (2, "airflow.providers.smtp.operators.smtp", "mail")],
)  # fmt: skip
def test_the_same_mails(
    version: int, module: str, connection: str, inbox: tuple[int, list[Any]], tmp_path: Path, prefect_api: dict[str, str]
) -> None:
    port, taken = inbox
    (tmp_path / "table.csv").write_text("a,b\n1,2\n")
    of_provider = connection == "mail"
    source = DAG.format(
        module=module, interval="_interval" if version == 1 else "", folder=str(tmp_path), attached=str(tmp_path / "table.csv"),
        more=', conn_id="mail"' if of_provider else "", extra=OF_2 if of_provider else "",
    )  # fmt: skip
    settings = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port), "SMTP_STARTTLS": "False", "SMTP_MAIL_FROM": "from@example.com"}
    env = {f"AIRFLOW__SMTP__{name}": value for name, value in settings.items()}
    extra = "disable_ssl=true&disable_tls=true&from_email=from@example.com"
    env[f"AIRFLOW_CONN_{connection.upper()}"] = f"smtp://127.0.0.1:{port}/?{extra}"
    expected = values(in_airflow(version, source, tmp_path, env))
    theirs = sorted(taken, key=repr)
    taken.clear()
    found = values(in_prefect(version, source, tmp_path, {**env, **prefect_api, "AIRFLOW_VAR_SMTP_MAIL_FROM": "from@example.com"}))
    assert found == expected and expected["missing"] == "failed"
    assert sorted(taken, key=repr) == theirs and len(theirs) == (4 if of_provider else 3)
