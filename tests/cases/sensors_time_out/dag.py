"""Sensors of Airflow 1.10 that time out, and what follows them."""
from datetime import datetime

from airflow import DAG
from airflow.contrib.sensors.python_sensor import PythonSensor
from airflow.operators.dummy_operator import DummyOperator


def never():
    return False


def broken():
    raise ValueError('no')


args = {'start_date': datetime(2020, 1, 1), 'poke_interval': 0.2, 'timeout': 0.5, 'retries': 0}
with DAG('sensors_time_out', default_args=args, schedule_interval=None) as dag:
    hard = PythonSensor(task_id='hard', python_callable=never)
    soft = PythonSensor(task_id='soft', python_callable=never, soft_fail=True)
    retried = PythonSensor(task_id='retried', python_callable=never, soft_fail=True, retries=1, retry_delay=0)
    bad = PythonSensor(task_id='bad', python_callable=broken, soft_fail=True)

    hard >> DummyOperator(task_id='after_hard') >> DummyOperator(task_id='end_hard', trigger_rule='all_done')
    soft >> DummyOperator(task_id='after_soft') >> DummyOperator(task_id='end_soft', trigger_rule='all_done')
    [hard, soft] >> DummyOperator(task_id='after_both', trigger_rule='one_failed')
    retried >> DummyOperator(task_id='after_retried')
    bad >> DummyOperator(task_id='after_bad', trigger_rule='all_done')
