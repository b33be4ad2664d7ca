"""Parameters with names of Airflow's context that the DAG gives values for, keys of the context with a default, and an empty conf."""
from datetime import datetime

from airflow import DAG, AirflowException
from airflow.decorators import task
from airflow.operators.python import BranchPythonOperator, PythonOperator

TABLES = ("orders", "items")


def count(tables, **context):
    return [table + context["ds"] for table in tables]


def connect(conn, conf, **kwargs):
    if not conn:
        raise AirflowException("no connection")
    return f"{conn} {conf} {kwargs['macros']} {kwargs['ds'] > '2000'}"


def reserved(dag, macros):
    return dag + macros


def defaults(**context):
    ti = context.get("ti", None)
    limit = context.get("dag_run", None).conf.get("limit", 3)
    day = context.get("logical_date", datetime.now())
    return f"{ti.task_id} {limit} {day:%Y} {context.get('run_id', '') != ''} {context.get('params', {}).get('size', 4)}"


def choose(**context):
    return "named" if context["dag_run"].conf.get("full") else "counted"


def shown(**context):
    return show(context)


def show(context):
    return f"{context['data_interval_end']:%H} {context.get('logical_date'):%H}"


with DAG("named_as_context", schedule="@daily", start_date=datetime(2024, 1, 1), catchup=False) as dag:
    counted = PythonOperator(task_id="counted", python_callable=count, op_args=[list(TABLES)])
    named = PythonOperator(task_id="named", python_callable=connect, op_kwargs={"conn": "pg", "conf": {"a": 1}, "macros": "m"})
    fails = PythonOperator(task_id="fails", python_callable=reserved, op_args=["a", "b"])
    known = PythonOperator(task_id="known", python_callable=defaults)
    chosen = BranchPythonOperator(task_id="chosen", python_callable=choose)

    @task
    def taken(var, conf=None, dag_run=None):
        return [var, dag_run.conf.get("x", "none")]

    chosen >> [counted, named]
    PythonOperator(task_id="shown", python_callable=shown)
    taken(var="v")
