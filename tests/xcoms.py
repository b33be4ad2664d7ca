"""`python -m tests.xcoms`: the XComs that the report predicts, against those that real Airflow recorded.

Reads what the oracle has kept of undisturbed runs (`~/.cache/airflow2prefect-tests/oracle`); run `pytest -m oracle` for more of them.
What is pushed by returning counts for tasks that succeeded, as Airflow pushes it only then; and `skipmixin_key`, by which Airflow
remembers whom a branch skipped, does not count. Where the report says itself that a task may push a key or not, it is right either way.
Ids that only the run knows (`etl_%s` % PROJECT, a loop over what the environment says) are compared by their form.
"""

from __future__ import annotations

import json
import re
import sys
from functools import cache
from pathlib import Path

from airflow2prefect.model import Options
from airflow2prefect.survey.survey import survey
from tests.environments import CACHE

Pairs = set[tuple[str, str, str]]


def compared(record: Path) -> tuple[Pairs, Pairs, Pairs] | None:
    """(predicted, recorded, predicted with "may") as (dag, task, key); None where the file is gone or nothing ran."""
    data = json.loads(record.read_text())
    source = Path(data.get("file") or "")
    if not source.is_file() or data.get("stubbed_modules"):
        return None
    predicted: Pairs = set()
    perhaps: Pairs = set()
    recorded: Pairs = set()
    dags = survey(source.read_bytes(), str(source), Options()).dags
    for dag_id, runs in (data.get("dags") or {}).items():
        dag = next((d for d in dags if d.dag_id == dag_id), None) or next((d for d in dags if pattern_of(d.dag_id).match(dag_id)), None)
        for run in [run for run in runs.get("baseline") or [] if "executed" in run][:1]:
            real = set(run["executed"]) - set(run["stubbed"])
            pushed = {(dag_id, task, key) for task, keys in run["xcom"].items() if task in real for key in keys if key != "skipmixin_key"}
            recorded |= pushed
            for task in real if dag is not None else ():
                assert dag is not None
                for xcom in dag.xcoms:
                    told = (dag_id, task, xcom.key)
                    if (
                        not xcom.push_line
                        or not pattern_of(xcom.producer).match(task)
                        or (xcom.implicit and run["states"][task] != "success")
                    ):
                        continue
                    if not xcom.certain:
                        perhaps.add(told)
                    if xcom.certain or told in pushed:
                        predicted.add(told)
    return predicted, recorded, perhaps


@cache
def pattern_of(name: str) -> re.Pattern[str]:
    """An id; where it is code, all that the code may make."""
    if not re.search(r"['\"%{]", name):
        return re.compile(re.escape(name) + "$")
    text = re.sub(r"^[fru]*(['\"])(.*?)\1.*$", r"\2", name)
    return re.compile(".+".join(map(re.escape, re.split(r"%\w|\{[^}]*\}", text))) + "$")


def main() -> int:
    hits = told = real = files = may = did = 0
    for record in sorted((CACHE / "oracle").glob("af-*.json")):
        found = compared(record)
        if found is None:
            continue
        predicted, recorded, perhaps = found
        files += 1
        may, did = may + len(perhaps), did + len(perhaps & recorded)
        hits, told, real = hits + len(predicted & recorded), told + len(predicted), real + len(recorded)
        for mark, odd in (("not recorded", predicted - recorded), ("not predicted", recorded - predicted)):
            for dag, task, key in sorted(odd):
                print(f"{mark}: {dag}.{task} {key}")
    print(
        f"{files} DAG files, {real} XComs recorded, {told} predicted: precision {hits / max(told, 1):.3f}, recall {hits / max(real, 1):.3f};"
        f" of {may} that may be pushed, {did} were"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
