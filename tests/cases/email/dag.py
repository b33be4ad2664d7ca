"""Mails."""
from datetime import datetime

from airflow import DAG
from airflow.operators.email_operator import EmailOperator

TEAM = ['a@example.com', 'b@example.com']

with DAG('email', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    done = EmailOperator(task_id='done', to=TEAM, subject='Pets of {{ ds }}', html_content='<h1>Done</h1> on {{ ds }}')
    report = EmailOperator(
        task_id='report', to='a@example.com', cc='c@example.com', subject='Report', html_content='report.html', files=['/tmp/pets.csv'],
        mime_charset='utf-8')
    done >> report
