"""Messages of Pub/Sub, as Airflow's sensors and operators take them."""

from typing import Any

from airflow_sensors import PokeReturnValue
from google.pubsub_v1.types import ReceivedMessage


def messages_of(
    subscriber: Any, subscription: str, *, max_messages: int = 5, return_immediately: bool = True, ack_messages: bool = False
) -> list[dict[str, Any]]:
    """Messages that wait, as dicts; with `ack_messages` they are not given again."""
    request = {"subscription": subscription, "max_messages": max_messages, "return_immediately": return_immediately}
    found = subscriber.pull(request=request).received_messages
    told = [ReceivedMessage.to_dict(message) for message in found]
    if found and ack_messages:
        subscriber.acknowledge(request={"subscription": subscription, "ack_ids": [message.ack_id for message in found]})
    return told


def messages_wait(subscriber: Any, subscription: str, **how: Any) -> PokeReturnValue:
    """Whether there are messages, and which."""
    found = messages_of(subscriber, subscription, **how)
    return PokeReturnValue(bool(found), found)


def pulled(
    service: Any, subscription: str, *, max_messages: int = 5, return_immediately: bool = False, ack_messages: bool = False
) -> PokeReturnValue:
    """Whether there are messages, and which, by the API's client of before 2021."""
    subscriptions = service.projects().subscriptions()
    body = {"maxMessages": max_messages, "returnImmediately": return_immediately}
    found = subscriptions.pull(subscription=subscription, body=body).execute(num_retries=5).get("receivedMessages", [])
    if found and ack_messages:
        ids = [message["ackId"] for message in found if message.get("ackId")]
        subscriptions.acknowledge(subscription=subscription, body={"ackIds": ids}).execute(num_retries=5)
    return PokeReturnValue(bool(found), found)
