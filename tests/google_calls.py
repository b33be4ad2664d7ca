"""`python -m tests.google_calls [--update] [case ...]`: what the operators of tests/cases/google_* ask of Google, and what their tasks ask.

Needs an environment with Airflow 2.10.5 and its Google provider, as GOOGLE_PYTHON. What was the same is kept in data/google_calls.json, by
the text of the task: test_google.py fails for a task whose text has not been compared.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from airflow2prefect import convert
from airflow2prefect.model import Options

HERE = Path(__file__).parent
DATA = HERE / "data/google_calls.json"
# What the services take where nothing is said.
DEFAULTS = (
    ("priority", "INTERACTIVE"), ("compression", "NONE"), ("fieldDelimiter", ","), ("printHeader", True), ("mode", "NULLABLE"),
    ("encoding", "UTF-8"), ("createDisposition", "CREATE_IF_NEEDED"),
)  # fmt: skip
SENSORS = ("google_bigquery", "google_suite", "google_transfer", "google_pubsub")
FAULTS = ("", "exists", "missing")


def cases() -> list[Path]:
    return sorted(path for path in (HERE / "cases").glob("google_*") if "airflow.contrib" not in (path / "dag.py").read_text())


def tasks_of(text: str) -> dict[str, str]:
    """The functions of tasks in a flow, by the tasks' names, with a digest of their text."""
    found = re.findall(r'^@task\(name="([^"]+)".*\n(def (?:.+\n|\n(?! *\n|\n))+?)(?=\n\n)', text, re.MULTILINE)
    return {name: hashlib.sha256(body.strip().encode()).hexdigest()[:16] for name, body in found}


def run(case: Path, python: str) -> tuple[dict[str, Any], str]:
    with tempfile.TemporaryDirectory() as folder:
        made = convert((case / "dag.py").read_text(), "dag.py", Options(cache="none", retries=0))
        for file in made.files:
            (Path(folder) / file.path).write_text(file.text)
        command = [python, str(HERE / "google_recorder.py"), str(case / "dag.py"), folder]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or "@@calls@@" not in done.stdout:
        raise SystemExit(done.stdout[-2000:] + done.stderr[-4000:])
    return json.loads(done.stdout.rpartition("@@calls@@")[2]), made.files[0].text


def normal(side: dict[str, Any]) -> dict[str, Any]:
    """Calls without what says nothing: empty and default values."""
    # How a job is watched, what the storage client asks for by itself, the same spreadsheet again, the path of a folder for the log.
    watching = re.compile(r"GET \S+/projects/own/(jobs|queries)/|GET storage.googleapis.com/storage/v1/b/[^/]+$|GET sheets\S+/spreadsheets/\w+$|GET \S+/drive/v3/files/\w+$")
    calls = [[name, *map(_pruned, rest)] for name, *rest in side["calls"] if not watching.match(name)]
    calls = [call for number, call in enumerate(calls) if number == 0 or "Get" not in str(call[0]) or call != calls[number - 1]]
    return {"calls": calls, "outcome": "raises" if "raises" in side else _pruned(side["returned"])}


def _pruned(value: Any) -> Any:
    if isinstance(value, dict):
        items = {re.sub("_([a-z])", lambda found: found[1].upper(), key): _pruned(item) for key, item in value.items()}
        items = {key: item for key, item in items.items() if (key, item) not in DEFAULTS}
        return {
            key: item
            for key, item in items.items()
            if item not in (None, {}, [], "", False, 0, "0") and key not in ("airflow-version", "airflowVersion")
        }
    if isinstance(value, str):
        return int(value) if value.isdigit() else re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=[-_])[0-9a-f]{8}\b", "UUID", value)
    return [_pruned(item) for item in value] if isinstance(value, list) else value


def differences(found: dict[str, Any], case: str = "") -> dict[str, list[str]]:
    """By task, how its run differs from the operator's."""
    told: dict[str, list[str]] = {}
    for task, runs in found["real"].items():
        told[task] = []
        for fault in FAULTS if case not in ("google_automl", "google_bigquery") else ("",):
            theirs = normal(runs[fault])
            if case == "google_automl":  # it looks first at what kind of model it is
                theirs["calls"] = [
                    call for call in theirs["calls"] if not call[0].endswith(("/GetModel", "/GetDataset")) or "get_model" in task
                ]
            ours = normal(found["converted"][task][fault]) if task in found["converted"] else {"calls": [], "outcome": "no task"}
            if isinstance(runs[fault].get("returned"), bool) and case in SENSORS:
                ours["outcome"] = theirs["outcome"]  # a sensor asks again
            if theirs != ours:
                more = f"{runs[fault].get('told', '')} | {found['converted'].get(task, {}).get(fault, {}).get('told', '')}"
                told[task].append(f"{fault or 'as it should'}:\n   theirs {json.dumps(theirs)}\n   ours   {json.dumps(ours)}\n   {more}")
    return told


def main() -> int:
    python = os.environ.get("GOOGLE_PYTHON", "")
    wanted = [name for name in sys.argv[1:] if not name.startswith("-")]
    kept = json.loads(DATA.read_text()) if DATA.exists() else {}
    failed = 0
    for case in cases():
        if wanted and case.name not in wanted:
            continue
        try:
            found, text = run(case, python)
        except SystemExit as failure:
            failed += 1
            print(f"{case.name}: {str(failure)[-1500:]}")
            continue
        told = differences(found, case.name)
        digests = tasks_of(text)
        allowed = {line.partition(":")[0].strip() for line in re.findall(r"# differs: (.*)", (case / "dag.py").read_text())}
        for task, lines in told.items():
            if lines and task not in allowed:
                failed += 1
                print(f"{case.name}.{task}: {lines[0][:3000]}")
        same = [task for task, lines in told.items() if not lines]
        print(f"{case.name}: {len(same)} of {len(told)} the same")
        kept[case.name] = {task: {"text": digests.get(task, ""), "calls": found["real"][task][""]["calls"]} for task in same}
    if "--update" in sys.argv:
        DATA.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
