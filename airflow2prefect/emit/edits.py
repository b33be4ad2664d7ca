"""Edits of the user's text."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterable

from airflow2prefect.model import Edit


def moved(edit: Edit, by: int) -> Edit:
    """The edit with its offsets moved."""
    return Edit(edit.start + by, edit.end + by, edit.text)


def apart(edits: Iterable[Edit]) -> list[Edit]:
    """The edits without doubles and without those inside others: a statement that goes takes what is in it along."""
    ordered = sorted(dict.fromkeys(edits), key=lambda e: (e.start, -e.end))
    made: list[Edit] = []
    over: Edit | None = None
    for edit in ordered:
        if over is not None and edit.start < over.end and edit.end <= over.end and not (edit.end == edit.start == over.start):
            continue
        made.append(edit)
        over = edit if over is None or edit.end > over.end else over
    return made


def apply_edits(source: str, start: int, end: int, edits: Iterable[Edit]) -> str:
    """source[start:end] with the edits in it; raises ValueError where two overlap."""
    out, at = "", start
    for edit in sorted((e for e in edits if start <= e.start < end and e.end <= end), key=lambda e: (e.start, e.end)):
        if edit.start < at:
            raise ValueError(f"edits overlap at {edit.start}")
        out += source[at : edit.start] + edit.text
        at = edit.end
    return out + source[at:end]


def dedent(text: str, indent: int) -> str:
    """`text` moved left by `indent` columns."""
    return reindent(text, indent, 0) if indent else text


def reindent(text: str, old: int, new: int) -> str:
    """`text` moved from `old` columns to `new`; lines inside strings stay as they are, and those that stand further left."""
    lines = text.splitlines(keepends=True)
    inside = _inside_strings(text)
    made = ""
    for number, line in enumerate(lines):
        if number in inside or line[:old].strip():
            made += line
        else:
            made += " " * new + line[old:] if line.strip() else line.lstrip(" \t")
    return made


def _inside_strings(text: str) -> set[int]:
    """The lines, from 0, that begin inside a string."""
    if '"""' not in text and "'''" not in text and "\\\n" not in text:
        return set()
    found: set[int] = set()
    opened: list[int] = []
    margin = re.match(r"[ \t]*", text.lstrip("\n"))
    try:
        for token in tokenize.generate_tokens(io.StringIO("if 1:\n" + text if margin and margin[0] else text).readline):
            behind = 2 if margin and margin[0] else 1
            if token.type == tokenize.STRING:
                found.update(range(token.start[0] - behind + 1, token.end[0] - behind + 1))
            elif tokenize.tok_name[token.type] == "FSTRING_START":
                opened.append(token.start[0])
            elif tokenize.tok_name[token.type] == "FSTRING_END":
                found.update(range(opened.pop() - behind + 1, token.end[0] - behind + 1))
    except (tokenize.TokenError, IndentationError):
        pass
    return found


def words(text: str) -> set[str]:
    """The names that code may use: all words but attributes and those of comment lines."""
    return set(re.findall(r"(?<![\w.])[A-Za-z_]\w*", re.sub(r"^[ \t]*#.*$", "", text, flags=re.MULTILINE)))


def loaded(code: str) -> set[str]:
    """The names that code looks up."""
    return {node.id for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}


def comment_above(text: str, at: int) -> str:
    """The comment lines directly above the line of `at`, without their indentation."""
    lines: list[str] = []
    for line in reversed(text[: text.rfind("\n", 0, at) + 1].split("\n")[:-1]):
        if not line.strip().startswith("#"):
            break
        lines.insert(0, line.strip() + "\n")
    return "".join(lines)
