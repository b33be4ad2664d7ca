"""execution_timeout: commands and all that they started end in time, from threads and in a line, with retries."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from airflow2prefect.model import Options
from tests.test_flows import flow_folder, python

RUN = """\
import json, subprocess, sys, time
from prefect import flow
import dag

def left(pattern):
    return subprocess.run(["pgrep", "-fc", pattern], capture_output=True, text=True).stdout.strip()

@flow
def all_of_it():
    started = time.monotonic()
    states = {name: getattr(dag, name).submit(*args) for name, *args in json.loads(sys.argv[1])}
    for future in states.values():
        future.wait()
    return {name: [future.state.name, future.state.message or ""] for name, future in states.items()}, time.monotonic() - started

states, seconds = all_of_it()
print(json.dumps([states, seconds, left(sys.argv[2])]))
"""
HEAD = """\
from datetime import datetime, timedelta
from airflow import DAG
from airflow.operators.bash import BashOperator
with DAG('timed', start_date=datetime(2020, 1, 1), schedule='@daily', default_args={'execution_timeout': timedelta(seconds=2)}):
"""
TASKS = """\
    quick = BashOperator(task_id='quick', bash_command='echo a; echo b')
    hangs = BashOperator(task_id='hangs', retries=1, retry_delay=timedelta(0), bash_command='date >> tries; (sleep 41.5 & sleep 41.5); echo x')
    stubborn = BashOperator(task_id='stubborn', bash_command="trap '' TERM; sleep 41.5; sleep 41.5")
    skips = BashOperator(task_id='skips', skip_on_exit_code=7, bash_command='sleep 41.5; exit 7')
"""


@pytest.mark.flows
def test_commands_end_in_time_in_threads(tmp_path: Path, prefect_api: dict[str, str]) -> None:
    folder = flow_folder(tmp_path, HEAD + TASKS, Options(cache="none", retries=0))
    (folder / "run.py").write_text(RUN)
    done = python(["run.py", '[["quick"], ["hangs"], ["stubborn"], ["skips"]]', "sleep 41[.]5"], folder, prefect_api)
    assert done.returncode == 0, done.stderr[-3000:]
    states, seconds, left = json.loads(done.stdout.splitlines()[-1])
    assert {name: state for name, (state, _) in states.items()} == {
        "quick": "Completed", "hangs": "TimedOut", "stubborn": "TimedOut", "skips": "TimedOut",
    }  # fmt: skip
    # Two tries of two seconds; five more of grace for what does not heed SIGTERM.
    assert seconds < 25 and left == "0"
    assert len((folder / "tries").read_text().splitlines()) == 2


@pytest.mark.flows
def test_commands_end_in_time_in_a_line(tmp_path: Path, prefect_api: dict[str, str]) -> None:
    """Where tasks are called one after another, in the main thread."""
    task = "    hangs = BashOperator(task_id='hangs', bash_command='(sleep 42.5 & sleep 42.5); echo x')\n"
    folder = flow_folder(tmp_path, HEAD + task, Options(cache="none", retries=0))
    (folder / "run.py").write_text(
        "import json, subprocess, time, dag\nstarted = time.monotonic()\nstate = dag.timed(return_state=True)\n"
        "left = subprocess.run(['pgrep', '-fc', 'sleep 42[.]5'], capture_output=True, text=True).stdout.strip()\n"
        "print(json.dumps([state.name, time.monotonic() - started, left]))\n"
    )
    done = python(["run.py"], folder, prefect_api)
    name, seconds, left = json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else (done.stderr[-3000:], 0, "")
    assert (name, left) == ("TimedOut", "0") and seconds < 25
