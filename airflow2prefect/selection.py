"""Which findings are told: by code, by comments in the file, by a baseline of those that are known.

An ERROR is always told: its file was not looked at. What convert does with a DAG does not change by not being told.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from airflow2prefect.findings import Finding, Level

_COMMENT = re.compile(r"#\s*a2p:\s*ignore(?P<file>-file)?(?:\[(?P<codes>[^\]]*)\])?")


@dataclass(frozen=True, slots=True)
class Selection:
    """Prefixes of codes: those of `select` are told (all, if there are none), unless `ignore` names them more closely or as closely."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def kept(self, data: bytes, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """The findings of a file that are told; `data` are its bytes, with `# a2p: ignore[A2P401]` where the user wants no finding."""
        lines = _ignored(data) if b"a2p:" in data else {}
        if not (self.select or self.ignore or lines):
            return findings
        return tuple(found for found in findings if found.level is Level.ERROR or (self.wanted(found.code) and not _silenced(found, lines)))

    def wanted(self, code: str) -> bool:
        chosen = max((len(prefix) for prefix in self.select if code.startswith(prefix)), default=-1 if self.select else 0)
        refused = max((len(prefix) for prefix in self.ignore if code.startswith(prefix)), default=-1)
        return chosen > refused


def prefixes(given: Iterable[str]) -> tuple[str, ...]:
    """`--select A2P4,A2P52` as prefixes; a bare number is taken for a code."""
    parts = [part.strip().upper() for text in given for part in text.split(",")]
    return tuple(part if part.startswith("A2P") else f"A2P{part}" for part in parts if part)


def _ignored(data: bytes) -> dict[int, tuple[str, ...]]:
    """By line, the prefixes that a comment on it, or on a line of its own above it, silences; 0 for the whole file."""
    made: dict[int, tuple[str, ...]] = {}
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        found = _COMMENT.search(line)
        if found is not None:
            codes = prefixes([found["codes"]]) if found["codes"] is not None else ("",)
            at = 0 if found["file"] else number + 1 if line.lstrip().startswith("#") else number
            made[at] = (*made.get(at, ()), *codes)
    return made


def _silenced(found: Finding, lines: dict[int, tuple[str, ...]]) -> bool:
    return found.code.startswith((*lines.get(0, ()), *lines.get(found.line, ()))) if lines.get(0) or lines.get(found.line) else False


@dataclass(slots=True)
class Baseline:
    """Findings that are known, by file and what they say, whatever their line. `seen` are those of this run."""

    path: Path
    known: dict[str, Counter[str]] = field(default_factory=dict)
    seen: dict[str, Counter[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """The baseline at `path`, empty if there is no such file; raises ValueError for a file that is none."""
        if not path.exists():
            return cls(path)
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return cls(path, {str(file): Counter(known) for file, known in data["findings"].items()})
        except (ValueError, KeyError, AttributeError, TypeError, OSError) as error:
            raise ValueError(f"{path} is no baseline: {error}") from error

    def fresh(self, file: str, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """The findings that are not known; as many of a kind as there are more of them than were."""
        key = os.path.relpath(file, self.path.resolve().parent).replace(os.sep, "/")
        left, told = Counter(self.known.get(key, {})), []
        for found in findings:
            mark = " ".join((found.code, *([f"[{found.task}]"] if found.task else []), found.message))
            self.seen.setdefault(key, Counter())[mark] += 1
            if left[mark]:
                left[mark] -= 1
            else:
                told.append(found)
        return tuple(told)

    def write(self) -> None:
        findings = {file: dict(sorted(marks.items())) for file, marks in sorted(self.seen.items())}
        self.path.write_text(json.dumps({"version": 1, "findings": findings}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
