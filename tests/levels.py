"""How far each example DAG of Airflow, and each case of ours, behaves as its flow: measured by the oracle, told in README.md.

    python -m tests.levels [--airflow 2] [NAME...]        # all, or only the rows of those; about 10 s a DAG

There is a table for 1.10.15 and one for 2.10.5, each between two marks. `../shared/oracle` judges, as in test_oracle.py; a row below level 6
has its words and the codes of our gaps.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from airflow2prefect.convert import convert_bytes
from airflow2prefect.findings import Level, finding
from airflow2prefect.model import Options
from airflow2prefect.writing import Mode, run
from tests import environments
from tests.test_oracle import CASES, ORACLE, ROOT, environment_of_the_judge

README = Path(__file__).with_name("README.md")
# What latest-only tasks do depends on the day of a scheduled run, in Airflow as in Prefect: test_latest_only.py.
BY_HAND = ("example_latest_only", "example_latest_only_with_trigger")
Row = tuple[str, str]  # level, why it is not the sixth
MARKS = {
    1: ("<!-- levels: written by `python -m tests.levels` -->", "<!-- /levels -->"),
    2: ("<!-- levels of Airflow 2: written by `python -m tests.levels --airflow 2` -->", "<!-- /levels of Airflow 2 -->"),
}
# Our cases of what only Airflow 2 has, and that need nothing but Airflow to run.
CASES_2 = ("airflow_2", "branches_2", "mapped", "mapping", "mapping_at_run_time", "setups", "subclasses_2", "taskflow", "taskflow_groups")


def judge_of(version: int) -> dict[str, str]:
    """The environment of the judge, with Airflow 2 if it is to run DAGs in it."""
    judge = environment_of_the_judge()
    if version == 2:
        python, home = environments.airflow(2)
        judge |= {"AF2_PYTHON": str(python), "AF2_HOME": str(home)}
    return judge


def sources(judge: Mapping[str, str], version: int = 1) -> dict[str, Path]:
    """By name: the example DAG files of Airflow, and our cases."""
    (examples,) = Path(judge[f"AF{version}_PYTHON"]).parent.parent.glob("lib/python*/site-packages/airflow/example_dags")
    found = {path.stem: path for path in sorted(examples.rglob("*.py")) if b"DAG" in path.read_bytes()}
    return found | {f"cases/{name}": ROOT / "tests" / "cases" / name / "dag.py" for name in (CASES_2 if version == 2 else CASES)}


def rows(paths: Mapping[str, Path], judge: Mapping[str, str], folder: Path, version: int = 1) -> dict[str, Row]:
    """The level of each file and why it is not the sixth. Files without a DAG in them have no row."""
    pairs: dict[str, dict[str, str]] = {"scheduled": {}, "manual": {}}
    found: dict[str, Row] = {}
    for number, (name, path) in enumerate(paths.items()):
        out = folder / str(number)
        run([str(path)], Options(), Mode(out))
        flow = out / path.name
        if flow.exists():
            pairs["manual" if name in BY_HAND else "scheduled"][name] = f"{path}\t{flow}\t{version}\n"
        elif convert_bytes(path.read_bytes(), path.name).findings != (finding("A2P101"),):
            found[name] = ("-", "; ".join(["no flow is written", *_gaps(path)]))
    for kind, lines in pairs.items():
        for name, report in zip(lines, _judged(kind, [*lines.values()], judge, folder), strict=True):
            reached = {dag["reached"] for dag in report["dags"].values()}
            found[name] = (
                ("L6", "") if reached == {"L6"} else (report["reached"] or "-", "; ".join([*_reasons(report), *_gaps(paths[name])]))
            )
    return found


def _judged(kind: str, lines: list[str], judge: Mapping[str, str], folder: Path) -> list[dict[str, Any]]:
    """The oracle's reports, with time enough for a machine that is busy."""
    if not lines:
        return []
    (folder / "pairs.tsv").write_text("".join(lines))
    command = [sys.executable, str(ORACLE / "batch.py"), "--pairs", str(folder / "pairs.tsv"), "--json", str(folder / "levels.json")]
    command += ["--level", "L6", "--lenient-skips", "--run-type", kind, "--faults", "6", "--time-limit", "400", "--variant-timeout", "90"]
    subprocess.run(command, env={**os.environ, **judge}, check=True)
    reports: list[dict[str, Any]] = json.loads((folder / "levels.json").read_text())["reports"]
    return reports


def _reasons(report: dict[str, Any]) -> Iterator[str]:
    if not report["dags"]:
        yield _last_line(report)
    for dag_id, dag in report["dags"].items():
        if dag["reached"] != "L6":
            level = min(dag.get("problems") or {}, default="")
            yield f"{dag_id}: {level} {dag['problems'][level][0] if level else _last_line(dag)}"[:200]


def _last_line(report: dict[str, Any]) -> str:
    return (str(report.get("reason") or "").strip().splitlines() or ["no reason given"])[-1][:160]


def _gaps(path: Path) -> list[str]:
    """What was not converted, by our codes."""
    found = convert_bytes(path.read_bytes(), path.name).findings
    return sorted({f"{f.code} {f.message}"[:120] for f in found if f.level in (Level.GAP, Level.ERROR)})


def table(found: Mapping[str, Row]) -> str:
    """Those of level 6 in one row, the others in one each."""
    best = [f"`{name}`" for name, (level, _) in found.items() if level == "L6"]
    rest = [f"| `{name}` | {level} | {why} |" for name, (level, why) in found.items() if level != "L6"]
    return "\n".join(["| DAG file | level | why not 6 |", "|---|---|---|", f"| {', '.join(best)} | L6 | |", *rest])


def read_table(text: str) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for line in text.splitlines():
        names, _, rest = line.strip("| ").partition(" | ")
        level, _, why = rest.partition(" | ")
        if names.startswith("`"):
            found |= {name.strip("`"): (level.partition(" ")[0], why.strip()) for name in names.split(", ")}
    return found


def main(*arguments: str) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.levels")
    parser.add_argument("--airflow", type=int, choices=(1, 2), default=1)
    parser.add_argument("names", nargs="*")
    given = parser.parse_args(arguments)
    judge = judge_of(given.airflow)
    start, end = MARKS[given.airflow]
    every = sources(judge, given.airflow)
    with tempfile.TemporaryDirectory() as folder:
        new = rows({name: every[name] for name in given.names or every}, judge, Path(folder), given.airflow)
    before, _, rest = README.read_text().partition(start)
    old, _, rest = rest.partition(end)
    kept = {name: row for name, row in read_table(old).items() if given.names and name not in given.names}
    found = kept | {name: (level, why.replace("|", "\\|")) for name, (level, why) in new.items()}
    README.write_text(f"{before}{start}\n\n{table({name: found[name] for name in every if name in found})}\n\n{end}{rest}")


if __name__ == "__main__":
    main(*sys.argv[1:])
