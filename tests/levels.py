"""How far each example DAG of Airflow 1.10.15, and each case of ours, behaves as its flow: measured by the oracle, told in README.md.

    python -m tests.levels [NAME...]        # all, or the named ones; about 10 s a DAG. Only all of them are written to README.md

The table stands between two marks. `../shared/oracle` judges, as in test_oracle.py; a row below level 6 has its words and the codes of our gaps.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from airflow2prefect.convert import convert_bytes
from airflow2prefect.findings import Level
from airflow2prefect.model import Options
from airflow2prefect.writing import Mode, run
from tests.test_oracle import CASES, ORACLE, ROOT, environment_of_the_judge

README = Path(__file__).with_name("README.md")
START, END = "<!-- levels: written by `python -m tests.levels` -->", "<!-- /levels -->"


def sources(judge: Mapping[str, str]) -> dict[str, Path]:
    """By name: the example DAG files of Airflow, and our cases."""
    (examples,) = Path(judge["AF1_PYTHON"]).parent.parent.glob("lib/python*/site-packages/airflow/example_dags")
    found = {path.stem: path for path in sorted(examples.rglob("*.py")) if b"DAG" in path.read_bytes()}
    return found | {f"cases/{name}": ROOT / "tests" / "cases" / name / "dag.py" for name in CASES}


def measured(paths: Mapping[str, Path], judge: Mapping[str, str], folder: Path) -> dict[str, dict[str, Any]]:
    """The oracle's reports by name. What is not converted has a report without DAGs and with a reason."""
    pairs, reports = [], {}
    for number, (name, path) in enumerate(paths.items()):
        out = folder / str(number)
        run([str(path)], Options(), Mode(out))
        flow = out / path.name
        if flow.exists():
            pairs.append((name, f"{path}\t{flow}"))
        else:
            reports[name] = {"dags": {}, "reason": "no flow is written", "reached": None}
    (folder / "pairs.tsv").write_text("".join(f"{line}\n" for _, line in pairs))
    command = [sys.executable, str(ORACLE / "batch.py"), "--pairs", str(folder / "pairs.tsv"), "--json", str(folder / "levels.json")]
    command += ["--level", "L6", "--lenient-skips", "--run-type", "scheduled", "--faults", "6"]
    subprocess.run(command, env={**os.environ, **judge}, check=True)
    told = json.loads((folder / "levels.json").read_text())["reports"]
    return reports | {name: report for (name, _), report in zip(pairs, told, strict=True)}


def table(reports: Mapping[str, dict[str, Any]], paths: Mapping[str, Path]) -> str:
    """Those of level 6 in one row, the others in one each, with the reason."""
    best, rows, silent = [], [], []
    for name in paths:
        report = reports[name]
        reached = [dag["reached"] for dag in report["dags"].values()]
        if reached and set(reached) == {"L6"}:
            best.append(f"`{name}`")
            continue
        why = "; ".join([*_reasons(report), *_gaps(paths[name])]).replace("|", "\\|")
        (rows if any(reached) else silent).append(f"| `{name}` | {report['reached'] or '-'} | {why} |")
    return "\n".join(["| DAG file | level | why not 6 |", "|---|---|---|", f"| {', '.join(best)} | L6 | |", *rows, *silent])


def _reasons(report: dict[str, Any]) -> Iterator[str]:
    if not report["dags"]:
        yield str(report.get("reason") or "").strip().splitlines()[-1][:160]
    for dag_id, dag in report["dags"].items():
        if dag["reached"] != "L6":
            level = min(dag.get("problems") or {}, default="")
            problem = dag["problems"][level][0] if level else (dag.get("reason") or "").strip().splitlines()[-1]
            yield f"{dag_id}: {level} {problem}"[:200]


def _gaps(path: Path) -> list[str]:
    """What was not converted, by our codes."""
    found = convert_bytes(path.read_bytes(), path.name).findings
    return sorted({f"{f.code} {f.message}"[:120] for f in found if f.level in (Level.GAP, Level.ERROR)})


def main(*names: str) -> None:
    judge = environment_of_the_judge()
    every = sources(judge)
    paths = {name: every[name] for name in names or every}
    with tempfile.TemporaryDirectory() as folder:
        text = table(measured(paths, judge, Path(folder)), paths)
    print(text)
    if not names:
        before, _, rest = README.read_text().partition(START)
        README.write_text(f"{before}{START}\n\n{text}\n\n{END}{rest.partition(END)[2]}")


if __name__ == "__main__":
    main(*sys.argv[1:])
