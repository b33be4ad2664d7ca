"""The report as JSON; report.schema.json beside this file says what is in it. Written file by file, in their order."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

from airflow2prefect.findings import Finding
from airflow2prefect.inventory import OUTCOMES, FileFacts
from airflow2prefect.report.totals import NEEDS, Totals

VERSION = 1
SCHEMA = Path(__file__).with_name("report.schema.json")


def show(files: Iterable[FileFacts], totals: Totals, stream: TextIO) -> None:
    """Write the report to `stream`; `totals` is filled on the way."""
    stream.write(f'{{\n"version": {VERSION},\n"files": [')
    for number, file in enumerate(files):
        totals.add(file)
        stream.write((",\n" if number else "\n") + json.dumps(file_entry(file), ensure_ascii=False))
    stream.write('\n],\n"total": ' + json.dumps(total_entry(totals), ensure_ascii=False, indent=1) + "\n}\n")


def file_entry(file: FileFacts) -> dict[str, object]:
    return {
        "path": file.path,
        "lines": file.lines,
        "converted": file.converted,
        "dags": [asdict(dag) for dag in file.dags],
        "needs": asdict(file.needs),
        "findings": [finding_entry(found) for found in file.findings],
    }


def finding_entry(found: Finding) -> dict[str, object]:
    return {
        "code": found.code,
        "level": found.level.name.lower(),
        "line": found.line,
        "column": found.column,
        "task": found.task,
        "message": found.message,
        "advice": found.advice,
    }


def total_entry(totals: Totals) -> dict[str, object]:
    return {
        "files": totals.files,
        "files_without_dag": totals.without,
        "files_not_read": totals.lost,
        "lines": totals.lines,
        "dags": totals.dags,
        "tasks": totals.tasks,
        "edges": totals.edges,
        "converts": {name: totals.outcomes[name] for name in OUTCOMES},
        "shapes": dict(sorted(totals.shapes.items())),
        "parts": dict(sorted(totals.parts.items())),
        "resume": dict(sorted(totals.resume.items())),
        "operators": [
            {"operator": name, "tasks": number, "not_converted": totals.unconverted[name], "bridged": totals.bridged[name]}
            for name, number in sorted(totals.operators.items(), key=lambda row: (-row[1], row[0]))
        ],
        "kinds": {
            kind: {"tasks": total.tasks, "no_retries": total.bare, "no_timeout": total.unlimited, "retries_added": total.added}
            for kind, total in totals.kind_rows()
        },
        "retries": dict(sorted(totals.retries.items())),
        "xcoms": dict(sorted(totals.xcoms.items())),
        "findings": {code: number for code, _, number in totals.code_rows()},
        "needs": {name: sorted(totals.needs.get(name, ())) for name in NEEDS},
        "links": [{"kind": k, "target": t, "times": n, "known": known} for k, t, n, known in totals.link_rows()],
    }
