"""Runs of other flows, against a Prefect server: found by their logical date, waited for, started."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace

import pytest

from airflow2prefect.emit.helpers import ALL, helper_module
from airflow2prefect.model import Options
from tests.test_flows import flow_folder, python

ROOT = Path(__file__).parent.parent
RUN = """\
import json, time
from datetime import datetime, timedelta, timezone
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowFilter, FlowFilterName
from prefect.states import Completed, Failed
import airflow_external as external
import dag

day = datetime(2024, 3, 6, tzinfo=timezone.utc)  # a Wednesday
upstream = FlowFilter(name=FlowFilterName(any_=["upstream"]))
dag.upstream(logical_date=day)
told = {}
for _ in range(60):  # what tasks have become reaches the server a little later
    if external.external_states("upstream", day, "load") == ["success"]:
        break
    time.sleep(0.5)
told["tasks"] = external.external_states("upstream", [day, day - timedelta(days=1)], ["load", "marker", "none"])
names = ("whole", "loaded", "yesterday", "hour", "monday", "halves", "unknown")
told["sensors"] = {name: getattr(dag, name)(day, return_state=True).name for name in names if name != "hour"}
with get_client(sync_client=True) as client:
    for date, state in ((day, Failed()), (day - timedelta(days=2), Completed()), (day - timedelta(days=2), Failed())):
        client.create_flow_run(dag.upstream, parameters={"logical_date": date.isoformat()}, state=state)
    # The newest run for a date counts.
    told["newest"] = external.external_states("upstream", [day, day - timedelta(days=2)])
    told["not reached"] = external.external_states("upstream", day - timedelta(days=2), "load")
    try:
        external.external_done("upstream", day, failed_states=["failed"])
    except RuntimeError as failed:
        told["failed"] = str(failed)
    dag.upstream.to_deployment(name="upstream").apply()  # no schedule: its future runs would be the newest
    run = dag.start.fn(day + timedelta(days=1)) or client.read_flow_runs(flow_filter=upstream, sort="EXPECTED_START_TIME_DESC", limit=1)[0]
    told["started"] = [run.parameters, external.external_states("upstream", day + timedelta(days=1))]
    again = dag.start(day + timedelta(days=1), return_state=True)
    told["again"] = str(again.result(raise_on_failure=False))
    before = len(client.read_flow_runs(flow_filter=upstream))
    dag.order.fn(day, True, "2024-03-06")
    dag.order.fn(day.replace(day=1), True, "2024-03-01")
    newest = client.read_flow_runs(flow_filter=upstream, sort="EXPECTED_START_TIME_DESC", limit=1)[0]
    told["ordered"] = [len(client.read_flow_runs(flow_filter=upstream)) - before, newest.name[:6]]
    run = external.trigger_dag_run("upstream", conf={"x": 1}, run_id="by hand")
    told["plain"] = [run.name, sorted(run.parameters), run.parent_task_run_id]
    client.set_flow_run_state(run.id, Failed(), force=True)
    try:
        external.wait_for_run(run, poke_interval=0)
    except RuntimeError as failed:
        told["waited"] = str(failed)
try:
    external.trigger_dag_run("nothing")
except Exception as missing:
    told["missing"] = type(missing).__name__
print(json.dumps(told))
"""


@pytest.mark.flows
def test_runs_of_other_flows(tmp_path: Path, prefect_api: dict[str, str]) -> None:
    source = (ROOT / "tests" / "cases" / "external_tasks" / "dag.py").read_text()
    folder = flow_folder(tmp_path, source, Options(cache="none", retries=0))
    (folder / "airflow_external.py").write_text(helper_module("airflow_external", frozenset((ALL,))))
    (folder / "airflow_rules.py").write_text(helper_module("airflow_rules", frozenset((ALL,))))
    (folder / "run.py").write_text(RUN)
    done = python(["run.py"], folder, prefect_api)
    told = json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else done.stderr[-3000:]
    assert told == {
        "tasks": ["success", "success", "skipped", None, None, None],
        "sensors": {
            "whole": "Completed", "loaded": "Completed", "yesterday": "TimedOut", "monday": "TimedOut", "halves": "TimedOut",
            "unknown": "Failed",
        },
        "newest": ["failed", "failed"],
        "not reached": ["upstream_failed"],
        "failed": "what the task waits for has failed: ['failed']",
        "started": [{"logical_date": "2024-03-07T00:00:00+00:00"}, ["queued"]],
        "again": "upstream has a run for 2024-03-07 00:00:00+00:00",
        "ordered": [1, "trig__"],
        "plain": ["by hand", ["logical_date"], None],
        "waited": "by hand is failed",
        "missing": "ObjectNotFound",
    }  # fmt: skip


def test_the_logical_date_of_a_scheduled_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By default a flow takes the tick before the one for which it runs, as its `logical_date` says."""
    pytest.importorskip("prefect", reason="the extra `flows` is not installed")
    from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule, RRuleSchedule

    for name in ("airflow_external", "airflow_dates", "airflow_rules"):
        (tmp_path / f"{name}.py").write_text(helper_module(name, frozenset((ALL,))))
    monkeypatch.syspath_prepend(tmp_path)
    import airflow_external as external  # type: ignore[import-not-found]

    def found(schedule: object, at: datetime, **parameters: object) -> datetime:
        run = SimpleNamespace(parameters=parameters, deployment_id=1, expected_start_time=at)
        client = SimpleNamespace(read_deployment=lambda _: SimpleNamespace(schedules=[SimpleNamespace(schedule=schedule)]))
        return external.logical_date_of(client, run, {})

    utc = timezone.utc
    monday = datetime(2024, 3, 11, 6, tzinfo=utc)
    assert found(CronSchedule(cron="0 6 * * 1-5"), monday) == datetime(2024, 3, 8, 6, tzinfo=utc)
    summer = datetime(2024, 3, 31, 4, tzinfo=utc)
    assert found(CronSchedule(cron="0 6 * * *", timezone="Europe/Berlin"), summer) == datetime(2024, 3, 30, 5, tzinfo=utc)
    assert found(IntervalSchedule(interval=timedelta(hours=6)), monday) == monday - timedelta(hours=6)
    rule = RRuleSchedule(rrule="DTSTART:20240101T060000\nRRULE:FREQ=MONTHLY;INTERVAL=1")
    assert found(rule, datetime(2024, 3, 1, 6, tzinfo=utc)) == datetime(2024, 2, 1, 6, tzinfo=utc)
    assert found(None, monday, logical_date="2024-03-06T00:00:00+00:00") == datetime(2024, 3, 6, tzinfo=utc)
    assert external.logical_date_of(None, SimpleNamespace(parameters={}, deployment_id=None, expected_start_time=monday), {}) == monday
