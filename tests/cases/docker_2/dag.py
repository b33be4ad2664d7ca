"""Containers, as Airflow 2 has them."""
from datetime import datetime

from airflow import DAG
from airflow.providers.docker.operators.docker import DockerOperator
from docker.types import Mount

with DAG("docker_2", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    plain = DockerOperator(task_id="plain", image="centos:latest", command="echo {{ ds }}", docker_url="tcp://localhost:2375")
    full = DockerOperator(
        task_id="full",
        image="etl",
        auto_remove="success",
        entrypoint=["sh", "-c"],
        environment={"DAY": "{{ ds }}"},
        private_environment={"TOKEN": "secret"},
        mounts=[Mount(source="/home/me/{{ ds }}", target="/data", type="bind")],
        mount_tmp_dir=False,
        xcom_all=True,
        privileged=True,
        cap_add=["NET_ADMIN"],
        extra_hosts={"db": "10.0.0.1"},
        port_bindings={8080: 80},
        labels={"team": "data"},
        hostname="etl",
        log_opts_max_size="10m",
    )
    quiet = DockerOperator(task_id="quiet", image="alpine", do_xcom_push=False, auto_remove="force")
    skips = DockerOperator(task_id="skips", image="alpine", skip_on_exit_code=99)
    plain >> full >> quiet >> skips
