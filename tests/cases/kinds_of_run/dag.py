"""A callable that asks the run's id how the run was started."""
from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import BranchPythonOperator, PythonOperator


def choose(**context):
    run_id = context["dag_run"].run_id
    if run_id.startswith("scheduled__"):
        return "waits"
    return "shunts"


def tell(ti, **context):
    return f"{'manual' in ti.run_id} {context['run_id'][-25:]}"


with DAG("kinds_of_run", schedule="@daily", start_date=datetime(2024, 1, 1), catchup=False) as dag:
    chosen = BranchPythonOperator(task_id="chosen", python_callable=choose)
    told = PythonOperator(task_id="told", python_callable=tell)
    chosen >> [EmptyOperator(task_id="waits"), EmptyOperator(task_id="shunts")]
