"""Pubsub of Google Cloud: each operator with what it must have, and with more."""
from datetime import datetime

from airflow import DAG
from airflow.providers.google.cloud.operators.pubsub import (
    PubSubCreateSubscriptionOperator,
    PubSubCreateTopicOperator,
    PubSubDeleteSubscriptionOperator,
    PubSubDeleteTopicOperator,
    PubSubPublishMessageOperator,
    PubSubPullOperator,
)
from airflow.providers.google.cloud.sensors.pubsub import PubSubPullSensor

with DAG('google_pubsub', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    PubSubCreateTopicOperator(task_id="pub_sub_create_topic", topic="the-topic")
    PubSubCreateTopicOperator(task_id="pub_sub_create_topic_all", topic="the-topic", project_id="the-project-id", labels={"a": "b"}, message_storage_policy={}, kms_key_name="the-kms-key-name", schema_settings={}, message_retention_duration="the-message-retention-duration")
    PubSubCreateSubscriptionOperator(task_id="pub_sub_create_subscription", topic="the-topic")
    PubSubCreateSubscriptionOperator(task_id="pub_sub_create_subscription_all", topic="the-topic", project_id="the-project-id", subscription="the-subscription", push_config={}, retain_acked_messages=True, message_retention_duration={}, labels={"a": "b"}, enable_message_ordering=True, expiration_policy={}, filter_="the-filter-", dead_letter_policy={}, retry_policy={})
    PubSubDeleteTopicOperator(task_id="pub_sub_delete_topic", topic="the-topic")
    PubSubDeleteTopicOperator(task_id="pub_sub_delete_topic_all", topic="the-topic", project_id="the-project-id")
    PubSubDeleteSubscriptionOperator(task_id="pub_sub_delete_subscription", subscription="the-subscription")
    PubSubDeleteSubscriptionOperator(task_id="pub_sub_delete_subscription_all", subscription="the-subscription", project_id="the-project-id")
    PubSubPublishMessageOperator(task_id="pub_sub_publish_message", topic="the-topic", messages=[{"data": b"x", "attributes": {"a": "b"}}])
    PubSubPublishMessageOperator(task_id="pub_sub_publish_message_all", topic="the-topic", messages=[{"data": b"x", "attributes": {"a": "b"}}], project_id="the-project-id")
    PubSubPullOperator(task_id="pull", project_id="the-project-id", subscription="the-subscription")
    PubSubPullOperator(task_id="pull_all", project_id="the-project-id", subscription="the-subscription", max_messages=2, ack_messages=True)
    PubSubPullSensor(task_id="wait", project_id="the-project-id", subscription="the-subscription", ack_messages=True)
