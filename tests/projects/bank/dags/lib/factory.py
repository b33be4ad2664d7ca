"""Makes the DAG of an account."""

from datetime import datetime

from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.python_operator import PythonOperator

from .alerts import channel, on_failure
from .operators.audit import AuditOperator

ARGS = {"owner": "bank", "start_date": datetime(2024, 1, 1), "retries": 0, "on_failure_callback": on_failure}


def summary(account, **kwargs):
    found = kwargs["ti"].xcom_pull(task_ids="audit")
    return {"account": account, "found": found, "channel": channel()}


def make_dag(account, schedule="@daily", steps=("check", "book")):
    dag = DAG(f"account_{account}", default_args=ARGS, schedule_interval=schedule, catchup=False)
    with dag:
        last = AuditOperator(task_id="audit", day="{{ ds }}")
        for step in steps:
            each = BashOperator(task_id=f"{step}_{account}", bash_command=f"echo {step} {{{{ ds }}}}")
            last >> each
            last = each
        last >> PythonOperator(task_id="summary", python_callable=summary, op_kwargs={"account": account}, provide_context=True)
    return dag
