"""Monitoring of Google Cloud: each operator with what it must have, and with more."""
import sys
from datetime import datetime

from google.cloud.monitoring_v3 import (
    AlertPolicy, AlertPolicyServiceClient, NotificationChannel, NotificationChannelServiceClient
)
from google.protobuf.field_mask_pb2 import FieldMask
from prefect import flow, task
from prefect_gcp import GcpCredentials

from airflow_resume import SAME_DATE


@task(
    name="stackdriver_list_alert_policies",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def stackdriver_list_alert_policies():
    client = AlertPolicyServiceClient()
    policies = client.list_alert_policies(
        request={"name": f"projects/{GcpCredentials.load('google-cloud-default').project}"}
    )
    return [AlertPolicy.to_dict(policy) for policy in policies]


@task(
    name="stackdriver_list_alert_policies_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def stackdriver_list_alert_policies_all():
    client = AlertPolicyServiceClient()
    policies = client.list_alert_policies(
        request={
            "name": "projects/the-project-id", "filter": "the-filter-", "order_by": "the-order-by", "page_size": 10
        }
    )
    return [AlertPolicy.to_dict(policy) for policy in policies]


@task(
    name="stackdriver_enable_alert_policies",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def stackdriver_enable_alert_policies():
    client = AlertPolicyServiceClient()
    for policy in list(
        client.list_alert_policies(request={"name": f"projects/{GcpCredentials.load('google-cloud-default').project}"})
    ):
        if policy.enabled is not True:
            policy.enabled = True
            client.update_alert_policy(request={"alert_policy": policy, "update_mask": FieldMask(paths=["enabled"])})


@task(
    name="stackdriver_enable_alert_policies_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def stackdriver_enable_alert_policies_all():
    client = AlertPolicyServiceClient()
    for policy in list(
        client.list_alert_policies(request={"name": "projects/the-project-id", "filter": "the-filter-"})
    ):
        if policy.enabled is not True:
            policy.enabled = True
            client.update_alert_policy(request={"alert_policy": policy, "update_mask": FieldMask(paths=["enabled"])})


@task(
    name="stackdriver_disable_alert_policies",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def stackdriver_disable_alert_policies():
    client = AlertPolicyServiceClient()
    for policy in list(
        client.list_alert_policies(request={"name": f"projects/{GcpCredentials.load('google-cloud-default').project}"})
    ):
        if policy.enabled is not False:
            policy.enabled = False
            client.update_alert_policy(request={"alert_policy": policy, "update_mask": FieldMask(paths=["enabled"])})


@task(
    name="stackdriver_disable_alert_policies_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def stackdriver_disable_alert_policies_all():
    client = AlertPolicyServiceClient()
    for policy in list(
        client.list_alert_policies(request={"name": "projects/the-project-id", "filter": "the-filter-"})
    ):
        if policy.enabled is not False:
            policy.enabled = False
            client.update_alert_policy(request={"alert_policy": policy, "update_mask": FieldMask(paths=["enabled"])})


@task(
    name="stackdriver_delete_alert",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def stackdriver_delete_alert():
    AlertPolicyServiceClient().delete_alert_policy(request={"name": "the-name"})


@task(
    name="stackdriver_delete_alert_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def stackdriver_delete_alert_all():
    AlertPolicyServiceClient().delete_alert_policy(request={"name": "the-name"})


@task(
    name="stackdriver_list_notification_channels",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def stackdriver_list_notification_channels():
    client = NotificationChannelServiceClient()
    channels = client.list_notification_channels(
        request={"name": f"projects/{GcpCredentials.load('google-cloud-default').project}"}
    )
    return [NotificationChannel.to_dict(channel) for channel in channels]


@task(
    name="stackdriver_list_notification_channels_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def stackdriver_list_notification_channels_all():
    client = NotificationChannelServiceClient()
    channels = client.list_notification_channels(
        request={
            "name": "projects/the-project-id", "filter": "the-filter-", "order_by": "the-order-by", "page_size": 10
        }
    )
    return [NotificationChannel.to_dict(channel) for channel in channels]


@task(
    name="stackdriver_enable_notification_channels",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def stackdriver_enable_notification_channels():
    client = NotificationChannelServiceClient()
    for channel in list(
        client.list_notification_channels(
            request={"name": f"projects/{GcpCredentials.load('google-cloud-default').project}"}
        )
    ):
        if channel.enabled is not True:
            channel.enabled = True
            mask = FieldMask(paths=["enabled"])
            client.update_notification_channel(request={"notification_channel": channel, "update_mask": mask})


@task(
    name="stackdriver_enable_notification_channels_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def stackdriver_enable_notification_channels_all():
    client = NotificationChannelServiceClient()
    for channel in list(
        client.list_notification_channels(request={"name": "projects/the-project-id", "filter": "the-filter-"})
    ):
        if channel.enabled is not True:
            channel.enabled = True
            mask = FieldMask(paths=["enabled"])
            client.update_notification_channel(request={"notification_channel": channel, "update_mask": mask})


@task(
    name="stackdriver_disable_notification_channels",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def stackdriver_disable_notification_channels():
    client = NotificationChannelServiceClient()
    for channel in list(
        client.list_notification_channels(
            request={"name": f"projects/{GcpCredentials.load('google-cloud-default').project}"}
        )
    ):
        if channel.enabled is not False:
            channel.enabled = False
            mask = FieldMask(paths=["enabled"])
            client.update_notification_channel(request={"notification_channel": channel, "update_mask": mask})


@task(
    name="stackdriver_disable_notification_channels_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def stackdriver_disable_notification_channels_all():
    client = NotificationChannelServiceClient()
    for channel in list(
        client.list_notification_channels(request={"name": "projects/the-project-id", "filter": "the-filter-"})
    ):
        if channel.enabled is not False:
            channel.enabled = False
            mask = FieldMask(paths=["enabled"])
            client.update_notification_channel(request={"notification_channel": channel, "update_mask": mask})


@task(
    name="stackdriver_delete_notification_channel",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def stackdriver_delete_notification_channel():
    NotificationChannelServiceClient().delete_notification_channel(request={"name": "the-name"})


@task(
    name="stackdriver_delete_notification_channel_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def stackdriver_delete_notification_channel_all():
    NotificationChannelServiceClient().delete_notification_channel(request={"name": "the-name"})


@flow(name="google_monitoring")
def google_monitoring(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    stackdriver_list_alert_policies_run = stackdriver_list_alert_policies.submit()
    stackdriver_list_alert_policies_all_run = stackdriver_list_alert_policies_all.submit()
    stackdriver_enable_alert_policies_run = stackdriver_enable_alert_policies.submit()
    stackdriver_enable_alert_policies_all_run = stackdriver_enable_alert_policies_all.submit()
    stackdriver_disable_alert_policies_run = stackdriver_disable_alert_policies.submit()
    stackdriver_disable_alert_policies_all_run = stackdriver_disable_alert_policies_all.submit()
    stackdriver_delete_alert_run = stackdriver_delete_alert.submit()
    stackdriver_delete_alert_all_run = stackdriver_delete_alert_all.submit()
    stackdriver_list_notification_channels_run = stackdriver_list_notification_channels.submit()
    stackdriver_list_notification_channels_all_run = stackdriver_list_notification_channels_all.submit()
    stackdriver_enable_notification_channels_run = stackdriver_enable_notification_channels.submit()
    stackdriver_enable_notification_channels_all_run = stackdriver_enable_notification_channels_all.submit()
    stackdriver_disable_notification_channels_run = stackdriver_disable_notification_channels.submit()
    stackdriver_disable_notification_channels_all_run = stackdriver_disable_notification_channels_all.submit()
    stackdriver_delete_notification_channel_run = stackdriver_delete_notification_channel.submit()
    stackdriver_delete_notification_channel_all_run = stackdriver_delete_notification_channel_all.submit()
    return [
        stackdriver_list_alert_policies_run,
        stackdriver_list_alert_policies_all_run,
        stackdriver_enable_alert_policies_run,
        stackdriver_enable_alert_policies_all_run,
        stackdriver_disable_alert_policies_run,
        stackdriver_disable_alert_policies_all_run,
        stackdriver_delete_alert_run,
        stackdriver_delete_alert_all_run,
        stackdriver_list_notification_channels_run,
        stackdriver_list_notification_channels_all_run,
        stackdriver_enable_notification_channels_run,
        stackdriver_enable_notification_channels_all_run,
        stackdriver_disable_notification_channels_run,
        stackdriver_disable_notification_channels_all_run,
        stackdriver_delete_notification_channel_run,
        stackdriver_delete_notification_channel_all_run,
    ]


if __name__ == "__main__":
    sys.exit(not google_monitoring(return_state=True).is_completed())
