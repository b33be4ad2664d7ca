"""The modules beside flows have what the flows there use, all of it, and nothing else."""

from __future__ import annotations

import ast
import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest

from airflow2prefect import convert
from airflow2prefect.convert import helper_file, helper_names
from airflow2prefect.model import Options
from airflow2prefect.plan.rules import KNOWN, UNBOUND
from airflow2prefect.writing import Mode, run
from tests.test_cases import CASES, converted

RULES = sorted((KNOWN - UNBOUND - {"all_success", "all_done_setup_success"}) | {"one_success_airflow_2"})  # all_success: `submit` by itself
PARTS = ("branch", "short_circuit", "NOT_SKIPPED", "choices", "xcoms", "cached", "Skip")
DAG = """\
from airflow import DAG
from airflow.operators.python_operator import PythonOperator
from airflow.contrib.sensors.python_sensor import PythonSensor
from datetime import datetime

def work(**_):
    return 1

dag = DAG('{name}', start_date=datetime(2020, 1, 1), schedule_interval=None)
a = PythonOperator(task_id='a', python_callable=work, dag=dag)
a2 = PythonOperator(task_id='a2', python_callable=work, dag=dag)
b = PythonOperator(task_id='b', python_callable=work, dag=dag{more})
[a, a2] >> b
"""


def dag(name: str, rule: str = "") -> str:
    return DAG.format(name=name, more=f", trigger_rule='{rule}'" if rule else "")


def lint(folder: Path) -> str:
    """What ruff has to say of all Python files in a folder: pyflakes and its format."""
    command = [sys.executable, "-m", "ruff"]
    checked = subprocess.run([*command, "check", "--isolated", "--select", "F,E9,I", folder], capture_output=True, text=True, check=False)
    helpers = sorted(folder.rglob("airflow_*.py"))
    form = [*command, "format", "--isolated", "--line-length", "140", "--diff", *helpers]
    formatted = subprocess.run(form, capture_output=True, text=True, check=False)
    return (checked.stdout if checked.returncode else "") + (formatted.stdout if formatted.returncode else "")


def test_every_case_has_what_it_imports(tmp_path: Path) -> None:
    for case in CASES:
        files = converted(case).files
        there = {file.path[:-3]: defined(file.text) for file in files[1:]}
        for file in files:
            for module, names in imported(file.text):
                assert names <= there[module], (case.name, file.path, module)
        (tmp_path / case.name).mkdir()
        for file in files[1:]:
            (tmp_path / case.name / file.path).write_text(file.text)
    assert lint(tmp_path) == ""


def test_any_part_of_the_rules_helper_is_whole(tmp_path: Path) -> None:
    """All pairs of parts, each with rules in turn; all parts; each rule alone."""
    every = [{"submit", *parts} for n in range(3) for parts in itertools.combinations(PARTS, n)]
    every = [uses | {RULES[n % len(RULES)]} for n, uses in enumerate(every)]
    every += [{"submit", rule} for rule in RULES] + [{"submit", *PARTS, *RULES}, {"may_retry", "FailNow"}, {"Skip"}]
    for n, uses in enumerate(every):
        text = helper_file("airflow_rules", uses).text
        (tmp_path / str(n)).mkdir()
        (tmp_path / str(n) / "airflow_rules.py").write_text(text)
        assert [rule for rule in RULES if f'"{rule}": lambda' in text] == [r for r in RULES if r in uses]
        assert ("def taken" in text) == bool(uses & {"branch", "short_circuit", "NOT_SKIPPED"})
        assert ("def checked" in text) == ("choices" in uses) and ("def known" in text) == ("xcoms" in uses)
    assert lint(tmp_path) == ""


@pytest.mark.parametrize("name", sorted(helper_names()))
def test_each_name_comes_with_what_it_needs(name: str, tmp_path: Path) -> None:
    whole = helper_file(name, ["*"]).text
    assert "{%" not in whole or name == "airflow_templates"
    for one in sorted(defined(whole) - {"EARLY"}):  # which is for those rules that it names
        part = helper_file(name, [one]).text
        assert one in defined(part)
        (tmp_path / one).mkdir()
        (tmp_path / one / f"{name}.py").write_text(part)
    assert lint(tmp_path) == ""


def test_a_flow_that_needs_one_rule_gets_its_lines_only() -> None:
    files = {file.path: file for file in convert(dag("one", "one_success"), "dag.py", Options(cache="none")).files}
    assert sorted(files) == ["airflow_rules.py", "dag.py"]
    assert files["airflow_rules.py"].uses == ("one_success", "submit")
    assert len(files["airflow_rules.py"].text.splitlines()) < 55
    assert [file.path for file in convert(dag("none"), "dag.py", Options(cache="none")).files] == ["dag.py"]


# ---------------------------------------------------------------------------------------------- several flows, one folder


def rules_in(folder: Path) -> list[str]:
    text = (folder / "airflow_rules.py").read_text()
    return [rule for rule in RULES if f'"{rule}": lambda' in text]


def write(folder: Path, **dags: str) -> list[str]:
    (folder / "dags").mkdir(exist_ok=True)
    for name, rule in dags.items():
        (folder / "dags" / f"{name}.py").write_text(dag(name, rule))
    return [str(folder / "dags" / f"{name}.py") for name in dags]


def do(folder: Path, paths: list[str], **mode: bool) -> tuple[int, list[str], list[str]]:
    """How many files would be or were changed, their names, what stood in the way."""
    summary = run(paths, Options(), Mode(folder / "flows", **mode))
    errors = [outcome.error for outcome in summary.outcomes if outcome.error] + list(summary.errors)
    return len(summary.changed), sorted(Path(path).name for path in summary.changed), errors


def test_flows_of_a_folder_share_what_each_needs(tmp_path: Path) -> None:
    paths = write(tmp_path, x="one_success", y="all_failed", z="")
    do(tmp_path, paths)
    assert rules_in(tmp_path / "flows") == ["all_failed", "one_success"]
    # One more by itself keeps what the others need; again there is nothing to do, for each of them.
    (later,) = write(tmp_path, later="none_skipped")
    assert do(tmp_path, [later], check=True)[1] == ["airflow_rules.py", "later.py", "prefect.yaml"]
    do(tmp_path, [later])
    assert rules_in(tmp_path / "flows") == ["all_failed", "none_skipped", "one_success"]
    for path in (*paths, later):
        assert do(tmp_path, [path], check=True) == (0, [], [])
    # One that needs it no more, alone.
    (x,) = write(tmp_path, x="")
    do(tmp_path, [x])
    assert rules_in(tmp_path / "flows") == ["all_failed", "none_skipped"]
    # The same in one go.
    before = (tmp_path / "flows" / "airflow_rules.py").read_bytes()
    summary = run([str(tmp_path / "dags")], Options(), Mode(tmp_path / "new"))
    assert not summary.errors and (tmp_path / "new" / "airflow_rules.py").read_bytes() == before
    # A flow that is gone needs nothing.
    (tmp_path / "flows" / "later.py").unlink()
    do(tmp_path, [paths[1]])
    assert rules_in(tmp_path / "flows") == ["all_failed"]


def test_a_flow_of_which_nobody_knows_what_it_uses_has_everything(tmp_path: Path) -> None:
    x, y = write(tmp_path, x="one_success", y="all_failed")
    do(tmp_path, [x, y])
    flow = tmp_path / "flows" / "x.py"
    flow.write_text(flow.read_text().replace("one_success", "one_failed"))
    do(tmp_path, [y])
    assert rules_in(tmp_path / "flows") == RULES
    assert do(tmp_path, [x])[2] == [f"{flow} was edited since it was written; --force overwrites it"]
    assert do(tmp_path, [x], force=True)[1] == ["airflow_rules.py", "x.py"]
    assert rules_in(tmp_path / "flows") == ["all_failed", "one_success"]
    # A flow of an earlier version of ours, whose manifest told less.
    manifest = tmp_path / "flows" / ".airflow2prefect.json"
    known = json.loads(manifest.read_text())
    del known["uses"]
    manifest.write_text(json.dumps(known))
    do(tmp_path, [y])
    assert "one_success" in rules_in(tmp_path / "flows")
    do(tmp_path, [x, y])
    assert rules_in(tmp_path / "flows") == ["all_failed", "one_success"]


def test_a_helper_that_was_edited_is_left_alone_with_the_flows_that_need_it(tmp_path: Path) -> None:
    x, y, z = write(tmp_path, x="one_success", y="", z="all_failed")
    do(tmp_path, [x, y])
    helper = tmp_path / "flows" / "airflow_rules.py"
    edited = helper.read_text() + "# mine\n"
    helper.write_text(edited)
    write(tmp_path, y="", z="all_failed")
    count, changed, errors = do(tmp_path, [y, z])
    assert errors == [f"{helper} was edited since it was written; --force overwrites it"] and (count, changed) == (0, [])
    assert helper.read_text() == edited and not (tmp_path / "flows" / "z.py").exists()
    assert do(tmp_path, [z], force=True)[2] == [] and rules_in(tmp_path / "flows") == ["all_failed", "one_success"]


def test_a_change_is_shown_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = write(tmp_path, x="one_success", y="all_failed")
    assert do(tmp_path, paths, diff=True)[1] == [
        "airflow_resume.py",
        "airflow_rules.py",
        "prefect.yaml",
        "requirements.txt",
        "x.py",
        "y.py",
    ]
    assert not (tmp_path / "flows").exists()


# ---------------------------------------------------------------------------------------------- reading Python


def defined(text: str) -> set[str]:
    found: set[str] = set()
    for node in ast.parse(text).body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def imported(text: str) -> list[tuple[str, set[str]]]:
    """Helper modules that code imports, with the names."""
    nodes = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom))
    return [(node.module, {alias.name for alias in node.names}) for node in nodes if node.module in helper_names()]
