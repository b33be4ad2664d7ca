"""Messages to people."""
from datetime import datetime

from airflow import DAG
from airflow.contrib.operators.dingding_operator import DingdingOperator
from airflow.contrib.operators.discord_webhook_operator import DiscordWebhookOperator
from airflow.contrib.operators.opsgenie_alert_operator import OpsgenieAlertOperator

dag = DAG('messages', start_date=datetime(2021, 1, 1), schedule_interval='@daily')
text = DingdingOperator(task_id='text', dingding_conn_id='dingding_default', message='{{ ds }} is done', at_mobiles=['156'], at_all=False, dag=dag)
link = DingdingOperator(
    task_id='link', message_type='link', message={'text': 'done', 'title': '{{ ds }}', 'messageUrl': 'http://x'}, dag=dag)
chat = DiscordWebhookOperator(task_id='chat', http_conn_id='discord', message='{{ ds }} is done', username='etl', tts=True, dag=dag)
alert = OpsgenieAlertOperator(
    task_id='alert', message='{{ ds }} failed', alias='etl', priority='P3', visibleTo=[{'id': '1', 'type': 'team'}], tags=['a'], dag=dag)
text >> link >> chat >> alert
