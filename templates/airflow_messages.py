"""Messages to Dingding, Discord, Opsgenie and Telegram, as Airflow's operators send them.

A Secret block with the parts of the connection stands for each connection: its password is the token, its host the address (Telegram: the chat).
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import requests
from airflow_connections import get_connection


def send_dingding(
    *,
    message: Any,
    dingding_conn_id: str = "dingding_default",
    message_type: str = "text",
    at_mobiles: Iterable[str] | None = None,
    at_all: bool = False,
) -> None:
    """A message by a robot: https://open.dingtalk.com/document/robots/custom-robot-access"""
    if message_type not in ("text", "link", "markdown", "actionCard", "feedCard"):
        raise ValueError(f"message_type={message_type!r}")
    connection = get_connection(dingding_conn_id)
    content: dict[str, Any] = {"msgtype": message_type, message_type: {"content": message} if message_type == "text" else message}
    if message_type in ("text", "markdown"):
        content["at"] = {"atMobiles": at_mobiles, "isAtAll": at_all}
    host = connection.host or "https://oapi.dingtalk.com"
    response = requests.post(f"{host}/robot/send?access_token={connection.password}", json=content)
    response.raise_for_status()
    if int(response.json().get("errcode")) != 0:
        raise RuntimeError(f"Send Dingding message failed, receive error message {response.text}")


def send_discord(
    *,
    http_conn_id: str,
    webhook_endpoint: str | None = None,
    message: str = "",
    username: str | None = None,
    avatar_url: str | None = None,
    tts: bool = False,
    proxy: str | None = None,
) -> None:
    """A message to a webhook: https://discord.com/developers/docs/resources/webhook"""
    connection = get_connection(http_conn_id)
    endpoint = webhook_endpoint or connection.extra_dejson.get("webhook_endpoint", "")
    if not re.fullmatch("webhooks/[0-9]+/[a-zA-Z0-9_-]+", endpoint):
        raise ValueError('Expected Discord webhook endpoint in the form of "webhooks/{webhook.id}/{webhook.token}".')
    if len(message) > 2000:
        raise ValueError("Discord message length must be 2000 or fewer characters.")
    host = connection.host or ""
    base = host if "://" in host else f"{connection.schema or 'http'}://{host}"
    named = {name: value for name, value in {"username": username, "avatar_url": avatar_url}.items() if value}
    url = f"{base.rstrip('/')}/{endpoint}"
    requests.post(url, json={**named, "tts": tts, "content": message}, proxies={"https": proxy} if proxy else None).raise_for_status()


def send_opsgenie(*, opsgenie_conn_id: str = "opsgenie_default", **alert: Any) -> None:
    """An alert: https://docs.opsgenie.com/docs/alert-api#create-alert"""
    connection = get_connection(opsgenie_conn_id)
    if not connection.password:
        raise ValueError("Opsgenie API Key is required: the password of the connection")
    names = {"visible_to": "visibleTo"}
    content = {names.get(name, name): value for name, value in alert.items() if value}
    host = connection.host or "https://api.opsgenie.com"
    requests.post(f"{host}/v2/alerts", json=content, headers={"Authorization": f"GenieKey {connection.password}"}).raise_for_status()


def send_telegram(
    *,
    telegram_conn_id: str = "telegram_default",
    token: str | None = None,
    chat_id: str | None = None,
    text: str | None = None,
    telegram_kwargs: Mapping[str, Any] | None = None,
) -> None:
    """A message by a bot: https://core.telegram.org/bots/api#sendmessage"""
    connection = get_connection(telegram_conn_id)
    content = {"parse_mode": "HTML", "disable_web_page_preview": True, "chat_id": chat_id or connection.host}
    content |= {**({"text": text} if text is not None else {}), **(telegram_kwargs or {})}
    for name in ("chat_id", "text"):
        if not content.get(name):
            raise ValueError(f"{name!r} must be provided for telegram message")
    requests.post(f"https://api.telegram.org/bot{token or connection.password}/sendMessage", json=content).raise_for_status()
