"""`airflow2prefect report`: its figures against those of real Airflow, its formats, what it says of XComs and retries."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from airflow2prefect.findings import RULES
from airflow2prefect.inventory import FileFacts
from airflow2prefect.model import Options
from airflow2prefect.report import as_json, markdown, sarif, terminal
from airflow2prefect.report.totals import Totals
from airflow2prefect.selection import Selection
from airflow2prefect.survey.survey import survey
from tests.corpus import Public, public_files
from tests.environments import Unavailable
from tests.pages import HEAD

HERE = Path(__file__).parent
FIGURES = HERE / "data" / "figures.json"
DEFAULTS = {"retries": 0, "retry_delay": 300, "pool": "default_pool", "depends_on_past": False, "trigger_rule": "all_success"}


def facts_of(text: str, **options: object) -> FileFacts:
    return survey(text.encode(), "dags/etl.py", Options(**options))  # type: ignore[arg-type]


def rendered(*files: FileFacts, width: int = 80, verbose: bool = False, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    stream = io.StringIO()
    terminal.show(files, Totals(), stream, verbose=verbose)
    return stream.getvalue()


def a2p(*args: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "airflow2prefect", "report", *args]
    return subprocess.run(command, cwd=cwd, env={**os.environ, **env}, capture_output=True, text=True, timeout=60, check=False)


# ---------------------------------------------------------------------------------------------- against Airflow


@pytest.fixture(scope="module")
def files() -> list[Public]:
    try:
        return list(public_files())
    except Unavailable as reason:
        pytest.skip(f"no public DAG files: {reason}")


@pytest.fixture(scope="module")
def facts(files: list[Public]) -> dict[str, FileFacts]:
    return {file.name: survey(file.path.read_bytes(), file.name, Options()) for file in files}


def test_figures_are_those_of_airflow(facts: dict[str, FileFacts]) -> None:
    """retries, retry_delay, pool, depends_on_past and trigger_rule of all tasks of all public files."""
    compared, wrong, lost = 0, [], []
    for name, dags in json.loads(FIGURES.read_text()).items():
        read = {(dag.dag_id, task.task_id): task for dag in facts[name].dags for task in dag.tasks}
        for dag_id, tasks in dags.items():
            for task_id, figures in tasks.items():
                task = read.get((dag_id, task_id))
                if task is None:
                    lost.append((name, task_id))
                    continue
                compared += 1
                wrong += [(name, task_id, figure) for figure, value in {**DEFAULTS, **figures}.items() if getattr(task, figure) != value]
    assert compared > 2000
    assert not wrong
    assert len(lost) <= 7, lost  # tasks of mapped and imported builders, which are not read; never to be raised


def test_the_whole_corpus_at_once(files: list[Public], facts: dict[str, FileFacts]) -> None:
    assert not [name for name, file in facts.items() if any(found.code == "A2P901" for found in file.findings)]
    stream = io.StringIO()
    as_json.show(facts.values(), Totals(), stream)
    made = json.loads(stream.getvalue())
    assert made["total"]["files"] == len(files)
    assert made["total"]["tasks"] == sum(len(dag["tasks"]) for file in made["files"] for dag in file["dags"])


def test_json_keeps_its_schema(facts: dict[str, FileFacts]) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    stream = io.StringIO()
    as_json.show(facts.values(), Totals(), stream)
    schema = json.loads(as_json.SCHEMA.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(stream.getvalue()), schema, cls=jsonschema.Draft202012Validator)


# ---------------------------------------------------------------------------------------------- XComs and retries

XCOMS = (
    HEAD
    + """
def push(ti):
    ti.xcom_push(key='kept', value=1)
    ti.xcom_push(key='lost', value=2)
    return 3

def pull(ti):
    print(ti.xcom_pull(task_ids='push'), ti.xcom_pull(task_ids='push', key='kept'))
    print(ti.xcom_pull(task_ids='push', key='never'), ti.xcom_pull(task_ids='beside'))

a = PythonOperator(task_id='push', python_callable=push, dag=dag)
b = PythonOperator(task_id='pull', python_callable=pull, dag=dag)
c = PythonOperator(task_id='beside', python_callable=lambda: 4, dag=dag)
d = BashOperator(task_id='tell', bash_command="echo {{ ti.xcom_pull(task_ids='push') }}", dag=dag)
a >> [b, d]
"""
)


def test_xcoms_meet() -> None:
    (dag,) = facts_of(XCOMS).dags
    made = {(x.producer, x.key, x.consumer): x.status for x in dag.xcoms}
    assert made == {
        ("push", "return_value", "pull"): "read",
        ("push", "return_value", "tell"): "read",
        ("push", "kept", "pull"): "read",
        ("push", "lost", ""): "unread",
        ("push", "never", "pull"): "no producer",
        ("beside", "return_value", "pull"): "not before",
    }
    by_key = {x.key: x for x in dag.xcoms if x.consumer == "pull"}
    assert (by_key["kept"].push_line, by_key["kept"].pull_line) == (9, 14)


def test_ids_from_op_kwargs_meet() -> None:
    text = XCOMS.replace("def pull(ti):", "def pull(ti, source):").replace(
        "python_callable=pull,", "python_callable=pull, op_kwargs={'source': 'push'},"
    )
    (dag,) = facts_of(text.replace("task_ids='push', key='kept'", "task_ids=source, key='kept'")).dags
    assert ("push", "kept", "pull", "read") in {(x.producer, x.key, x.consumer, x.status) for x in dag.xcoms}


def test_kinds_of_tasks() -> None:
    text = (
        "import requests, sqlite3\n"
        + HEAD
        + """
def fetch():
    return helper('http://x')

def helper(url):
    return requests.get(url).json()

def load():
    with sqlite3.connect('x.db') as db:
        db.execute('select 1')

def think():
    return 1 + 1

for name, function in {'fetch': fetch, 'load': load, 'think': think}.items():
    PythonOperator(task_id=name, python_callable=function, dag=dag)
BashOperator(task_id='curl', bash_command='curl -f http://x', dag=dag)
BashOperator(task_id='say', bash_command='echo curling', dag=dag)
"""
    )
    (dag,) = facts_of(text).dags
    assert {task.task_id: task.kind for task in dag.tasks} == {
        "fetch": "network", "load": "database", "think": "python", "curl": "network", "say": "shell",
    }  # fmt: skip


def test_what_convert_adds() -> None:
    text = HEAD + "BashOperator(task_id='a', bash_command='x', dag=dag)\nBashOperator(task_id='b', bash_command='x', retries=0, dag=dag)\n"
    (dag,) = facts_of(text, retries=3).dags
    assert [(task.retries, task.added) for task in dag.tasks] == [(0, 3), (0, 0)]


# ---------------------------------------------------------------------------------------------- how it shows


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_the_summary_fits(width: int, facts: dict[str, FileFacts], monkeypatch: pytest.MonkeyPatch) -> None:
    text = rendered(*facts.values(), width=width, monkeypatch=monkeypatch)
    lines = text.splitlines()
    assert max(map(len, lines)) <= width
    assert len(lines) <= 64
    assert "\x1b" not in text


def test_narrower_terminals_get_sixty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = rendered(facts_of(XCOMS), width=30, monkeypatch=monkeypatch).splitlines()
    assert 30 < max(map(len, lines)) <= 60


def test_each_dag_with_v(monkeypatch: pytest.MonkeyPatch) -> None:
    text = rendered(facts_of(XCOMS), verbose=True, monkeypatch=monkeypatch)
    assert "dags/etl.py:6" in text and "lost" in text and "A2P450" in text
    assert "A2P450" not in rendered(facts_of(XCOMS), monkeypatch=monkeypatch).split("Findings")[0]


def test_exit_codes_and_streams(tmp_path: Path) -> None:
    (tmp_path / "fine.py").write_text(HEAD + "BashOperator(task_id='a', bash_command='echo', dag=dag)\n")
    done = a2p("fine.py", cwd=tmp_path, NO_COLOR="1")
    assert (done.returncode, done.stderr) == (0, "") and "1 file, 1 DAG, 1 task" in done.stdout
    assert a2p("fine.py", "--fail-on", "note", cwd=tmp_path).returncode == 1
    assert a2p("nowhere.py", cwd=tmp_path).returncode == 2
    (tmp_path / "broken.py").write_text("DAG(")
    assert a2p("broken.py", "fine.py", cwd=tmp_path).returncode == 2
    assert a2p(".", "--format", "json", "-o", "out/report.json", cwd=tmp_path).stdout == ""
    assert [file["path"] for file in json.loads((tmp_path / "out" / "report.json").read_text())["files"]] == ["./broken.py", "./fine.py"]


def test_ten_processes_say_what_one_says(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"d{number}.py").write_text(XCOMS)
    one = a2p(".", "--format", "json", "-j", "1", cwd=tmp_path).stdout
    assert one == a2p(".", "--format", "json", "-j", "2", cwd=tmp_path).stdout and one


# ---------------------------------------------------------------------------------------------- what is told


@pytest.mark.parametrize(
    ("select", "ignore", "told"),
    [
        ((), (), True),
        (("A2P4",), (), True),
        (("A2P5",), (), False),
        ((), ("A2P4",), False),
        (("A2P45",), ("A2P4",), True),
        (("A2P4",), ("A2P450",), False),
        (("A2P4",), ("A2P4",), False),
    ],
)
def test_select_and_ignore(select: tuple[str, ...], ignore: tuple[str, ...], told: bool) -> None:
    assert Selection(select, ignore).wanted("A2P450") is told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("key='lost', value=2)", "key='lost', value=2)  # a2p: ignore[A2P450]", False),
        ("key='lost', value=2)", "key='lost', value=2)  # a2p: ignore", False),
        ("key='lost', value=2)", "key='lost', value=2)  # a2p: ignore[A2P4, A2P6]", False),
        ("key='lost', value=2)", "key='lost', value=2)  # a2p: ignore[A2P451]", True),
        ("    ti.xcom_push(key='lost'", "    # a2p: ignore[A2P450] read by people\n    ti.xcom_push(key='lost'", False),
        ("    ti.xcom_push(key='kept'", "    # a2p: ignore[A2P450]\n    ti.xcom_push(key='kept'", True),
        ("def push", "# a2p: ignore-file[A2P450]\ndef push", False),
    ],
)
def test_comments_silence(old: str, new: str, told: bool) -> None:
    data = XCOMS.replace(old, new).encode()
    findings = Selection().kept(data, survey(data, "d.py", Options()).findings)
    assert any(found.code == "A2P450" for found in findings) is told


def test_errors_are_always_told() -> None:
    findings = facts_of("# a2p: ignore-file\nDAG(").findings
    assert Selection(ignore=("A2P",)).kept(b"# a2p: ignore-file\nDAG(", findings) == findings != ()


def test_what_converts_does_not_change_by_silence() -> None:
    text = "from acme import AcmeOperator\n" + HEAD + "AcmeOperator(task_id='a', dag=dag)  # a2p: ignore\n"
    assert facts_of(text).dags[0].converts == "with gaps"


def test_a_baseline_hides_what_is_known(tmp_path: Path) -> None:
    dags = tmp_path / "dags"
    dags.mkdir()
    (dags / "d.py").write_text(XCOMS)
    first = a2p("dags", "--baseline", "base.json", "--fail-on", "note", cwd=tmp_path)
    assert first.returncode == 0 and (tmp_path / "base.json").exists()
    (dags / "d.py").write_text("# moved\n\n" + XCOMS)
    second = a2p("dags", "--baseline", "base.json", "--fail-on", "note", "--format", "json", cwd=tmp_path)
    assert second.returncode == 0 and json.loads(second.stdout)["total"]["findings"] == {}
    (dags / "d.py").write_text(XCOMS.replace("key='lost', value=2)", "key='lost', value=2); ti.xcom_push(key='more', value=2)"))
    third = a2p("dags", "--baseline", "base.json", "--fail-on", "note", "--format", "json", cwd=tmp_path)
    assert third.returncode == 1 and json.loads(third.stdout)["total"]["findings"] == {"A2P450": 1}
    (tmp_path / "base.json").write_text("[]")
    assert a2p("dags", "--baseline", "base.json", cwd=tmp_path).returncode == 2


def test_pyproject_gives_defaults(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "d.py").write_text(XCOMS)
    (tmp_path / "pyproject.toml").write_text("[tool.airflow2prefect]\nselect = ['A2P450']\nfail-on = 'note'\n")
    done = a2p("d.py", "--format", "json", cwd=tmp_path / "sub")
    assert done.returncode == 1 and json.loads(done.stdout)["total"]["findings"] == {"A2P450": 1}
    assert a2p("d.py", "--fail-on", "gap", cwd=tmp_path / "sub").returncode == 0
    (tmp_path / "pyproject.toml").write_text("[tool.airflow2prefect]\nselekt = ['A2P450']\n")
    wrong = a2p("d.py", cwd=tmp_path / "sub")
    assert wrong.returncode == 2 and "selekt" in wrong.stderr and "Traceback" not in wrong.stderr


# ---------------------------------------------------------------------------------------------- other formats


def test_sarif_is_valid(facts: dict[str, FileFacts]) -> None:
    """By the schema of OASIS (2.1.0, errata 01), and what tools that read it need beyond."""
    jsonschema = pytest.importorskip("jsonschema")
    stream = io.StringIO()
    sarif.show(facts.values(), Totals(), stream)
    log = json.loads(stream.getvalue())
    (run,) = log["runs"]
    results, rules = run["results"], run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(RULES)
    assert len(results) == sum(found.code != "A2P101" for file in facts.values() for found in file.findings)
    for result in results:
        place = result["locations"][0]["physicalLocation"]
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert re.fullmatch(r"[\w.~!$&'()*+,;=:@%/-]+", place["artifactLocation"]["uri"])
    marks = [result["partialFingerprints"]["finding/v2"] for result in results]
    assert len(set(marks)) == len(marks)
    schema = json.loads((HERE / "data" / "sarif-schema-2.1.0.json").read_text())
    run["results"] = list({(r["ruleId"], *r["locations"][0]): r for r in results}.values())  # one of each form: all take a minute
    jsonschema.validate(log, schema, cls=jsonschema.Draft4Validator)
    run["results"][0]["level"] = "grave"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(log, schema, cls=jsonschema.Draft4Validator)


def test_markdown_tells_all(facts: dict[str, FileFacts]) -> None:
    stream = io.StringIO()
    markdown.show((facts_of(XCOMS.replace("key='lost'", "key='lo|st'")),), Totals(), stream)
    text = stream.getvalue()
    assert "## d\n" in text and "lo\\|st" in text and "| A2P450 | NOTE | 1 |" in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert all(line.endswith("|") for line in rows)
