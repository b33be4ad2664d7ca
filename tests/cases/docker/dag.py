"""Containers, as Airflow 1.10 has them."""
from datetime import datetime

from airflow import DAG
from airflow.operators.docker_operator import DockerOperator

default_args = {'start_date': datetime(2021, 1, 1), 'docker_url': 'unix://var/run/docker.sock'}
dag = DAG('docker', default_args=default_args, schedule_interval='@daily')

plain = DockerOperator(task_id='plain', image='centos:latest', command='/bin/sleep 30', dag=dag)
full = DockerOperator(
    task_id='full',
    image='registry.example/etl:1',
    api_version='auto',
    auto_remove=True,
    command="['python', 'run.py', '{{ ds }}']",
    container_name='etl_{{ ds_nodash }}',
    environment={'DAY': '{{ ds }}', 'STAGE': 'prod'},
    volumes=['/data:/data:ro', '/tmp/x:/x'],
    network_mode='bridge',
    mem_limit='1g',
    cpus=0.5,
    user='me',
    working_dir='/app',
    dns=['8.8.8.8'],
    shm_size=1000000,
    tty=True,
    force_pull=True,
    docker_conn_id='docker_hub',
    dag=dag)
last = DockerOperator(task_id='last', image='alpine', command=['echo', '{{ ds }}'], xcom_push=True, dag=dag)
every = DockerOperator(task_id='every', image='alpine', xcom_push=True, xcom_all=True, dag=dag)
fails = DockerOperator(task_id='fails', image='fails', dag=dag)
plain >> full >> last >> every >> fails
