"""The operators of a DAG in real Airflow, and its flow in Prefect: what each task gave, for tests to compare.

Both find their connections in AIRFLOW_CONN_...: Prefect's blocks are made of them by `airflow2prefect config --apply`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from airflow2prefect import convert
from airflow2prefect.findings import Level
from airflow2prefect.model import Options
from tests import environments

HERE = Path(__file__).parent
RUN = """\
import json, os, re, sys
os.environ.update(PREFECT_LOGGING_LEVEL="CRITICAL", PREFECT_LOGGING_TO_API_ENABLED="false")
from datetime import datetime, timezone
from prefect import Flow, flow_engine, task_engine
done = {}

def note(task_run, initial_state, validated_state, follows=None):
    name = re.sub(r"-[0-9a-f]+$", "", task_run.name)
    if validated_state.is_completed():
        done[name] = {"value": getattr(validated_state.data, "result", validated_state.data)}
    elif validated_state.is_failed():
        done[name] = {"error": validated_state.message}

task_engine.emit_task_run_state_change_event = note
sys.path.insert(0, ".")
import dag
(flow,) = [thing for thing in vars(dag).values() if isinstance(thing, Flow)]
dates = {"logical_date": datetime(2024, 3, 6, tzinfo=timezone.utc)} if "logical_date" in flow.parameters.properties else {}
flow(return_state=True, **dates)
with open("out.json", "w") as file:
    json.dump(done, file, default=str)
"""


def in_airflow(version: int, source: str, folder: Path, env: Mapping[str, str]) -> dict[str, Any]:
    """What each task gave: {"value": ...} or {"error": ...}. Skips the test where that Airflow cannot be made."""
    try:
        python, home = environments.airflow(version)
    except environments.Unavailable as reason:
        pytest.skip(str(reason))
    file, out = folder / f"airflow{version}.py", folder / f"airflow{version}.json"
    file.write_text(source)
    command = [str(python), str(HERE / "airflow_operators.py"), str(out), str(file)]
    _run(command, {**os.environ, **env, "AIRFLOW_HOME": str(home)}, folder)
    done: dict[str, Any] = json.loads(out.read_text())
    return done


def in_prefect(version: int, source: str, folder: Path, env: Mapping[str, str], *, gaps: bool = False) -> dict[str, Any]:
    """The same of the flow. The conversion must leave nothing out."""
    made = convert(source, "dag.py", Options(retries=0, cache="none", airflow="1" if version == 1 else "2"))
    assert gaps or not [found for found in made.findings if found.level >= Level.GAP], made.findings
    target = folder / f"flow{version}"
    target.mkdir()
    for file in made.files:
        (target / file.path).write_text(file.text)
    (target / "run.py").write_text(RUN)
    whole = {**os.environ, **env}
    apply = [sys.executable, "-m", "airflow2prefect", "config", "--from-env", "--apply", "--force", "--airflow", str(version)]
    _run(apply, whole, target)
    _run([sys.executable, "run.py"], whole, target)
    done: dict[str, Any] = json.loads((target / "out.json").read_text())
    return done


def _run(command: list[str], env: Mapping[str, str], folder: Path) -> None:
    done = subprocess.run(command, env=dict(env), cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]


def values(done: Mapping[str, Any]) -> dict[str, Any]:
    """What each task returned; "failed" for what raised."""
    return {name: result.get("value") if "error" not in result else "failed" for name, result in done.items()}
