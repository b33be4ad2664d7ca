"""Where the lines of statements begin and end."""

from __future__ import annotations

import libcst as cst

from airflow2prefect.parse import Source


def leading_start(source: Source, statement: cst.CSTNode) -> int:
    start = source.ranges[statement][0]
    decorators = getattr(statement, "decorators", ())
    if decorators:
        start = source.ranges[decorators[0]][0]
    position = line_start(source.text, start)
    for _ in getattr(statement, "leading_lines", ()):
        position = line_start(source.text, position - 1)
    return position


def line_start(text: str, offset: int) -> int:
    """Where the line of `offset` begins; also for lone carriage returns."""
    if offset <= 0:
        return 0
    newline = text.rfind("\n", 0, offset)
    return max(newline, _lone_return(text, newline + 1, offset)) + 1


def _lone_return(text: str, start: int, end: int) -> int:
    at = text.rfind("\r", start, end)
    return at if at >= 0 and text[at + 1 : at + 2] != "\n" else -1


def line_end(text: str, offset: int) -> int:
    """Behind the line ending of the line of `offset`; `offset` itself if it stands at the start of a line."""
    if offset > 0 and text[offset - 1] in "\r\n":
        return offset
    newline = text.find("\n", offset)
    lone = text.find("\r", offset, newline if newline >= 0 else len(text))  # no further: a file may be large
    at = lone if lone >= 0 else newline
    if at < 0:
        return len(text)
    return at + 2 if text[at : at + 2] == "\r\n" else at + 1
