"""Flows for other task runners than that of threads: everywhere the same states and values."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from airflow2prefect import convert
from airflow2prefect.model import Options
from tests.test_cases import CASES, HERE
from tests.test_helpers import defined, imported, lint

DAG = (HERE / "cases" / "task_runners" / "dag.py").read_text()
# Pools that start soon.
SMALL = {
    "ProcessPoolTaskRunner()": "ProcessPoolTaskRunner(max_workers=2)",
    "DaskTaskRunner()": 'DaskTaskRunner(cluster_kwargs={"n_workers": 1, "threads_per_worker": 2, "dashboard_address": ":0"})',
}


@pytest.mark.flows
def test_branches_fan_out_and_rules_end_alike_on_every_runner(tmp_path: Path, prefect_api: dict[str, str]) -> None:
    """With failures and skips; a plain flow in which data of a failed task is wanted."""
    pytest.importorskip("prefect_dask")
    folders = [tmp_path / runner for runner in ("thread", "process", "dask")]
    for folder in folders:
        folder.mkdir()
        for file in convert(DAG, "dag.py", Options(retries=0, task_runner=folder.name)).files:  # type: ignore[arg-type]
            text = file.text
            for runner, small in SMALL.items():
                text = text.replace(runner, small)
            (folder / file.path).write_text(text)
    command = [sys.executable, "-m", "tests.runner_states", *map(str, folders)]
    done = subprocess.run(command, env={**os.environ, **prefect_api}, cwd=HERE.parent, capture_output=True, text=True, check=False)
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(results) == len(folders), done.stderr[-3000:]
    thread, *others = results
    ended = {word: {name for name, state in thread["runners"]["tasks"].items() if state == word} for word in ("failed", "upstream_failed")}
    assert ended == {"failed": {"broken"}, "upstream_failed": {"never"}} and thread["runners"]["values"]["collect"] == 2
    assert thread["plain"]["flow"] == "Failed" and thread["plain"]["tasks"]["last"] == "upstream_failed"
    assert others == [thread] * len(others)


@pytest.mark.parametrize("runner", ["process", "dask", "ray"])
def test_every_case_is_written_for_every_runner(runner: str, tmp_path: Path) -> None:
    for case in CASES:
        given = json.loads((case / "options.json").read_text()) if (case / "options.json").exists() else {}
        made = convert((case / "dag.py").read_bytes().decode(), "dag.py", Options(**{**given, "task_runner": runner}))
        plain = convert((case / "dag.py").read_bytes().decode(), "dag.py", Options(**{**given, "task_runner": "thread"}))
        # The same findings but for the runner's: nothing is lost, nothing new is refused.
        # What is said of groups with --subflows hangs on the runner: A2P324 where they are flows, A2P325 where they stay functions.
        own = ("A2P335", "A2P324", "A2P325")
        told = [{(f.code, f.line, f.task) for f in each.findings if f.code not in own} for each in (made, plain)]
        if case.name == "taskflow_mapped_groups":  # groups of items that only the run knows need the flow's own threads: the tasks raise
            assert {code for code, *_ in told[0] - told[1]} == {"A2P206"}
            told[0] = told[1]
        assert told[0] == told[1], case.name
        if not made.files:
            continue
        text = made.files[0].text
        assert text.count("TaskRunner()") == len(re.findall(r"^@\w*flow\b", text, re.MULTILINE)) and "allow_failure" not in text
        (tmp_path / case.name).mkdir()
        for file in made.files[1:]:
            (tmp_path / case.name / file.path).write_text(file.text)
        for file in made.files:
            for module, names in imported(file.text):
                assert names <= defined((tmp_path / case.name / f"{module}.py").read_text()), (case.name, file.path)
    assert lint(tmp_path) == ""


def test_what_processes_cannot_hand_on_is_decided_in_the_flow() -> None:
    """Data of a task that failed ends the flow on a pool of processes: there the rules helper takes it; on Dask it need not."""
    plain = {
        runner: convert(DAG, "dag.py", Options(task_runner=runner)).files[0].text.partition("def plain(")[2]
        for runner in ("process", "dask")
    }
    assert "more = submit(rest, bad, after=[bad])" in plain["process"]
    assert "more = rest.submit(bad)" in plain["dask"]
