"""Airflow in code that stays: what can be said without it is edited, statements that cannot do without it go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import libcst as cst

from airflow2prefect.analyse.dags import Reading
from airflow2prefect.analyse.hooks import CONFIGURATION, calls_execute, hook_of
from airflow2prefect.analyse.names import imported_names, parameter_names, subtree
from airflow2prefect.analyse.objects import Function, Named, Object
from airflow2prefect.analyse.reader import Reader
from airflow2prefect.analyse.stand_ins import stand_in
from airflow2prefect.analyse.taskflow import decorator_of, taskflow_decorators
from airflow2prefect.analyse.variables import CALLS, FUNCTIONS, computed_name, variable_edits
from airflow2prefect.findings import Finding, Level, finding
from airflow2prefect.model import Edit, OperatorClass, Region, Span

# What stands for something of Airflow's and is in an emitted helper.
HELPED = {"Skip": "Skip", "FailNow": "FailNow", "PokeReturnValue": "airflow_sensors.PokeReturnValue"}
HELPED |= {name: f"airflow_kubernetes.{name}" for name in ("Secret", "Volume", "VolumeMount", "PodRuntimeInfoEnv", "Port", "Resources")}


@dataclass(frozen=True, slots=True)
class AirflowCode:
    """`regions` with those that go turned to role "airflow", the edits, and names of the helper modules that these use.

    `stuck`: of a module of the user's own, where the definitions start that cannot do without Airflow when they are called.
    """

    regions: tuple[Region, ...]
    edits: tuple[Edit, ...]
    helpers: frozenset[str]
    findings: tuple[Finding, ...]
    stuck: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Found:
    edits: list[Edit] = field(default_factory=list)
    helpers: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    needed: str = ""  # what the statement cannot do without when it is run

    def add(self, other: _Found) -> None:
        self.edits += other.edits
        self.helpers |= other.helpers
        self.findings += other.findings


def airflow_code(reading: Reading, regions: tuple[Region, ...]) -> AirflowCode:
    """Look through the statements that stay for names of Airflow's."""
    reader = reading.reader
    names = {name: thing.path for name, thing in reader.module.names.items() if isinstance(thing, Named) and _is_airflow(thing.path)}
    text = reader.source.text
    looked_for = names.keys() | {name for name, thing in reader.module.names.items() if is_decorated(thing)}
    suspects = {
        r.span.start: n for n, r in enumerate(regions) if r.role == "keep" and (r.uses & looked_for or "airflow" in text[r.start : r.end])
    }
    made, total = list(regions), _Found()
    builders: dict[int, _Found] = {}
    stuck: set[int] = set()
    if not suspects:
        return AirflowCode(regions, (), frozenset(), ())
    for start, statement in _statements(reader, reader.source.module.body):
        if start not in suspects:
            continue
        region, found = regions[suspects[start]], _Found()
        made_of = reading.classes.get(statement.name.value) if isinstance(statement, cst.ClassDef) else None
        if made_of is not None and made_of.problem is None and isinstance(statement, cst.ClassDef):
            _operator_class(_Search(reader, names, found), statement, made_of)
        else:
            _Search(reader, names, found).visit(statement, deferred=False)
        making = _maker(reader, statement)
        if making and statement not in reader.touched | reader.inlined:
            found.findings.insert(
                0, finding("A2P122", region.span.line, region.span.column, decorator=f"@{making}", name=region.defines[0])
            )
        if reader.module.module and region.kind in ("function", "class") and any(f.level >= Level.GAP for f in found.findings):
            stuck.add(region.start)
        elif (statement in reader.inlined and found.findings) or making:
            builders[suspects[start]] = found
            continue
        if found.needed and region.kind not in ("main", "import"):
            made[suspects[start]] = replace(region, role="airflow")
            if not region.pure:
                total.findings.append(finding("A2P421", region.span.line, region.span.column, what=found.needed))
            continue
        if found.edits:
            made[suspects[start]] = replace(region, uses=region.uses - frozenset(names))
        total.add(found)
    _drop_builders(made, builders, total)
    _drop_derived(reader, made)
    return AirflowCode(tuple(made), tuple(total.edits), frozenset(total.helpers), tuple(total.findings), frozenset(stuck))


def _operator_class(search: _Search, statement: cst.ClassDef, made_of: OperatorClass) -> None:
    """An operator of the file stays as a plain class."""
    gone = [edit for edit in made_of.edits if not edit.text]
    for part in statement.body.body:
        start, end = search.source.ranges[part]
        if any(edit.start <= start and end <= edit.end for edit in gone):
            continue
        if isinstance(part, cst.FunctionDef):
            search.visit(part.params, deferred=False)
            search.visit(part.body, deferred=True)
        else:
            search.visit(part, deferred=False)
    search.found.edits = [e for e in search.found.edits if not any(own.start < e.end and e.start < own.end for own in made_of.edits)]
    search.found.edits += made_of.edits
    search.found.helpers |= {need for need in made_of.needs if need.startswith("airflow_")}


def _drop_builders(regions: list[Region], builders: dict[int, _Found], total: _Found) -> None:
    """Functions that only made tasks go, unless code that stays uses them."""
    left = dict(builders)
    while True:
        used = {name for n, r in enumerate(regions) if r.role == "keep" and n not in left for name in r.uses}
        kept = [n for n in left if used & set(regions[n].defines)]
        if not kept:
            break
        for n in kept:
            total.add(left.pop(n))
    for n, found in left.items():
        regions[n] = replace(regions[n], role="dag")
        total.findings += [each for each in found.findings if each.code == "A2P122"]


def is_decorated(thing: Object | None) -> bool:
    """Whether a decorator of TaskFlow's is on a function of the module."""
    return isinstance(thing, Function) and decorator_of(thing) is not None


def _maker(reader: Reader, statement: cst.CSTNode) -> str:
    """ "dag" or "task_group" where a function of the module is decorated so: it makes tasks, if something calls it."""
    thing = reader.module.names.get(statement.name.value) if isinstance(statement, cst.FunctionDef) else None
    found = decorator_of(thing) if isinstance(thing, Function) and thing.node is statement else None
    return found[0] if found is not None and found[0] in ("dag", "task_group") else ""


def _drop_derived(reader: Reader, regions: list[Region]) -> None:
    """Classes go that derive from a class that goes."""
    classes = [node for _, node in _statements(reader, reader.source.module.body) if isinstance(node, cst.ClassDef)]
    places = {region.defines[0]: n for n, region in enumerate(regions) if region.kind == "class" and region.defines}
    for node in classes:
        at = places.get(node.name.value)
        bases = {name.value for base in node.bases for name in subtree(base.value) if isinstance(name, cst.Name)}
        gone = {name for name, n in places.items() if regions[n].role != "keep"}
        if at is not None and regions[at].role == "keep" and bases & gone:
            regions[at] = replace(regions[at], role="airflow")


def _is_airflow(path: str) -> bool:
    return path == "airflow" or path.startswith("airflow.")


def _statements(reader: Reader, body: object) -> Iterator[tuple[int, cst.CSTNode]]:
    """Statements by where they start, also those inside blocks of the module."""
    for statement in body:  # type: ignore[attr-defined]
        start = reader.source.ranges[statement][0]
        decorators = getattr(statement, "decorators", ())
        yield (reader.source.ranges[decorators[0]][0] if decorators else start), statement
        block: object = statement
        while isinstance(block, (cst.With, cst.If, cst.Try, cst.Else)):
            yield from _statements(reader, block.body.body)
            block = getattr(block, "orelse", None)


class _Search:
    """Walks one statement. `deferred`: what is met runs when a function is called, not when the module is imported."""

    def __init__(self, reader: Reader, names: dict[str, str], found: _Found) -> None:
        self.reader, self.source, self.names, self.found = reader, reader.source, names, found
        self.executes = False  # whether the function around calls the `execute` of something

    def visit(self, node: cst.CSTNode, *, deferred: bool) -> None:
        match node:
            case cst.Import() | cst.ImportFrom():
                self._import(node, deferred=deferred)
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
        for child in node.children:
            hidden = (isinstance(node, cst.Attribute) and child is node.attr) or (
                isinstance(node, (cst.Arg, cst.NamedExpr)) and child is getattr(node, "keyword", None)
            )
            hidden = hidden or (isinstance(node, (cst.Param, cst.FunctionDef, cst.ClassDef)) and child is node.name)
            if not hidden:
                self.visit(child, deferred=deferred)

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
        outer, hidden, executed = self.names, parameter_names(node.params), self.executes
        self.names = {name: path for name, path in outer.items() if name not in hidden}
        self.executes = executed or calls_execute(self.source.code(node.body))
        self.visit(node.body, deferred=True)
        self.executes = executed
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
            self.found.helpers.add(hook.path)
            self.found.findings.append(hook.told(span))
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
        imported = [(local, path) for local, path in imported_names(node) if _is_airflow(path)]
        if not imported:
            return
        span = self.source.span(node)
        if not deferred:
            self.found.needed = self.found.needed or imported[0][1]
            return
        if all(hook_of(path, self.reader.airflow, executes=self.executes) or stand_in(path, self.reader.airflow) for _, path in imported):
            self.names = {**self.names, **dict(imported)}
            self.found.edits.append(self._without_line(span))
            return
        path = imported[0][1]
        self._missing(span, path)
        message = finding("A2P420", what=path)
        self.found.edits.append(Edit(span.start, span.end, f'raise NotImplementedError("{message.code}: {message.message}")'))

    def _without_line(self, span: Span) -> Edit:
        """Takes a statement away, up to the next one of its block; where none follows at once, `pass` stands for it."""
        text = self.source.text
        margin = text[text.rfind("\n", 0, span.start) + 1 : span.start]
        follows = re.compile(rf"[ \t]*(?:\r?\n[ \t]*)*?\r?\n{re.escape(margin)}(?=[^\s#])(?!(?:except|else|elif|finally)\b)").match(text, span.end)
        if follows is None or margin.strip():
            return Edit(span.start, span.end, "pass")
        return Edit(span.start, follows.end(), "")
