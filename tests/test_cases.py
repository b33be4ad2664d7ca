"""Golden pairs: tests/cases/<name>/dag.py and what the tool writes for it. `pytest --update` writes them anew; review the diff."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from airflow2prefect import convert
from airflow2prefect.model import Conversion, Options
from airflow2prefect.report.summary import one_line

HERE = Path(__file__).parent
CASES = sorted(folder for folder in (HERE / "cases").iterdir() if (folder / "dag.py").exists())
EXAMPLES = HERE.parent / "examples"


def converted(folder: Path) -> Conversion:
    options = folder / "options.json"
    given = json.loads(options.read_text()) if options.exists() else {}
    return convert((folder / "dag.py").read_bytes().decode(), "dag.py", Options(**given))


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_case(folder: Path, update: bool) -> None:
    made = converted(folder)
    findings = "".join(one_line("dag.py", found) + "\n" for found in made.findings)
    for name, text in {"flow.py": made.files[0].text if made.files else "", "findings.txt": findings}.items():
        golden = folder / name
        if update:
            golden.write_bytes(text.encode())
        assert text.encode() == golden.read_bytes(), f"{golden} differs; see `pytest --update` and its diff"


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_flow_is_no_dag(folder: Path) -> None:
    made = converted(folder)
    again = convert(made.files[0].text, "flow.py")
    assert not again.files and [found.code for found in again.findings] == ["A2P101"]


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_same_bytes_twice(folder: Path) -> None:
    assert converted(folder) == converted(folder)


def test_examples_are_what_the_tool_writes(update: bool, tmp_path: Path) -> None:
    from airflow2prefect.writing import Mode, run

    target = EXAMPLES / "converted" if update else tmp_path
    run([str(EXAMPLES / "airflow_dags")], Options(), Mode(target, force=True))
    names = sorted(path.name for path in (EXAMPLES / "converted").iterdir() if path.suffix in (".py", ".yaml", ".txt"))
    assert "fraud_detection.py" in names
    for name in names:
        assert (target / name).read_bytes() == (EXAMPLES / "converted" / name).read_bytes(), name
