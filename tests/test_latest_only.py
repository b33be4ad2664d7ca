"""LatestOnlyOperator in Prefect: runs of the schedule that are not the latest skip what follows, runs by hand nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from airflow2prefect.model import Options
from tests.test_flows import flow_folder, python

RUN = """\
import json
from datetime import datetime, timedelta, timezone
from prefect import tags
import dag
now = datetime.now(timezone.utc)
told = {}
for name, given, date in [
    ("old", ["auto-scheduled"], now - timedelta(days=30)),
    ("latest", ["auto-scheduled"], now - timedelta(hours=6)),
    ("early", ["auto-scheduled"], now - timedelta(hours=2)),
    ("by hand", [], now - timedelta(days=30)),
]:
    with tags(*given):
        states = dag.latest_and_others(logical_date=date, return_state=True).result(raise_on_failure=False)
        told[name] = [state.name for state in states]
print(json.dumps(told))
"""
DAG = """\
from datetime import datetime, timedelta
from airflow import DAG
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.latest_only{old} import LatestOnlyOperator

with DAG("latest_and_others", schedule_interval=timedelta(hours=4), start_date=datetime(2024, 1, 1)) as dag:
    latest = LatestOnlyOperator(task_id="latest_only")
    task1, task2, task3 = (DummyOperator(task_id=name) for name in ("task1", "task2", "task3"))
    task4 = DummyOperator(task_id="task4", trigger_rule="all_done")
    latest >> task1 >> [task3, task4]
    task2 >> [task3, task4]
"""
ALL, NONE = ["Completed", "Completed"], ["Skipped", "Skipped"]


@pytest.mark.flows
@pytest.mark.parametrize(("version", "skipped"), [("1", NONE), ("2", ["Skipped", "Completed"])])
def test_what_is_not_the_latest_skips(tmp_path: Path, prefect_api: dict[str, str], version: str, skipped: list[str]) -> None:
    """task3 and task4 (all_done), as Airflow 1.10.15 and 2.10.5 leave them."""
    source = DAG.replace("{old}", "_operator" if version == "1" else "")
    folder = flow_folder(tmp_path, source, Options(airflow=version))  # type: ignore[arg-type]
    (folder / "run.py").write_text(RUN)
    done = python(["run.py"], folder, prefect_api)
    told = json.loads(done.stdout.splitlines()[-1])
    assert told == {"old": skipped, "latest": ALL, "early": skipped, "by hand": ALL}, done.stderr[-2000:]
