"""A loop that makes tasks and fills what callables look things up in."""

from datetime import datetime
from airflow import DAG
from airflow.operators.python_operator import PythonOperator
from airflow.operators.dummy_operator import DummyOperator

PATHS = {}
NAMES = []
INFO = {}


def load(table):
    return PATHS[table]


def total():
    return len(INFO), sorted(INFO)


with DAG("fills2", start_date=datetime(2021, 1, 1), schedule_interval=None) as dag:
    tasks = {}
    # one load each
    for table in ["a", "b", "c"]:
        # where it lies
        PATHS[table] = "/data/%s" % table
        NAMES.append("load_" + table)
        t = PythonOperator(task_id="load_" + table, python_callable=load, op_kwargs={"table": table})
        tasks[table] = t
        INFO[t.task_id] = table
    for one, two in zip(NAMES, NAMES[1:]):
        dag.get_task(one) >> dag.get_task(two)
    end = PythonOperator(task_id="end", python_callable=total)
    tasks["c"] >> end
