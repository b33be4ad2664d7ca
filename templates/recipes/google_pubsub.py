"""Pub/Sub: airflow/providers/google/cloud/operators/pubsub.py. The label that names Airflow's version is left out."""

from contextlib import suppress
from uuid import uuid4

from google.api_core.exceptions import AlreadyExists, NotFound
from google.cloud.pubsub_v1 import PublisherClient, SubscriberClient


@operator("airflow.providers.google.cloud.operators.pubsub.PubSubCreateTopicOperator")
def create_topic(
    topic, project_id=project, fail_if_exists=False, labels=None, message_storage_policy=None, kms_key_name=None, schema_settings=None,
    message_retention_duration=None,
):
    publisher = PublisherClient(credentials=credentials)
    if fail_if_exists:
        publisher.create_topic(
            request={
                "name": f"projects/{project_id}/topics/{topic}", "labels": labels, "message_storage_policy": message_storage_policy,
                "kms_key_name": kms_key_name, "schema_settings": schema_settings, "message_retention_duration": message_retention_duration,
            },
            **options,
        )
    else:
        with suppress(AlreadyExists):
            publisher.create_topic(
                request={
                    "name": f"projects/{project_id}/topics/{topic}", "labels": labels, "message_storage_policy": message_storage_policy,
                    "kms_key_name": kms_key_name, "schema_settings": schema_settings,
                    "message_retention_duration": message_retention_duration,
                },
                **options,
            )


@operator("airflow.providers.google.cloud.operators.pubsub.PubSubCreateSubscriptionOperator")
def create_subscription(
    topic, project_id=project, subscription=None, subscription_project_id=project_id, ack_deadline_secs=10, fail_if_exists=False,
    push_config=None, retain_acked_messages=None, message_retention_duration=None, labels=None, enable_message_ordering=None,
    expiration_policy=None, filter_=None, dead_letter_policy=None, retry_policy=None, topic_project=None,
):
    if fail_if_exists:
        refuse(fail_if_exists)
    subscriber = SubscriberClient(credentials=credentials)
    if not subscription:
        name = f"sub-{uuid4()}"
    else:
        name = subscription
    with suppress(AlreadyExists):
        subscriber.create_subscription(
            request={
                "name": f"projects/{subscription_project_id}/subscriptions/{name}",
                "topic": f"projects/{project_id}/topics/{topic}",
                "push_config": push_config,
                "ack_deadline_seconds": ack_deadline_secs,
                "retain_acked_messages": retain_acked_messages,
                "message_retention_duration": message_retention_duration,
                "labels": labels,
                "enable_message_ordering": enable_message_ordering,
                "expiration_policy": expiration_policy,
                "filter": filter_,
                "dead_letter_policy": dead_letter_policy,
                "retry_policy": retry_policy,
            },
            **options,
        )
    return name


@operator("airflow.providers.google.cloud.operators.pubsub.PubSubDeleteTopicOperator")
def delete_topic(topic, project_id=project, fail_if_not_exists=False):
    publisher = PublisherClient(credentials=credentials)
    if fail_if_not_exists:
        publisher.delete_topic(request={"topic": f"projects/{project_id}/topics/{topic}"}, **options)
    else:
        with suppress(NotFound):
            publisher.delete_topic(request={"topic": f"projects/{project_id}/topics/{topic}"}, **options)


@operator("airflow.providers.google.cloud.operators.pubsub.PubSubDeleteSubscriptionOperator")
def delete_subscription(subscription, project_id=project, fail_if_not_exists=False):
    subscriber = SubscriberClient(credentials=credentials)
    if fail_if_not_exists:
        subscriber.delete_subscription(request={"subscription": f"projects/{project_id}/subscriptions/{subscription}"}, **options)
    else:
        with suppress(NotFound):
            subscriber.delete_subscription(request={"subscription": f"projects/{project_id}/subscriptions/{subscription}"}, **options)


@operator("airflow.providers.google.cloud.operators.pubsub.PubSubPublishMessageOperator")
def publish(topic, messages, project_id=project, enable_message_ordering=False, ordering_key=None):
    if enable_message_ordering:
        refuse(enable_message_ordering)
    publisher = PublisherClient(credentials=credentials)
    for message in messages:
        name = f"projects/{project_id}/topics/{topic}"
        publisher.publish(topic=name, data=message.get("data", b""), **message.get("attributes", {})).result()
