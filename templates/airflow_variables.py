"""Airflow's Variables as Prefect's, whose names are lowercase letters, digits and underscores: `my_key` stands for `My-Key`."""

import json
import re
from typing import Any

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import VariableCreate, VariableUpdate


def variable(name: str, default: Any = ..., *, as_json: bool = False) -> Any:
    """The value of a Prefect Variable; a missing one without a default raises KeyError, as in Airflow.

    As Airflow has it, the value is text, or with `as_json` what that text says.
    """
    with get_client(sync_client=True) as client:
        found = client.read_variable_by_name(prefect_name(name))
    value = found.value if found is not None else None
    if value is None:
        if default is ...:
            raise KeyError(f"Prefect Variable {prefect_name(name)} does not exist")
        return default
    if as_json:
        return json.loads(value) if isinstance(value, str) else value
    return value if isinstance(value, str) else json.dumps(value, indent=2)


def set_variable(name: str, value: Any, *, as_json: bool = False) -> None:
    """Make or change a Variable: to the text of `value`, or with `as_json` to its JSON. Prefect keeps 5000 characters."""
    text = json.dumps(value, indent=2) if as_json else str(value)
    with get_client(sync_client=True) as client:
        if client.read_variable_by_name(prefect_name(name)) is None:
            client.create_variable(VariableCreate(name=prefect_name(name), value=text))
        else:
            client.update_variable(VariableUpdate(name=prefect_name(name), value=text))


def variable_or_set(name: str, default: Any, *, as_json: bool = False) -> Any:
    """The value of a Variable; a missing one becomes `default`, which is not None."""
    value = variable(name, None, as_json=as_json)
    if value is not None:
        return value
    if default is None:
        raise ValueError("Default Value must be set")
    set_variable(name, default, as_json=as_json)
    return default


def update_variable(name: str, value: Any, *, as_json: bool = False) -> None:
    """Change a Variable; a missing one raises KeyError, as in Airflow."""
    variable(name)
    set_variable(name, value, as_json=as_json)


def delete_variable(name: str) -> int:
    """Delete a Variable; how many there were."""
    with get_client(sync_client=True) as client:
        if client.read_variable_by_name(prefect_name(name)) is None:
            return 0
        client.delete_variable_by_name(prefect_name(name))
        return 1


def prefect_name(name: str) -> str:
    return re.sub(r"[^a-z0-9_]", "_", name.lower())
