"""Slack."""
from datetime import datetime

from airflow import DAG
from airflow.contrib.operators.slack_webhook_operator import SlackWebhookOperator
from airflow.operators.slack_operator import SlackAPIPostOperator

with DAG('slack', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    post = SlackAPIPostOperator(
        task_id='post', slack_conn_id='slack', channel='#pets', text='Pets of {{ ds }} are in', username='bot',
        attachments=[{'title': '{{ dag.dag_id }}', 'color': 'good'}])
    plain = SlackAPIPostOperator(task_id='plain', slack_conn_id='slack', text='Hello')
    hook = SlackWebhookOperator(
        task_id='hook', http_conn_id='slack_webhook', message='Pets of {{ ds }}', channel='#pets', icon_emoji=':cat:', link_names=True)
    token = SlackWebhookOperator(task_id='token', http_conn_id='slack_webhook', webhook_token='T000/B000/XXX', message='x')
    post >> plain >> hook >> token
