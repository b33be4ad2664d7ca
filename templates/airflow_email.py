"""Mails through the server of an EmailServerCredentials block: https://docs.prefect.io/integrations/prefect-email"""

import os
from collections.abc import Iterable
from email.message import Message
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import formatdate

from prefect.variables import Variable
from prefect_email import EmailServerCredentials

Addresses = str | Iterable[str]


def send_email(
    server: EmailServerCredentials,
    to: Addresses,
    subject: str,
    html_content: str,
    *,
    from_email: str | None = None,
    files: Iterable[str] = (),
    cc: Addresses = (),
    bcc: Addresses = (),
    mime_subtype: str = "mixed",
    mime_charset: str = "utf-8",
    custom_headers: dict[str, str] | None = None,
) -> None:
    """Send HTML with `files` attached. Addresses are a list, or text with commas or semicolons between them.

    Without `from_email` the sender is the Variable smtp_mail_from (of airflow.cfg's [smtp]), else the user of the server.
    """
    sender = from_email or Variable.get("smtp_mail_from") or server.username
    if not sender:
        raise ValueError("no sender: set the Prefect Variable smtp_mail_from, or give from_email")
    message = MIMEMultipart(mime_subtype)
    message["Subject"], message["From"], message["To"] = subject, sender, ", ".join(addresses(to))
    if cc:
        message["CC"] = ", ".join(addresses(cc))
    message["Date"] = formatdate(localtime=True)
    for name, value in (custom_headers or {}).items():
        message[name] = value
    message.attach(MIMEText(html_content, "html", mime_charset))
    for path in files:
        message.attach(attachment(path))
    with server.get_server() as connection:
        connection.sendmail(sender, [*addresses(to), *addresses(cc), *addresses(bcc)], message.as_string())


def airflow_mail(
    to, subject, html_content, files=None, dryrun=False, cc=None, bcc=None, mime_subtype="mixed", mime_charset="utf-8", **more
):
    """Airflow's `send_email`, through the block smtp-default. Raises TypeError for arguments that no mail needs here."""
    if dryrun:
        return
    send_email(
        EmailServerCredentials.load("smtp-default"),
        to,
        subject,
        html_content,
        files=files or (),
        cc=cc or (),
        bcc=bcc or (),
        mime_subtype=mime_subtype,
        mime_charset=mime_charset,
        **more,
    )


def attachment(path: str) -> Message:
    name = os.path.basename(path)
    with open(path, "rb") as file:
        part = MIMEApplication(file.read(), Name=name)
    part["Content-Disposition"] = f'attachment; filename="{name}"'
    part["Content-ID"] = f"<{name}>"
    return part


def addresses(given: Addresses) -> list[str]:
    if not isinstance(given, str):
        return list(given)
    separator = "," if "," in given else ";"
    return [address.strip() for address in given.split(separator)] if separator in given else [given]
