"""Messages to people."""
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_messages import send_dingding, send_discord, send_opsgenie
from airflow_resume import SAME_DATE


@task(name="text", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def text(ds):
    send_dingding(dingding_conn_id="dingding_default", message=f"{ds} is done", at_mobiles=["156"], at_all=False)


@task(name="link", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def link(ds):
    send_dingding(message_type="link", message={"text": "done", "title": ds, "messageUrl": "http://x"})


@task(name="chat", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def chat(ds):
    send_discord(http_conn_id="discord", message=f"{ds} is done", username="etl", tts=True)


@task(name="alert", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def alert(ds):
    send_opsgenie(
        message=f"{ds} failed", alias="etl", priority="P3", visibleTo=[{"id": "1", "type": "team"}], tags=["a"]
    )


@flow(name="messages")
def messages(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    text(ds)
    link(ds)
    chat(ds)
    alert(ds)


if __name__ == "__main__":
    messages()
