"""Containers that run to their end, by Docker's client: https://docker-py.readthedocs.io

The arguments are those of Airflow's DockerOperator.
"""

import ast
import os
from collections.abc import Iterable, Mapping
from io import StringIO
from tempfile import TemporaryDirectory
from typing import Any

from airflow_connections import get_connection
from docker import APIClient, tls
from docker.errors import APIError
from docker.types import LogConfig, Mount
from dotenv import dotenv_values
from prefect import get_run_logger


def run_container(
    *,
    image: str,
    command: str | list[str] | None = None,
    environment: Mapping[str, str] | None = None,
    private_environment: Mapping[str, str] | None = None,
    env_file: str | None = None,
    docker_url: str | list[str] | None = None,
    docker_conn_id: str | None = None,
    api_version: str | None = None,
    timeout: int = 60,
    force_pull: bool = False,
    auto_remove: str | bool = "never",
    mount_tmp_dir: bool = True,
    tmp_dir: str = "/tmp/airflow",
    host_tmp_dir: str | None = None,
    mounts: Iterable[Mount] | None = None,
    volumes: Iterable[str] | None = None,
    xcom_all: bool | str = False,
    container_name: str | None = None,
    entrypoint: str | list[str] | None = None,
    user: str | int | None = None,
    working_dir: str | None = None,
    tty: bool = False,
    hostname: str | None = None,
    labels: Any = None,
    log_opts_max_size: str | None = None,
    log_opts_max_file: str | None = None,
    tls_ca_cert: str | None = None,
    tls_client_cert: str | None = None,
    tls_client_key: str | None = None,
    tls_verify: bool = True,
    tls_hostname: str | bool | None = None,
    tls_ssl_version: str | None = None,
    cpus: float = 1.0,
    port_bindings: Mapping[Any, Any] | None = None,
    **host: Any,
) -> Any:
    """Run a container, and give the last line that it printed, or with `xcom_all` all of them.

    Raises RuntimeError if it ends with anything but 0. `host` are further arguments of APIClient.create_host_config.
    """
    secure, url = None, docker_url or os.environ.get("DOCKER_HOST") or "unix://var/run/docker.sock"
    if tls_ca_cert and tls_client_cert and tls_client_key:
        secure = tls.TLSConfig(ca_cert=tls_ca_cert, client_cert=(tls_client_cert, tls_client_key), verify=tls_verify)
        url = str(url).replace("tcp://", "https://")
    client = APIClient(base_url=url, version=api_version, tls=secure or False, timeout=timeout)
    if docker_conn_id:
        _login(client, docker_conn_id)
    if force_pull or not client.images(name=image):
        for line in client.pull(image, stream=True, decode=True):
            if isinstance(line, dict) and "status" in line:
                get_run_logger().info("%s", line["status"])
    variables = {**(dotenv_values(stream=StringIO(env_file)) if env_file else {}), **(environment or {}), **(private_environment or {})}
    logs = {"max-size": log_opts_max_size, "max-file": log_opts_max_file}
    ports = {"ports": list(port_bindings)} if port_bindings else {}
    host |= {"cpu_shares": round(cpus * 1024), "port_bindings": port_bindings or {}, "auto_remove": False}
    host |= (
        {"log_config": LogConfig(config={name: value for name, value in logs.items() if value is not None})} if any(logs.values()) else {}
    )
    given = {
        "image": image,
        "command": _listed(command),
        "name": container_name,
        "entrypoint": _listed(entrypoint),
        "user": user,
        "working_dir": working_dir,
        "tty": tty,
        "hostname": hostname,
        "labels": labels,
        **ports,
    }

    def run(own: list[Mount], variables: dict[str, Any]) -> Any:
        config = client.create_host_config(**host, mounts=[*(mounts or []), *own], binds=list(volumes or []) or None)
        container = client.create_container(environment=variables, host_config=config, **given)["Id"]
        return _followed(client, container, auto_remove, xcom_all)

    if not mount_tmp_dir:
        return run([], variables)
    with TemporaryDirectory(prefix="airflowtmp", dir=host_tmp_dir) as folder:
        try:
            return run([Mount(tmp_dir, folder, "bind")], {**variables, "AIRFLOW_TMP_DIR": tmp_dir})
        except APIError as error:
            if folder not in str(error):
                raise
            get_run_logger().warning("The folder %s is not on Docker's machine: going on without it", folder)
            return run([], variables)


def _followed(client: APIClient, container: str, auto_remove: str | bool, xcom_all: bool | str) -> Any:
    output = client.attach(container=container, stdout=True, stderr=True, stream=True)
    try:
        client.start(container)
        lines = []
        for chunk in output:
            text = (chunk.decode("utf-8", errors="surrogateescape") if isinstance(chunk, bytes) else chunk).rstrip()
            lines.append(text)
            for line in text.split("\n"):
                get_run_logger().info("%s", line)
        result = client.wait(container)
        if result["StatusCode"] != 0:
            raise RuntimeError(f"Docker container failed: {result!r}")
        if xcom_all == "log":
            return client.logs(container=container)
        return (lines if xcom_all else lines[-1]) if lines else None
    except BaseException as error:
        if not isinstance(error, Exception):  # cancelled, or out of time
            client.stop(container)
        raise
    finally:
        if auto_remove in ("success", "force", True):
            client.remove_container(container, force=auto_remove == "force")


def _login(client: APIClient, conn_id: str) -> None:
    """Into the registry of a connection."""
    connection = get_connection(conn_id)
    extra = connection.extra_dejson
    registry = f"{connection.host}:{connection.port}" if connection.port else connection.host
    client.login(
        username=connection.login,
        password=connection.password,
        registry=registry,
        email=extra.get("email"),
        reauth=extra.get("reauth") not in ("no", False),
    )


def _listed(command: str | list[str] | None) -> str | list[str] | None:
    """A command that is written as a list is one."""
    return ast.literal_eval(command) if isinstance(command, str) and command.strip().startswith("[") else command
