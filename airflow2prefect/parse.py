"""Bytes of a DAG file to a `Source`: its text, libcst module, and where each node stands."""

from __future__ import annotations

import ast
import codecs
import io
import re
import tokenize
import warnings
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from types import TracebackType

import libcst as cst
from libcst._nodes.internal import CodegenState

from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Span

# What only Python 2 accepts, for a better message than "invalid syntax".
_PYTHON_2 = re.compile(
    r"""^\s*(?:print\s+[^\s(=]|print\s*$|exec\s+['"\w]|raise\s+\w+\s*,|except\s+[\w.()\s,]+,\s*\w+\s*:)|`\w+`|<>|\b0[0-7]+\b|\bur['"]""",
    re.MULTILINE,
)


class Unreadable(Exception):
    """The file cannot be read as a DAG file; `finding` says why and where."""

    def __init__(self, found: Finding) -> None:
        super().__init__(found.message)
        self.finding = found


@dataclass(frozen=True, slots=True)
class Source:
    """A parsed file, `module` as LibCST and `tree` as Python reads it. Offsets and spans count characters of `text`, which has no byte order mark."""

    path: str
    text: str
    encoding: str
    module: cst.Module
    tree: ast.Module
    ranges: dict[cst.CSTNode, tuple[int, int]]
    line_starts: tuple[int, ...]
    ids: dict[str, str] = field(default_factory=dict)  # of tasks and DAGs, by how code asks for them: "load.task_id", "dag.dag_id"

    @property
    def newline(self) -> str:
        return self.module.default_newline

    def span(self, node: cst.CSTNode) -> Span:
        """Where `node` stands, without the whitespace and parentheses around it."""
        start, end = self.ranges[node]
        return self.between(start, end)

    def between(self, start: int, end: int) -> Span:
        line = bisect_right(self.line_starts, start)
        return Span(start, end, line, start - self.line_starts[line - 1] + 1)

    def code(self, node: cst.CSTNode) -> str:
        """The text of `node`, as `span` delimits it."""
        start, end = self.ranges[node]
        return self.text[start:end]

    def whole(self, node: cst.BaseExpression) -> tuple[int, int]:
        """The range of an expression with its own parentheses."""
        start, end = self.ranges[node]
        for _ in node.lpar:
            start = self.text.rindex("(", 0, start)
        for _ in node.rpar:
            end = self.text.index(")", end) + 1
        return start, end


def decode(data: bytes, path: str) -> tuple[str, str]:
    """Text and encoding of a Python file, by byte order mark or PEP 263 cookie.

    https://docs.python.org/3/reference/lexical_analysis.html#encoding-declarations
    """
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        text = data.decode(encoding)
    except (SyntaxError, LookupError, UnicodeDecodeError, ValueError) as error:
        raise Unreadable(finding("A2P104", error=_one_line(error))) from error
    if "\0" in text:
        raise Unreadable(finding("A2P104", error="it holds NUL bytes, so it is binary or UTF-16"))
    return text, codecs.lookup(encoding).name if encoding != "utf-8-sig" else encoding


def parse(data: bytes | str, path: str) -> Source:
    """Parse a DAG file; raises Unreadable for what is no Python 3 file."""
    text, encoding = decode(data, path) if isinstance(data, bytes) else (data, "utf-8")
    tree = _check_syntax(text)
    try:
        module = cst.parse_module(text)
        state = _Places(module)
    except cst.ParserSyntaxError as error:
        raise Unreadable(finding("A2P102", error.raw_line, error.raw_column + 1, error=_one_line(error.message))) from error
    except RecursionError as error:
        raise Unreadable(finding("A2P105")) from error
    return Source(path, text, encoding, module, tree, state.ranges, line_starts(text))


def line_starts(text: str) -> tuple[int, ...]:
    """Offsets at which lines begin, for all three kinds of line ending."""
    return (0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text)))


def _check_syntax(text: str) -> ast.Module:
    """Raise Unreadable for what Python itself refuses: its messages are better, and LibCST crashes on deep nesting."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as error:
        line, column = error.lineno or 0, error.offset or 0
        if "too many" in (error.msg or ""):
            raise Unreadable(finding("A2P105", line, column)) from error
        code = "A2P103" if _PYTHON_2.search(text) else "A2P102"
        raise Unreadable(finding(code, line, column, error=error.msg)) from error
    except (RecursionError, MemoryError) as error:
        raise Unreadable(finding("A2P105")) from error
    except ValueError as error:
        raise Unreadable(finding("A2P104", error=_one_line(error))) from error


def _one_line(error: object) -> str:
    return " ".join(str(error).split())


class _Recorder:
    """What LibCST enters around the code of a node; a class, since generator context managers cost twice as much."""

    __slots__ = ("node", "places", "start")

    def __init__(self, places: _Places, node: cst.CSTNode) -> None:
        self.places, self.node = places, node

    def __enter__(self) -> None:
        self.start = self.places.offset

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.places.ranges[self.node] = (self.start, self.places.offset)


# More than half of all nodes, whose places nobody asks for.
_SPACES = frozenset((
    cst.SimpleWhitespace, cst.ParenthesizedWhitespace, cst.TrailingWhitespace, cst.Newline, cst.EmptyLine, cst.Comma, cst.Dot, cst.AssignEqual,
    cst.LeftParen, cst.RightParen, cst.LeftSquareBracket, cst.RightSquareBracket, cst.LeftCurlyBrace, cst.RightCurlyBrace,
))  # fmt: skip


class _Order(cst.CSTVisitor):
    """Notes in which order LibCST looks at the fields of a node."""

    def __init__(self) -> None:
        self.fields: list[str] = []

    def on_visit_attribute(self, node: cst.CSTNode, attribute: str) -> None:
        self.fields.append(attribute)

    def on_visit(self, node: cst.CSTNode) -> bool:
        return False


@cache
def _fields(kind: type[cst.CSTNode]) -> list[str]:
    """Filled with the fields of such nodes when the first is met."""
    return []


def children_of(node: cst.CSTNode) -> list[cst.CSTNode]:
    """The nodes right below, in the order of the source, without whitespace and punctuation: `node.children` takes six times as long."""
    fields = _fields(type(node))
    if not fields:
        order = _Order()
        node._visit_and_replace_children(order)
        fields += order.fields or ["__class__"]
    found: list[cst.CSTNode] = []
    for name in fields:
        value = getattr(node, name)
        kind = type(value)
        if kind is tuple or kind is list:
            found += [item for item in value if type(item) not in _SPACES]
        elif value is not None and kind is not str and kind not in _SPACES and isinstance(value, cst.CSTNode):
            found.append(value)
    return found


class _Places(CodegenState):
    """Records where each node stands while LibCST prints the module.

    The same as ByteSpanPositionProvider in a tenth of the time; characters instead of bytes.
    """

    def __init__(self, module: cst.Module) -> None:
        super().__init__(default_indent=module.default_indent, default_newline=module.default_newline)
        self.offset = 0
        self.ranges: dict[cst.CSTNode, tuple[int, int]] = {}
        self._open: list[int] = []
        module._codegen(self)

    def add_indent_tokens(self) -> None:
        for token in self.indent_tokens:
            self.add_token(token)

    def add_token(self, value: str) -> None:
        self.tokens.append(value)
        self.offset += len(value)

    def before_codegen(self, node: cst.CSTNode) -> None:
        self._open.append(self.offset)

    def after_codegen(self, node: cst.CSTNode) -> None:
        start = self._open.pop()
        if type(node) not in _SPACES and node not in self.ranges:
            self.ranges[node] = (start, self.offset)

    def record_syntactic_position(  # type: ignore[override]
        self, node: cst.CSTNode, *, start_node: cst.CSTNode | None = None, end_node: cst.CSTNode | None = None
    ) -> _Recorder:
        return _Recorder(self, node)
