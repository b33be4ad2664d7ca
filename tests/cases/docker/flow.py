"""Containers, as Airflow 1.10 has them."""
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_docker import run_container
from airflow_resume import SAME_DATE


@task(name="plain", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def plain():
    run_container(image="centos:latest", command="/bin/sleep 30", docker_url="unix://var/run/docker.sock")


@task(name="full", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def full(ds, ds_nodash):
    run_container(
        image="registry.example/etl:1",
        api_version="auto",
        auto_remove=True,
        command=f"['python', 'run.py', '{ds}']",
        container_name=f"etl_{ds_nodash}",
        environment={"DAY": ds, "STAGE": "prod"},
        volumes=["/data:/data:ro", "/tmp/x:/x"],
        network_mode="bridge",
        mem_limit="1g",
        cpus=0.5,
        user="me",
        working_dir="/app",
        dns=["8.8.8.8"],
        shm_size=1000000,
        tty=True,
        force_pull=True,
        docker_conn_id="docker_hub",
        docker_url="unix://var/run/docker.sock",
    )


@task(name="last", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def last(ds):
    return run_container(image="alpine", command=["echo", ds], docker_url="unix://var/run/docker.sock")


@task(name="every", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def every():
    return run_container(image="alpine", xcom_all="log", docker_url="unix://var/run/docker.sock")


@task(name="fails", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def fails():
    run_container(image="fails", docker_url="unix://var/run/docker.sock")


@flow(name="docker")
def docker(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"
    ds_nodash = f"{logical_date:%Y%m%d}"

    plain()
    full(ds, ds_nodash)
    last(ds)
    every()
    fails()


if __name__ == "__main__":
    docker()
