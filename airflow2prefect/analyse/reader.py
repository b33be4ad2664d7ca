"""The state of reading one DAG file: names, the DAGs found so far, and where in the file we are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING

import libcst as cst

from airflow2prefect.analyse.formatting import FORMATTING, format_parts, xcom_text
from airflow2prefect.analyse.names import free_names, subtree
from airflow2prefect.analyse.objects import (
    Called,
    Class,
    Const,
    DagObject,
    Environment,
    Function,
    GroupObject,
    Method,
    Named,
    Object,
    Opaque,
    TaskObject,
    freeze,
)
from airflow2prefect.analyse.variables import CALLS, FUNCTIONS, HOME, names_of, variable_edits
from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Code, Edit, Iteration, Loop, Reference, Value
from airflow2prefect.parse import Source, children_of

if TYPE_CHECKING:
    from airflow2prefect.analyse.modules import Modules

JINJA = re.compile(r"\{[{%#]")
STEPS = 200_000  # statements and calls after which a file is taken to be endless
_LITERALS = frozenset((cst.SimpleString, cst.Integer, cst.Float))
IMMUTABLE = (Const, Opaque, Called, Named, Method)


@dataclass(eq=False, slots=True)
class Context:
    """`with setup_task:`, by setups or teardowns: `made` are the tasks that it holds."""

    tasks: list[TaskObject]
    made: list[TaskObject] = field(default_factory=list)


class TooLong(Exception):
    """The file makes more than it is reasonable to follow."""


@dataclass(slots=True)
class Reader:
    """What has been read so far. One for a file; never shared."""

    source: Source
    airflow: int
    module: Environment
    modules: Modules | None = None
    dags: list[DagObject] = field(default_factory=list)
    dag_stack: list[DagObject] = field(default_factory=list)
    group_stack: list[GroupObject] = field(default_factory=list)
    setup_stack: list[Context] = field(default_factory=list)
    loose: list[TaskObject] = field(default_factory=list)
    loops: dict[int, Loop] = field(default_factory=dict)
    loop_scopes: dict[int, Environment] = field(default_factory=dict)  # where their variables are
    iterations: tuple[Iteration, ...] = ()
    statements: list[cst.CSTNode] = field(default_factory=list)
    touched: set[cst.CSTNode] = field(default_factory=set)
    inlined: set[cst.CSTNode] = field(default_factory=set)
    skipped: set[cst.CSTNode] = field(default_factory=set)  # branches of conditions that are known, bodies of loops without a pass
    entered: set[cst.CSTNode] = field(default_factory=set)  # such that did run, at that or another time
    decorated: set[cst.CSTNode] = field(default_factory=set)  # functions that are tasks of DAGs
    unrun: set[cst.CSTNode] = field(default_factory=set)  # statements of which nothing runs
    seen: set[cst.CSTNode] = field(default_factory=set)  # functions that code which does not run calls
    findings: list[Finding] = field(default_factory=list)
    depth: int = 0
    unknown_passes: int = 0  # of loops whose items are not known
    functions: list[cst.FunctionDef] = field(default_factory=list)  # those being followed
    returned: list[Object] = field(default_factory=list)  # what the function being followed may return before its end
    condition: str = ""  # what must be true for the statements being run, where that is not known
    steps: int = 0

    def step(self) -> None:
        self.steps += 1
        if self.steps > STEPS:
            raise TooLong

    def touch(self) -> None:
        """The statements being run make or change a DAG."""
        self.touched.update(self.statements)

    def skip(self, branch: cst.CSTNode | None) -> None:
        """A branch of a condition that is known does not run."""
        if branch is not None:
            self.skipped.add(branch)

    @property
    def dag(self) -> DagObject | None:
        return self.dag_stack[-1] if self.dag_stack else None

    @property
    def group(self) -> GroupObject | None:
        return self.group_stack[-1] if self.group_stack else None

    def note(self, code: str, node: cst.CSTNode, task: str = "", **facts: object) -> None:
        """Record a finding at `node`, once."""
        found = self.found(code, node, task, **facts)
        if found not in self.findings:
            self.findings.append(found)

    def found(self, code: str, node: cst.CSTNode, task: str = "", **facts: object) -> Finding:
        span = self.source.span(node)
        return finding(code, span.line, span.column, task, **facts)

    def code(self, node: cst.BaseExpression, scope: Environment) -> Code:
        """`node` as the user wrote it, with what its names stand for unless they are the module's for good."""
        start, end = self.source.whole(node)
        if type(node) in _LITERALS:
            text = self.source.text[start:end]
            jinja = JINJA.search(text) is not None and any(JINJA.search(string) for string in strings_in(node))
            return Code(text, self.source.between(start, end), templated=jinja)
        # What the names of another module stand for has to be said.
        own = self.module.stable if scope.root() is self.module else frozenset()
        places: list[tuple[int, int, str]] = []
        bound: dict[str, Value] = {}
        jinja = False
        text = self.source.text[start:end]
        edits = variables_in(self.source, node, scope) if any(name in text for name in names_of(self.source.text)) else []
        for edit in edits:
            places.append((edit.start - start, edit.end - start, f"={edit.text}"))
            function = FUNCTIONS.get(edit.text)
            bound[f"={edit.text}"] = Reference(function, f"{HOME}.{function}") if function else Code(edit.text)
        for name in free_names(node):
            thing = scope.find(name.value)
            jinja = jinja or (thing is not None and self._has_jinja(thing))
            at = self.source.ranges[name][0] - start
            if any(edit.start - start <= at < edit.end - start for edit in edits):
                continue
            places.append((at, at + len(name.value), name.value))
            if name.value not in bound and not (
                (name.value in own or self._settled(name.value, scope)) and scope_of(scope, name.value) == 0
            ):
                if thing is not None:
                    bound[name.value] = freeze(thing)
        parts: tuple[str | Code, ...] = ()
        if isinstance(node, FORMATTING):
            pieces = format_parts(node, lambda name: self._text_of(name, scope))
            if pieces is not None and any(not isinstance(piece, str) for piece in pieces):
                named = [piece if isinstance(piece, str) else xcom_text(piece, scope) or piece for piece in pieces]
                parts = tuple(part for piece in named for part in ((piece,) if isinstance(piece, str) else self._inner(piece, scope)))
        if parts:
            jinja = any(bool(JINJA.search(part)) if isinstance(part, str) else part.templated for part in parts)
        else:
            jinja = jinja or (bool(JINJA.search(text)) and any(JINJA.search(string) for string in strings_in(node)))
        return Code(text, self.source.between(start, end), tuple(places), bound, parts, jinja)

    def _inner(self, node: cst.BaseExpression, scope: Environment) -> tuple[str | Code, ...]:
        """An expression inside of a string: of a name that stands for a template, what that is made of, since Airflow renders it here."""
        made = self.code(node, scope)
        thing = scope.find(node.value) if made.templated and isinstance(node, cst.Name) else None
        written = thing.code if isinstance(thing, IMMUTABLE) else None
        return written.parts if written is not None and written.templated and written.parts else (made,)

    def _text_of(self, node: cst.Name | cst.Subscript, scope: Environment) -> str | None:
        """The text that a name or `paths["raw"]` stands for, if it has Jinja: where Airflow renders it, it has to be seen."""
        if isinstance(node, cst.Subscript):
            from airflow2prefect.analyse.expressions import evaluate

            thing: Object | None = evaluate(self, node, scope)
        else:
            thing = scope.find(node.value)
        known = isinstance(thing, Const) and isinstance(thing.value, str) and JINJA.search(thing.value)
        return thing.value if known else None  # type: ignore[union-attr]

    def _has_jinja(self, thing: Object) -> bool:
        """Whether a string with Jinja is in what a name stands for, or in the function that it is."""
        match thing:
            case Const(value=str() as text):
                return bool(JINJA.search(text))
            case Opaque() | Called():
                return thing.code is not None and thing.code.templated
            case Function():
                text = self.source.code(thing.node)
                return bool(JINJA.search(text)) and any(JINJA.search(string) for string in strings_in(thing.node))
        return False

    def _settled(self, name: str, scope: Environment) -> bool:
        """Whether a name of the DAG file means for good what it means now: no later statement binds it."""
        last = self.module.last.get(name)
        if last is None or scope.root() is not self.module:
            return False
        return not self.statements or self.source.ranges[last][0] < self.source.ranges[self.statements[0]][0]

    def located(self, thing: Object, node: cst.BaseExpression, scope: Environment) -> Object:
        """`thing`, the value of `node`, knowing how it was written here."""
        if isinstance(thing, IMMUTABLE):
            made = _copy(thing)
            made.code = self.code(node, scope)
            if made.code.templated and not made.code.parts and thing.code is not None and thing.code.parts:
                made.code = thing.code  # the template itself rather than the name of it
            return made
        if thing.code is None and isinstance(
            node, (cst.Dict, cst.List, cst.Tuple, cst.Call, cst.Lambda, cst.ListComp, cst.BinaryOperation)
        ):
            thing.code = self.code(node, scope)
        return thing

    def frozen(self, thing: Object, node: cst.BaseExpression, scope: Environment) -> Value:
        """The model's value of an argument, written as at `node`."""
        if isinstance(thing, IMMUTABLE):
            return freeze(self.located(thing, node, scope))
        kept, thing.code = thing.code, self.code(node, scope)
        try:
            return freeze(thing)
        finally:
            thing.code = kept

    @contextmanager
    def within(self, statement: cst.CSTNode) -> Iterator[None]:
        self.statements.append(statement)
        try:
            yield
        finally:
            self.statements.pop()


def _copy(thing: Object) -> Object:
    """A copy of an object: `copy.copy` takes three times as long, and every expression that is read needs one."""
    made: Object = object.__new__(type(thing))
    for name in _slots(type(thing)):  # type: ignore[arg-type]  # mypy takes the class for one of its objects
        setattr(made, name, getattr(thing, name))
    return made


@cache
def _slots(kind: type[Object]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def strings_in(node: cst.CSTNode) -> Iterator[str]:
    """The strings that an expression or function writes out, and the text of its f-strings."""
    for inner in subtree(node):
        if isinstance(inner, cst.SimpleString) and isinstance(inner.evaluated_value, str):
            yield inner.evaluated_value
        elif isinstance(inner, cst.FormattedStringText):
            yield inner.value.replace("{{", "{").replace("}}", "}")


def variables_in(source: Source, node: cst.BaseExpression, scope: Environment) -> list[Edit]:
    """The edits that make each `Variable.get(...)` of Airflow's in an expression one of the helper module."""
    found: list[Edit] = []
    todo: list[cst.CSTNode] = [node]
    while todo:
        inner = todo.pop()
        if isinstance(inner, cst.Call) and _dotted(inner.func, scope) in CALLS:
            found += variable_edits(source, inner) or []
        todo.extend(children_of(inner))
    return found


def _dotted(node: cst.BaseExpression, scope: Environment) -> str:
    """The import path of a name or attribute, "" if it has none."""
    if isinstance(node, cst.Attribute):
        owner = _dotted(node.value, scope)
        return f"{owner}.{node.attr.value}" if owner else ""
    return path_of(scope.find(node.value)) if isinstance(node, cst.Name) else ""


def scope_of(scope: Environment, name: str) -> int:
    """The depth of the scope that binds `name`; 0 for the module (and for names that nothing binds)."""
    found: Environment | None = scope
    while found is not None:
        if name in found.names:
            return found.depth
        found = found.parent
    return 0


def path_of(thing: Object | None) -> str:
    """The qualified import path of what is imported, or of the Airflow class that a class of the file derives from."""
    if isinstance(thing, Named):
        return thing.path
    if isinstance(thing, Class):
        return next((path for path in map(path_of, thing.bases) if path), "")
    return ""


def unknown(reader: Reader, node: cst.BaseExpression, scope: Environment) -> Opaque:
    return Opaque(code=reader.code(node, scope))
