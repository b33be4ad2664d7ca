"""Imports of Airflow that may fail, XComArg, and statements that do nothing."""
from datetime import datetime
import os

# Airflow may be absent where the tests run
try:
    from airflow import DAG
    from airflow.operators.python import PythonOperator
    from airflow.models.xcom_arg import XComArg
    from collections import OrderedDict
    AIRFLOW_AVAILABLE = True
except ImportError as e:
    AIRFLOW_AVAILABLE = False
    print(f"Import error: {e}")
    DAG = None

    class PythonOperator:
        def __init__(self, **kwargs):
            pass


def work(n=1):
    return OrderedDict(a=n, there=AIRFLOW_AVAILABLE)


def more(x):
    return x


if AIRFLOW_AVAILABLE and DAG is not None:
    with DAG("guarded_imports", schedule="@daily", start_date=datetime(2024, 1, 1), catchup=False) as dag:
        a = PythonOperator(task_id="a", python_callable=work)
        b = PythonOperator(task_id="b", python_callable=more, op_args=[XComArg(a)])
        [a, b]
        a, b
