"""Airflow's Variables as Prefect's."""

import json
from typing import Any

from prefect.client.orchestration import get_client


def variable(name: str, default: Any = ..., *, as_json: bool = False) -> Any:
    """The value of a Prefect Variable; a missing one without a default raises KeyError, as in Airflow.

    As Airflow has it, the value is text, or with `as_json` what that text says.
    """
    with get_client(sync_client=True) as client:
        found = client.read_variable_by_name(name)
    value = found.value if found is not None else None
    if value is None:
        if default is ...:
            raise KeyError(f"Prefect Variable {name} does not exist")
        return default
    if as_json:
        return json.loads(value) if isinstance(value, str) else value
    return value if isinstance(value, str) else json.dumps(value)
