"""The command as users meet it: exit codes, streams, files, and bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

DAG = """\
from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from datetime import datetime

dag = DAG('{name}', start_date=datetime(2020, 1, 1), schedule_interval=None)
BashOperator(task_id='a', bash_command='echo {name}', dag=dag)
"""
GAP = DAG.replace("bash_operator import BashOperator", "sensors import HdfsSensor").replace(
    "BashOperator(task_id='a', bash_command='echo {name}'", "HdfsSensor(task_id='a'"
)


def a2p(*args: str, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "airflow2prefect", *args], cwd=cwd, input=stdin, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture
def dags(tmp_path: Path) -> Path:
    folder = tmp_path / "dags"
    (folder / "team").mkdir(parents=True)
    (folder / "one.py").write_text(DAG.format(name="one"))
    (folder / "team" / "two.py").write_text(DAG.format(name="two"))
    (folder / "lib.py").write_text("X = 1\n")
    return tmp_path


def test_a_folder_keeps_its_layout(dags: Path) -> None:
    done = a2p("convert", "dags", "-o", "flows", cwd=dags)
    assert done.returncode == 0 and done.stdout == ""
    names = sorted(str(p.relative_to(dags / "flows")) for p in (dags / "flows").rglob("*.py"))
    assert names == ["airflow_resume.py", "one.py", "team/airflow_resume.py", "team/two.py"]
    assert 'entrypoint: "team/two.py:two"' in (dags / "flows" / "prefect.yaml").read_text()
    assert "dags/lib.py: A2P101" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("2 flows from 2 files, 1 file without a DAG")


def test_a_single_file_goes_to_stdout_and_talk_to_stderr(dags: Path) -> None:
    done = a2p("convert", "dags/one.py", cwd=dags)
    assert done.returncode == 0
    compile(done.stdout, "one.py", "exec")
    assert '@flow(name="one")' in done.stdout and "1 flow from 1 file" in done.stderr
    assert not (dags / "flows").exists()


def test_stdin(dags: Path) -> None:
    done = a2p("convert", "-", cwd=dags, stdin=DAG.format(name="piped"))
    assert done.returncode == 0 and '@flow(name="piped")' in done.stdout


def test_a_folder_needs_an_output(dags: Path) -> None:
    done = a2p("convert", "dags", cwd=dags)
    assert done.returncode == 2 and "-o DIR is needed" in done.stderr


def test_check_and_diff_write_nothing(dags: Path) -> None:
    assert a2p("convert", "dags", "-o", "flows", "--check", cwd=dags).returncode == 1
    shown = a2p("convert", "dags/one.py", "-o", "flows", "--diff", cwd=dags)
    assert "+++ flows/one.py" in shown.stdout and not (dags / "flows").exists()
    a2p("convert", "dags", "-o", "flows", cwd=dags)
    before = {p: p.read_bytes() for p in (dags / "flows").rglob("*") if p.is_file()}
    done = a2p("convert", "dags", "-o", "flows", "--check", cwd=dags)
    assert done.returncode == 0, done.stderr
    assert before == {p: p.read_bytes() for p in (dags / "flows").rglob("*") if p.is_file()}


def test_nobodys_edit_is_overwritten(dags: Path) -> None:
    a2p("convert", "dags", "-o", "flows", cwd=dags)
    flow = dags / "flows" / "one.py"
    flow.write_text(flow.read_text() + "# mine\n")
    (dags / "dags" / "one.py").write_text(DAG.format(name="changed"))
    done = a2p("convert", "dags", "-o", "flows", cwd=dags)
    assert done.returncode == 2 and "was edited since" in done.stderr and flow.read_text().endswith("# mine\n")
    assert a2p("convert", "dags", "-o", "flows", "--force", cwd=dags).returncode == 0
    assert "changed" in flow.read_text()


def test_the_dags_are_never_overwritten(dags: Path) -> None:
    done = a2p("convert", "dags", "-o", "dags", cwd=dags)
    assert done.returncode == 2 and "is not ours" in done.stderr
    assert (dags / "dags" / "one.py").read_text() == DAG.format(name="one")


def test_deployments_of_earlier_runs_stay(dags: Path) -> None:
    a2p("convert", "dags", "-o", "flows", cwd=dags)
    a2p("convert", "dags/one.py", "-o", "flows", cwd=dags)
    text = (dags / "flows" / "prefect.yaml").read_text()
    assert "one.py:one" in text and "team/two.py:two" in text


def test_airflowignore(dags: Path) -> None:
    (dags / "dags" / ".airflowignore").write_text("team/  # theirs\n")
    a2p("convert", "dags", "-o", "flows", cwd=dags)
    assert not (dags / "flows" / "team").exists()


def test_fail_on(dags: Path) -> None:
    (dags / "dags" / "gap.py").write_text(GAP.format(name="gap"))
    done = a2p("convert", "dags", "-o", "flows", cwd=dags)
    assert done.returncode == 1
    assert "dags/gap.py:6:1: A2P201 GAP [a] HdfsSensor is not converted." in done.stderr
    assert a2p("convert", "dags", "-o", "flows", "--fail-on", "error", cwd=dags).returncode == 0
    assert a2p("convert", "dags/one.py", "-o", "flows", "--fail-on", "note", cwd=dags).returncode == 1


def test_json(dags: Path) -> None:
    done = a2p("convert", "dags", "-o", "flows", "--format", "json", cwd=dags)
    told = json.loads(done.stdout)
    assert [entry["path"] for entry in told["files"]] == ["dags/lib.py", "dags/one.py", "dags/team/two.py"]
    assert told["files"][1]["target"] == "flows/one.py" and told["files"][1]["dags"] == ["one"]


def test_explain(dags: Path) -> None:
    done = a2p("explain", "a2p201", cwd=dags)
    assert done.returncode == 0 and done.stdout.startswith("A2P201 GAP:")
    assert a2p("explain", "A2P000", cwd=dags).returncode == 2


@pytest.mark.parametrize(
    ("data", "told", "code"),
    [
        (b"", "A2P101", 0),
        (b"\x00\x01DAG\xff" * 10, "A2P104 ERROR", 2),
        ("# DAG é".encode("latin-1"), "A2P104 ERROR", 2),
        (b"from airflow import DAG\ndag = DAG(\n", "bad.py:2:10: A2P102 ERROR", 2),
        (b"from airflow import DAG\nprint 'dag'\n", "bad.py:2:", 2),
        (b"from airflow import DAG\nx = " + b"(" * 500 + b")" * 500 + b"\n", "ERROR", 2),
        (("# DAG\n" + "".join(" " * n + "if x:\n" for n in range(99)) + " " * 99 + "pass\n").encode(), "A2P10", 0),
    ],
    ids=["empty", "binary", "not-utf-8", "syntax", "python-2", "nesting", "blocks"],
)
def test_bad_input_is_told_and_the_others_go_on(dags: Path, data: bytes, told: str, code: int) -> None:
    (dags / "dags" / "bad.py").write_bytes(data)
    done = a2p("convert", "dags", "-o", "flows", cwd=dags)
    assert done.returncode == code, done.stderr
    assert told in done.stderr and "Traceback" not in done.stderr
    assert (dags / "flows" / "one.py").exists() and not (dags / "flows" / "bad.py").exists()


def test_encodings_and_line_ends_stay(dags: Path) -> None:
    source = "# -*- coding: latin-1 -*-\n# für\n" + DAG.format(name="latin")
    (dags / "dags" / "latin.py").write_bytes(source.replace("\n", "\r\n").encode("latin-1"))
    assert a2p("convert", "dags/latin.py", "-o", "flows", cwd=dags).returncode == 0
    made = (dags / "flows" / "latin.py").read_bytes()
    assert "# für\r\n".encode("latin-1") in made and made.count(b"\n") == made.count(b"\r\n")
    compile(made, "latin.py", "exec")


def test_generated_code_of_five_megabytes(dags: Path) -> None:
    rows = "\n".join(f"X{n} = {{'a': {n}, 'b': 'some text that goes on and on'}}" for n in range(90_000))
    (dags / "dags" / "huge.py").write_text(DAG.format(name="huge") + rows + "\n")
    assert (dags / "dags" / "huge.py").stat().st_size > 5_000_000
    done = a2p("convert", "dags/huge.py", "-o", "flows", cwd=dags)
    assert done.returncode == 0 and (dags / "flows" / "huge.py").exists(), done.stderr


def test_a_symlink_loop_ends(dags: Path) -> None:
    os.symlink(dags / "dags", dags / "dags" / "again")
    done = a2p("convert", "dags", "-o", "flows", cwd=dags)
    assert done.returncode == 0 and not (dags / "flows" / "again").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root can write anywhere")
def test_an_unwritable_target(dags: Path) -> None:
    (dags / "flows").mkdir(mode=0o500)
    done = a2p("convert", "dags", "-o", "flows", cwd=dags)
    assert done.returncode == 2 and "cannot write" in done.stderr and "Traceback" not in done.stderr


def test_a_target_that_is_a_file(dags: Path) -> None:
    (dags / "flows").write_text("mine")
    done = a2p("convert", "dags", "-o", "flows", cwd=dags)
    assert done.returncode == 2 and "cannot write" in done.stderr and "Traceback" not in done.stderr


def test_a_missing_path(dags: Path) -> None:
    done = a2p("convert", "nowhere.py", "-o", "flows", cwd=dags)
    assert done.returncode == 2 and "nowhere.py: no such file or folder" in done.stderr


def test_modules_of_the_folder_come_along(dags: Path) -> None:
    (dags / "dags" / "uses.py").write_text("import lib\n" + DAG.format(name="uses") + "print(lib.X)\n")
    done = a2p("convert", "dags", "-o", "flows", cwd=dags)
    assert done.returncode == 0 and "A2P114" not in done.stderr
    assert (dags / "flows" / "lib.py").read_bytes() == (dags / "dags" / "lib.py").read_bytes()
    (dags / "flows" / "lib.py").write_text("X = 2\n")
    done = a2p("convert", "dags", "-o", "flows", cwd=dags)
    assert done.returncode == 2 and "lib.py was edited since it was written" in done.stderr
    done = a2p("convert", "dags/uses.py", cwd=dags)
    assert "A2P114 CHECK the flow imports lib" in done.stderr


def test_names_that_would_hide_modules(dags: Path) -> None:
    (dags / "dags" / "prefect.py").write_text(DAG.format(name="p"))
    a2p("convert", "dags", "-o", "flows", cwd=dags)
    assert (dags / "flows" / "prefect_flow.py").exists() and not (dags / "flows" / "prefect.py").exists()


@pytest.mark.parametrize("name", ["../../out", 'a"b', "a'b\\", "a\nb", "{{ ds }}", "class", "ünï", "..", "%s {x}"])
def test_hostile_names_stay_in_their_strings(dags: Path, name: str) -> None:
    source = DAG.replace("'{name}'", repr(name)).replace("task_id='a'", f"task_id={name!r}").replace("echo {name}", "true")
    (dags / "dags" / "hostile.py").write_text(source)
    a2p("convert", "dags/hostile.py", "-o", "flows", cwd=dags)
    made = (dags / "flows" / "hostile.py").read_text()
    compile(made, "hostile.py", "exec")
    assert sorted(p.name for p in dags.iterdir()) == ["dags", "flows"]


def test_importing_the_tool_imports_no_heavy_package(dags: Path) -> None:
    code = "import sys, airflow2prefect, airflow2prefect.cli; print([m for m in ('prefect', 'pandas', 'airflow', 'libcst') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
