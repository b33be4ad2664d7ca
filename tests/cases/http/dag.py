"""HTTP: after example_http_operator of Airflow."""
import json
from datetime import datetime

from airflow import DAG
from airflow.hooks.base_hook import BaseHook
from airflow.hooks.http_hook import HttpHook
from airflow.operators.http_operator import SimpleHttpOperator
from airflow.operators.python_operator import PythonOperator


def ok(response):
    return response.status_code == 200


def hooked(ds, **kwargs):
    hook = HttpHook(method='GET', http_conn_id='api')
    answer = hook.run('get', data={'day': ds}, extra_options={'check_response': False})
    return [answer.status_code, BaseHook.get_connection('api').login]


with DAG('http', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    post = SimpleHttpOperator(
        task_id='post',
        endpoint='api/v1.0/nifi',
        data=json.dumps({"priority": 5}),
        headers={"Content-Type": "application/json"},
        response_check=lambda response: response.json()['json']['priority'] == 5,
    )
    form = SimpleHttpOperator(
        task_id='form', endpoint='nifi/url', data="name=Joe&day={{ ds }}", xcom_push=True,
        headers={"Content-Type": "application/x-www-form-urlencoded"})
    get = SimpleHttpOperator(
        task_id='get', method='GET', endpoint='get/{{ ds_nodash }}', http_conn_id='api', data={"param1": "value1"}, response_check=ok,
        log_response=True, extra_options={'timeout': 10}, xcom_push=True)
    put = SimpleHttpOperator(
        task_id='put', method='PUT', endpoint='put', data=json.dumps({"a": "{{ ds }}"}), response_check=lambda r: 'ok' in r.text and ok(r))
    hooks = PythonOperator(task_id='hooks', python_callable=hooked, provide_context=True)
    post >> form >> get >> put >> hooks
