"""Operators of AWS: the tasks of tests/cases/amazon_* are those that were compared with the real operators."""

from __future__ import annotations

import json

import pytest

from airflow2prefect import convert
from airflow2prefect.model import Options
from tests.amazon_calls import DATA, HERE, airflow_of
from tests.google_calls import tasks_of

KEPT = json.loads(DATA.read_text())


@pytest.mark.parametrize("case", sorted(KEPT))
def test_the_text_of_each_task_was_compared(case: str) -> None:
    """`python -m tests.amazon_calls --update` compares, and keeps what was the same; see there."""
    folder = HERE / "cases" / case
    made = convert((folder / "dag.py").read_text(), "dag.py", Options(cache="none", retries=0, airflow=airflow_of(folder)))
    found = tasks_of(made.files[0].text)
    assert {task: found.get(task) for task in KEPT[case]} == {task: kept["text"] for task, kept in KEPT[case].items()}
