"""From files on disk to a report: read, look at them side by side, show."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TextIO

from airflow2prefect.discovery import Found, find
from airflow2prefect.findings import Finding, Level, finding
from airflow2prefect.inventory import FileFacts
from airflow2prefect.loading import loader_for
from airflow2prefect.model import Options
from airflow2prefect.report.totals import Totals
from airflow2prefect.selection import Baseline, Selection
from airflow2prefect.survey.survey import survey
from airflow2prefect.workers import each


@dataclass(frozen=True, slots=True)
class Mode:
    """How to report. `output`: the file to write, None for stdout. `jobs`: processes, 0 for as many as are worth it.

    `baseline`: findings that are known and not told; with `update_baseline`, or where there is no such file, it is written.
    """

    format: str = "text"
    output: Path | None = None
    verbose: bool = False
    fail_on: str = "gap"
    jobs: int = 0
    selection: Selection = field(default_factory=Selection)
    baseline: Path | None = None
    update_baseline: bool = False


def run(paths: list[str], options: Options, mode: Mode) -> int:
    """Report on what is behind `paths`; the exit code: 0 done, 1 findings at or above `fail_on`, 2 something could not be done."""
    found, errors = find(paths, None)
    try:
        baseline = Baseline.read(mode.baseline) if mode.baseline is not None else None
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    first = baseline is not None and (mode.update_baseline or not baseline.path.exists())
    levels: set[Level] = set()
    beside = frozenset(_modules(found))
    texts = mode.format == "html"
    facts = each(found, partial(survey_file, options=options, beside=beside, texts=texts, selection=mode.selection), mode.jobs, "Reading")
    try:
        with _stream(mode.output) as stream:
            _show(_noting(facts, levels, baseline), mode, stream)
        if baseline is not None and first:
            baseline.write()
    except OSError as error:
        errors = (*errors, f"cannot write {error.filename or mode.output}: {error.strerror or error}")
    for line in errors:
        print(line, file=sys.stderr)
    if errors or Level.ERROR in levels:
        return 2
    return int(not first and any(level >= Level[mode.fail_on.upper()] for level in levels))


def _show(files: Iterable[FileFacts], mode: Mode, stream: TextIO) -> None:
    totals = Totals()
    if mode.format == "json":
        from airflow2prefect.report import as_json

        as_json.show(files, totals, stream)
    elif mode.format == "html":
        from airflow2prefect.report import html

        html.show(files, totals, stream)
    elif mode.format == "md":
        from airflow2prefect.report import markdown

        markdown.show(files, totals, stream)
    elif mode.format == "sarif":
        from airflow2prefect.report import sarif

        sarif.show(files, totals, stream)
    else:
        from airflow2prefect.report import terminal

        terminal.show(files, totals, stream, verbose=mode.verbose)


def _noting(files: Iterable[FileFacts], levels: set[Level], baseline: Baseline | None) -> Iterator[FileFacts]:
    for file in files:
        if baseline is not None:
            file = replace(file, findings=baseline.fresh(file.path, file.findings))
        levels.update(found.level for found in file.findings if found.code != "A2P101")
        yield file


@contextmanager
def _stream(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    with open(output, "w", encoding="utf-8", newline="\n") as stream:
        yield stream


def survey_file(item: Found, options: Options, beside: frozenset[str], texts: bool, selection: Selection) -> FileFacts:
    """Read and look at one file; `-` is stdin. Never raises: a mistake of ours is a finding."""
    path = item.path
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        return _failed(path, finding("A2P104", error=error.strerror or str(error)))
    try:
        made = survey(data, path, options, beside, texts=texts, loader=loader_for(item))
        return replace(made, findings=selection.kept(data, made.findings))
    except Exception as error:
        return _failed(path, finding("A2P901", error=f"{type(error).__name__}: {error}".splitlines()[0][:200]))


def _failed(path: str, found: Finding) -> FileFacts:
    return FileFacts(path, 0, findings=(found,))


def _modules(found: tuple[Found, ...]) -> Iterator[str]:
    """The modules and packages that lie in the folders of the files, and above them as far as these were named."""
    folders = {os.path.dirname(item.path) or "." for item in found if item.path != "-"}
    roots = {item.path.removesuffix(item.relative) or "." for item in found if item.path.endswith(item.relative)}
    for folder in folders | roots:
        try:
            entries = list(os.scandir(folder))
        except OSError:
            continue
        for entry in entries:
            if entry.name.endswith(".py") or (entry.is_dir() and os.path.exists(os.path.join(entry.path, "__init__.py"))):
                yield entry.name.removesuffix(".py")
