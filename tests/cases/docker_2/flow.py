"""Containers, as Airflow 2 has them."""
from datetime import datetime

from prefect import flow, task
from prefect.runtime import flow_run
from docker.types import Mount

from airflow_docker import run_container
from airflow_resume import SAME_DATE


@task(name="plain", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def plain(ds):
    return run_container(image="centos:latest", command=f"echo {ds}", docker_url="tcp://localhost:2375")


@task(name="full", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def full(ds):
    return run_container(
        image="etl",
        auto_remove="success",
        entrypoint=["sh", "-c"],
        environment={"DAY": ds},
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


@task(name="quiet", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def quiet():
    run_container(image="alpine", auto_remove="force")


@task(name="skips")
def skips():
    # DockerOperator(task_id="skips", image="alpine", skip_on_exit_code=99)
    raise NotImplementedError("A2P220: DockerOperator(skip_on_exit_code=...) changes what the task does and cannot be carried over")


@flow(name="docker_2")
def docker_2(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    logical_date = logical_date or flow_run.scheduled_start_time
    ds = f"{logical_date:%Y-%m-%d}"

    plain(ds)
    full(ds)
    quiet()
    skips()


if __name__ == "__main__":
    docker_2()
