"""HTTP: after example_http_operator of Airflow."""
import json
from datetime import datetime, timedelta

from prefect import flow, get_run_logger, task
from prefect.runtime import flow_run

from airflow_connections import get_connection
from airflow_http import Airflow1HttpHook
from airflow_resume import SAME_DATE


def ok(response):
    return response.status_code == 200


@task(name="hooks", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def hooked(ds):
    hook = Airflow1HttpHook(method='GET', http_conn_id='api')
    answer = hook.run('get', data={'day': ds}, extra_options={'check_response': False})
    return [answer.status_code, get_connection('api').login]


@task(name="post", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def post():
    response = Airflow1HttpHook("POST").run(
        "api/v1.0/nifi", data=json.dumps({"priority": 5}), headers={"Content-Type": "application/json"}
    )
    if not (response.json()['json']['priority'] == 5):
        raise RuntimeError("Response check returned False.")


@task(name="form", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def form(ds):
    return Airflow1HttpHook("POST").run(
        "nifi/url", data=f"name=Joe&day={ds}", headers={"Content-Type": "application/x-www-form-urlencoded"}
    ).text


@task(name="get", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def get(ds_nodash):
    response = Airflow1HttpHook("GET", "api").run(
        f"get/{ds_nodash}", data={"param1": "value1"}, extra_options={"timeout": 10}
    )
    get_run_logger().info(response.text)
    if not ok(response):
        raise RuntimeError("Response check returned False.")
    return response.text


@task(name="put", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def put(ds):
    response = Airflow1HttpHook("PUT").run("put", data=f'{{"a": "{ds}"}}')
    if not ((lambda r: 'ok' in r.text and ok(r))(response)):
        raise RuntimeError("Response check returned False.")


@flow(name="http")
def http(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"
    ds_nodash = f"{logical_date:%Y%m%d}"

    post()
    form(ds)
    get(ds_nodash)
    put(ds)
    hooks = hooked(ds)
    return hooks


if __name__ == "__main__":
    http()
