"""Callbacks that differ by the pass of a loop."""
from datetime import datetime
from functools import partial
from airflow import DAG
from airflow.operators.python_operator import PythonOperator


def load(table):
    raise ValueError(table)


def tell(channel, context):
    print(channel, context["task_instance"].task_id)


def one(context):
    print("one")


def two(context):
    print("two")


CALLBACKS = {"a": one, "b": two}

with DAG("cb", start_date=datetime(2021, 1, 1), schedule_interval=None) as dag:
    for table in ["a", "b"]:
        PythonOperator(task_id="load_" + table, python_callable=load, op_kwargs={"table": table}, on_failure_callback=partial(tell, table))
    for table in ["a", "b"]:
        PythonOperator(task_id="more_" + table, python_callable=load, op_kwargs={"table": table}, on_failure_callback=CALLBACKS[table])
    for table in ["a", "b"]:
        PythonOperator(task_id="most_" + table, python_callable=load, op_kwargs={"table": table}, on_failure_callback=lambda context: tell(table, context))
