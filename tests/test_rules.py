"""Trigger rules of converted flows against truth tables of real Airflow.

data/trigger_rules_<version>.json: for every rule and every multiset of one to three upstream states, what Airflow makes of the task.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from airflow2prefect import convert
from airflow2prefect.model import Options
from tests.flow_runs import run_flows

pytestmark = pytest.mark.flows
DATA = Path(__file__).parent / "data"
OPERATORS = {"1.10.15": "airflow.operators.python_operator", "2.10.5": "airflow.operators.python"}
STATES = ("success", "failed", "skipped", "upstream_failed")
HEAD = """\
from datetime import datetime

from airflow import DAG
from airflow.exceptions import AirflowSkipException
from {operators} import PythonOperator


def success():
    pass


def failed():
    raise ValueError


def skipped():
    raise AirflowSkipException


dag = DAG('rules', start_date=datetime(2020, 1, 1), schedule_interval=None)
source = PythonOperator(task_id='source', python_callable=failed, dag=dag)
"""


def rows(version: str) -> dict[str, str]:
    table: dict[str, str] = json.loads((DATA / f"trigger_rules_{version}.json").read_text())
    return table


def dag_of(version: str) -> str:
    """A DAG with a task for every row of the table, below tasks in the states that the row names."""
    lines = [HEAD.format(operators=OPERATORS[version])]
    for number in range(3):
        for state in STATES:
            does = "success" if state == "upstream_failed" else state
            lines.append(f"{state}_{number} = PythonOperator(task_id='{state}_{number}', python_callable={does}, dag=dag)")
        lines.append(f"source >> upstream_failed_{number}")
    for number, row in enumerate(rows(version)):
        rule, _, states = row.partition("|")
        names = [f"{state}_{place}" for place, state in enumerate(states.split(","))]
        lines.append(f"row_{number} = PythonOperator(task_id='row_{number}', python_callable=success, trigger_rule='{rule}', dag=dag)")
        lines.append(f"[{', '.join(names)}] >> row_{number}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("version", OPERATORS)
def test_every_row_of_the_truth_table(version: str, tmp_path: Path, prefect_api: dict[str, str]) -> None:
    for file in convert(dag_of(version), "dag.py", Options(retries=0, cache="none")).files:
        (tmp_path / file.path).write_text(file.text)
    (done,) = run_flows([tmp_path], prefect_api).values()
    expected = {row: "success" if state == "run" else state for row, state in rows(version).items()}
    assert {row: done["tasks"].get(f"row_{number}") for number, row in enumerate(expected)} == expected, done["flow"]
