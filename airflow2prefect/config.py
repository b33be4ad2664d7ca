"""`[tool.airflow2prefect]` of the pyproject.toml of this folder or the nearest above: defaults for options of the command line."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

WORK_POOL = ("work-pool", "work-pool-type", "image", "cpu", "memory", "docker-build", "docker-push")
# By command, the keys that it takes; written as on the command line, without the dashes.
KEYS = {
    "convert": (
        "select",
        "ignore",
        "fail-on",
        "retries",
        "cache",
        "airflow",
        "paused",
        "bridge",
        "task-runner",
        "subflows",
        "jobs",
        *WORK_POOL,
    ),
    "report": ("select", "ignore", "fail-on", "retries", "cache", "airflow", "baseline", "bridge", "jobs"),
}


def read_config(folder: Path) -> dict[str, dict[str, object]]:
    """Defaults by command and parameter; raises ValueError for what cannot be read or is not known."""
    for place in (folder, *folder.parents):
        file = place / "pyproject.toml"
        if file.is_file():
            return _defaults(file, place)
    return {}


def _defaults(file: Path, place: Path) -> dict[str, dict[str, object]]:
    text = file.read_text(encoding="utf-8")
    if "airflow2prefect" not in text:
        return {}
    try:
        table = tomllib.loads(text).get("tool", {}).get("airflow2prefect", {})
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{file}: {error}") from error
    known = {key for keys in KEYS.values() for key in keys}
    if not isinstance(table, Mapping) or not table.keys() <= known:
        strange = ", ".join(sorted(table.keys() - known)) if isinstance(table, Mapping) else "no table"
        raise ValueError(f"{file}: [tool.airflow2prefect] does not take {strange}; it takes {', '.join(sorted(known))}")
    made = {}
    for command, keys in KEYS.items():
        made[command] = {key.replace("-", "_"): _value(key, table[key], place) for key in keys if key in table}
    return made


def _value(key: str, value: object, place: Path) -> object:
    """Lists for what can be given several times; paths from where the file is."""
    if key in ("select", "ignore"):
        return [value] if isinstance(value, str) else value
    return str(place / str(value)) if key == "baseline" else value
