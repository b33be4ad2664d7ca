"""Many files' facts added up, one file at a time, so that ten thousand need no more memory than ten."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from airflow2prefect.findings import RULES, Finding, Level
from airflow2prefect.inventory import KINDS, DagFacts, FileFacts, Kind, Needs, TaskFacts, XCom

RESUMES = "does not run again"
KEPT = 200  # rows of tables that are kept for showing
MET = ("read", "assumed")
NEEDS = ("connections", "variables", "pools", "plugins", "modules", "packages", "integrations", "helpers", "airflow")


@dataclass(slots=True)
class KindTotal:
    """Tasks of a kind, and how many of them lack what."""

    tasks: int = 0
    bare: int = 0
    unlimited: int = 0
    added: int = 0


@dataclass(slots=True)
class Totals:
    """`outcomes`: DAGs by the worst level of what convert says of them, None for nothing but notes."""

    files: int = 0
    without: int = 0
    lost: int = 0
    lines: int = 0
    dags: int = 0
    tasks: int = 0
    edges: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    shapes: Counter[str] = field(default_factory=Counter)
    operators: Counter[str] = field(default_factory=Counter)
    unconverted: Counter[str] = field(default_factory=Counter)
    bridged: Counter[str] = field(default_factory=Counter)
    parts: Counter[str] = field(default_factory=Counter)
    resume: Counter[str] = field(default_factory=Counter)
    kinds: dict[Kind, KindTotal] = field(default_factory=dict)
    retries: Counter[str] = field(default_factory=Counter)
    xcoms: Counter[str] = field(default_factory=Counter)
    gaps: list[tuple[str, str, XCom]] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)
    needs: dict[str, Counter[str]] = field(default_factory=dict)
    links: Counter[str] = field(default_factory=Counter)
    ignored: int = 0
    _ids: set[str] = field(default_factory=set)
    _targets: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, file: FileFacts) -> None:
        self.files += 1
        self.lines += file.lines
        codes = {found.code for found in file.findings}
        self.without += "A2P101" in codes
        self.lost += any(found.level is Level.ERROR for found in file.findings)
        self.codes.update(found.code for found in file.findings if found.code != "A2P101")
        for name in NEEDS:
            self.needs.setdefault(name, Counter()).update(getattr(file.needs, name))
        for dag in file.dags:
            self._dag(file, dag)

    def _dag(self, file: FileFacts, dag: DagFacts) -> None:
        self.dags += 1
        self._ids.add(dag.dag_id)
        self.tasks += len(dag.tasks)
        self.edges += len(dag.edges)
        self.outcomes[dag.converts] += 1
        self.shapes[dag.shape] += 1
        self.parts.update(dag.parts)
        for task in dag.tasks:
            self._task(task)
        self.xcoms.update(xcom.status for xcom in dag.xcoms)
        if len(self.gaps) < KEPT:
            self.gaps += [
                (file.path, dag.dag_id, xcom)
                for xcom in dag.xcoms
                if xcom.status not in MET and not (xcom.status == "unread" and xcom.implicit)
            ]
        self._targets.update((link.kind, link.target) for link in dag.links)

    def _task(self, task: TaskFacts) -> None:
        self.operators[task.operator] += 1
        self.unconverted[task.operator] += not task.converted
        self.bridged[task.operator] += task.bridged
        self.resume[task.again or RESUMES] += 1
        total = self.kinds.setdefault(task.kind, KindTotal())
        total.tasks += 1
        total.bare += task.retries == 0
        total.unlimited += task.timeout == 0.0
        total.added += bool(task.added)
        self.retries["known at run time" if task.retries is None else str(task.retries)] += 1

    def kind_rows(self) -> list[tuple[Kind, KindTotal]]:
        """Kinds in the order of how much they need retries."""
        return [(kind, self.kinds[kind]) for kind in KINDS if kind in self.kinds]

    def code_rows(self) -> list[tuple[str, Level, int]]:
        """Codes with their level and count: the worst first, then the most frequent."""
        rows = [(code, RULES[code].level, count) for code, count in self.codes.items()]
        return sorted(rows, key=lambda row: (-row[1], -row[2], row[0]))

    def link_rows(self) -> list[tuple[str, str, int, bool]]:
        """Links to other DAGs and datasets: kind, target, count, and whether the target is among what was looked at."""
        known = self._ids
        written = {target for kind, target in self._targets if kind in ("writes", "contains")}
        return [(kind, target, count, target in known or target in written) for (kind, target), count in sorted(self._targets.items())]


def needs_rows(needs: Needs) -> list[tuple[str, tuple[str, ...]]]:
    return [(name, getattr(needs, name)) for name in NEEDS if getattr(needs, name)]


def general(code: str) -> str:
    """A rule's message without the facts of a finding."""
    return re.sub(r"\{\w+(?:!r)?\}", "…", RULES[code].message)


def in_order(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Findings as they are told: by line."""
    return tuple(sorted(found for found in findings if found.code != "A2P101"))
