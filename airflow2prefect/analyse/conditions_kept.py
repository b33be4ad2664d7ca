"""Conditions that only the run knows, over tasks and over the user's own statements: these stay under their `if`."""

from __future__ import annotations

from dataclasses import dataclass, field

import libcst as cst

from airflow2prefect.analyse.lines import leading_start, line_end
from airflow2prefect.analyse.reader import Reader
from airflow2prefect.model import Edit


@dataclass(slots=True)
class Cuts:
    """What goes from a condition, in order, and the statements that stay."""

    edits: list[Edit] = field(default_factory=list)
    kept: list[cst.CSTNode] = field(default_factory=list)


class _Apart(Exception):
    """What is in the condition stands by itself in the module."""


def cuts_of(reader: Reader, statement: cst.If) -> Cuts | None:
    """What goes from a condition; None where all of it does, where it is known, or where functions, imports or DAGs are in it."""
    try:
        made = _cuts(reader, statement)
    except _Apart:
        return None
    return made if made.kept else None


def _cuts(reader: Reader, statement: cst.If) -> Cuts:
    made = Cuts()
    branch: cst.If | cst.Else | None = statement
    while branch is not None:
        if branch.body in reader.skipped or getattr(branch, "orelse", None) in reader.skipped:
            raise _Apart
        _block(reader, branch.body, made)
        branch = branch.orelse if isinstance(branch, cst.If) else None
    return made


def _block(reader: Reader, block: cst.BaseSuite, made: Cuts) -> None:
    """The statements of one branch; `pass` where none of them stays."""
    if not isinstance(block, cst.IndentedBlock):
        raise _Apart
    source, before, stays = reader.source, len(made.edits), False
    for statement in block.body:
        if statement not in reader.touched:
            if isinstance(statement, (cst.FunctionDef, cst.ClassDef)) or _imports(statement):
                raise _Apart
            stays = True
            if not _passes(statement):
                made.kept.append(statement)
            continue
        inner = _cuts(reader, statement) if isinstance(statement, cst.If) else Cuts()
        if isinstance(statement, (cst.With, cst.Try)):
            raise _Apart
        if inner.kept:
            made.edits += inner.edits
            made.kept += inner.kept
            stays = True
            continue
        start, end = source.ranges[statement]
        made.edits.append(Edit(leading_start(source, statement), line_end(source.text, end), ""))
    if not stays:
        last = made.edits[-1]
        start = source.ranges[block.body[-1]][0]
        margin = source.text[source.text.rfind("\n", 0, start) + 1 : start]
        del made.edits[before:-1]
        made.edits[-1] = Edit(leading_start(source, block.body[0]), last.end, f"{margin}pass\n")


def _imports(statement: cst.CSTNode) -> bool:
    return isinstance(statement, cst.SimpleStatementLine) and any(isinstance(each, (cst.Import, cst.ImportFrom)) for each in statement.body)


def _passes(statement: cst.CSTNode) -> bool:
    return isinstance(statement, cst.SimpleStatementLine) and all(isinstance(each, cst.Pass) for each in statement.body)
