"""Settings of Airflow's own."""
import os
from datetime import datetime

from airflow import DAG
from airflow.configuration import conf
from airflow.operators.bash_operator import BashOperator
from airflow.operators.python_operator import PythonOperator

try:
    LOGS = conf.get("core", "base_log_folder").rstrip("/")
except Exception:
    LOGS = conf.get("logging", "base_log_folder", fallback="/tmp/logs").rstrip("/")
SQL = os.path.join(conf.get("core", "dags_folder", fallback="/tmp"), "sql")


def workers():
    return conf.getint("celery", "worker_concurrency", fallback=4)


with DAG("configuration", start_date=datetime(2021, 1, 1), schedule_interval=None) as dag:
    show = BashOperator(task_id="show", bash_command="echo " + LOGS + " " + SQL + " {{ ds }}")
    count = PythonOperator(task_id="count", python_callable=workers)
    show >> count
