"""Dates of the context with the methods that pendulum gives them in Airflow 2."""

from __future__ import annotations

from datetime import datetime

from airflow import DAG
from airflow.decorators import task

with DAG("pendulum_dates_2", start_date=datetime(2021, 1, 1), schedule="@daily", catchup=False) as dag:

    @task(retries=3, retry_exponential_backoff=True, max_retry_delay=600, email_on_failure=False, execution_timeout=None)
    def since(data_interval_start=None, data_interval_end=None):
        return [data_interval_start.to_date_string(), data_interval_end.subtract(hours=2).isoformat(), str(data_interval_end)]

    @task
    def month(logical_date=None, ds=None):
        return [logical_date.start_of("month").format("YYYY/MM"), logical_date.in_timezone("Europe/Berlin").isoformat(), ds]

    since() >> month()
