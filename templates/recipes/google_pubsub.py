"""Pub/Sub: airflow/providers/google/cloud/operators/pubsub.py. The label that names Airflow's version is left out."""

from contextlib import suppress
from uuid import uuid4

from airflow_google import made_unless, service_of
from airflow_pubsub import messages_of, messages_wait, pulled
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


@operator("airflow.providers.google.cloud.operators.pubsub.PubSubPullOperator")
def pull(subscription, project_id=project, max_messages=None, ack_messages=None, messages_callback=None):
    if messages_callback:
        refuse(messages_callback)
    subscriber = SubscriberClient(credentials=credentials)
    name = f"projects/{project_id}/subscriptions/{subscription}"
    return messages_of(subscriber, name, max_messages=max_messages, ack_messages=ack_messages)


@sensor("airflow.providers.google.cloud.sensors.pubsub.PubSubPullSensor")
def pull_sensor(subscription, project_id=project, max_messages=None, return_immediately=None, ack_messages=None, messages_callback=None):
    if messages_callback:
        refuse(messages_callback)
    return messages_wait(
        SubscriberClient(credentials=credentials), f"projects/{project_id}/subscriptions/{subscription}", max_messages=max_messages,
        return_immediately=return_immediately, ack_messages=ack_messages,
    )


@operator("airflow.contrib.operators.pubsub_operator.PubSubTopicCreateOperator")
def create_topic_1(project, topic, fail_if_exists=False):
    topics = service_of(connection, "pubsub", "v1").projects().topics()
    request = topics.create(name=f"projects/{project}/topics/{topic}", body={})
    if fail_if_exists:
        request.execute(num_retries=5)
    else:
        made_unless(409, request)


@operator("airflow.contrib.operators.pubsub_operator.PubSubTopicDeleteOperator")
def delete_topic_1(project, topic, fail_if_not_exists=False):
    topics = service_of(connection, "pubsub", "v1").projects().topics()
    request = topics.delete(topic=f"projects/{project}/topics/{topic}")
    if fail_if_not_exists:
        request.execute(num_retries=5)
    else:
        made_unless(404, request)


@operator("airflow.contrib.operators.pubsub_operator.PubSubSubscriptionCreateOperator")
def create_subscription_1(topic_project, topic, subscription=None, subscription_project=topic_project, ack_deadline_secs=10, fail_if_exists=False):
    subscriptions = service_of(connection, "pubsub", "v1").projects().subscriptions()
    if not subscription:
        name = f"sub-{uuid4()}"
    else:
        name = subscription
    body = {"topic": f"projects/{topic_project}/topics/{topic}", "ackDeadlineSeconds": ack_deadline_secs}
    request = subscriptions.create(name=f"projects/{subscription_project}/subscriptions/{name}", body=body)
    if fail_if_exists:
        request.execute(num_retries=5)
    else:
        made_unless(409, request)
    return name


@operator("airflow.contrib.operators.pubsub_operator.PubSubSubscriptionDeleteOperator")
def delete_subscription_1(project, subscription, fail_if_not_exists=False):
    subscriptions = service_of(connection, "pubsub", "v1").projects().subscriptions()
    request = subscriptions.delete(subscription=f"projects/{project}/subscriptions/{subscription}")
    if fail_if_not_exists:
        request.execute(num_retries=5)
    else:
        made_unless(404, request)


@operator("airflow.contrib.operators.pubsub_operator.PubSubPublishOperator")
def publish_1(project, topic, messages):
    topics = service_of(connection, "pubsub", "v1").projects().topics()
    topics.publish(topic=f"projects/{project}/topics/{topic}", body={"messages": messages}).execute(num_retries=5)


@sensor("airflow.contrib.sensors.pubsub_sensor.PubSubPullSensor")
def pull_sensor_1(project, subscription, max_messages=None, return_immediately=None, ack_messages=None):
    return pulled(
        service_of(connection, "pubsub", "v1"), f"projects/{project}/subscriptions/{subscription}", max_messages=max_messages,
        return_immediately=return_immediately, ack_messages=ack_messages,
    )
