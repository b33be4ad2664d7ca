"""Task ids and groups made from a variable of the loop's body."""
from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

GENRES = ["Rock", "Funk & Soul", "Hip Hop"]


def ingest(genre, key):
    return f"{genre}:{key}"


with DAG("loop_locals", schedule="0 3 * * *", start_date=datetime(2024, 1, 1), catchup=False) as dag:
    for genre in GENRES:
        key = genre.lower().replace(" ", "_").replace("&", "and")
        fetched = BashOperator(task_id="fetch_" + key, bash_command=f"echo {key}")
        ingested = PythonOperator(task_id=f"ingest_{key}", python_callable=ingest, op_kwargs={"genre": genre, "key": key})
        with TaskGroup(f"report_{key}"):
            shown = BashOperator(task_id="show", bash_command="echo {{ ti.xcom_pull(task_ids='ingest_%s') }}" % key)
        fetched >> ingested >> shown
