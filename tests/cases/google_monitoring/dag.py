"""Monitoring of Google Cloud: each operator with what it must have, and with more."""
from datetime import datetime

from airflow import DAG
from airflow.providers.google.cloud.operators.stackdriver import (
    StackdriverDeleteAlertOperator,
    StackdriverDeleteNotificationChannelOperator,
    StackdriverDisableAlertPoliciesOperator,
    StackdriverDisableNotificationChannelsOperator,
    StackdriverEnableAlertPoliciesOperator,
    StackdriverEnableNotificationChannelsOperator,
    StackdriverListAlertPoliciesOperator,
    StackdriverListNotificationChannelsOperator,
)

with DAG('google_monitoring', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    StackdriverListAlertPoliciesOperator(task_id="stackdriver_list_alert_policies", )
    StackdriverListAlertPoliciesOperator(task_id="stackdriver_list_alert_policies_all", format_="the-format-", filter_="the-filter-", order_by="the-order-by", page_size=10, project_id="the-project-id")
    StackdriverEnableAlertPoliciesOperator(task_id="stackdriver_enable_alert_policies", )
    StackdriverEnableAlertPoliciesOperator(task_id="stackdriver_enable_alert_policies_all", filter_="the-filter-", project_id="the-project-id")
    StackdriverDisableAlertPoliciesOperator(task_id="stackdriver_disable_alert_policies", )
    StackdriverDisableAlertPoliciesOperator(task_id="stackdriver_disable_alert_policies_all", filter_="the-filter-", project_id="the-project-id")
    StackdriverDeleteAlertOperator(task_id="stackdriver_delete_alert", name="the-name")
    StackdriverDeleteAlertOperator(task_id="stackdriver_delete_alert_all", name="the-name")
    StackdriverListNotificationChannelsOperator(task_id="stackdriver_list_notification_channels", )
    StackdriverListNotificationChannelsOperator(task_id="stackdriver_list_notification_channels_all", format_="the-format-", filter_="the-filter-", order_by="the-order-by", page_size=10, project_id="the-project-id")
    StackdriverEnableNotificationChannelsOperator(task_id="stackdriver_enable_notification_channels", )
    StackdriverEnableNotificationChannelsOperator(task_id="stackdriver_enable_notification_channels_all", filter_="the-filter-", project_id="the-project-id")
    StackdriverDisableNotificationChannelsOperator(task_id="stackdriver_disable_notification_channels", )
    StackdriverDisableNotificationChannelsOperator(task_id="stackdriver_disable_notification_channels_all", filter_="the-filter-", project_id="the-project-id")
    StackdriverDeleteNotificationChannelOperator(task_id="stackdriver_delete_notification_channel", name="the-name")
    StackdriverDeleteNotificationChannelOperator(task_id="stackdriver_delete_notification_channel_all", name="the-name")
