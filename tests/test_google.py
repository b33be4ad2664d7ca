"""Operators of Google Cloud: each recipe is whole, and the tasks of tests/cases/google_* are those that were compared with the real operators."""

from __future__ import annotations

import ast
import builtins
import json
from pathlib import Path

import pytest

from airflow2prefect import convert
from airflow2prefect.model import Options
from airflow2prefect.operators.recipe_clients import SHARED
from airflow2prefect.operators.recipes import Recipe, imports_of, recipes
from airflow2prefect.resources import templates_folder
from tests.google_calls import DATA, tasks_of

CASES = Path(__file__).parent / "cases"
OURS = {"gcp", "storage", "credentials", "project", "connection", "ds", "ds_nodash", "task_id", "options", "push", "refuse", "client", "resource", "owner", "airflow", *SHARED}
RECIPES = list(recipes())
KEPT = json.loads(DATA.read_text())


@pytest.mark.parametrize(("paths", "recipe"), RECIPES, ids=[paths[0].rpartition(".")[2] for paths, _ in RECIPES])
def test_a_recipe_knows_all_its_names(paths: tuple[str, ...], recipe: Recipe) -> None:
    (function,) = ast.parse(f"def recipe({recipe.parameters}):\n{recipe.body}").body
    nodes = list(ast.walk(function))
    bound = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    bound |= {node.arg for node in nodes if isinstance(node, ast.arg)} | {n.name for n in nodes if isinstance(n, ast.ExceptHandler) and n.name}
    read = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    assert not read - bound - OURS - set(imports_of(recipe.file)) - set(dir(builtins))


def test_no_recipe_is_overlooked() -> None:
    """The files are read by a pattern: it finds every function."""
    for path in (templates_folder() / "recipes").glob("*.py"):
        functions = [node for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)]
        assert len(functions) == sum(recipe.file == path.name for _, recipe in RECIPES)


@pytest.mark.parametrize("case", sorted(KEPT))
def test_the_text_of_each_task_was_compared(case: str) -> None:
    """`python -m tests.google_calls --update` compares, and keeps what was the same; see there."""
    made = convert((CASES / case / "dag.py").read_text(), "dag.py", Options(cache="none", retries=0))
    found = tasks_of(made.files[0].text)
    assert {task: found.get(task) for task in KEPT[case]} == {task: kept["text"] for task, kept in KEPT[case].items()}
