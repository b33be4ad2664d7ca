"""dbt on the command line (https://docs.getdbt.com/reference/dbt-commands), and in dbt Cloud."""

import json
import time
from collections.abc import Mapping
from typing import Any

import requests
from airflow_commands import run_command
from airflow_connections import get_connection
from prefect.runtime import flow_run, task_run


def run_dbt(
    *,
    command: str,
    dir: str = ".",
    profiles_dir: str | None = None,
    target: str | None = None,
    env: Mapping[str, Any] | None = None,
    vars: Mapping[str, Any] | None = None,
    data: bool = False,
    schema: bool = False,
    models: str | None = None,
    exclude: str | None = None,
    select: str | None = None,
    selector: str | None = None,
    full_refresh: bool = False,
    warn_error: bool = False,
    dbt_bin: str = "dbt",
) -> None:
    """Run a command of dbt in the folder of a project; raises RuntimeError if it fails."""
    line = [dbt_bin, *(["--warn-error"] if warn_error else []), *command.split()]
    values = {"profiles-dir": profiles_dir, "target": target, "vars": json.dumps(vars) if vars is not None else None}
    line += [part for name, value in values.items() if value is not None for part in (f"--{name}", value)]
    line += [f"--{name}" for name, value in {"data": data, "schema": schema}.items() if value]
    values = {"models": models, "exclude": exclude, "select": select, "selector": selector}
    line += [part for name, value in values.items() if value is not None for part in (f"--{name}", value)]
    run_command([*line, *(["--full-refresh"] if full_refresh else [])], env=env, cwd=dir)


def run_dbt_cloud_job(
    *,
    job_id: int,
    dbt_cloud_conn_id: str = "dbt_cloud_default",
    account_id: int | None = None,
    trigger_reason: str | None = None,
    steps_override: list[str] | None = None,
    schema_override: str | None = None,
    additional_run_config: Mapping[str, Any] | None = None,
    wait_for_termination: bool = True,
    timeout: float = 7 * 24 * 3600,
    check_interval: float = 60,
) -> int:
    """Run a job of dbt Cloud, wait for it, and give the run's id: https://docs.getdbt.com/dbt-cloud/api-v2

    The connection's password is the token, its login the account where none is given, its host the tenant.
    """
    connection = get_connection(dbt_cloud_conn_id)
    base = f"https://{connection.host or 'cloud.getdbt.com'}/api/v2/accounts/{account_id or connection.login}"
    headers = {"Authorization": f"Token {connection.password}"}
    cause = trigger_reason or f"Triggered via Prefect by task {task_run.task_name!r} in the {flow_run.flow_name} flow."
    wanted = {"cause": cause[:255], "steps_override": steps_override, "schema_override": schema_override, **(additional_run_config or {})}
    response = requests.post(f"{base}/jobs/{job_id}/run/", json=wanted, headers=headers)
    response.raise_for_status()
    run_id, began = response.json()["data"]["id"], time.monotonic()
    while wait_for_termination:
        response = requests.get(f"{base}/runs/{run_id}/", headers=headers)
        response.raise_for_status()
        status = response.json()["data"]["status"]
        if status == 10:
            break
        if status in (20, 30):
            raise RuntimeError(f"Job run {run_id} has failed or has been cancelled.")
        if time.monotonic() - began > timeout:
            raise RuntimeError(f"Job run {run_id} has not reached a terminal status after {timeout} seconds.")
        time.sleep(check_interval)
    return run_id
