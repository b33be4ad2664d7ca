"""Airflow's Slack hooks, and its Slack operators as plain objects: for code that calls their `execute` itself."""

from functools import cached_property
from typing import Any

import requests
from airflow_connections import block_name, get_connection
from prefect.blocks.notifications import SlackWebhook
from prefect_slack import SlackCredentials
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient


def webhook_url(conn_id: str | None, token: str | None = None) -> str:
    """The URL in the SlackWebhook block of a connection. A token that is given goes behind the host in its Secret block, or is a URL."""
    if not token:
        return SlackWebhook.load(block_name(conn_id or "slack_default")).url.get_secret_value()
    if token.startswith("http") or not conn_id:
        return token
    host = get_connection(conn_id).host or "hooks.slack.com/services"
    return f"{host if '://' in host else f'https://{host}'}".rstrip("/") + "/" + token.lstrip("/")


class SlackWebhookHook:
    """Messages to a webhook: by `execute`, as in Airflow 1.10, or by `send`, as in Airflow 2."""

    def __init__(
        self,
        http_conn_id: str | None = None,
        webhook_token: str | None = None,
        message: str | None = "",
        attachments: Any = None,
        blocks: Any = None,
        channel: str | None = None,
        username: str | None = None,
        icon_emoji: str | None = None,
        icon_url: str | None = None,
        link_names: bool = False,
        proxy: str | None = None,
        slack_webhook_conn_id: str | None = None,
        timeout: float | None = None,
        **kwargs: Any,
    ) -> None:
        self.conn_id, self.webhook_token = slack_webhook_conn_id or http_conn_id, webhook_token
        self.proxy, self.timeout = proxy, timeout
        said = {
            "channel": channel,
            "username": username,
            "icon_emoji": icon_emoji,
            "icon_url": icon_url,
            "link_names": 1 if link_names else None,
            "attachments": attachments,
            "blocks": blocks,
        }
        self.message = {**{name: value for name, value in said.items() if value}, "text": message}

    def execute(self) -> None:
        proxies = {"https": self.proxy} if self.proxy else None
        response = requests.post(webhook_url(self.conn_id, self.webhook_token), json=self.message, timeout=self.timeout, proxies=proxies)
        response.raise_for_status()

    @cached_property
    def client(self) -> WebhookClient:
        options = {"timeout": self.timeout, "proxy": self.proxy}
        return WebhookClient(
            webhook_url(self.conn_id, self.webhook_token), **{name: value for name, value in options.items() if value is not None}
        )

    def get_conn(self) -> WebhookClient:
        return self.client

    def send_dict(self, body: dict[str, Any], *, headers: dict[str, str] | None = None) -> Any:
        response = self.client.send_dict(body, headers=headers)
        if response.status_code != 200:
            raise RuntimeError(f"Response body: {response.body!r}, Status Code: {response.status_code}.")
        return response

    def send(self, *, headers: dict[str, str] | None = None, **body: Any) -> Any:
        return self.send_dict({name: value for name, value in body.items() if value is not None}, headers=headers)

    def send_text(self, text: str, **options: Any) -> Any:
        return self.send(text=text, **options)


class SlackHook:
    """Slack's API, by the token of a SlackCredentials block or one that is given."""

    def __init__(self, token: str | None = None, slack_conn_id: str | None = None, **client_args: Any) -> None:
        self.token = token or SlackCredentials.load(block_name(slack_conn_id or "slack_api_default")).token.get_secret_value()
        self.client = WebClient(token=self.token, **client_args)

    def get_conn(self) -> WebClient:
        return self.client

    def call(self, api_method: str, api_params: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        """Raises for what Slack does not take."""
        return self.client.api_call(api_method, **({"json": api_params} if api_params is not None else {}), **kwargs)


class SlackWebhookOperator:
    """A message to a webhook, sent by `execute`."""

    def __init__(self, task_id: str = "", **message: Any) -> None:
        self.hook = SlackWebhookHook(**message)

    def execute(self, context: Any = None) -> None:
        self.hook.execute()


class SlackAPIPostOperator:
    """A message to a channel, posted by `execute`."""

    def __init__(
        self, task_id: str = "", slack_conn_id: str | None = None, token: str | None = None, channel: str = "#general", **message: Any
    ) -> None:
        self.slack_conn_id, self.token = slack_conn_id, token
        said = ("text", "username", "icon_url", "attachments", "blocks")
        self.message = {"channel": channel, "username": "Airflow"} | {name: message[name] for name in said if message.get(name)}

    def execute(self, context: Any = None) -> None:
        SlackHook(self.token, self.slack_conn_id).client.chat_postMessage(**self.message)
