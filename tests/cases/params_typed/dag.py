"""Params of Airflow 2: defaults become parameters of the flow, what Param says besides is told."""
from datetime import datetime

from airflow import DAG
from airflow.models.param import Param
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator


def show(params):
    print(params["limit"], params["region"], params["names"])


with DAG(
    "params_typed",
    start_date=datetime(2021, 1, 1),
    schedule=None,
    params={
        "limit": Param(10, type="integer", minimum=1),
        "region": Param(default="eu", description="where"),
        "names": Param(["a", "b"], type="array"),
        "plain": 1.5,
        "needed": Param(type="string"),
    },
) as dag:
    a = PythonOperator(task_id="a", python_callable=show)
    b = BashOperator(task_id="b", bash_command="echo {{ params.limit }} {{ params.plain }}")
    c = BashOperator(task_id="c", bash_command="echo {{ params.needed }}")
    a >> b >> c
