"""DAGs that run when datasets are updated, and one that updates them."""
from datetime import datetime

from airflow import DAG
from airflow.datasets import Dataset, DatasetAll, DatasetAny
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator

ORDERS = Dataset("s3://shop/orders.csv", extra={"owner": "sales"})
USERS = Dataset("s3://shop/users.csv")

with DAG("produces", start_date=datetime(2024, 1, 1), schedule="@daily", catchup=False) as produces:
    BashOperator(task_id="orders", bash_command="echo orders", outlets=[ORDERS])

with DAG("consumes", start_date=datetime(2024, 1, 1), schedule=[ORDERS, USERS], catchup=False) as consumes:
    BashOperator(task_id="report", bash_command="echo {{ ds }}")

with DAG("either", start_date=datetime(2024, 1, 1), schedule=DatasetAny(ORDERS, DatasetAll(USERS, Dataset("s3://shop/items.csv"))), catchup=False):
    EmptyOperator(task_id="touch", outlets=[Dataset("s3://shop/all.csv")])
