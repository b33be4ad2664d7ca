"""spark-submit and spark-sql, with the command lines of Airflow's hooks: https://spark.apache.org/docs/latest/submitting-applications.html

The Secret block `spark-default` stands for the connection `spark_default`: the master's address, and in `extra` queue, deploy-mode, spark-home,
spark-binary and namespace.
"""

import os
import re
import time
from collections.abc import Iterable, Mapping
from typing import Any

from airflow_commands import run_command
from airflow_connections import get_connection

# Options of spark-submit, by the arguments that fill them, in the order of the command line.
OPTIONS = (
    "properties_file", "files", "py_files", "archives", "driver_class_path", "jars", "packages", "exclude_packages", "repositories",
    "num_executors", "total_executor_cores", "executor_cores", "executor_memory", "driver_memory", "keytab", "principal", "proxy_user", "name",
)  # fmt: skip


def spark_submit(
    *,
    application: str = "",
    conn_id: str = "spark_default",
    conf: Mapping[str, Any] | None = None,
    env_vars: Mapping[str, Any] | None = None,
    java_class: str | None = None,
    verbose: bool = False,
    spark_binary: str | None = None,
    yarn_queue: str | None = None,
    deploy_mode: str | None = None,
    application_args: Iterable[str] | None = None,
    status_poll_interval: float = 1,
    **options: Any,
) -> None:
    """Submit an application, and wait for it; `options` are those of spark-submit, in Airflow's names."""
    master, extra = "yarn", {}
    try:
        connection = get_connection(conn_id)
    except ValueError:
        pass
    else:
        extra = connection.extra_dejson
        master = f"{connection.host}:{connection.port}" if connection.port else str(connection.host)
    conf = conf or {}
    mode = deploy_mode or extra.get("deploy-mode")
    namespace = conf.get("spark.kubernetes.namespace", extra.get("namespace"))
    binary = spark_binary or extra.get("spark-binary") or "spark-submit"
    program = os.path.join(extra["spark-home"], "bin", binary) if extra.get("spark-home") else binary
    command = [program, "--master", master]
    for name, value in conf.items():
        command += ["--conf", f"{name}={value}"]
    for name, value in (env_vars or {}).items():
        if "yarn" in master:
            command += ["--conf", f"spark.yarn.appMasterEnv.{name}={value}"]
        elif "k8s" in master:
            command += ["--conf", f"spark.kubernetes.driverEnv.{name}={value}"]
        elif mode == "cluster":
            raise ValueError("env_vars is not supported in standalone-cluster mode")
    if "k8s" in master and namespace:
        command += ["--conf", f"spark.kubernetes.namespace={namespace}"]
    given = {"principal": extra.get("principal"), **{name: value for name, value in options.items() if value is not None}}
    for name in OPTIONS:
        if given.get(name):
            command += [f"--{name.replace('_', '-')}", str(given[name])]
    command += ["--class", java_class] if java_class else []
    command += ["--verbose"] if verbose else []
    queue = yarn_queue or extra.get("queue")
    command += ["--queue", queue] if queue else []
    command += ["--deploy-mode", mode] if mode else []
    command += [application, *(application_args or ())]
    output = run_command(command, env=None if "k8s" in master else env_vars, told=_masked(command))
    if "k8s" in master:
        ends = re.findall(r"\s*Exit code: (\d+)", output)
        if not ends or int(ends[-1]) != 0:
            raise RuntimeError(f"{_masked(command)} ended with exit code {ends[-1] if ends else 'unknown'}")
    if "spark://" in master and mode == "cluster":
        found = re.search(r"(driver-[0-9\-]+)", output)
        if found is None:
            raise RuntimeError("No driver id is known: something went wrong when executing the spark submit command")
        _await_driver(program, master, found[1], status_poll_interval)


def _await_driver(program: str, master: str, driver: str, interval: float) -> None:
    """The end of a driver that runs in a standalone cluster."""
    asked = [program, "--master", master, "--status", driver]
    if master.endswith(":6066"):
        asked = ["/usr/bin/curl", "--max-time", "30", f"{master.replace('spark://', 'http://')}/v1/submissions/status/{driver}"]
    state, missed = "SUBMITTED", 0
    while state not in ("FINISHED", "UNKNOWN", "KILLED", "FAILED", "ERROR"):
        time.sleep(interval)
        try:
            lines = [line for line in run_command(asked).splitlines() if "driverState" in line]
        except RuntimeError:
            missed += 1
            if missed > 10:
                raise
            continue
        state = lines[-1].split(" : ")[1].strip(' ,"\n') if lines else "UNKNOWN"
    if state != "FINISHED":
        raise RuntimeError(f"Driver {driver} badly exited with status {state}")


def spark_sql(
    *,
    sql: str,
    conn_id: str | None = None,
    conf: Mapping[str, Any] | str | None = None,
    total_executor_cores: int | None = None,
    executor_cores: int | None = None,
    executor_memory: str | None = None,
    keytab: str | None = None,
    principal: str | None = None,
    num_executors: int | None = None,
    master: str | None = None,
    name: str = "default-name",
    verbose: bool = True,
    yarn_queue: str | None = None,
) -> None:
    """Run a query, or the file of one; the master and the queue that are not given are the connection's, if one is named."""
    if conn_id is not None:
        try:
            connection = get_connection(conn_id)
        except ValueError:
            pass
        else:
            master = master or (f"{connection.host}:{connection.port}" if connection.port else connection.host)
            yarn_queue = yarn_queue or connection.extra_dejson.get("queue")
    command = ["spark-sql"]
    pairs = conf.split(",") if isinstance(conf, str) and conf else [f"{key}={value}" for key, value in dict(conf or {}).items()]
    for pair in pairs:
        command += ["--conf", pair]
    options = {
        "total-executor-cores": total_executor_cores,
        "executor-cores": executor_cores,
        "executor-memory": executor_memory,
        "keytab": keytab,
        "principal": principal,
        "num-executors": num_executors,
    }
    for option, value in options.items():
        command += [f"--{option}", str(value)] if value else []
    sql = sql.strip()
    command += ["-f" if sql.endswith((".sql", ".hql")) else "-e", sql]
    command += ["--master", master or "yarn"]
    command += ["--name", name] if name else []
    command += ["--verbose"] if verbose else []
    run_command([*command, "--queue", yarn_queue or "default"])


def _masked(command: list[str]) -> str:
    """The command line without what is said to be secret."""
    return re.sub(
        r"(\S*?(?:secret|password)\S*?(?:=|\s+)(['\"]?))(?:(?!\2\s).)*(\2)", r"\1******\3", " ".join(command), flags=re.IGNORECASE
    )
