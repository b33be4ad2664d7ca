"""What Airflow 2 waits with, and what becomes of sensors that time out."""
import os
from datetime import datetime, timedelta

import pendulum
from airflow import DAG
from airflow.operators.python import PythonOperator
from airflow.sensors.date_time import DateTimeSensorAsync
from airflow.sensors.filesystem import FileSensor
from airflow.sensors.python import PythonSensor
from airflow.sensors.time_delta import TimeDeltaSensor
from airflow.sensors.time_sensor import TimeSensor
from mylib import is_ready


def never():
    return False


def day_is_over(day, *, data_interval_end):
    return day < data_interval_end.isoformat()


with DAG('sensors_2', start_date=pendulum.datetime(2024, 1, 1, tz='Europe/Berlin'), schedule='@daily', catchup=False) as dag:
    files = FileSensor(task_id='files', filepath='/data/{{ ds }}/*.csv', recursive=True, deferrable=True)
    one = FileSensor(task_id='one', filepath='incoming/done', fs_conn_id='fs_default', timeout=timedelta(hours=2))
    far = FileSensor(task_id='far', filepath='incoming/done', fs_conn_id='archive')
    retried = PythonSensor(task_id='retried', python_callable=never, timeout=1, retries=2, retry_delay=timedelta(seconds=1))
    soft = PythonSensor(task_id='soft', python_callable=never, timeout=1, soft_fail=True)
    patient = PythonSensor(task_id='patient', python_callable=never, exponential_backoff=True, max_wait=timedelta(minutes=10), silent_fail=True)
    over = PythonSensor(task_id='over', python_callable=day_is_over, op_args=['{{ ds }}'])
    ready = PythonSensor(task_id='ready', python_callable=is_ready, op_kwargs={'day': '{{ ds }}'})
    later = TimeDeltaSensor(task_id='later', delta=timedelta(hours=1))
    morning = TimeSensor(task_id='morning', target_time=pendulum.time(6, 30), mode='reschedule')
    noon = DateTimeSensorAsync(task_id='noon', target_time='{{ data_interval_end.add(hours=12) }}')
    last = PythonOperator(task_id='last', python_callable=os.getcwd, trigger_rule='all_done')
    [files, one, far, retried, soft, patient, over, ready, later, morning, noon] >> last
