"""The emitted airflow_sensors.py: how often it asks, when it gives up, and what becomes of the task then."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import ModuleType

import pytest

from airflow2prefect.model import Options
from tests.test_flows import flow_folder, python

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def sensors() -> ModuleType:
    pytest.importorskip("prefect", reason="the extra `flows` is not installed")
    module = ModuleType("airflow_sensors")
    exec((ROOT / "templates" / "airflow_sensors.py").read_text(), module.__dict__)
    return module


class Clock:
    """Time that passes only in `sleep`."""

    def __init__(self, sensors: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.pauses = 1000.0, []
        monkeypatch.setattr(sensors.time, "monotonic", lambda: self.now)
        monkeypatch.setattr(sensors, "sleep", self.sleep)

    def sleep(self, pause: float) -> None:
        self.pauses.append(pause)
        self.now += pause


def test_it_asks_until_true(sensors: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, answers = Clock(sensors, monkeypatch), iter([0, "", 1])
    sensors.wait_until(lambda: next(answers), poke_interval=timedelta(seconds=7))
    assert clock.pauses == [7, 7]


def test_it_gives_up_after_a_failed_poke_beyond_the_timeout(sensors: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Airflow: the pokes at 0, 10 and 20 seconds are within 20 seconds, the one at 30 is the last."""
    clock, asked = Clock(sensors, monkeypatch), []
    with pytest.raises(TimeoutError):
        sensors.wait_until(lambda: asked.append(clock.now), poke_interval=10, timeout=20)
    assert [at - 1000 for at in asked] == [0, 10, 20, 30]


def test_a_timeout_of_nothing_still_asks(sensors: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    Clock(sensors, monkeypatch)
    sensors.wait_until(lambda: True, timeout=0)


def test_backoff_doubles_up_to_the_limit(sensors: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """https://github.com/apache/airflow/blob/2.10.5/airflow/sensors/base.py, _get_next_poke_interval"""
    clock, left = Clock(sensors, monkeypatch), iter([False] * 6 + [True])
    sensors.wait_until(lambda: next(left), poke_interval=10, backoff=True, max_wait=60)
    least = [5, 10, 20, 40]
    assert all(low <= pause < max(2 * low, low + 1) for low, pause in zip(least[:3], clock.pauses, strict=False))
    assert 40 <= clock.pauses[3] <= 60 and clock.pauses[4:] == [60, 60]


def test_an_error_of_the_condition_leaves(sensors: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    Clock(sensors, monkeypatch)
    with pytest.raises(ZeroDivisionError):
        sensors.wait_until(lambda: 1 / 0)


def test_landed(sensors: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "empty" / "inner").mkdir(parents=True)
    assert not sensors.landed(str(tmp_path / "nothing")) and not sensors.landed(str(tmp_path))
    (tmp_path / "empty" / "inner" / "file").touch()
    assert sensors.landed(str(tmp_path)) and sensors.landed(str(tmp_path / "empty" / "inner" / "file"))


def test_passed(sensors: ModuleType) -> None:
    now = datetime.now(timezone.utc)
    assert sensors.passed(now - timedelta(seconds=1)) and not sensors.passed(now + timedelta(hours=1))
    assert sensors.passed((now - timedelta(hours=1)).replace(tzinfo=None)) and sensors.passed("2020-01-01T00:00:00Z")
    assert not sensors.passed((now + timedelta(hours=1)).isoformat())


RUN = """\
import json, time
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowFilter, FlowFilterName
import dag
own = FlowFilter(name=FlowFilterName(any_=["sensors_time_out"]))  # other tests run at the same server
state = dag.sensors_time_out(return_state=True)
for _ in range(60):  # what a run has become reaches the server a little later
    with get_client(sync_client=True) as client:
        runs = client.read_task_runs(flow_filter=own)
    if len(runs) == 11 and all(run.state.is_final() or run.state.name == "NotReady" for run in runs):
        break
    time.sleep(0.5)
states = {run.name.rpartition("-")[0]: (run.state.type.value, run.run_count) for run in runs}
print(json.dumps([state.type.value, states]))
"""
# As sensors/base_sensor_operator.py of Airflow 1.10.15 has it: states (COMPLETED if skipped), and tries.
TRUTH = {
    "hard": ("FAILED", 1), "soft": ("COMPLETED", 1), "retried": ("COMPLETED", 2), "bad": ("FAILED", 1),
    "after_hard": ("PENDING", 0), "end_hard": ("COMPLETED", 1), "after_bad": ("COMPLETED", 1),
}  # fmt: skip


@pytest.mark.flows
def test_states_of_sensors_that_time_out(tmp_path: Path, prefect_api: dict[str, str]) -> None:
    source = (ROOT / "tests" / "cases" / "sensors_time_out" / "dag.py").read_text()
    folder = flow_folder(tmp_path, source, Options(cache="none"))
    (folder / "run.py").write_text(RUN)
    done = python(["run.py"], folder, prefect_api)
    _, states = json.loads(done.stdout.splitlines()[-1])
    assert {name: tuple(states[name]) for name in TRUTH} == TRUTH, done.stderr[-2000:]


def test_what_a_poke_hands_on_is_what_the_task_returns(sensors: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    Clock(sensors, monkeypatch)
    answers = iter([sensors.PokeReturnValue(False, 1), sensors.PokeReturnValue(True, 2)])
    assert sensors.wait_until(lambda: next(answers)) == 2
    assert sensors.wait_until(lambda: True) is None


@pytest.mark.flows
def test_a_rescheduled_sensor_is_made_anew_for_each_poke(tmp_path: Path, prefect_api: dict[str, str]) -> None:
    """In reschedule mode Airflow starts a process for each poke: what poke wrote to self is gone."""
    source = (ROOT / "tests" / "cases" / "sensors_anew" / "dag.py").read_text()
    folder = flow_folder(tmp_path, source, Options(cache="none"))
    run = "import dag\nfor task in (dag.counted, dag.called, dag.answered_task, dag.forgetful):\n    print(task(return_state=True).name)\n"
    (folder / "run.py").write_text(run + "print(dag.counted.fn(), dag.called.fn(), dag.answered_task.fn())\n")
    done = python(["run.py"], folder, prefect_api)
    lines = done.stdout.splitlines()[-5:]
    assert lines == ["Completed", "Completed", "Completed", "TimedOut", "poke 3 {'rows': 3} is it there!"], done.stderr[-2000:]
