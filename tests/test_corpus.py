"""The public DAG files: every one converts, and most are read as real Airflow reads them."""

from __future__ import annotations

import ast

import pytest

from airflow2prefect import check
from airflow2prefect.convert import convert_bytes
from airflow2prefect.findings import Level
from tests.corpus import Public, graphs_of, public_files
from tests.environments import Unavailable

# The files whose graph differs; `python -m tests.corpus` names them. Never to be raised.
MISSES = 9


@pytest.fixture(scope="module")
def files() -> list[Public]:
    try:
        return list(public_files())
    except Unavailable as reason:
        pytest.skip(f"no public DAG files: {reason}")


def test_graphs_are_those_of_airflow(files: list[Public]) -> None:
    misses = [file.name for file in files if graphs_of(file.path) != file.graphs]
    assert len(misses) <= MISSES, misses
    assert not [name for name in misses if name.startswith("airflow-1.10.15/example_dags")], misses


def test_every_file_converts(files: list[Public]) -> None:
    for file in files:
        made = convert_bytes(file.path.read_bytes(), file.name)
        assert made.files, (file.name, [found.message for found in made.findings if found.level is Level.ERROR])
        assert set(made.dags) >= set(file.graphs), file.name
        for written in made.files:
            assert not check.airflow_imports(ast.parse(written.text)), (file.name, written.path)


def test_no_task_is_lost(files: list[Public]) -> None:
    """Each task_id that is known stands in the module: as a name, or in the loop that makes it."""
    for file in files:
        made = convert_bytes(file.path.read_bytes(), file.name)
        text = made.files[0].text
        tasks = [task for tasks in file.graphs.values() for task in tasks]
        lost = [task for task in tasks if f'name="{task}"' not in text]
        assert len(lost) < len(tasks) or "for " in text or not tasks, (file.name, lost)
