"""The house keeps its shape: who imports whom, one home for each library, files that fit a reader."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from airflow2prefect.findings import RULES
from airflow2prefect.operators.registry import entries

PACKAGE = Path(__file__).parent.parent / "airflow2prefect"
FILES = sorted(PACKAGE.rglob("*.py"))
STAGES = ("analyse", "operators", "plan", "emit", "verify", "survey", "report", "migrate")
GROUND = ("model", "findings", "inventory", "resources", "packages", "syntax")
# What a stage may import besides itself and the ground. `emit` asks `plan` for what a plan says (dates, rules).
ALLOWED = {"analyse": {"parse"}, "operators": set(), "plan": set(), "emit": {"plan"}, "verify": set(), "report": set(), "migrate": set()}
# `survey` tells of a conversion and so asks those who made it.
ALLOWED["survey"] = {"convert", "parse", "operators", "plan", "emit"}
# Run in a process of its own, in the environment of the flows.
IN_PREFECT = "migrate/in_prefect.py"
HOMES = {
    "libcst": ("parse.py", "analyse/"),
    "jinja2": ("emit/", "analyse/jinja"),
    "typer": ("cli.py",),
    "rich": ("report/", "workers.py"),
    "yaml": ("migrate/exports.py",),
    "prefect": (IN_PREFECT,),
}


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            if node.module == "airflow2prefect":
                found |= {f"airflow2prefect.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_form_a_star(path: Path) -> None:
    relative = path.relative_to(PACKAGE).as_posix()
    rooms = {name.split(".")[1] for name in imports(path) if name.startswith("airflow2prefect.")} - {"__version__"}
    stage = relative.partition("/")[0]
    if stage in STAGES:
        assert rooms <= {stage, *GROUND, *ALLOWED[stage]}, relative
    if (ground := stage.removesuffix(".py")) in GROUND:
        assert rooms <= {ground, "findings", "syntax"}, relative


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_libraries_have_one_home(path: Path) -> None:
    relative = path.relative_to(PACKAGE).as_posix()
    used = {name.partition(".")[0] for name in imports(path)}
    for library, homes in HOMES.items():
        assert library not in used or relative.startswith(homes), f"{relative} imports {library}"
    assert not used & {"airflow", "pandas"}
    assert not any("in_prefect" in name for name in imports(path)), "only a subprocess runs it"
    assert relative != IN_PREFECT or not any(name.startswith("airflow2prefect") for name in imports(path)), "it may not be there"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_fit_a_reader(path: Path) -> None:
    limit = {"findings.py": 1200}.get(path.name, 420)
    assert len(path.read_text().splitlines()) <= limit


def test_findings_are_unique_and_say_what_to_do() -> None:
    assert all(code == rule.code and rule.message and rule.advice for code, rule in RULES.items())


def test_operators_are_found_by_themselves() -> None:
    assert {"airflow.operators.python_operator.PythonOperator", "airflow.operators.bash.BashOperator"} <= entries().keys()
