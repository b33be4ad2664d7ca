"""Operators and sensors that a file defines: what a class takes, what it does, and the edits that take Airflow out of it.

https://airflow.apache.org/docs/apache-airflow/1.10.15/howto/custom-operator.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import libcst as cst

from airflow2prefect.analyse.functions import read_callable
from airflow2prefect.analyse.hooks import CONFIGURATION, calls_execute, is_of_hook
from airflow2prefect.analyse.signatures import parameter_list, parameters_of
from airflow2prefect.analyse.stand_ins import stand_in
from airflow2prefect.analyse.variables import CALLS
from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Callable, Edit, OperatorClass
from airflow2prefect.parse import Source, children_of

# Airflow's classes that say nothing of what a task does, and the method that does.
METHODS = {
    "airflow.models.BaseOperator": "execute",
    "airflow.models.baseoperator.BaseOperator": "execute",
    "airflow.operators.BaseOperator": "execute",
    "airflow.sensors.base_sensor_operator.BaseSensorOperator": "poke",
    "airflow.sensors.base.BaseSensorOperator": "poke",
    "airflow.operators.sensors.BaseSensorOperator": "poke",
    "airflow.operators.branch_operator.BaseBranchOperator": "choose_branch",
    "airflow.operators.branch.BaseBranchOperator": "choose_branch",
    "airflow.operators.dummy_operator.DummyOperator": "execute",
    "airflow.operators.dummy.DummyOperator": "execute",
    "airflow.operators.DummyOperator": "execute",
    "airflow.operators.empty.EmptyOperator": "execute",
    "airflow.providers.standard.operators.empty.EmptyOperator": "execute",
}
EMPTY = ("DummyOperator", "EmptyOperator")  # the names of those that do nothing
# Parameters that a class hands on to Airflow's `__init__`, and that a plain class has no use for.
HANDED_ON = ("task_id", "dag", "owner")
MIXINS = ("airflow.utils.log.logging_mixin.LoggingMixin", "airflow.models.SkipMixin", "airflow.models.skipmixin.SkipMixin")
# What only Airflow looks at.
SETTINGS = frozenset(("ui_color", "ui_fgcolor", "template_fields", "template_ext", "template_fields_renderers", "shallow_copy_attrs"))
# What Airflow's own classes gave the methods, as Prefect has it, and what to import for it.
GIVEN = {
    "log": ("get_run_logger()", "prefect.get_run_logger"),
    "logger": ("get_run_logger()", "prefect.get_run_logger"),
    "task_id": ("task_run.task_name", "prefect.runtime.task_run"),
    "dag_id": ("flow_run.flow_name", "prefect.runtime.flow_run"),
}
AROUND = ("pre_execute", "post_execute", "render_template_fields", "prepare_template", "resume_execution")


@dataclass(frozen=True, slots=True)
class Known:
    """A class that was read, and what those that derive from it must know: its attributes, and which of them its arguments become."""

    made: OperatorClass
    own: frozenset[str]
    assigned: Mapping[str, set[str]]
    strings: Mapping[str, tuple[str, ...]]
    open: bool  # it takes more arguments than it names
    does: bool


def read_class(
    source: Source, node: cst.ClassDef, paths: tuple[str, ...], imports: Mapping[str, str], airflow: int, base: Known | None = None
) -> Known | None:
    """The facts of a class; None if it derives from something else than a plain operator.

    `paths`: what its bases are imported under, "" for `base`, a class of the user's that was read.
    """
    method = base.made.method if base is not None else next((METHODS[path] for path in paths if path in METHODS), None)
    known = [path for path in paths if path in METHODS or path in MIXINS or (base is not None and not path)]
    if method is None or len(known) < len(paths) or paths.count("") > 1 or not isinstance(node.body, cst.IndentedBlock):
        return None
    empty = any(path.endswith(EMPTY) for path in paths) or (base is not None and base.made.empty)
    return ClassReader(source, node, imports, method, airflow, base, empty).read()


class ClassReader:
    def __init__(
        self,
        source: Source,
        node: cst.ClassDef,
        imports: Mapping[str, str],
        method: str,
        airflow: int,
        base: Known | None,
        empty: bool = False,
    ) -> None:
        self.airflow, self.base, self.empty = airflow, base, empty
        self.dropped: set[str] = set()
        self.added_to: dict[str, int] = {}  # how often a method calls the one that it adds to, which a flow has as well
        self.source, self.node, self.imports, self.method = source, node, imports, method
        self.edits: list[Edit] = []
        self.needs: set[str] = set()
        self.problems: list[Finding] = []
        self.strings: dict[str, tuple[str, ...]] = {}
        body = node.body
        assert isinstance(body, cst.IndentedBlock)
        self.functions = {f.name.value: f for f in body.body if isinstance(f, cst.FunctionDef)}

    def read(self) -> Known:
        node, base = self.node, self.base
        if base is None:
            self._bases()
        elif len(node.bases) > 1:
            self.problem(node, "more than one base")
        own = self.settings() | self.functions.keys() | (base.own if base is not None else frozenset())
        init = self.functions.get("__init__")
        assigned = self._init(init) if init is not None else {}
        named = parameters_of(self.source, init) if init else ()
        parameters = tuple(p.name for p in named if p.kind in ("positional", "keyword") and p.name not in self.dropped) or ("self",)
        is_open = init is not None and init.params.star_kwarg is not None
        if base is not None and (init is None or is_open):
            parameters += tuple(name for name in base.made.parameters if name not in parameters)
            assigned = {**base.assigned, **assigned}
        if base is not None:
            self.strings = {**base.strings, **self.strings}
        own |= {name for function in self.functions.values() for name, _, kind in selves(function) if kind == "set"}
        for function in self.functions.values():
            self.decorators(function)
            self.attributes(function, own)
        self.airflow_names()
        for name in AROUND:
            if name in self.functions:
                self.problem(self.functions[name], f"its own {name}")
        does = self.functions.get(self.method)
        inherited = base is not None and does is None and base.made.does is not None
        fields = self.strings.get("template_fields", ())
        if self.has_template():
            self.problem(node, "a template in its own code")
        templated = frozenset(name for name, value in assigned.items() if set(value) & set(fields))
        lost = [name for name in fields if not any(name in value for value in assigned.values())]
        if lost and (does is not None or inherited):
            self.problem(node, f"the template field {lost[0]}, which is not simply an argument")
        called = self._callable(does) if does is not None else base.made.does if base is not None else None
        if base is not None and base.made.problem is not None:
            self.problems.append(base.made.problem)
        made = OperatorClass(
            name=node.name.value, method=self.method, does=called, parameters=parameters[1:],
            templated=templated, extensions=self.strings.get("template_ext", ()), edits=tuple(self.edits), needs=frozenset(self.needs),
            problem=self.problems[0] if self.problems else None, empty=self.empty,
        )  # fmt: skip
        return Known(made, frozenset(own), assigned, self.strings, is_open, called is not None)

    def has_template(self) -> bool:
        return re.search(r"\{[{%]", self.source.code(self.node)) is not None

    def problem(self, node: cst.CSTNode, what: str) -> None:
        span = self.source.span(node)
        self.problems.append(finding("A2P212", span.line, span.column, operator=self.node.name.value, what=what))

    def _callable(self, does: cst.FunctionDef) -> Callable:
        given = [p.name.value for p in does.params.params[1:]]
        context = given[0] if given else ""
        if not given and does.params.star_kwarg is None:
            self.problem(does, f"a {self.method} without the context")
        made = read_callable(self.source, does, name=self.method, imports=self.imports, airflow=self.airflow, context=context)
        bound = does.params.params[0].name.value if does.params.params else ""
        return replace(made, kind="method", bound=bound, decorated=False)

    # ------------------------------------------------------------------ the head and what only Airflow looks at

    def _bases(self) -> None:
        first, last = self.node.bases[0], self.node.bases[-1]
        start = self.source.text.rindex("(", 0, self.source.ranges[first][0])
        end = self.source.text.index(")", self.source.ranges[last][1]) + 1
        self.edits.append(Edit(start, end, ""))

    def settings(self) -> set[str]:
        """Class attributes; those that only Airflow looks at go."""
        own: set[str] = set()
        assert isinstance(self.node.body, cst.IndentedBlock)
        rest = []
        for line in self.node.body.body:
            if not isinstance(line, cst.SimpleStatementLine):
                rest.append(line)
                continue
            for small in line.body:
                name = _assigned(small)
                if name is None or name not in SETTINGS:
                    own |= {name} if name else set()
                    rest.append(line)
                    continue
                if name in ("template_fields", "template_ext"):
                    known = self.fields_of(small.value if isinstance(small, (cst.Assign, cst.AnnAssign)) else None)
                    if known is None:
                        self.problem(line, f"{name} that are only known at run time")
                    self.strings[name] = known or ()
                self._without(line)
        return own

    def fields_of(self, node: cst.BaseExpression | None) -> tuple[str, ...] | None:
        """The names in template_fields or template_ext; None where only the run knows them."""
        return strings_of(node)

    def decorators(self, function: cst.FunctionDef) -> None:
        for decorator in function.decorators:
            if self.path_of(decorator.decorator).endswith(".apply_defaults"):
                self._without(decorator)
            elif function.name.value in (self.method, "__init__"):
                self.problem(decorator, f"a decorated {function.name.value}")

    def _without(self, node: cst.CSTNode) -> None:
        """The lines of a node go, with the blank lines below them that would follow on others."""
        start, end = self.source.ranges[node]
        text = self.source.text
        start = text.rfind("\n", 0, start) + 1
        stop = text.find("\n", end)
        stop = len(text) if stop < 0 else stop + 1
        before = start
        while (above := next((edit for edit in self.edits if edit.end == before and not edit.text), None)) is not None:
            before = above.start
        if text[:before].endswith(("\n\n", ":\n")):
            blank = re.match(r"(?:[ \t]*\r?\n)+", text[stop:])
            stop += len(blank[0]) if blank else 0
        self.edits.append(Edit(start, stop, ""))

    # ------------------------------------------------------------------ __init__

    def _init(self, init: cst.FunctionDef) -> dict[str, set[str]]:
        """The attributes that each parameter becomes as it is. Airflow's part of `__init__` goes."""
        attributes: dict[str, set[str]] = {}
        stars = [p.name.value for p in (init.params.star_arg, init.params.star_kwarg) if isinstance(p, cst.Param)]
        body = init.body.body
        calls = [line for line in body if isinstance(line, cst.SimpleStatementLine) and self.is_super(line)]
        for line in calls:
            statement = line.body[0]
            assert isinstance(statement, cst.Expr) and isinstance(statement.value, cst.Call)
            for arg in statement.value.args:
                passed = self.source.code(arg.value)
                if self.base is not None:
                    named = arg.keyword is not None and passed == arg.keyword.value and passed in self.base.made.parameters
                    if not arg.star and not named:
                        self.problem(arg, f"{self.source.code(arg)} for the __init__ of {self.base.made.name}")
                elif arg.keyword is not None and passed != arg.keyword.value:
                    self.problem(arg, f"{arg.keyword.value}={passed} for Airflow's own __init__")
                elif arg.keyword is not None and passed not in HANDED_ON:
                    self.problem(arg, f"{passed} for Airflow's own __init__")
            if self.base is None:
                self._without(line)
        for each in body:
            assign = each.body[0] if isinstance(each, cst.SimpleStatementLine) else None
            for target, value in _one_by_one(assign) if isinstance(assign, cst.Assign) else ():
                if isinstance(value, cst.Name) and isinstance(target, cst.Attribute) and _is_self(target):
                    attributes.setdefault(value.value, set()).add(target.attr.value)
        if len(calls) == len(body) and self.base is None:
            last = self.source.ranges[calls[-1]][0]
            at = self.source.text.rfind("\n", 0, last) + 1
            self.edits.append(Edit(at, at, self.source.text[at:last] + "pass\n"))
        used = {n.value for each in body if each not in calls for n in below(each) if isinstance(n, cst.Name)}
        if used & set(stars):
            self.problem(init, f"{', '.join(sorted(used & set(stars)))} used in __init__")
        own = {p.name for p in parameters_of(self.source, init)}
        self.dropped = {name for name in HANDED_ON if name in own and name not in used and self.base is None and calls}
        if used & own & {"dag", "owner"}:
            self.problem(init, f"{min(used & own & {'dag', 'owner'})}, used in __init__")
        if (stars or self.dropped) and self.base is None:
            self._signature(init)
        return attributes

    def _signature(self, init: cst.FunctionDef) -> None:
        span = parameter_list(self.source, init)
        assert span is not None
        every = [p for p in parameters_of(self.source, init) if p.name not in self.dropped]
        kept = [self.source.text[p.span.start : p.span.end].strip().rstrip(",") for p in every if p.kind == "positional"]
        only = [self.source.text[p.span.start : p.span.end].strip().rstrip(",") for p in every if p.kind == "keyword"]
        items = [*kept, *(["*", *only] if only else [])]
        text = self.source.text[span.start : span.end]
        margin = re.match(r"\s*", text)
        assert margin is not None
        if "\n" in text:
            first = init.params.star_arg if isinstance(init.params.star_arg, cst.Param) else init.params.star_kwarg
            if not only and first is not None and not self.dropped:
                start = self.source.text.rindex(",", 0, self.source.ranges[first][0])
                self.edits.append(Edit(start, span.end, text[len(text.rstrip()) :]))
                return
        self.edits.append(Edit(span.start, span.end, ", ".join(items)))

    def is_super(self, line: cst.SimpleStatementLine) -> bool:
        code = self.source.code(line)
        return re.match(r"(super\(.*?\)|\w+(\.\w+)*)\.__init__\(", code) is not None

    # ------------------------------------------------------------------ what it uses

    def attributes(self, function: cst.FunctionDef, own: set[str]) -> None:
        for name, node, kind in selves(function):
            if name in own or kind == "set":
                continue
            if name in GIVEN:
                text, path = GIVEN[name]
                start, end = self.source.ranges[node]
                self.edits.append(Edit(start, end, text))
                self.needs.add(path)
            else:
                self.problem(node, f"self.{name}, which Airflow's class has")

    def airflow_names(self) -> None:
        for name, function in self.functions.items():
            supers = sum(isinstance(n, cst.Name) and n.value == "super" for n in below(function))
            own = sum(isinstance(x, cst.SimpleStatementLine) and self.is_super(x) for x in function.body.body) if name == "__init__" else 0
            own += self.added_to.get(name, 0)
            if supers > own:
                self.problem(function, "super()")
            executes = calls_execute(self.source.code(function.body))
            for node in below(function.body):
                if not isinstance(node, (cst.Name, cst.Attribute)):
                    continue
                path = self.path_of(node)
                known = stand_in(path, self.airflow) or path in CALLS or is_of_hook(path, 1, executes=executes) or path.startswith(f"{CONFIGURATION}.")
                if path.startswith("airflow.") and not known and path not in METHODS and not any(g.startswith(path + ".") for g in CALLS):
                    self.problem(node, path)

    def path_of(self, node: cst.CSTNode) -> str:
        match node:
            case cst.Name(value=name):
                return self.imports.get(name, name)
            case cst.Attribute():
                return f"{self.path_of(node.value)}.{node.attr.value}"
        return ""


def _assigned(small: cst.CSTNode) -> str | None:
    if isinstance(small, cst.Assign) and len(small.targets) == 1 and isinstance(small.targets[0].target, cst.Name):
        return small.targets[0].target.value
    if isinstance(small, cst.AnnAssign) and isinstance(small.target, cst.Name):
        return small.target.value
    return None


def strings_of(node: cst.CSTNode | None) -> tuple[str, ...] | None:
    """The strings of a tuple or list; a single one in parentheses counts as its letters, as in Python."""
    if isinstance(node, (cst.Tuple, cst.List)):
        found = [e.value.evaluated_value for e in node.elements if isinstance(e.value, cst.SimpleString)]
        return tuple(map(str, found)) if len(found) == len(node.elements) else None
    return tuple(str(node.evaluated_value)) if isinstance(node, cst.SimpleString) else None


def _one_by_one(node: cst.Assign) -> Iterator[tuple[cst.BaseExpression, cst.BaseExpression]]:
    """Targets and values, those of `a, b = c, d` one by one."""
    for each in node.targets:
        target, value = each.target, node.value
        if isinstance(target, cst.Tuple) and isinstance(value, cst.Tuple) and len(target.elements) == len(value.elements):
            yield from ((a.value, b.value) for a, b in zip(target.elements, value.elements, strict=True))
        else:
            yield target, value


def _is_self(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Attribute) and isinstance(node.value, cst.Name) and node.value.value == "self"


def selves(function: cst.FunctionDef) -> Iterator[tuple[str, cst.Attribute, str]]:
    """The attributes of self that a method uses: name, node, and "set" or "get"."""
    targets = [n.target for n in below(function) if isinstance(n, (cst.AssignTarget, cst.AnnAssign, cst.AugAssign))]
    sets = {id(n) for target in targets for n in _targets(target)}
    for node in below(function):
        if isinstance(node, cst.Attribute) and _is_self(node):
            yield node.attr.value, node, "set" if id(node) in sets else "get"


def _targets(target: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """What an assignment binds: `a` and `b.c` of `a, *b.c = ...`."""
    if isinstance(target, (cst.Tuple, cst.List)):
        for element in target.elements:
            yield from _targets(element.value)
    else:
        yield target


def below(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    stack = [node]
    while stack:
        inner = stack.pop()
        yield inner
        stack.extend(children_of(inner))
