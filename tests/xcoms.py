"""`python -m tests.xcoms`: the XComs that the report predicts, against those that real Airflow recorded.

Reads what the oracle has kept of undisturbed runs (`~/.cache/airflow2prefect-tests/oracle`); run `pytest -m oracle` for more of them.
Only tasks that Airflow executed count, and not `skipmixin_key`, by which Airflow remembers whom a branch skipped.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from airflow2prefect.model import Options
from airflow2prefect.survey.survey import survey
from tests.environments import CACHE

Pairs = set[tuple[str, str, str]]


def compared(record: Path) -> tuple[Pairs, Pairs] | None:
    """(predicted, recorded) as (dag, task, key); None where the file is gone or nothing ran."""
    data = json.loads(record.read_text())
    source = Path(data.get("file") or "")
    if not source.is_file() or data.get("stubbed_modules"):
        return None
    predicted: Pairs = set()
    recorded: Pairs = set()
    dags = {dag.dag_id: dag for dag in survey(source.read_bytes(), str(source), Options()).dags}
    for dag_id, runs in (data.get("dags") or {}).items():
        for run in (runs.get("baseline") or [])[:1]:
            real = set(run["executed"]) - set(run["stubbed"])
            recorded |= {
                (dag_id, task, key) for task, keys in run["xcom"].items() if task in real for key in keys if key != "skipmixin_key"
            }
            if dag_id in dags:
                predicted |= {(dag_id, x.producer, x.key) for x in dags[dag_id].xcoms if x.push_line and x.producer in real}
    return predicted, recorded


def main() -> int:
    hits = told = real = files = 0
    for record in sorted((CACHE / "oracle").glob("af-*.json")):
        found = compared(record)
        if found is None:
            continue
        predicted, recorded = found
        files += 1
        hits, told, real = hits + len(predicted & recorded), told + len(predicted), real + len(recorded)
        for mark, odd in (("not recorded", predicted - recorded), ("not predicted", recorded - predicted)):
            for dag, task, key in sorted(odd):
                print(f"{mark}: {dag}.{task} {key}")
    print(
        f"{files} DAG files, {real} XComs recorded, {told} predicted: precision {hits / max(told, 1):.3f}, recall {hits / max(real, 1):.3f}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
