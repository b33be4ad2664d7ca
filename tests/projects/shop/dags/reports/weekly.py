"""Weekly report of the shop: it stands in a folder of its own."""

from airflow import DAG
from airflow.operators.shop_plugin import CountRowsOperator
from common.settings import BUCKET, TABLES, default_args
from common.steps import load, notify
from airflow.operators.python_operator import PythonOperator


def extract_orders(**context):
    context["ti"].xcom_push(key="path", value=f"{BUCKET}/orders/{context['ds']}")
    return list(TABLES)


with DAG("weekly", default_args=default_args, schedule_interval="@weekly", catchup=False) as dag:
    first = PythonOperator(task_id="extract_orders", python_callable=extract_orders, provide_context=True)
    second = PythonOperator(task_id="load", python_callable=load, provide_context=True)
    count = CountRowsOperator(task_id="count", table="orders", path=BUCKET + "/{{ ds }}")
    last = PythonOperator(task_id="notify", python_callable=notify)
    first >> second >> count >> last
