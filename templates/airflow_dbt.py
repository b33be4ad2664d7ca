"""dbt on the command line: https://docs.getdbt.com/reference/dbt-commands"""

import json
from collections.abc import Mapping
from typing import Any

from airflow_commands import run_command


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
