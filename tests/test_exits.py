"""Leaving a callable: what real schedulers of 1.10.15 and 2.10.5 made of each way, and what its task becomes.

Measured with one retry: 1.10.15 fails what leaves by SystemExit whatever the code (its job is a zombie), after the second try, and what is killed.
2.10.5 takes code 0 and none for success; AirflowSensorTimeout fails without a second try.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from airflow2prefect.model import Options
from tests.test_flows import flow_folder, python

ROOT = Path(__file__).parent.parent
RUN = """\
import json, sys
from prefect import flow, task
import dag

tries = {}
def counting(name, fn):
    def run(*args):
        tries[name] = tries.get(name, 0) + 1
        return fn(*args)
    return run

@flow
def all_of_it():
    futures = {}
    for name, *args in json.loads(sys.argv[1]):
        each = getattr(dag, name).with_options(retries=1, retry_delay_seconds=0)
        each.fn = counting(name, each.fn)
        futures[name] = each.submit(*args)
    for future in futures.values():
        future.wait()
    return {name: [future.state.type.value, tries[name], future.result() if future.state.is_completed() else None] for name, future in futures.items()}

print(json.dumps(all_of_it()))
"""
FAILED, SUCCESS = ["FAILED", 2, None], ["COMPLETED", 1, None]
EXPECTED = {
    "exits": {
        "clean": FAILED, "code": FAILED, "in_try": FAILED, "caught": ["COMPLETED", 1, "caught"], "by_raise": FAILED, "by_helper": FAILED,
        "killed": FAILED, "late": FAILED, "timed": FAILED, "asked": FAILED, "inline": FAILED,
    },
    "exits_2": {
        "clean": ["COMPLETED", 1, {"seen": 1}], "plain": SUCCESS, "bad": FAILED, "computed": SUCCESS, "in_try": SUCCESS,
        "late": ["FAILED", 1, None], "decorated": FAILED,
    },
}  # fmt: skip


@pytest.mark.flows
@pytest.mark.parametrize("name", EXPECTED)
def test_the_task_ends_and_the_flow_goes_on(name: str, tmp_path: Path, prefect_api: dict[str, str]) -> None:
    source = (ROOT / "tests" / "cases" / name / "dag.py").read_text()
    folder = flow_folder(tmp_path, source, Options(cache="none", retries=0))
    (folder / "run.py").write_text(RUN)
    calls = [[task, *{"code": ["2024-03-06"], "clean": ["clean"] if name == "exits_2" else []}.get(task, [])] for task in EXPECTED[name]]
    done = python(["run.py", json.dumps(calls)], folder, prefect_api)
    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout.splitlines()[-1]) == EXPECTED[name]
