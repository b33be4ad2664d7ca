"""Ids of tasks that only the run knows, computed in the callable as well."""

from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.operators.python_operator import BranchPythonOperator, PythonOperator

TABLES = Variable.get("tables", default_var="orders,items").split(",")

# one dump for each table
dumps = []


def dump_table(table, **context):
    if table == "customers":
        return None
    context["ti"].xcom_push(key="rows", value=len(table))
    return table.upper()


def choose(**context):
    counts = context["ti"].xcom_pull(task_ids=["dump_{}".format(t) for t in TABLES])
    return "load" if all(counts) else "skip"


def load(**context):
    ti = context["ti"]
    found = {}
    for table in TABLES:
        found[table] = [ti.xcom_pull(task_ids="dump_" + table), ti.xcom_pull(task_ids="dump_" + table, key="rows")]
    return found


def skip():
    return "nothing"


with DAG("pulls_by_id", start_date=datetime(2021, 1, 1), schedule_interval="@daily") as dag:
    branch = BranchPythonOperator(task_id="choose", python_callable=choose, provide_context=True)
    for table in TABLES:
        t = PythonOperator(
            task_id="dump_{}".format(table), python_callable=dump_table, op_kwargs={"table": table}, provide_context=True
        )
        dumps.append(t)
    branch.set_upstream(dumps)
    branch >> [
        PythonOperator(task_id="load", python_callable=load, provide_context=True),
        PythonOperator(task_id="skip", python_callable=skip),
    ]
