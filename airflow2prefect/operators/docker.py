"""DockerOperator: a container through run_container of templates/airflow_docker.py, which is Docker's own client."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from airflow2prefect.model import Body, Literal, Task, Value
from airflow2prefect.operators.connections import is_set, pushes, set_value
from airflow2prefect.operators.registry import operator
from airflow2prefect.operators.runs import runs

TAKEN = (
    "image", "api_version", "command", "container_name", "cpus", "docker_url", "environment", "private_environment", "env_file", "force_pull",
    "mem_limit", "host_tmp_dir", "network_mode", "tls_ca_cert", "tls_client_cert", "tls_client_key", "tls_verify", "tls_hostname",
    "tls_ssl_version", "mount_tmp_dir", "tmp_dir", "user", "mounts", "volumes", "entrypoint", "working_dir", "xcom_all", "docker_conn_id", "dns",
    "dns_search", "auto_remove", "shm_size", "tty", "hostname", "privileged", "cap_add", "extra_hosts", "timeout", "device_requests",
    "log_opts_max_size", "log_opts_max_file", "ipc_mode", "port_bindings", "ulimits", "labels", "xcom_push", "do_xcom_push",
)  # fmt: skip
REFUSED = ("skip_on_exit_code", "retrieve_output", "retrieve_output_path")


@operator(
    "airflow.operators.docker_operator.DockerOperator",
    "airflow.providers.docker.operators.docker.DockerOperator",
    "airflow.operators.docker.DockerOperator",
    takes=(*TAKEN, *REFUSED),
)
def docker(task: Task, **given: Value) -> Body:
    """A container until it has ended; the last line that it prints is the XCom, in 1.10 only with xcom_push.

    https://github.com/apache/airflow/blob/1.10.15/airflow/operators/docker_operator.py
    https://github.com/apache/airflow/blob/2.10.5/providers/src/airflow/providers/docker/operators/docker.py
    """
    old = task.operator.startswith("airflow.operators.") and task.airflow < 2
    returns = is_set(given.get("xcom_push")) if old else pushes(task)
    connection = ("docker_conn_id", "docker_default") if set_value(given.get("docker_conn_id")) is not None else None
    body = runs(
        task, given, "airflow_docker.run_container", connection=connection, needs=("image",), refuses=REFUSED, drops=("xcom_push", "do_xcom_push"),
        returns=returns, rendered=frozenset(("command", "environment", "container_name")),
    )  # fmt: skip
    if body.gap is not None or not old or not is_set(given.get("xcom_all")):
        return body
    # 1.10 gives the container's log as it is.
    return replace(body, fields=MappingProxyType({**body.fields, "xcom_all": Literal("log")}))
