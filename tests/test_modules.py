"""Modules of the user's own: projects in tests/projects/NAME, {dags, plugins} in, {flows, findings.txt} out. `--update` writes them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from airflow2prefect.loading import LARGEST, DiskLoader
from airflow2prefect.manifest import NAME
from airflow2prefect.model import Options
from airflow2prefect.report.summary import Summary, one_line
from airflow2prefect.writing import Mode, run

PROJECTS = sorted((Path(__file__).parent / "projects").iterdir())


def written(folder: Path) -> dict[str, bytes]:
    """The files of a folder of flows, without those that other tests look at."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in (NAME, "requirements.txt") and not path.name.startswith("airflow_")
    }


@pytest.mark.parametrize("project", PROJECTS, ids=lambda path: path.name)
def test_project(project: Path, update: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    summary = run(["dags"], Options(), Mode(tmp_path / "flows"))
    lines = [one_line(o.conversion.path, found) for o in summary.outcomes for found in o.conversion.findings if found.code != "A2P101"]
    findings = "".join(line + "\n" for line in lines)
    if update:
        shutil.rmtree(project / "flows", ignore_errors=True)
        shutil.copytree(tmp_path / "flows", project / "flows", ignore=shutil.ignore_patterns(NAME, "airflow_*.py", "requirements.txt"))
        (project / "findings.txt").write_text(findings)
    assert not summary.errors
    assert written(tmp_path / "flows") == written(project / "flows")
    assert findings == (project / "findings.txt").read_text()


@pytest.mark.parametrize("project", PROJECTS, ids=lambda path: path.name)
def test_each_dag_file_alone_gives_the_same_copies(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One run for all files, side by side, or in turn: what is read of a module does not hang on who asks first."""
    monkeypatch.chdir(project)
    run(["dags"], Options(), Mode(tmp_path / "one", jobs=1))
    run(["dags"], Options(), Mode(tmp_path / "two", jobs=2))
    assert written(tmp_path / "one") == written(tmp_path / "two")


DAG = """from airflow import DAG
from airflow.operators.python_operator import PythonOperator
{imports}
dag = DAG("{name}", start_date=None, schedule_interval=None)
PythonOperator(task_id="t", python_callable={callable}, provide_context=True, dag=dag)
"""


def project(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / "dags" / (name.replace("__", "/") + ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def convert(folder: Path, *paths: str, output: str = "flows") -> tuple[Summary, list[str]]:
    summary = run([str(folder / path) for path in paths or ("dags",)], Options(), Mode(folder / output))
    return summary, [found.code for o in summary.outcomes for found in o.conversion.findings if found.code != "A2P101"]


def test_a_module_that_one_flow_needs_changed_and_another_otherwise(tmp_path: Path) -> None:
    text = "def work(**context):\n    return context['ti'].xcom_pull(task_ids='first')\n"
    dag = DAG + "PythonOperator(task_id='first', python_callable={first}, provide_context=True, dag=dag) >> dag.get_task('t')\n"
    dag = dag.replace("dag.get_task('t')", "work_task").replace('\nPythonOperator(task_id="t"', '\nwork_task = PythonOperator(task_id="t"')
    both = (
        "from lib import work\n\n\ndef plain(**context):\n    return 1\n\n\ndef pushing(**context):\n    context['ti'].xcom_push('a', 1)\n"
    )
    made = project(
        tmp_path, lib=text,
        a=dag.format(imports=both, name="a", callable="work", first="plain"), b=dag.format(imports=both, name="b", callable="work", first="pushing"),
    )  # fmt: skip
    _, codes = convert(made)
    assert "A2P134" in codes and "return first\n" in (made / "flows/lib.py").read_text()
    assert "raise NotImplementedError" in (made / "flows/b.py").read_text()
    assert "raise NotImplementedError" not in (made / "flows/a.py").read_text()


def test_flows_of_earlier_runs_keep_their_modules(tmp_path: Path) -> None:
    text = "def one(**context):\n    return context['ds']\n\n\ndef two(**context):\n    return context['ts']\n"
    made = project(
        tmp_path, lib=text, a=DAG.format(imports="from lib import one", name="a", callable="one"),
        b=DAG.format(imports="from lib import two", name="b", callable="two"),
    )  # fmt: skip
    convert(made, "dags/a.py")
    summary, _ = convert(made, "dags/b.py")
    assert any("convert them together" in line for line in summary.errors)
    assert "def one(ds):" in (made / "flows/lib.py").read_text()
    summary, _ = convert(made)
    assert not summary.errors
    assert "def one(ds):" in (made / "flows/lib.py").read_text() and "def two(ts):" in (made / "flows/lib.py").read_text()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"\x00\x01binary", "A2P130"),
        (b"def f(:\n", "A2P130"),
        (b"print 'two'\n", "A2P130"),
        (b"x = " + b"(" * 5000 + b")" * 5000, "A2P130"),
        (b"#" * (LARGEST + 1), "A2P130"),
    ],
    ids=["binary", "broken", "python 2", "deep", "huge"],
)
def test_modules_that_cannot_be_read(tmp_path: Path, text: bytes, code: str) -> None:
    made = project(tmp_path, a=DAG.format(imports="from lib import f", name="a", callable="f"))
    (made / "dags" / "lib.py").write_bytes(text)
    _, codes = convert(made)
    assert code in codes and (made / "flows" / "a.py").exists()


def test_modules_that_import_each_other(tmp_path: Path) -> None:
    made = project(
        tmp_path, one="import two\nfrom two import B\nA = 1\n\n\ndef f(**context):\n    return context['ds'], B\n",
        two="import one\nfrom one import *\nB = 2\n", a=DAG.format(imports="from one import f", name="a", callable="f"),
    )  # fmt: skip
    _, codes = convert(made)
    assert not [code for code in codes if code.startswith(("A2P9", "A2P13"))]
    assert "def f(ds):" in (made / "flows/one.py").read_text()
    assert (made / "flows/two.py").read_bytes() == (made / "dags/two.py").read_bytes()


def test_what_others_import_of_a_module_stays_there(tmp_path: Path) -> None:
    made = project(
        tmp_path, lib="from airflow.models import Variable\n\nX = Variable.get('x')\n\n\ndef f():\n    return X\n",
        a=DAG.format(imports="from lib import X, f", name="a", callable="f"),
    )  # fmt: skip
    convert(made)
    assert "\nX = variable('x')\n" in (made / "flows/lib.py").read_text()


def test_names_of_pythons_own_modules_are_pythons(tmp_path: Path) -> None:
    made = project(tmp_path, json="X = 1\n", a=DAG.format(imports="from json import dumps", name="a", callable="dumps"))
    convert(made)
    assert not (made / "flows/json.py").exists()


def test_nothing_outside_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "hidden.py").write_text("def f():\n    pass\n")
    made = project(
        tmp_path / "p", a=DAG.format(imports="import sys\nsys.path.append('../../secret')\nfrom hidden import f", name="a", callable="f")
    )
    os.symlink(tmp_path / "secret" / "hidden.py", made / "dags" / "linked.py")
    loader = DiskLoader(str(made / "dags" / "a.py"), "a.py")
    loader.search("../../secret")
    loader.search(str(tmp_path / "secret"))
    found = loader.find("linked")
    assert loader.find("hidden") is None and found is not None and found.problem and not found.data
    assert loader.find("..hidden") is None and loader.find("a/../linked") is None
    convert(made)
    assert not (made / "flows" / "hidden.py").exists()


def test_folders_that_the_file_adds(tmp_path: Path) -> None:
    imports = (
        "import os\nimport sys\nsys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'lib'))\nfrom inner import f"
    )
    made = project(
        tmp_path, lib__inner="def f(**context):\n    return context['ds']\n", a=DAG.format(imports=imports, name="a", callable="f")
    )
    convert(made)
    assert "def f(ds):" in (made / "flows/inner.py").read_text()


def test_a_dag_file_that_others_import(tmp_path: Path) -> None:
    first = DAG.format(imports="X = 1\n\n\ndef f(**context):\n    return context['ds']\n", name="a", callable="f")
    made = project(tmp_path, a=first, b=DAG.format(imports="from a import X, f\nprint(X)", name="b", callable="f"))
    summary, codes = convert(made)
    assert [o.conversion.dags for o in summary.outcomes] == [("a",), ("b",)]
    assert "A2P136" not in codes or "X" in (made / "flows/a.py").read_text()


def test_report_knows_modules_that_plugins_bring() -> None:
    from airflow2prefect.discovery import Found
    from airflow2prefect.reporting import survey_file
    from airflow2prefect.selection import Selection

    weekly = next(project for project in PROJECTS if project.name == "shop") / "dags" / "reports" / "weekly.py"
    facts = survey_file(Found(str(weekly), "reports/weekly.py"), Options(), frozenset(), False, Selection())
    assert facts.needs is not None and facts.needs.modules == ("common", "shop_plugin") and not facts.needs.packages


@pytest.mark.flows
@pytest.mark.parametrize("project", PROJECTS, ids=lambda path: path.name)
def test_flows_import(project: Path, tmp_path: Path) -> None:
    """Each flow of a project can be imported where there is no Airflow."""
    pytest.importorskip("prefect")
    run([str(project / "dags")], Options(), Mode(tmp_path / "flows"))
    code = "import runpy, sys; [(sys.path.insert(0, p.rpartition('/')[0]), runpy.run_path(p), sys.path.pop(0)) for p in sys.argv[1:]]"
    for path in [str(path) for path in sorted((tmp_path / "flows").rglob("*.py")) if "@flow" in path.read_text()]:
        done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=False, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
