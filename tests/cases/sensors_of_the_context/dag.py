"""Functions of sensors that take more than they are given: Airflow 2 gives them the context."""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.http.sensors.http import HttpSensor
from airflow.sensors.external_task import ExternalTaskSensor


def ready(response, ds, **kwargs):
    return response.json()["day"] == ds and kwargs["ts"]


def asked_by(response, ti=None):
    return ti is None


def day_before(dt, ds_nodash, steps=1):
    print(ds_nodash)
    return dt - timedelta(days=steps)


with DAG("asks", schedule="@daily", start_date=datetime(2024, 1, 1), catchup=False) as dag:
    HttpSensor(task_id="a", http_conn_id="api", endpoint="x/{{ ds }}", response_check=ready)
    HttpSensor(task_id="b", http_conn_id="api", endpoint="x", response_check=lambda response, **context: context["ds"] in response.text)
    HttpSensor(task_id="c", http_conn_id="api", endpoint="x", response_check=asked_by)
    ExternalTaskSensor(task_id="d", external_dag_id="other", external_task_id="x", execution_date_fn=day_before)
    ExternalTaskSensor(task_id="e", external_dag_id="other", execution_date_fn=lambda dt, **kw: kw["data_interval_end"])
