"""Notebooks."""
from datetime import datetime

from airflow import DAG
from airflow.providers.papermill.operators.papermill import PapermillOperator
from airflow.providers.telegram.operators.telegram import TelegramOperator

with DAG("papermill", start_date=datetime(2024, 1, 1), schedule="@daily", catchup=False) as dag:
    run = PapermillOperator(
        task_id="run", input_nb="/nb/in.ipynb", output_nb="/nb/out-{{ ds }}.ipynb", parameters={"day": "{{ ds }}"}, kernel_name="python3"
    )
    away = PapermillOperator(task_id="away", input_nb="/nb/in.ipynb", output_nb="/nb/out.ipynb", kernel_conn_id="kernel")
    tell = TelegramOperator(task_id="tell", telegram_conn_id="telegram_default", chat_id="-3222103937", text="{{ ds }} is done")
    run >> away >> tell
