"""Airflow's Variables as Prefect's."""

import json
from typing import Any

from prefect.variables import Variable


def variable(name: str, default: Any = ..., *, as_json: bool = False) -> Any:
    """The value of a Prefect Variable; a missing one without a default raises KeyError, as in Airflow.

    As Airflow has it, the value is text, or with `as_json` what that text says.
    """
    value = Variable.get(name)
    if value is None:
        if default is ...:
            raise KeyError(f"Prefect Variable {name} does not exist")
        return default
    if as_json:
        return json.loads(value) if isinstance(value, str) else value
    return value if isinstance(value, str) else json.dumps(value)
