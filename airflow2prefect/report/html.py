"""The report as one HTML file to look at: templates/report.html with the facts in it. It needs no network and draws a DAG when it is chosen."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import astuple
from typing import TextIO

from airflow2prefect.findings import RULES, Level
from airflow2prefect.inventory import OUTCOMES, DagFacts, FileFacts
from airflow2prefect.report.as_json import file_entry, total_entry
from airflow2prefect.report.totals import Totals, general
from airflow2prefect.resources import templates_folder

PLACE = "<!-- data -->\n"


def show(files: Iterable[FileFacts], totals: Totals, stream: TextIO) -> None:
    """Write the page to `stream`, each file's facts as they come; `totals` is filled on the way."""
    before, after = (templates_folder() / "report.html").read_text(encoding="utf-8").split(PLACE)
    stream.write(before)
    rows: list[dict[str, object]] = []
    for number, file in enumerate(files):
        totals.add(file)
        if file.dags:
            _data(stream, f"file-{number}", _file(file))
        rows += [_row(file, dag, number, place) for place, dag in enumerate(file.dags)]
    rules = {
        code: {"level": RULES[code].level.name.lower(), "message": general(code), "advice": RULES[code].advice} for code in totals.codes
    }
    _data(stream, "index", {"dags": rows, "rules": rules, "total": total_entry(totals)})
    stream.write(after)


def _data(stream: TextIO, name: str, data: object) -> None:
    """A block that no browser runs; nothing in it can end it early."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").replace("\u2028", "\\u2028")
    stream.write(f'<script type="application/json" id="{name}">{text}</script>\n')


def _file(file: FileFacts) -> dict[str, object]:
    entry = file_entry(file)
    places = {found: number for number, found in enumerate(file.findings)}
    for dag, facts in zip(file.dags, entry["dags"], strict=True):  # type: ignore[call-overload]
        facts["findings"] = [places[found] for found in file.findings_of(dag)]
    if file.texts is not None:
        matches = [astuple(match) for match in file.texts.matches]
        entry["texts"] = {"source": file.texts.source, "flow": file.texts.flow, "matches": matches}
    return entry


def _row(file: FileFacts, dag: DagFacts, number: int, place: int) -> dict[str, object]:
    """A DAG in the list, and the words that it is found by."""
    findings = file.findings_of(dag)
    words = dict.fromkeys((dag.dag_id, file.path, *(task.operator for task in dag.tasks), *(task.task_id for task in dag.tasks)))
    return {
        "id": dag.dag_id,
        "path": file.path,
        "file": number,
        "place": place,
        "outcome": OUTCOMES.index(dag.converts),
        "gaps": sum(found.level >= Level.GAP for found in findings),
        "checks": sum(found.level is Level.CHECK for found in findings),
        "codes": sorted({found.code for found in findings}),
        "words": "\n".join(words).lower(),
    }
