"""Slack: slack_sdk with the token of a SlackCredentials block, and the URL of a SlackWebhook block."""

from __future__ import annotations

from types import MappingProxyType

from airflow2prefect.model import Body, Literal, Pairs, Task, Value
from airflow2prefect.operators.connections import block_needed, block_of, is_set, refused, set_value
from airflow2prefect.operators.registry import missing, operator

# What Airflow posts where the DAG does not say: the icon is not on the branch that 1.10 names any more.
ICON = "https://raw.githubusercontent.com/apache/airflow/{}/airflow/www/static/pin_100.png"
POST = {"channel": "#general", "username": "Airflow", "text": "No message has been set.\nHere is a cat video instead\nhttps://www.youtube.com/watch?v=J---aiyznGQ"}  # fmt: skip
API_REFUSED = ("method", "api_params", "base_url", "proxy", "retry_handlers")


@operator(
    "airflow.operators.slack_operator.SlackAPIPostOperator",
    "airflow.operators.SlackAPIPostOperator",
    "airflow.providers.slack.operators.slack.SlackAPIPostOperator",
    takes=(*POST, "icon_url", "attachments", "blocks", "slack_conn_id", "token", "timeout", *API_REFUSED),
)
def post(task: Task, **given: Value) -> Body:
    """A message to a channel; nothing is pushed.

    https://github.com/apache/airflow/blob/1.10.15/airflow/operators/slack_operator.py
    https://github.com/apache/airflow/blob/2.10.5/providers/src/airflow/providers/slack/operators/slack.py
    """
    for name in API_REFUSED:
        if is_set(given.get(name)):
            return refused(task, name)
    old = not task.operator.startswith("airflow.providers.")
    connection, token = set_value(given.get("slack_conn_id")), set_value(given.get("token"))
    if connection is None and token is None:
        if old:
            return missing(task, "slack_conn_id")
        connection = Literal("slack_api_default")
    fields: dict[str, Value] = {name: given.get(name) or Literal(default) for name, default in POST.items()}
    fields["icon_url"] = given.get("icon_url") or Literal(ICON.format("master" if old else "main"))
    fields |= {name: given[name] for name in ("attachments", "blocks", "timeout") if is_set(given.get(name))}
    fields |= {"token": token} if token is not None else {"block": block_of(connection)} if connection is not None else {}
    return Body(
        template="slack_post",
        fields=MappingProxyType(fields),
        templated=frozenset(("username", "text", "attachments", "blocks", "channel")),
        locals=("client",),
        imports=("slack_sdk.WebClient", *(("prefect_slack.SlackCredentials",) if token is None else ())),
        findings=(block_needed(task, connection, "SlackCredentials"),) if token is None and connection is not None else (),
    )


# Arguments of the message, by the name that Slack has for each.
MESSAGE = {
    "channel": "channel",
    "username": "username",
    "icon_emoji": "icon_emoji",
    "icon_url": "icon_url",
    "attachments": "attachments",
    "blocks": "blocks",
    "message": "text",
}
WEBHOOK_REFUSED = ("webhook_token", "extra_options", "proxy", "retry_handlers")


@operator(
    "airflow.contrib.operators.slack_webhook_operator.SlackWebhookOperator",
    "airflow.providers.slack.operators.slack_webhook.SlackWebhookOperator",
    takes=(
        *MESSAGE, "link_names", "http_conn_id", "slack_webhook_conn_id", "timeout", *WEBHOOK_REFUSED,
        # Those of SimpleHttpOperator, which 1.10 passes on and never reads.
        "endpoint", "method", "data", "headers", "response_check", "response_filter", "xcom_push", "log_response",
    ),
)  # fmt: skip
def webhook(task: Task, **given: Value) -> Body:
    """A message to a webhook; fails on anything but success.

    https://github.com/apache/airflow/blob/1.10.15/airflow/contrib/hooks/slack_webhook_hook.py
    """
    for name in WEBHOOK_REFUSED:
        if is_set(given.get(name)):
            return refused(task, name)
    connection = set_value(given.get("slack_webhook_conn_id")) or set_value(given.get("http_conn_id"))
    if connection is None:
        return missing(task, "http_conn_id" if task.operator.startswith("airflow.contrib.") else "slack_webhook_conn_id")
    links = given.get("link_names")
    if is_set(links) and not isinstance(links, Literal):
        return refused(task, "link_names")
    parts = [(Literal(new), given[old]) for old, new in MESSAGE.items() if is_set(given.get(old))]
    if not is_set(given.get("message")):
        parts.append((Literal("text"), Literal("")))
    if is_set(links):
        parts.append((Literal("link_names"), Literal(1)))
    fields: dict[str, Value] = {"message": Pairs(tuple(parts)), "block": block_of(connection)}
    if is_set(given.get("timeout")):
        fields["timeout"] = given["timeout"]
    return Body(
        template="slack_webhook",
        fields=MappingProxyType(fields),
        templated=frozenset(("message",)),
        locals=("response",),
        imports=("requests", "prefect.blocks.notifications.SlackWebhook"),
        findings=(block_needed(task, connection, "SlackWebhook"),),
    )
