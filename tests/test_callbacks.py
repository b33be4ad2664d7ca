"""Airflow's callbacks in a flow: when they are called, and with what."""

from __future__ import annotations

import json
from pathlib import Path

from airflow2prefect.model import Options
from tests.flow_runs import run_flows
from tests.test_flows import flow_folder


def test_callbacks_get_their_context(tmp_path: Path, prefect_api: dict[str, str]) -> None:
    """Success, failure after the last try, each retry, the end of the flow; a context with dates, params and the task."""
    source = (Path(__file__).parent / "cases" / "callbacks" / "dag.py").read_text()
    flow_folder(tmp_path, source, Options(retries=0, cache="none"))
    (done,) = run_flows([tmp_path], prefect_api).values()
    assert done["tasks"] == {"a": "success", "b": "failed", "c": "failed", "d": "success", "e": "success", "f": "success"}
    seen = json.loads(json.dumps(done["seen"]))
    (told,) = seen["tell"]
    day = told[4][:10]
    assert told[:4] == ["a", "callbacks", "success", 1] and told[5] == {"region": "eu"}
    assert seen["note"] == ["b", day, "no"]
    assert seen["again"] == [["b", 1], ["b", 2]]
    assert seen["ended"][0] == "callbacks" and seen["ended"][1].startswith(day) and seen["ended"][2] is True
