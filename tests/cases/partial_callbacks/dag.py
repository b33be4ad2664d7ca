"""Callbacks with arguments of their own, and a function that Airflow runs in an environment of its own."""
import logging
from datetime import datetime
from functools import partial

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonVirtualenvOperator


def tell(level, context, channel="#data"):
    logging.log(level, "%s %s %s", channel, context["task_instance"].task_id, context["execution_date"])


def train(rounds, day):
    import statistics

    return statistics.mean(range(rounds)), day


warn = partial(tell, logging.WARNING)

with DAG(
    "partial_callbacks",
    start_date=datetime(2022, 1, 1),
    schedule_interval="@daily",
    catchup=False,
    default_args={"on_failure_callback": warn},
) as dag:
    fit = PythonVirtualenvOperator(
        task_id="fit", python_callable=train, op_args=[4], op_kwargs={"day": "{{ ds }}"}, requirements=["numpy<2"]
    )
    done = BashOperator(
        task_id="done",
        bash_command="false",
        on_failure_callback=partial(tell, logging.ERROR, channel="#alerts"),
    )
    fit >> done
