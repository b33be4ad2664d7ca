"""Dingding, Discord, Opsgenie, Telegram: a request each, by templates/airflow_messages.py."""

from __future__ import annotations

from airflow2prefect.model import Body, Task, Value
from airflow2prefect.operators.registry import operator
from airflow2prefect.operators.runs import runs

DISCORD = ("http_conn_id", "webhook_endpoint", "message", "username", "avatar_url", "tts", "proxy")
# Those of SimpleHttpOperator, which Discord's operator passes on and never reads.
UNREAD = (
    "endpoint", "method", "data", "headers", "response_check", "response_filter", "extra_options", "xcom_push", "log_response", "auth_type",
    "pagination_function", "request_kwargs", "retry_args", "tcp_keep_alive", "tcp_keep_alive_count", "tcp_keep_alive_idle",
    "tcp_keep_alive_interval", "deferrable",
)  # fmt: skip
ALERT = (
    "message", "alias", "description", "responders", "visibleTo", "visible_to", "actions", "tags", "details", "entity", "source", "priority",
    "user", "note",
)  # fmt: skip


@operator(
    "airflow.contrib.operators.dingding_operator.DingdingOperator",
    "airflow.providers.dingding.operators.dingding.DingdingOperator",
    takes=("dingding_conn_id", "message_type", "message", "at_mobiles", "at_all"),
)
def dingding(task: Task, **given: Value) -> Body:
    """https://github.com/apache/airflow/blob/1.10.15/airflow/contrib/hooks/dingding_hook.py"""
    return runs(task, given, "airflow_messages.send_dingding", connection=("dingding_conn_id", "dingding_default"), needs=("message",))


@operator(
    "airflow.contrib.operators.discord_webhook_operator.DiscordWebhookOperator",
    "airflow.providers.discord.operators.discord_webhook.DiscordWebhookOperator",
    takes=(*DISCORD, *UNREAD),
)
def discord(task: Task, **given: Value) -> Body:
    """https://github.com/apache/airflow/blob/1.10.15/airflow/contrib/hooks/discord_webhook_hook.py"""
    return runs(task, given, "airflow_messages.send_discord", connection=("http_conn_id", ""), needs=("http_conn_id",), drops=UNREAD)


@operator(
    "airflow.contrib.operators.opsgenie_alert_operator.OpsgenieAlertOperator",
    "airflow.providers.opsgenie.operators.opsgenie_alert.OpsgenieAlertOperator",
    "airflow.providers.opsgenie.operators.opsgenie.OpsgenieCreateAlertOperator",
    takes=(*ALERT, "opsgenie_conn_id"),
)
def opsgenie(task: Task, **given: Value) -> Body:
    """https://github.com/apache/airflow/blob/1.10.15/airflow/contrib/hooks/opsgenie_alert_hook.py"""
    return runs(task, given, "airflow_messages.send_opsgenie", connection=("opsgenie_conn_id", "opsgenie_default"), needs=("message",))


@operator(
    "airflow.providers.telegram.operators.telegram.TelegramOperator",
    takes=("telegram_conn_id", "chat_id", "text", "token", "telegram_kwargs"),
)
def telegram(task: Task, **given: Value) -> Body:
    """https://github.com/apache/airflow/blob/2.10.5/providers/src/airflow/providers/telegram/hooks/telegram.py"""
    return runs(task, given, "airflow_messages.send_telegram", connection=("telegram_conn_id", "telegram_default"))
