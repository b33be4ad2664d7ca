"""Mapped operators, and a command that may skip its task: tasks that raise, none of them lost."""
from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator

with DAG("mapped", start_date=datetime(2022, 1, 1), schedule=None) as dag:
    start = EmptyOperator(task_id="start")
    copy = BashOperator.partial(task_id="copy", do_xcom_push=False).expand(bash_command=["echo 1", "echo 2"])
    maybe = BashOperator(task_id="maybe", bash_command="exit 42", skip_on_exit_code=42)
    end = EmptyOperator(task_id="end")
    start >> copy >> maybe >> end
