"""Slack."""
from datetime import datetime, timedelta

import requests
from prefect import flow, task
from prefect.blocks.notifications import SlackWebhook
from prefect.runtime import flow_run
from prefect_slack import SlackCredentials
from slack_sdk import WebClient

from airflow_resume import SAME_DATE


@task(name="post", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def post(ds, dag_id):
    client = WebClient(token=SlackCredentials.load("slack").token.get_secret_value())
    client.chat_postMessage(
        channel="#pets",
        username="bot",
        text=f"Pets of {ds} are in",
        icon_url="https://raw.githubusercontent.com/apache/airflow/master/airflow/www/static/pin_100.png",
        attachments=[{"title": dag_id, "color": "good"}],
    )


@task(name="plain", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def plain():
    client = WebClient(token=SlackCredentials.load("slack").token.get_secret_value())
    client.chat_postMessage(
        channel="#general",
        username="Airflow",
        text="Hello",
        icon_url="https://raw.githubusercontent.com/apache/airflow/master/airflow/www/static/pin_100.png",
    )


@task(name="hook", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def hook(ds):
    response = requests.post(
        SlackWebhook.load("slack-webhook").url.get_secret_value(),
        json={"channel": "#pets", "icon_emoji": ":cat:", "text": f"Pets of {ds}", "link_names": 1},
    )
    response.raise_for_status()


@task(name="token")
def token():
    # SlackWebhookOperator(task_id='token', http_conn_id='slack_webhook', webhook_token='T000/B000/XXX', message='x')
    raise NotImplementedError("A2P220: SlackWebhookOperator(webhook_token=...) changes what the task does and cannot be carried over")


@flow(name="slack")
def slack(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    post(ds, "slack")
    plain()
    hook(ds)
    token()


if __name__ == "__main__":
    slack()
