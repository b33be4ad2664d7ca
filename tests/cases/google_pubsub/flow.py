"""Pubsub of Google Cloud: each operator with what it must have, and with more."""
import sys
from contextlib import suppress
from datetime import datetime
from uuid import uuid4

from google.api_core.exceptions import AlreadyExists, NotFound
from google.cloud.pubsub_v1 import PublisherClient, SubscriberClient
from prefect import flow, task
from prefect_gcp import GcpCredentials

from airflow_pubsub import messages_of, messages_wait
from airflow_resume import SAME_DATE
from airflow_sensors import wait_until


@task(
    name="pub_sub_create_topic",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def pub_sub_create_topic():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    publisher = PublisherClient(credentials=gcp_credentials.get_credentials_from_service_account())
    with suppress(AlreadyExists):
        publisher.create_topic(request={"name": f"projects/{gcp_credentials.project}/topics/the-topic"})


@task(
    name="pub_sub_create_topic_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def pub_sub_create_topic_all():
    publisher = PublisherClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    with suppress(AlreadyExists):
        publisher.create_topic(
            request={
                "name": "projects/the-project-id/topics/the-topic",
                "labels": {"a": "b"},
                "message_storage_policy": {},
                "kms_key_name": "the-kms-key-name",
                "schema_settings": {},
                "message_retention_duration": "the-message-retention-duration",
            }
        )


@task(
    name="pub_sub_create_subscription",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def pub_sub_create_subscription():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    subscriber = SubscriberClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"sub-{uuid4()}"
    with suppress(AlreadyExists):
        subscriber.create_subscription(
            request={
                "name": f"projects/{gcp_credentials.project}/subscriptions/{name}",
                "topic": f"projects/{gcp_credentials.project}/topics/the-topic",
                "ack_deadline_seconds": 10,
            }
        )
    return name


@task(
    name="pub_sub_create_subscription_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def pub_sub_create_subscription_all():
    subscriber = SubscriberClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "the-subscription"
    with suppress(AlreadyExists):
        subscriber.create_subscription(
            request={
                "name": f"projects/the-project-id/subscriptions/{name}",
                "topic": "projects/the-project-id/topics/the-topic",
                "push_config": {},
                "ack_deadline_seconds": 10,
                "retain_acked_messages": True,
                "message_retention_duration": {},
                "labels": {"a": "b"},
                "enable_message_ordering": True,
                "expiration_policy": {},
                "filter": "the-filter-",
                "dead_letter_policy": {},
                "retry_policy": {},
            }
        )
    return name


@task(
    name="pub_sub_delete_topic",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def pub_sub_delete_topic():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    publisher = PublisherClient(credentials=gcp_credentials.get_credentials_from_service_account())
    with suppress(NotFound):
        publisher.delete_topic(request={"topic": f"projects/{gcp_credentials.project}/topics/the-topic"})


@task(
    name="pub_sub_delete_topic_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def pub_sub_delete_topic_all():
    publisher = PublisherClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    with suppress(NotFound):
        publisher.delete_topic(request={"topic": "projects/the-project-id/topics/the-topic"})


@task(
    name="pub_sub_delete_subscription",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def pub_sub_delete_subscription():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    subscriber = SubscriberClient(credentials=gcp_credentials.get_credentials_from_service_account())
    with suppress(NotFound):
        subscriber.delete_subscription(
            request={"subscription": f"projects/{gcp_credentials.project}/subscriptions/the-subscription"}
        )


@task(
    name="pub_sub_delete_subscription_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def pub_sub_delete_subscription_all():
    subscriber = SubscriberClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    with suppress(NotFound):
        subscriber.delete_subscription(
            request={"subscription": "projects/the-project-id/subscriptions/the-subscription"}
        )


@task(
    name="pub_sub_publish_message",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def pub_sub_publish_message():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    publisher = PublisherClient(credentials=gcp_credentials.get_credentials_from_service_account())
    for message in [{"data": b"x", "attributes": {"a": "b"}}]:
        name = f"projects/{gcp_credentials.project}/topics/the-topic"
        publisher.publish(topic=name, data=message.get("data", b''), **message.get("attributes", {})).result()


@task(
    name="pub_sub_publish_message_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def pub_sub_publish_message_all():
    publisher = PublisherClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    for message in [{"data": b"x", "attributes": {"a": "b"}}]:
        name = "projects/the-project-id/topics/the-topic"
        publisher.publish(topic=name, data=message.get("data", b''), **message.get("attributes", {})).result()


@task(name="pull", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def pull():
    subscriber = SubscriberClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/subscriptions/the-subscription"
    return messages_of(subscriber, name)


@task(name="pull_all", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def pull_all():
    subscriber = SubscriberClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/subscriptions/the-subscription"
    return messages_of(subscriber, name, max_messages=2, ack_messages=True)


@task(name="wait", cache_policy=SAME_DATE)
def wait():
    wait_until(
        lambda: messages_wait(
            SubscriberClient(
                credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
            ),
            "projects/the-project-id/subscriptions/the-subscription",
            ack_messages=True,
        )
    )


@flow(name="google_pubsub")
def google_pubsub(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    pub_sub_create_topic_run = pub_sub_create_topic.submit()
    pub_sub_create_topic_all_run = pub_sub_create_topic_all.submit()
    pub_sub_create_subscription_run = pub_sub_create_subscription.submit()
    pub_sub_create_subscription_all_run = pub_sub_create_subscription_all.submit()
    pub_sub_delete_topic_run = pub_sub_delete_topic.submit()
    pub_sub_delete_topic_all_run = pub_sub_delete_topic_all.submit()
    pub_sub_delete_subscription_run = pub_sub_delete_subscription.submit()
    pub_sub_delete_subscription_all_run = pub_sub_delete_subscription_all.submit()
    pub_sub_publish_message_run = pub_sub_publish_message.submit()
    pub_sub_publish_message_all_run = pub_sub_publish_message_all.submit()
    pulled = pull.submit()
    pulled_all = pull_all.submit()
    waited = wait.submit()
    return [
        pub_sub_create_topic_run,
        pub_sub_create_topic_all_run,
        pub_sub_create_subscription_run,
        pub_sub_create_subscription_all_run,
        pub_sub_delete_topic_run,
        pub_sub_delete_topic_all_run,
        pub_sub_delete_subscription_run,
        pub_sub_delete_subscription_all_run,
        pub_sub_publish_message_run,
        pub_sub_publish_message_all_run,
        pulled,
        pulled_all,
        waited,
    ]


if __name__ == "__main__":
    sys.exit(not google_pubsub(return_state=True).is_completed())
