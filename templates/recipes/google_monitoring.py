"""Cloud Monitoring, once Stackdriver: airflow/providers/google/cloud/operators/stackdriver.py

Its clients find credentials themselves, as those of the operators do: the connection only says the project.
"""

from google.cloud.monitoring_v3 import (
    AlertPolicy, AlertPolicyServiceClient, NotificationChannel, NotificationChannelServiceClient,
)
from google.protobuf.field_mask_pb2 import FieldMask


@operator("airflow.providers.google.cloud.operators.stackdriver.StackdriverListAlertPoliciesOperator")
def list_policies(format_=None, filter_=None, order_by=None, page_size=None, project_id=project):
    if format_ == "json":
        refuse(format_)
    client = AlertPolicyServiceClient()
    policies = client.list_alert_policies(
        request={"name": f"projects/{project_id}", "filter": filter_, "order_by": order_by, "page_size": page_size}, **options
    )
    return [AlertPolicy.to_dict(policy) for policy in policies]


@operator("airflow.providers.google.cloud.operators.stackdriver.StackdriverEnableAlertPoliciesOperator")
def enable_policies(filter_=None, project_id=project):
    client = AlertPolicyServiceClient()
    for policy in list(client.list_alert_policies(request={"name": f"projects/{project_id}", "filter": filter_}, **options)):
        if policy.enabled is not True:
            policy.enabled = True
            client.update_alert_policy(request={"alert_policy": policy, "update_mask": FieldMask(paths=["enabled"])}, **options)


@operator("airflow.providers.google.cloud.operators.stackdriver.StackdriverDisableAlertPoliciesOperator")
def disable_policies(filter_=None, project_id=project):
    client = AlertPolicyServiceClient()
    for policy in list(client.list_alert_policies(request={"name": f"projects/{project_id}", "filter": filter_}, **options)):
        if policy.enabled is not False:
            policy.enabled = False
            client.update_alert_policy(request={"alert_policy": policy, "update_mask": FieldMask(paths=["enabled"])}, **options)


@operator("airflow.providers.google.cloud.operators.stackdriver.StackdriverDeleteAlertOperator")
def delete_policy(name):
    AlertPolicyServiceClient().delete_alert_policy(request={"name": name}, **options)


@operator("airflow.providers.google.cloud.operators.stackdriver.StackdriverListNotificationChannelsOperator")
def list_channels(format_=None, filter_=None, order_by=None, page_size=None, project_id=project):
    if format_ == "json":
        refuse(format_)
    client = NotificationChannelServiceClient()
    channels = client.list_notification_channels(
        request={"name": f"projects/{project_id}", "filter": filter_, "order_by": order_by, "page_size": page_size}, **options
    )
    return [NotificationChannel.to_dict(channel) for channel in channels]


@operator("airflow.providers.google.cloud.operators.stackdriver.StackdriverEnableNotificationChannelsOperator")
def enable_channels(filter_=None, project_id=project):
    client = NotificationChannelServiceClient()
    for channel in list(client.list_notification_channels(request={"name": f"projects/{project_id}", "filter": filter_})):
        if channel.enabled is not True:
            channel.enabled = True
            mask = FieldMask(paths=["enabled"])
            client.update_notification_channel(request={"notification_channel": channel, "update_mask": mask}, **options)


@operator("airflow.providers.google.cloud.operators.stackdriver.StackdriverDisableNotificationChannelsOperator")
def disable_channels(filter_=None, project_id=project):
    client = NotificationChannelServiceClient()
    for channel in list(client.list_notification_channels(request={"name": f"projects/{project_id}", "filter": filter_})):
        if channel.enabled is not False:
            channel.enabled = False
            mask = FieldMask(paths=["enabled"])
            client.update_notification_channel(request={"notification_channel": channel, "update_mask": mask}, **options)


@operator("airflow.providers.google.cloud.operators.stackdriver.StackdriverDeleteNotificationChannelOperator")
def delete_channel(name):
    NotificationChannelServiceClient().delete_notification_channel(request={"name": name}, **options)
