"""Dates of the context with the methods that pendulum gives them in Airflow 1.10."""
from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.python_operator import PythonOperator


def day_before(day):
    return day.subtract(days=1).to_date_string()


def ask(ds, **kwargs):
    since = kwargs['prev_execution_date'].to_datetime_string()
    until = kwargs['next_execution_date'].to_datetime_string()
    return [ds, since, until]


def count(execution_date, **kwargs):
    start = execution_date.start_of('month')
    return [start.isoformat(), execution_date.format('%Y/%m'), execution_date.add(hours=2).isoformat(), day_before(execution_date)]


def zone(**context):
    local = context['execution_date'].in_timezone('Europe/Amsterdam')
    return [str(local), local.hour, context['execution_date'].day_of_week, context['execution_date'].int_timestamp]


with DAG('pendulum_dates', start_date=datetime(2020, 1, 1), schedule_interval=timedelta(hours=1), catchup=False) as dag:
    asked = PythonOperator(task_id='ask', python_callable=ask, provide_context=True)
    counted = PythonOperator(task_id='count', python_callable=count, provide_context=True)
    zoned = PythonOperator(task_id='zone', python_callable=zone, provide_context=True)
    asked >> counted >> zoned
