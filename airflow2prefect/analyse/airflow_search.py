"""What code that stays uses of Airflow: edits that say it without, and what there is no other word for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import libcst as cst

from airflow2prefect.analyse.hooks import CONFIGURATION, calls_execute, hook_of, is_home
from airflow2prefect.analyse.names import imported_names, is_airflow, parameter_names, subtree
from airflow2prefect.analyse.objects import Function, Object
from airflow2prefect.analyse.reader import Reader
from airflow2prefect.analyse.stand_ins import stand_in
from airflow2prefect.analyse.taskflow import decorator_of, taskflow_decorators
from airflow2prefect.analyse.variables import CALLS, FUNCTIONS, computed_name, variable_edits
from airflow2prefect.analyse.xcoms import id_of
from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Edit, Span
from airflow2prefect.parse import children_of

# What stands for something of Airflow's and is in an emitted helper.
HELPED = {"Skip": "Skip", "FailNow": "FailNow", "PokeReturnValue": "airflow_sensors.PokeReturnValue"}
HELPED |= {name: f"airflow_kubernetes.{name}" for name in ("Secret", "Volume", "VolumeMount", "PodRuntimeInfoEnv", "Port", "Resources")}


@dataclass(slots=True)
class Found:
    edits: list[Edit] = field(default_factory=list)
    helpers: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    needed: str = ""  # what the statement cannot do without when it is run

    def add(self, other: Found) -> None:
        self.edits += other.edits
        self.helpers |= other.helpers
        self.findings += other.findings


def is_decorated(thing: Object | None) -> bool:
    """Whether a decorator of TaskFlow's is on a function of the module."""
    return isinstance(thing, Function) and decorator_of(thing) is not None


def statements(reader: Reader, body: object) -> Iterator[tuple[int, cst.CSTNode]]:
    """Statements by where they start, also those inside blocks of the module."""
    for statement in body:  # type: ignore[attr-defined]
        start = reader.source.ranges[statement][0]
        decorators = getattr(statement, "decorators", ())
        yield (reader.source.ranges[decorators[0]][0] if decorators else start), statement
        block: object = statement
        while isinstance(block, (cst.With, cst.If, cst.Try, cst.Else)):
            yield from statements(reader, block.body.body)
            block = getattr(block, "orelse", None)


class AirflowSearch:
    """Walks one statement, but for what is `gone` from it. `deferred`: what is met runs when a function is called, not when the module is imported."""

    def __init__(self, reader: Reader, names: dict[str, str], found: Found, gone: tuple[Edit, ...] = ()) -> None:
        self.reader, self.source, self.names, self.found, self.gone = reader, reader.source, names, found, gone
        self.hidden: set[str] = set()  # parameters of the functions around
        self.executes = False  # whether the function around calls the `execute` of something

    def visit(self, node: cst.CSTNode, *, deferred: bool) -> None:
        if self.gone and isinstance(node, cst.BaseStatement) and self._goes(node):
            return
        match node:
            case cst.Import() | cst.ImportFrom():
                self._import(node, deferred=deferred)
                return
            case cst.AnnAssign(value=None) if deferred and self._uses(node.annotation):
                start, end = self.source.ranges[node]
                self.found.edits.append(Edit(start, end, "pass"))
                return
            case cst.Annotation():
                if self._uses(node.annotation):
                    start, end = self.source.ranges[node.annotation]
                    start = self.source.text.rindex("->" if self._returns(start) else ":", 0, start)
                    start = len(self.source.text[:start].rstrip())
                    self.found.edits.append(Edit(start, end, ""))
                return
            case cst.Call() if self._path(node.func) in CALLS and (edits := variable_edits(self.source, node)) is not None:
                self.found.edits += edits
                function = FUNCTIONS[edits[0].text]
                self.found.helpers.add(function if edits[0].text == function else f"{function} as {edits[0].text}")
                span = self.source.span(node)
                if not deferred:
                    self.found.findings.append(finding("A2P429", span.line, span.column, what=self.source.code(node)[:60]))
                if computed_name(node):
                    self.found.findings.append(finding("A2P488", span.line, span.column, what=self.source.code(node)[:60]))
                for arg in node.args:
                    self.visit(arg.value, deferred=deferred)
                return
            case cst.Attribute(value=cst.Name(value=name), attr=cst.Name(value="function")) if is_decorated(
                self.reader.module.names.get(name)
            ):
                # What the decorator was put on: the name stands for it again.
                self.found.edits.append(Edit(self.source.ranges[node.value][1], self.source.ranges[node][1], ""))
                return
            case cst.Attribute() if self._id(node):
                return
            case cst.Attribute() | cst.Name():
                if self._name(node, deferred=deferred):
                    return
            case cst.FunctionDef():
                self._function(node, deferred=deferred)
                return
            case cst.Lambda():
                self.visit(node.params, deferred=deferred)
                self._inside(node)
                return
        for child in children_of(node):
            hidden = (isinstance(node, cst.Attribute) and child is node.attr) or (
                isinstance(node, (cst.Arg, cst.NamedExpr)) and child is getattr(node, "keyword", None)
            )
            hidden = hidden or (isinstance(node, (cst.Param, cst.FunctionDef, cst.ClassDef)) and child is node.name)
            if not hidden:
                self.visit(child, deferred=deferred)

    def body_of(self, node: cst.FunctionDef | cst.Lambda) -> None:
        """What runs when a function is called, whatever is done with it."""
        for part in (node.params, node.returns if isinstance(node, cst.FunctionDef) else None):
            if part is not None:
                self.visit(part, deferred=True)
        self._inside(node)

    def _id(self, node: cst.Attribute) -> bool:
        """`load.task_id`, of a variable that the flow does not have."""
        known = id_of(node, self.source) if self.source.ids else None
        if known is None or (isinstance(node.value, cst.Name) and node.value.value in self.hidden):
            return False
        self.found.edits.append(Edit(*self.source.ranges[node], repr(known)))
        return True

    def _goes(self, node: cst.BaseStatement) -> bool:
        start, end = self.source.ranges[node]
        return any(edit.start <= start and end <= edit.end for edit in self.gone)

    def _function(self, node: cst.FunctionDef, *, deferred: bool) -> None:
        """A function without Airflow's decorators; one that Airflow's decorator gives something to can only raise."""
        own = taskflow_decorators(self.reader.module, node)
        needed = ""
        for decorator in node.decorators:
            head = decorator.decorator.func if isinstance(decorator.decorator, cst.Call) else decorator.decorator
            path = self._path(head)
            if decorator in own:
                if node not in self.reader.decorated:  # Airflow makes no task of it
                    self._without(decorator, node)
            elif path:
                self._without(decorator, node)
                needed = needed or ("" if path.endswith(".apply_defaults") else path)
            else:
                self.visit(decorator, deferred=deferred)
        for part in (node.params, node.returns):
            if part is not None:
                self.visit(part, deferred=deferred)
        if not needed:
            self._inside(node)
            return
        self._missing(self.source.span(node.decorators[0].decorator), needed)
        start, end = (self.source.ranges[part][at] for part, at in ((node.body.body[0], 0), (node.body.body[-1], 1)))
        message = finding("A2P420", what=needed)
        text = f'raise NotImplementedError("{message.code}: {message.message}")'
        if isinstance(node.body, cst.IndentedBlock):
            margin = self.source.text[self.source.text.rfind("\n", 0, start) + 1 : start]
            lines = self.source.text[start:end].split("\n")
            text = f"\n{margin}".join([*(f"# {line.removeprefix(margin)}".rstrip() for line in lines), text])
        self.found.edits.append(Edit(start, end, text))

    def _inside(self, node: cst.FunctionDef | cst.Lambda) -> None:
        """The body of a function, whose parameters hide names of the module."""
        outer, hidden, executed, around = self.names, parameter_names(node.params), self.executes, self.hidden
        self.hidden = around | hidden
        self.names = {name: path for name, path in outer.items() if name not in hidden}
        self.executes = executed or calls_execute(self.source.code(node.body))
        self.visit(node.body, deferred=True)
        self.executes, self.hidden = executed, around
        self.names = outer | {name: path for name, path in self.names.items() if name not in outer}

    def _without(self, decorator: cst.Decorator, node: cst.FunctionDef) -> None:
        start, end = self.source.ranges[decorator][0], self.source.ranges[node][0]
        rest = [self.source.ranges[d][0] for d in node.decorators if self.source.ranges[d][0] > start]
        self.found.edits.append(Edit(start, min([end, *rest]), ""))

    def _returns(self, start: int) -> bool:
        return self.source.text[:start].rstrip().endswith("->")

    def _uses(self, node: cst.CSTNode) -> bool:
        return any(isinstance(n, cst.Name) and n.value in self.names for n in subtree(node))

    def _name(self, node: cst.Attribute | cst.Name, *, deferred: bool) -> bool:
        path = self._path(node)
        if not path:
            return False
        new = stand_in(path, self.reader.airflow)
        span = self.source.span(node)
        if new:
            self.found.edits.append(Edit(span.start, span.end, new))
            self.found.helpers |= {HELPED[new]} if new in HELPED else set()
            return True
        hook = hook_of(path, self.reader.airflow, executes=self.executes)
        if hook is not None:
            self.found.edits.append(Edit(span.start, span.end, hook.name))
            self.found.helpers.add(hook.helper)
            self.found.findings += hook.told(span)
            return True
        if isinstance(node, cst.Attribute) and isinstance(node.value, (cst.Attribute, cst.Name)) and self._path(node.value) == CONFIGURATION:
            return self._name(node.value, deferred=deferred)
        if isinstance(node, cst.Attribute) and hook_of(path.rpartition(".")[0], self.reader.airflow, executes=self.executes) is not None:
            return False  # a method of its class
        if not deferred:
            self.found.needed = self.found.needed or path
        else:
            self._missing(span, path)
        return True

    def _missing(self, span: Span, path: str) -> None:
        self.found.findings.append(finding("A2P420", span.line, span.column, what=path))

    def _path(self, node: cst.CSTNode) -> str:
        match node:
            case cst.Name(value=name):
                return self.names.get(name, "")
            case cst.Attribute():
                head = self._path(node.value)
                return f"{head}.{node.attr.value}" if head else ""
        return ""

    def _import(self, node: cst.Import | cst.ImportFrom, *, deferred: bool) -> None:
        if isinstance(node, cst.ImportFrom) and isinstance(node.names, cst.ImportStar):
            return
        imported = [(local, path) for local, path in imported_names(node) if is_airflow(path)]
        if not imported:
            return
        span = self.source.span(node)
        if not deferred:
            self.found.needed = self.found.needed or imported[0][1]
            return
        if all(self._known(path) for _, path in imported):
            self.names = {**self.names, **dict(imported)}
            self.found.edits.append(self._without_line(span))
            return
        path = imported[0][1]
        self._missing(span, path)
        message = finding("A2P420", what=path)
        self.found.edits.append(Edit(span.start, span.end, f'raise NotImplementedError("{message.code}: {message.message}")'))

    def _known(self, path: str) -> bool:
        version = self.reader.airflow
        return is_home(path) or bool(stand_in(path, version)) or hook_of(path, version, executes=self.executes) is not None

    def _without_line(self, span: Span) -> Edit:
        """Takes a statement away, up to the next one of its block; where none follows at once, `pass` stands for it."""
        text = self.source.text
        margin = text[text.rfind("\n", 0, span.start) + 1 : span.start]
        follows = re.compile(rf"[ \t]*(?:\r?\n[ \t]*)*?\r?\n{re.escape(margin)}(?=[^\s#])(?!(?:except|else|elif|finally)\b)").match(text, span.end)
        if follows is None or margin.strip():
            return Edit(span.start, span.end, "pass")
        return Edit(span.start, follows.end(), "")
