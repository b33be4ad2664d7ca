"""The same with --subflows: each group is a flow."""
from datetime import datetime, timedelta
from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

default_args = {"owner": "data", "retries": 1, "retry_delay": timedelta(minutes=5)}


def _extract(source, **context):
    return f"{source}-{context['ds']}"


def _load(ti, source):
    value = ti.xcom_pull(task_ids=f"load_{source}.extract")
    print(value)


with DAG(
    "warehouse",
    start_date=datetime(2024, 1, 1),
    schedule_interval="@daily",
    catchup=False,
    default_args=default_args,
) as dag:
    start = EmptyOperator(task_id="start")
    end = EmptyOperator(task_id="end")

    # stage everything
    with TaskGroup("staging", tooltip="Staging of raw data") as staging:
        clean = BashOperator(task_id="clean", bash_command="rm -rf /tmp/stage/{{ ds }}")
        with TaskGroup("checks") as checks:
            rows = BashOperator(task_id="rows", bash_command="echo rows")
            nulls = BashOperator(task_id="nulls", bash_command="echo nulls")
        clean >> checks

    groups = []
    for source in ["orders", "customers", "products"]:
        with TaskGroup(f"load_{source}") as tg:
            extract = PythonOperator(task_id="extract", python_callable=_extract, op_kwargs={"source": source})
            load = PythonOperator(task_id="load", python_callable=_load, op_kwargs={"source": source})
            extract >> load
        groups.append(tg)

    start >> staging >> groups >> end
