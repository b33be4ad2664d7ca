"""Converted flows, run in Prefect: resuming, caching, deploying."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from airflow2prefect import convert
from airflow2prefect.model import Options
from airflow2prefect.writing import Mode, run

pytestmark = pytest.mark.flows
ROOT = Path(__file__).parent.parent

# Notes each run of a step in a file, and fails in step four the first time.
STEPS = """\
import threading
from datetime import datetime
from pathlib import Path

from airflow import DAG
from airflow.operators.python_operator import PythonOperator

LOG = Path(__file__).with_name('runs.txt')


def note(name, given=None):
    with LOG.open('a') as file:
        file.write(name + '\\n')
    return [name, given]


def one(ds):
    return note('one', ds)


def two(ti):
    return note('two', ti.xcom_pull(task_ids='one'))


def three(ti):
    ti.xcom_push(key='lock_free', value=True)
    return note('three', ti.xcom_pull(task_ids='two'))


def four(ti):
    note('four')
    if LOG.read_text().count('four') == 1:
        raise OSError('a transient timeout')
    return threading.Lock()


def five(ti):
    return note('five', ti.xcom_pull(task_ids='three', key='lock_free'))


with DAG('steps', start_date=datetime(2020, 1, 1), schedule_interval='@daily', default_args={'provide_context': True}) as dag:
    tasks = [PythonOperator(task_id=f.__name__, python_callable=f) for f in (one, two, three, four, five)]
    tasks[0] >> tasks[1] >> tasks[2] >> tasks[3] >> tasks[4]
"""
RUN = """\
import sys, json
from datetime import datetime, timezone
import dag
state = dag.steps(logical_date=datetime.fromisoformat(sys.argv[1]).replace(tzinfo=timezone.utc), return_state=True)
print(state.name)
"""


def flow_folder(tmp_path: Path, source: str, options: Options) -> Path:
    made = convert(source, "dag.py", options)
    for file in made.files:
        (tmp_path / file.path).write_text(file.text)
    return tmp_path


def python(args: list[str], cwd: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    import os

    return subprocess.run(
        [sys.executable, *args], cwd=cwd, env={**os.environ, **env}, capture_output=True, text=True, timeout=300, check=False
    )


def runs(folder: Path) -> list[str]:
    return (folder / "runs.txt").read_text().split()


def test_a_second_run_of_the_date_resumes(tmp_path: Path, prefect_api: dict[str, str]) -> None:
    folder = flow_folder(tmp_path, STEPS, Options(retries=0))
    (folder / "run.py").write_text(RUN)
    first = python(["run.py", "2024-03-06"], folder, prefect_api)
    assert first.stdout.strip() == "Failed", first.stderr
    assert runs(folder) == ["one", "two", "three", "four"]
    second = python(["run.py", "2024-03-06"], folder, prefect_api)
    assert second.stdout.strip() == "Completed", second.stderr
    assert runs(folder)[4:] == ["four", "five"]
    # four returns a lock, which nobody can keep: it runs again, without an error; five's result is kept.
    third = python(["run.py", "2024-03-06"], folder, prefect_api)
    assert third.stdout.strip() == "Completed" and runs(folder)[6:] == ["four"]
    assert "Traceback" not in third.stderr
    other = python(["run.py", "2024-03-07"], folder, prefect_api)
    assert other.stdout.strip() == "Completed" and runs(folder)[7:] == ["one", "two", "three", "four", "five"]


def test_retries_are_enough_for_a_transient_failure(tmp_path: Path, prefect_api: dict[str, str]) -> None:
    folder = flow_folder(tmp_path, STEPS, Options(retries=1))
    (folder / "dag.py").write_text((folder / "dag.py").read_text().replace("retry_delay_seconds=10", "retry_delay_seconds=0"))
    (folder / "run.py").write_text(RUN)
    done = python(["run.py", "2024-03-06"], folder, prefect_api)
    assert done.stdout.strip() == "Completed", done.stderr
    assert runs(folder) == ["one", "two", "three", "four", "four", "five"]


def test_every_case_runs_as_a_script_should(tmp_path: Path, prefect_api: dict[str, str]) -> None:
    """`python flow.py` of a DAG that fails exits with 1, of one that does not with 0."""
    failing = STEPS.replace("== 1:", ">= 1:")
    folder = flow_folder(tmp_path, failing, Options(retries=0, cache="none"))
    assert python(["dag.py"], folder, prefect_api).returncode == 1
    (folder / "runs.txt").unlink()
    flow_folder(tmp_path, failing.replace(">= 1:", ">= 99:"), Options(retries=0, cache="none"))
    done = python(["dag.py"], folder, prefect_api)
    assert done.returncode == 0, done.stderr


def test_prefect_deploys_what_we_write(tmp_path: Path, prefect_api: dict[str, str]) -> None:
    for case in ("schedules", "several_dags", "style_fan_out"):
        (tmp_path / "dags").mkdir(exist_ok=True)
        (tmp_path / "dags" / f"{case}.py").write_bytes((ROOT / "tests" / "cases" / case / "dag.py").read_bytes())
    run([str(tmp_path / "dags")], Options(paused=True), Mode(tmp_path / "flows"))
    pool = python(["-m", "prefect", "work-pool", "create", "default", "--type", "process", "--overwrite"], tmp_path, prefect_api)
    assert pool.returncode == 0, pool.stderr
    deployed = python(["-m", "prefect", "--no-prompt", "deploy", "--all"], tmp_path / "flows", prefect_api)
    assert deployed.returncode == 0, deployed.stdout + deployed.stderr
    code = (
        "import json; from prefect.client.orchestration import get_client\n"
        "with get_client(sync_client=True) as client: found = client.read_deployments()\n"
        "print(json.dumps({d.name: [s.schedule.model_dump(mode='json') | {'active': s.active} for s in d.schedules] for d in found}))"
    )
    found = json.loads(python(["-c", code], tmp_path, prefect_api).stdout)
    assert {"local_cron", "weekdays", "monthly", "once", "greet_world", "reports"} <= found.keys()
    assert found["local_cron"][0]["cron"] == "30 5 * * *" and found["local_cron"][0]["timezone"] == "Europe/Berlin"
    assert found["quarter_hours"][0]["interval"] == 900
    assert found["once"] == [] and not any(s["active"] for rows in found.values() for s in rows)


def test_variables_are_read(tmp_path: Path, prefect_api: dict[str, str]) -> None:
    flow_folder(tmp_path, (ROOT / "tests" / "cases" / "variables" / "dag.py").read_text(), Options(retries=0, cache="none"))
    missing = python(["dag.py"], tmp_path, prefect_api)
    assert missing.returncode == 1 and "KeyError: 'Prefect Variable my_config does not exist'" in missing.stderr
    for name, value in {"my_config": '{"a": 1}', "x": "y"}.items():
        assert python(["-m", "prefect", "variable", "set", name, value], tmp_path, prefect_api).returncode == 0
    done = python(["dag.py"], tmp_path, prefect_api)
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.mark.parametrize("case", ["xcoms", "context", "arguments", "callables", "loops"])
def test_a_flow_completes(case: str, tmp_path: Path, prefect_api: dict[str, str]) -> None:
    """Each of these runs to the end with all it adds; that its values are Airflow's is the oracle's to say."""
    flow_folder(tmp_path, (ROOT / "tests" / "cases" / case / "dag.py").read_text(), Options())
    done = python(["dag.py"], tmp_path, prefect_api)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Traceback" not in done.stderr and "Error encountered" not in done.stderr


FRAUD = """\
import json, sys
from datetime import datetime, timezone
import fraud_detection as module
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId

if sys.argv[1] == "fail":
    def broken(transactions):
        raise OSError("a transient timeout")
    module.engineer_features = broken
    module.features = module.features.with_options(retries=0)
state = module.fraud_detection(logical_date=datetime(2021, 6, 15, tzinfo=timezone.utc), return_state=True)
with get_client(sync_client=True) as client:
    runs = client.read_task_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[state.state_details.flow_run_id])))
mine = {run.name.rpartition("-")[0]: run.state.name for run in runs}
print(json.dumps([state.name, mine]))
"""


def test_fraud_detection_resumes_at_step_four(tmp_path: Path, prefect_api: dict[str, str]) -> None:
    for file in (ROOT / "examples" / "converted").glob("*.py"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "run.py").write_text(FRAUD)
    first = python(["run.py", "fail"], tmp_path, prefect_api)
    name, states = json.loads(first.stdout.splitlines()[-1])
    assert name == "Failed" and states["features"] == "Failed" and states["split"] == "NotReady", first.stderr[-2000:]
    second = python(["run.py", "go"], tmp_path, prefect_api)
    name, states = json.loads(second.stdout.splitlines()[-1])
    assert name == "Completed", second.stderr[-2000:]
    assert {step for step, state in states.items() if state == "Cached"} == {"prepare", "ingest", "validate"}
    assert len(states) == 11
    assert "# Fraud detection" in (tmp_path / "fraud_data" / "2021-06-15" / "report.md").read_text()


LITE = """\
from datetime import datetime
from airflow import DAG
from airflow.hooks.sqlite_hook import SqliteHook
from airflow.operators.python_operator import PythonOperator
from airflow.operators.sqlite_operator import SqliteOperator


def read(ds):
    hook = SqliteHook(sqlite_conn_id='my_lite')
    hook.insert_rows('pets', [('Ann', 'x:y'), ('Bob', ds)], target_fields=['name', 'born'])
    assert hook.get_first("SELECT count(*) FROM pets WHERE name LIKE 'M%'") == (3,)
    assert hook.get_records('SELECT born FROM pets WHERE name = ?', parameters=('Bob',)) == [(ds,)]


with DAG('lite', start_date=datetime(2020, 1, 1), schedule_interval='@daily', default_args={'sqlite_conn_id': 'my_lite'}) as dag:
    a = SqliteOperator(task_id='a', sql='CREATE TABLE pets (name TEXT, born TEXT)')
    b = SqliteOperator(task_id='b', sql="INSERT INTO pets VALUES ('Max', '{{ ds }}')")
    c = SqliteOperator(task_id='c', sql=['INSERT INTO pets VALUES (?, ?)'] * 2, parameters=('M', ' :a 100%'))
    d = PythonOperator(task_id='d', python_callable=read, provide_context=True)
    a >> b >> c >> d
"""


def test_sql_runs_through_the_block_of_its_connection(tmp_path: Path, prefect_api: dict[str, str]) -> None:
    """The rows are those that Airflow 1.10.15 left when it ran a, b, c and the same reads of d."""
    import sqlite3

    flow_folder(tmp_path, LITE, Options(retries=0, cache="none"))
    block = f"SqlAlchemyConnector(connection_info='sqlite:///{tmp_path}/x.db').save('my-lite', overwrite=True)"
    made = python(["-c", f"from prefect_sqlalchemy import SqlAlchemyConnector; {block}"], tmp_path, prefect_api)
    assert made.returncode == 0, made.stderr[-2000:]
    (tmp_path / "run.py").write_text(RUN.replace("dag.steps", "dag.lite"))
    done = python(["run.py", "2024-03-06"], tmp_path, prefect_api)
    assert done.stdout.strip() == "Completed", done.stderr[-3000:]
    rows = sqlite3.connect(tmp_path / "x.db").execute("SELECT * FROM pets ORDER BY name").fetchall()
    assert rows == [("Ann", "x:y"), ("Bob", "2024-03-06"), ("M", " :a 100%"), ("M", " :a 100%"), ("Max", "2024-03-06")]
