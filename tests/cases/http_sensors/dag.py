"""HttpSensor: after example_http_operator of Airflow."""
from datetime import datetime
from airflow import DAG
from airflow.sensors.http_sensor import HttpSensor
def ok(response):
    return 'ok' in response.text
with DAG('http_sensors', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    a = HttpSensor(task_id='http_sensor_check', http_conn_id='http_default', endpoint='', request_params={}, response_check=lambda response: True if "Google" in response.text else False, poke_interval=5)
    b = HttpSensor(task_id='b', http_conn_id='api', method='HEAD', endpoint='x/{{ ds }}', request_params={'q': '{{ ds }}'}, headers={'a': 'b'}, response_check=ok, extra_options={'timeout': 3}, timeout=20, soft_fail=True)
    a >> b
