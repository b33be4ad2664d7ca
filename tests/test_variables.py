"""Variables in code: the same values in real Airflow and, of the converted flow, in Prefect."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from airflow2prefect import convert
from airflow2prefect.model import Options
from tests import environments
from tests.test_flows import flow_folder, python

CASE = Path(__file__).parent / "cases" / "variables_in_code" / "dag.py"
# What both Airflow 1.10.15 and 2.10.5 answer: test_airflow_answers_so asks them.
ANSWERS = [
    "some text", "some text", '{\n  "a": [\n    1,\n    null\n  ]\n}', [1, None], {"a": [1, None]}, ["12", 12], "None", "One", "Two", "none", None,
    "KeyError", "JSONDecodeError", [1, 2], [1, 2], "[\n  1,\n  2\n]", "ValueError", "gone", "One",
]  # fmt: skip


@pytest.mark.oracle
@pytest.mark.parametrize("version", [1, 2])
def test_airflow_answers_so(version: int) -> None:
    try:
        binary, home = environments.airflow(version)
    except environments.Unavailable as error:
        pytest.skip(str(error))
    code = f"import runpy; runpy.run_path({str(CASE)!r})['probe']()"
    env = {**os.environ, "AIRFLOW_HOME": str(home)}
    done = subprocess.run([str(binary), "-W", "ignore", "-c", code], env=env, capture_output=True, text=True, check=False)
    assert json.loads(done.stdout.splitlines()[-1]) == ANSWERS, done.stderr[-2000:]


@pytest.mark.flows
def test_the_flow_answers_so(tmp_path: Path, prefect_api: dict[str, str]) -> None:
    flow_folder(tmp_path, CASE.read_text(), Options(retries=0, cache="none"))
    run = "import json, dag; print(json.dumps(dag.probe()))"
    done = python(["-c", run], tmp_path, prefect_api)
    assert done.stdout and json.loads(done.stdout.splitlines()[-1]) == ANSWERS, done.stderr[-2000:]
    whole = python(["dag.py"], tmp_path, prefect_api)
    assert whole.returncode == 0, whole.stderr[-2000:]


HEAD = "from datetime import datetime\nfrom airflow import DAG\nfrom airflow.models import Variable\nfrom airflow.operators.python_operator import PythonOperator\n"
TAIL = "\nwith DAG('d', start_date=datetime(2020, 1, 1)) as dag:\n    PythonOperator(task_id='t', python_callable=f)\n"


@pytest.mark.parametrize(
    ("call", "flow"),
    [
        ("Variable.get('My-Key')", "variable('my_key')"),
        ("Variable.get(key='a', deserialize_json=True)", "variable(name='a', as_json=True)"),
        ("Variable.get('a', 1, True)", "variable('a', 1, as_json=True)"),
        ("Variable.get(g(), default_var=Variable.get('b'))", "variable(g(), default=variable('b'))"),
        ("Variable.set('a', {}, serialize_json=True)", "set_variable('a', {}, as_json=True)"),
        ("Variable.setdefault('a', 1)", "variable_or_set('a', 1)"),
        ("Variable.update('a', 1)", "update_variable('a', 1)"),
        ("Variable.delete('a')", "delete_variable('a')"),
    ],
)
def test_a_call_becomes_a_call(call: str, flow: str) -> None:
    made = convert(f"{HEAD}\n\ndef g():\n    return 'x'\n\n\ndef f():\n    return {call}\n\n{TAIL}", "dag.py")
    assert f"    return {flow}\n" in made.files[0].text and not any(found.level.name == "GAP" for found in made.findings)


@pytest.mark.parametrize(
    "call", ["Variable.get(*names)", "Variable.get('a', session=1)", "Variable.set('a', 1, 'text')", "Variable.update('a', 1, session=1)"]
)
def test_what_it_does_not_know_raises(call: str) -> None:
    made = convert(f"{HEAD}\n\ndef f():\n    return {call}\n\n{TAIL}", "dag.py")
    assert "A2P420" in [found.code for found in made.findings] and "A2P901" not in [found.code for found in made.findings]
