"""What came out of a run, for a person or a program."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from airflow2prefect.findings import Finding, Level
from airflow2prefect.model import Conversion


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one DAG file.

    `target` is the flow module, "" for none and for stdout. `changed`: it was written, or would be. `error`: what stood in
    the way of writing it. `diff`: what --diff shows.
    """

    conversion: Conversion
    target: str = ""
    changed: bool = False
    error: str = ""
    diff: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """All outcomes, in the order of the files. `errors`: what could not be done at all, `notes`: what was left as it is; a line each."""

    outcomes: tuple[Outcome, ...]
    errors: tuple[str, ...] = ()
    check: bool = False
    changed: tuple[str, ...] = ()
    to_stdout: bool = False
    notes: tuple[str, ...] = ()


def exit_code(summary: Summary, fail_on: str) -> int:
    """0 done; 1 findings at or above `fail_on`, or something would change; 2 something could not be done."""
    if summary.errors or any(outcome.error or _failed(outcome) for outcome in summary.outcomes):
        return 2
    limit = Level[fail_on.upper()]
    found = any(f.level >= limit for outcome in summary.outcomes for f in outcome.conversion.findings if f.code != "A2P101")
    return 1 if found or (summary.check and summary.changed) else 0


def _failed(outcome: Outcome) -> bool:
    return any(found.level is Level.ERROR for found in outcome.conversion.findings)


def as_text(summary: Summary) -> None:
    """To stderr; what was asked for (a flow, a diff) to stdout."""
    from rich.console import Console

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    for outcome in summary.outcomes:
        if outcome.diff:
            sys.stdout.write(outcome.diff)
        if summary.to_stdout and outcome.conversion.files:
            sys.stdout.write(outcome.conversion.files[0].text)
        for line, level in _lines(outcome):
            console.print(line, style={Level.ERROR: "red", Level.GAP: "red", Level.CHECK: "yellow"}.get(level, "dim"), markup=False)
    for error in summary.errors:
        console.print(error, style="red", markup=False)
    for note in summary.notes:
        console.print(note, style="dim", markup=False)
    console.print(_closing(summary), markup=False)


def _lines(outcome: Outcome) -> Iterator[tuple[str, Level]]:
    path = outcome.conversion.path
    for found in outcome.conversion.findings:
        yield one_line(path, found), found.level
    if outcome.error:
        yield f"{path}: {outcome.error}", Level.ERROR
    helpers = [file.path for file in outcome.conversion.files[1:]]
    if not outcome.target and helpers and not outcome.error:
        yield f"{path}: the flow imports {', '.join(helpers)}: `-o DIR` writes them as well", Level.NOTE


def one_line(path: str, found: Finding) -> str:
    """`dags/etl.py:12:5: A2P201 GAP [load] what was found. What to do.`"""
    place = f"{path}:{found.line}:{found.column}" if found.line else path
    task = f" [{found.task}]" if found.task else ""
    return f"{place}: {found.code} {found.level.name}{task} {found.message}. {found.advice}".replace("\n", " ")


def _closing(summary: Summary) -> str:
    converted = [outcome for outcome in summary.outcomes if outcome.conversion.files and not outcome.error]
    flows = sum(len(outcome.conversion.dags) for outcome in converted)
    without = sum(any(f.code == "A2P101" for f in outcome.conversion.findings) for outcome in summary.outcomes)
    levels = Counter(found.level for outcome in summary.outcomes for found in outcome.conversion.findings if found.code != "A2P101")
    lost = len(summary.outcomes) - len(converted) - without
    parts = [_count(flows, "flow") + f" from {_count(len(converted), 'file')}"]
    parts += [f"{_count(without, 'file')} without a DAG"] if without else []
    parts += [f"{_count(lost, 'file')} not converted"] if lost else []
    parts += [_count(levels[level], level.name.lower()) for level in (Level.GAP, Level.CHECK, Level.NOTE) if levels[level]]
    parts += [f"{_count(len(summary.changed), 'file')} would change"] if summary.check else []
    return ", ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def as_json(summary: Summary) -> str:
    """{"files": [{path, target, dags, changed, error, findings: [...]}], "errors": [...], "changed": [...]}; the flow where it went nowhere else."""
    files: list[dict[str, object]] = []
    for outcome in summary.outcomes:
        made = outcome.conversion
        entry: dict[str, object] = {
            "path": made.path,
            "target": outcome.target,
            "dags": list(made.dags),
            "changed": outcome.changed,
            "error": outcome.error,
        }
        entry["findings"] = [_finding(found) for found in made.findings]
        if summary.to_stdout:
            entry["text"] = {file.path: file.text for file in made.files}
        files.append(entry)
    return json.dumps(
        {"files": files, "errors": list(summary.errors), "changed": list(summary.changed), "notes": list(summary.notes)}, indent=2
    )


def _finding(found: Finding) -> dict[str, object]:
    names = {"code": found.code, "level": found.level.name.lower(), "line": found.line, "column": found.column, "task": found.task}
    return {**names, "message": found.message, "advice": found.advice}
