"""The report as Markdown, for a wiki or a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TextIO

from airflow2prefect.findings import Finding
from airflow2prefect.inventory import OUTCOMES, DagFacts, FileFacts
from airflow2prefect.report.terminal import count, counted, resumed, retries_text, shape_facts
from airflow2prefect.report.totals import MET, Totals, general, in_order, needs_rows


def show(files: Iterable[FileFacts], totals: Totals, stream: TextIO) -> None:
    """Write each DAG as it comes, then the totals, which are only known then; `totals` is filled on the way."""
    stream.write("# DAGs\n\n")
    for file in files:
        totals.add(file)
        for dag in file.dags:
            stream.write(_dag(file, dag))
        if not file.dags:
            rest = in_order(file.findings)
            stream.write(f"## {_text(file.path)}\n\n{_findings(rest)}\n" if rest else "")
    stream.write(_summary(totals))


def _text(value: object) -> str:
    """Text that Markdown leaves alone."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", str(value)).replace("\n", " ")


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    return "\n".join([*lines, *("| " + " | ".join(map(_text, row)) + " |" for row in rows)]) + "\n"


def _dag(file: FileFacts, dag: DagFacts) -> str:
    facts = [f"{_text(file.path)}:{dag.line}", f"converts {dag.converts}", f"schedule {_text(dag.schedule)}", *shape_facts(dag)]
    parts = [f"## {_text(dag.dag_id)}\n", ", ".join(facts) + "\n"]
    tasks = [
        (t.task_id, t.operator + ("" if t.converted else " (raises)") + (" (bridged)" if t.bridged else ""), t.kind, retries_text(t), t.line) for t in dag.tasks
    ]
    parts.append(_table(("task", "operator", "does", "retries", "line"), tasks))
    if dag.xcoms:
        parts.append(
            _table(
                ("from", "key", "to", "status"), [(x.producer or "?", x.key or "?", x.consumer or "nobody", x.status) for x in dag.xcoms]
            )
        )
    findings = in_order(file.findings_of(dag))
    if findings:
        parts.append(_findings(findings))
    needs = needs_rows(file.needs)
    if needs:
        parts.append("\n".join(f"- {name}: {_text(', '.join(names))}" for name, names in needs) + "\n")
    return "\n".join(parts) + "\n"


def _findings(findings: Iterable[Finding]) -> str:
    rows = [(f.line, f.code, f.level.name, f"{f'[{f.task}] ' if f.task else ''}{f.message}. {f.advice}") for f in findings]
    return _table(("line", "code", "level", "finding"), rows)


def _summary(totals: Totals) -> str:
    sizes = [count(totals.files, "file"), count(totals.dags, "DAG"), count(totals.tasks, "task"), count(totals.edges, "edge")]
    parts = ["# In total\n", ", ".join(sizes) + "\n"]
    parts.append(_table(("converts", "DAGs"), [(name, totals.outcomes[name]) for name in OUTCOMES]))
    parts.append(f"Flows: {counted(totals.shapes)}.{f' With {counted(totals.parts)}.' if totals.parts else ''}\n\nResuming: {resumed(totals)}.\n")
    operators = [
        (name, number, number - totals.unconverted[name] - totals.bridged[name], totals.bridged[name], totals.unconverted[name])
        for name, number in sorted(totals.operators.items(), key=lambda row: (-row[1], row[0]))
    ]
    parts.append(_table(("operator", "tasks", "converted", "bridged", "raise"), operators))
    kinds = [(kind, t.tasks, t.bare, t.unlimited, t.added) for kind, t in totals.kind_rows()]
    parts.append(_table(("kind", "tasks", "no retries", "no timeout", "convert adds"), kinds))
    xcoms = sorted(totals.xcoms.items(), key=lambda row: (row[0] not in MET, row[0]))
    parts.append(_table(("XComs", "values"), xcoms))
    parts.append(_table(("code", "level", "times", "what"), [(c, level.name, n, general(c)) for c, level, n in totals.code_rows()]))
    return "\n".join(parts)
