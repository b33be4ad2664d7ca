"""What `config` makes, as tables in a terminal: names and kinds, never a value."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence

from rich.table import Table
from rich.text import Text

from airflow2prefect.findings import Finding
from airflow2prefect.report.terminal import STYLES, console_for

# Source of it in Airflow, kind and name in Prefect, what it holds or what became of it, why.
Row = tuple[str, str, str, str, str]
TONES = {"made": "green", "changed": "green", "there": "green", "failed": "red", "missing": "red", "different": "yellow"}


def show_plan(rows: Sequence[Row]) -> None:
    """Airflow's thing, Prefect's, and of which kind it is."""
    _table(("Airflow", "becomes", "named", "holds"), [row[:4] for row in rows])


def show_applied(rows: Sequence[Row], api: str) -> None:
    """Only what is not as it was; the sum of all."""
    _table(("Airflow", "in Prefect", "named", "", "why"), [row for row in rows if row[3] != "unchanged"])
    _sum(Counter(row[3] for row in rows), api)


def show_needs(rows: Sequence[Row], api: str) -> None:
    """What flows need: the place in the flow, the thing, whether it is there."""
    _table(("needed by", "in Prefect", "named", "", "what to do"), [row for row in rows if row[3] != "there"])
    _sum(Counter(row[3] for row in rows), api)


def show_findings(findings: Iterable[Finding]) -> None:
    console = console_for(sys.stderr)
    for found in findings:
        text = f"{found.code} {found.level.name} {found.message}. {found.advice}"
        console.print(Text(text, style=STYLES[found.level]), soft_wrap=True)


def _sum(counts: Counter[str], api: str) -> None:
    told = ", ".join(f"{count} {word}" for word, count in counts.items()) or "nothing to do"
    console_for(sys.stdout).print(Text(f"{told}, at {api}"), soft_wrap=True)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """On a pipe lines of tab-separated text, which no width cuts."""
    rows = list(rows)
    if not rows:
        return
    console = console_for(sys.stdout)
    if not console.is_terminal:
        for row in rows:
            print("\t".join(row).rstrip())
        return
    table = Table(box=None, pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell, style=TONES.get(cell, "")) for cell in row))
    console.print(table)
