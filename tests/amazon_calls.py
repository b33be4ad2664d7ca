"""`python -m tests.amazon_calls [--update] [case ...]`: what the operators of tests/cases/amazon_* ask of AWS, and what their tasks ask.

The real ones run in Airflow 1.10.15 (contrib, and the backport of the provider) and in 2.10.5 with the provider of its day. What was the same is
kept in data/amazon_calls.json, by the text of the task: test_amazon.py fails for a task whose text has not been compared.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Literal

from airflow2prefect import convert
from airflow2prefect.model import Options
from tests import aws, environments
from tests.amazon_recorder import FAULTS
from tests.google_calls import tasks_of

HERE = Path(__file__).parent
DATA = HERE / "data/amazon_calls.json"
# Packages that both sides have alike.
SHARED = ("boto3", "botocore", "s3transfer", "jmespath", "urllib3")
BACKPORT = ("apache-airflow-backport-providers-amazon",)


def cases() -> list[Path]:
    return sorted((HERE / "cases").glob("amazon_*"))


def airflow_of(case: Path) -> Literal["1", "2"]:
    return "1" if re.search(r"contrib|backport", case.name) else "2"


def places(case: Path) -> tuple[str, list[str]]:
    """The Python of Airflow for a case, and the folders that it needs besides."""
    version = int(airflow_of(case))
    python, _ = environments.airflow(version)
    folders = [str(environments.beside(version, "aws", aws.PACKAGES[version]))]
    if "backport" in case.name:
        folders.append(str(environments.beside(1, "backport", list(BACKPORT))))
    return str(python), folders


def run(case: Path) -> tuple[dict[str, Any], str]:
    python, folders = places(case)
    with tempfile.TemporaryDirectory() as folder:
        made = convert((case / "dag.py").read_text(), "dag.py", Options(cache="none", retries=0, airflow=airflow_of(case)))
        for file in made.files:
            (Path(folder) / file.path).write_text(file.text)
        same = Path(folder, "same")
        same.mkdir()
        for name in SHARED:
            if Path(folders[0], name).exists():
                (same / name).symlink_to(Path(folders[0], name))
        theirs = _asked([python, str(HERE / "amazon_recorder.py"), "real", str(case / "dag.py")], folders)
        ours = _asked([sys.executable, str(HERE / "amazon_recorder.py"), "converted", folder], [str(same)])
    return {"real": theirs, "converted": ours}, made.files[0].text


def _asked(command: list[str], folders: list[str]) -> dict[str, Any]:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": os.pathsep.join(folders)})
    if done.returncode or "@@calls@@" not in done.stdout:
        raise SystemExit(done.stdout[-2000:] + done.stderr[-4000:])
    found: dict[str, Any] = json.loads(done.stdout.rpartition("@@calls@@")[2])
    return found


def normal(side: dict[str, Any]) -> dict[str, Any]:
    """Calls without what says nothing: empty values, generated names."""
    calls = [_pruned(call) for call in side["calls"]]
    looks = re.compile(r"\.(Get|Describe)")  # again and again, for as long as a job runs
    calls = [call for n, call in enumerate(calls) if n == 0 or call != calls[n - 1] or not looks.search(call[0])]
    return {"calls": calls, "outcome": "raises" if "raises" in side else _pruned(side["returned"])}


def _pruned(value: Any) -> Any:
    if isinstance(value, dict):
        items = {key: _pruned(item) for key, item in value.items() if item not in (None, {}, [], "")}
        return {key: item for key, item in items.items() if (key, item) != ("ClientRequestToken", "UUID")}  # boto3 makes one
    if isinstance(value, str):
        return re.sub(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", "UUID", value)
    return [_pruned(item) for item in value] if isinstance(value, list) else value


def differences(found: dict[str, Any]) -> dict[str, list[str]]:
    """By task, how its run differs from the operator's."""
    told: dict[str, list[str]] = {}
    for task, runs in found["real"].items():
        told[task] = []
        for fault in FAULTS:
            theirs = normal(runs[fault])
            ours = normal(found["converted"][task][fault]) if task in found["converted"] else {"calls": [], "outcome": "no task"}
            if fault == "failed" and theirs["outcome"] == ours["outcome"] == "raises":
                theirs["calls"] = theirs["calls"][: len(ours["calls"])]  # what else it asks then is for the message
            if theirs != ours:
                more = f"{runs[fault].get('told', '')} | {found['converted'].get(task, {}).get(fault, {}).get('told', '')}"
                told[task].append(f"{fault or 'as it should'}:\n   theirs {json.dumps(theirs)}\n   ours   {json.dumps(ours)}\n   {more}")
    return told


def main() -> int:
    wanted = [name for name in sys.argv[1:] if not name.startswith("-")]
    kept = json.loads(DATA.read_text()) if DATA.exists() else {}
    failed = 0
    for case in cases():
        if wanted and case.name not in wanted:
            continue
        try:
            found, text = run(case)
        except SystemExit as failure:
            failed += 1
            print(f"{case.name}: {str(failure)[-1800:]}")
            continue
        told, digests = differences(found), tasks_of(text)
        allowed = {line.partition(":")[0].strip() for line in re.findall(r"# differs: (.*)", (case / "dag.py").read_text())}
        for task, lines in told.items():
            if lines and task not in allowed:
                failed += 1
                print(f"{case.name}.{task}: {lines[0][:2500]}")
        same = [task for task, lines in told.items() if not lines]
        print(f"{case.name}: {len(same)} of {len(told)} the same")
        kept[case.name] = {task: {"text": digests.get(task, ""), "calls": found["real"][task][""]["calls"]} for task in same}
    if "--update" in sys.argv:
        DATA.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
