"""HttpSensor: after example_http_operator of Airflow."""
import sys
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_http import Airflow1HttpHook, answers
from airflow_resume import SAME_DATE
from airflow_rules import Skip, submit
from airflow_sensors import wait_until


def ok(response):
    return 'ok' in response.text


@task(name="http_sensor_check", cache_policy=SAME_DATE)
def http_sensor_check():
    wait_until(
        lambda: answers(
            Airflow1HttpHook("GET", "http_default"),
            "",
            lambda response: True if "Google" in response.text else False,
            data={},
        ),
        poke_interval=5,
    )


@task(name="b", cache_policy=SAME_DATE)
def b(ds):
    wait_until(
        lambda: answers(
            Airflow1HttpHook("HEAD", "api"), f"x/{ds}", ok, data={"q": ds}, headers={"a": "b"}, extra_options={"timeout": 3}
        ),
        timeout=20,
        on_timeout=Skip,
    )


@flow(name="http_sensors")
def http_sensors(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    a = http_sensor_check.submit()
    b_run = submit(b, ds, after=[a])
    return [b_run]


if __name__ == "__main__":
    sys.exit(not http_sensors(return_state=True).is_completed())
