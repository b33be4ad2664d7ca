"""How a python_callable uses Airflow's context: facts with places, without knowing the tasks that use it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import libcst as cst

from airflow2prefect.analyse import exits
from airflow2prefect.analyse.context_keys import CONTEXT_NAMES, GIVEN, OBJECTS, OF_AIRFLOW_2, OTHERS, SOMETIMES, told_apart
from airflow2prefect.analyse.hooks import CONFIGURATION, calls_execute, is_of_hook
from airflow2prefect.analyse.names import assigned_name, dict_keys, imported_names, item_of, parameter_names, target_names
from airflow2prefect.analyse.signatures import falls_through, first_statement, indent_of, parameter_list, parameters_of
from airflow2prefect.analyse.stand_ins import stand_in
from airflow2prefect.analyse.truths import asked_for
from airflow2prefect.analyse.variables import CALLS, variable_edits
from airflow2prefect.analyse.xcoms import id_of, read_pull, read_push, strings_of
from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Callable, ContextRead, Need, Pull, Push, Return, Span
from airflow2prefect.parse import Source, children_of

# What may run its parts or not.
PERHAPS = (
    cst.If, cst.For, cst.While, cst.Try, cst.ExceptHandler, cst.IfExp, cst.BooleanOperation, cst.ListComp, cst.GeneratorExp, cst.DictComp,
)  # fmt: skip


@dataclass(slots=True)
class _Facts:
    pulls: list[Pull] = field(default_factory=list)
    pushes: list[Push] = field(default_factory=list)
    reads: list[ContextRead] = field(default_factory=list)
    returns: list[Return] = field(default_factory=list)
    removals: list[Span] = field(default_factory=list)
    escapes: list[tuple[Span, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    replacements: list[tuple[Span, str]] = field(default_factory=list)
    skips: bool = False
    fails: bool = False
    exits: bool = False
    own_keys: bool = False
    handed_to: list[str] = field(default_factory=list)


def read_callable(
    source: Source,
    node: cst.FunctionDef | cst.Lambda,
    *,
    name: str,
    imports: Mapping[str, str],
    airflow: int,
    context: str = "context",
    given: frozenset[str] = frozenset(),
) -> Callable:
    """The facts of a function or lambda. `imports`: local names to qualified import paths. `given`: names that the task's own arguments
    have, which are not the context's then."""
    reader = _Reader(source, node, imports, airflow, given)
    return reader.read(name, context)


class _Reader:
    """Walks one function with the names that stand for the context or its objects."""

    def __init__(
        self, source: Source, node: cst.FunctionDef | cst.Lambda, imports: Mapping[str, str], airflow: int, given: frozenset[str]
    ) -> None:
        hidden = parameter_names(node.params)
        self.source, self.node, self.airflow, self.given = source, node, airflow, given
        self.imports = {name: path for name, path in imports.items() if name not in hidden} if hidden & imports.keys() else imports
        self.facts = _Facts()
        self.aliases: dict[str, str] = {}  # local name -> "context", "ti", "dag_run", "conf", "params", ...
        self.parents: dict[cst.CSTNode, cst.CSTNode] = {}
        self.executes = calls_execute(source.code(node))
        self.body: list[cst.CSTNode] = [node.body] if isinstance(node, cst.Lambda) else list(node.body.body)

    def read(self, name: str, context: str) -> Callable:
        node, source = self.node, self.source
        parameters = tuple(parameters_of(source, node))
        for parameter in parameters:
            if parameter.kind == "kwargs" or parameter.name == context:
                self.aliases[parameter.name] = "context"
            elif parameter.name in OBJECTS | OTHERS and parameter.name not in self.given:
                self.aliases[parameter.name] = {"task_instance": "ti"}.get(parameter.name, parameter.name)
        for statement in self.body:
            self._link(statement)
        self._find_aliases()
        for statement in self.body:
            self._walk(statement, top=True, nested=False)
        is_lambda = isinstance(node, cst.Lambda)
        bound = frozenset(self._bound())
        span = source.span(node)
        decorators = () if isinstance(node, cst.Lambda) else node.decorators
        if decorators:
            span = source.between(source.ranges[decorators[0]][0], span.end)
        facts = self.facts
        return Callable(
            name=name,
            kind="lambda" if is_lambda else "function",
            span=span,
            parameters=parameters,
            parameter_list=parameter_list(source, node),
            body=source.between(source.ranges[self.body[0]][0], source.ranges[self.body[-1]][1]),
            indent=indent_of(source, node),
            pulls=tuple(sorted(facts.pulls, key=lambda p: p.span)),
            pushes=tuple(sorted(facts.pushes, key=lambda p: p.span)),
            reads=tuple(sorted(told_apart(facts.reads, source.code(node)), key=lambda r: r.span)),
            returns=tuple(facts.returns),
            ends_open=not is_lambda and falls_through(self.body),
            removals=tuple(facts.removals),
            escapes=tuple(facts.escapes),
            locals=frozenset(self._names()) | bound,
            free=frozenset(self._names()) - bound,
            is_async=isinstance(node, cst.FunctionDef) and node.asynchronous is not None,
            is_generator=any(isinstance(n, cst.Yield) for n in self.parents),
            decorated=bool(decorators),
            first_statement=first_statement(source, node),
            may_skip=facts.skips,
            may_fail_now=facts.fails,
            exits=facts.exits,
            own_keys=facts.own_keys,
            handed_to=tuple(facts.handed_to),
            replacements=tuple(facts.replacements),
            findings=tuple(facts.findings),
            context=context if any(p.name == context and p.kind == "positional" for p in parameters) else "",
        )

    # ------------------------------------------------------------------ names

    def _bound(self) -> Iterator[str]:
        """Names that the function gives values to."""
        yield from parameter_names(self.node.params)
        yield from self._assigned()

    def _assigned(self) -> Iterator[str]:
        for node in self.parents:
            if isinstance(node, (cst.AssignTarget, cst.For, cst.CompFor, cst.NamedExpr, cst.AnnAssign)):
                yield from target_names(node.target)
            elif isinstance(node, (cst.AsName, cst.AugAssign)):
                yield from target_names(node.name if isinstance(node, cst.AsName) else node.target)
            elif isinstance(node, (cst.Import, cst.ImportFrom)) and not isinstance(node.names, cst.ImportStar):
                yield from (local for local, _ in imported_names(node))
            elif isinstance(node, (cst.FunctionDef, cst.ClassDef, cst.Param)):
                yield node.name.value

    def _names(self) -> Iterator[str]:
        for node in self.parents:
            if isinstance(node, cst.Name) and not _is_member(node, parent := self.parents.get(node)) and id_of(parent, self.source) is None:
                yield node.value

    def _link(self, node: cst.CSTNode) -> None:
        stack = [node]
        while stack:
            parent = stack.pop()
            for child in children_of(parent):
                self.parents[child] = parent
                stack.append(child)
        self.parents.setdefault(node, self.node)

    # ------------------------------------------------------------------ aliases

    def _find_aliases(self) -> None:
        """`ti = context["ti"]`, `ctx = kwargs`, `context = get_current_context()`: names bound once to a part of the context."""
        counts: dict[str, int] = {}
        for node in self.parents:
            for name in target_names(node.target) if isinstance(node, (cst.AssignTarget, cst.AnnAssign)) else ():
                counts[name] = counts.get(name, 0) + 1
        changed = True
        while changed:
            changed = False
            for node in list(self.parents):
                name = assigned_name(node)
                if not name or not isinstance(node, (cst.Assign, cst.AnnAssign)) or node.value is None:
                    continue
                what = self._what(node.value)
                if what in ("context", "ti", "dag_run", "dag", "task", "params") and counts.get(name) == 1 and name not in self.aliases:
                    self.aliases[name] = what
                    statement = self.parents.get(node)
                    if isinstance(statement, cst.SimpleStatementLine) and len(statement.body) == 1:
                        self.facts.removals.append(self.source.span(statement))
                    changed = True

    def _what(self, node: cst.CSTNode) -> str:
        """Which object of the context an expression is, "" if none."""
        match node:
            case cst.Name(value=name):
                return self.aliases.get(name, "")
            case cst.Subscript() | cst.Call(func=cst.Attribute(attr=cst.Name(value="get"))):
                owner, key = self._item(node)
                if owner is not None and key in OBJECTS | OTHERS and key not in self.given and self._what(owner) == "context":
                    return {"task_instance": "ti"}.get(key, key)
            case cst.Attribute(attr=cst.Name(value="dag_run")) if self._what(node.value) == "ti":
                return "dag_run"
            case cst.Attribute(attr=cst.Name(value="task")) if self._what(node.value) == "ti":
                return "task"
            case cst.Attribute(attr=cst.Name(value="conf")) if self._what(node.value) == "dag_run":
                return "dag_run.conf"
            case cst.Call(func=cst.Name(value=name)) if self.imports.get(name, "").endswith(".get_current_context"):
                return "context"
        return ""

    def _item(self, node: cst.CSTNode) -> tuple[cst.BaseExpression | None, str | None]:
        """(owner, key) of an item of a mapping; the default of `context.get("run_id", "none")` is for what the context always has."""
        owner, key = item_of(node)
        if owner is None and isinstance(node, cst.Call) and len(node.args) == 2 and not any(arg.star or arg.keyword for arg in node.args):
            owner, key = item_of(node.with_changes(args=node.args[:1]))
            if key in SOMETIMES or (self.airflow < 2 and key in OF_AIRFLOW_2) or (owner is not None and self._what(owner) != "context"):
                return None, None
        return owner, key

    # ------------------------------------------------------------------ uses

    def _walk(self, node: cst.CSTNode, *, top: bool, nested: bool) -> None:
        """Record what `node` uses; `top`: it runs whenever the function does; `nested`: it is in an inner function."""
        gone = isinstance(node, cst.SimpleStatementLine) and any(span.start == self.source.ranges[node][0] for span in self.facts.removals)
        if gone or isinstance(node, cst.Annotation):  # annotations of Airflow's go
            return
        if isinstance(node, cst.Return) and not nested:
            value = node.value
            self.facts.returns.append(Return(
                self.source.span(node), self._whole(value) if value is not None else None,
                isinstance(value, cst.Name) and value.value == "None", frozenset(dict_keys(value)),
            ))  # fmt: skip
        if isinstance(node, (cst.Import, cst.ImportFrom)) or (isinstance(node, cst.BaseExpression) and self._expression(node, top)):
            return
        if isinstance(node, (cst.FunctionDef, cst.Lambda)):
            top, nested = False, True
        elif isinstance(node, PERHAPS):
            top = False
        for child in children_of(node):
            if (isinstance(node, cst.Attribute) and child is node.attr) or (isinstance(node, cst.Arg) and child is node.keyword):
                continue
            if isinstance(node, cst.Param) and child is node.name:
                continue
            self._walk(child, top=top, nested=nested)

    def _whole(self, node: cst.BaseExpression) -> Span:
        return self.source.between(*self.source.whole(node))

    def _expression(self, node: cst.BaseExpression, top: bool) -> bool:
        """Whether `node` was a use of the context (and has been recorded as a whole)."""
        if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute) and self._what(node.func.value) == "ti":
            method = node.func.attr.value
            if method == "xcom_pull":
                pull = self._given_by_name(read_pull(self.source, node, *self._statement(node)))
                self.facts.pulls.append(replace(pull, candidates=self._candidates(node, pull.ids_text)) if pull.task_ids is None else pull)
                self._arguments(node, top)
                return True
            if method == "xcom_push":
                self.facts.pushes.append(
                    read_push(
                        self.source,
                        node,
                        always=top and not self._early_return(node),
                        statement=isinstance(self.parents.get(node), cst.Expr),
                    )
                )
                self._arguments(node, top)
                return True
        need = self._need(node)
        if need is not None:
            self.facts.reads.append(ContextRead(self._whole(node), need))
            return True
        owner, key = self._item(node)
        if owner is not None and key is not None and (key not in CONTEXT_NAMES or key in self.given) and self._what(owner) == "context":
            self.facts.own_keys = True
            return True
        if self._what(node) == "dag_run" and (holds := asked_for(self.source, self.parents, node)) is not None:
            self.facts.replacements.append(holds)
            return True
        if not isinstance(node, cst.Name) and self._what(node):
            self._escape(node, self._what(node))
            return True
        if isinstance(node, cst.Name) and self.aliases.get(node.value) and not self._is_target(node):
            self._escape(node, self.aliases[node.value])
            return True
        return self._elsewhere(node)

    def _escape(self, node: cst.BaseExpression, what: str) -> None:
        """An object of the context goes where it is not followed: to the function that is called with it, "" for elsewhere."""
        self.facts.escapes.append((self.source.span(node), what))
        around = self.parents.get(node)
        if isinstance(
            around,
            (cst.Comparison, cst.ComparisonTarget, cst.For, cst.CompFor, cst.FormattedStringExpression, cst.If, cst.BooleanOperation),
        ):
            return  # it is only looked at
        call = self.parents.get(around) if isinstance(around, cst.Arg) else None
        if isinstance(around, cst.Attribute):
            call = self.parents.get(around)
            if isinstance(call, cst.Call) and around.attr.value in ("items", "keys", "values", "copy", "get"):
                return
        self.facts.handed_to.append(self._path(call.func) if isinstance(call, cst.Call) else "")

    def _given_by_name(self, pull: Pull) -> Pull:
        """`ti.xcom_pull(task_ids=source)`, where `source` is a parameter that keeps what the task was given."""
        own = pull.ids_text.isidentifier() and pull.task_ids is None and not pull.any_task and pull.ids_text not in self.aliases
        if not own or pull.ids_text not in parameter_names(self.node.params) or pull.ids_text in set(self._assigned()):
            return pull
        return replace(pull, shape="{}", holes=(pull.ids_text,))

    def _candidates(self, node: cst.CSTNode, name: str) -> tuple[str, ...]:
        """The strings that `name` goes through, if a loop around over a literal list binds it."""
        around = self.parents.get(node)
        while around is not None:
            loop = around.for_in if isinstance(around, (cst.ListComp, cst.SetComp, cst.GeneratorExp, cst.DictComp)) else around
            if isinstance(loop, (cst.For, cst.CompFor)) and isinstance(loop.target, cst.Name) and loop.target.value == name:
                return strings_of(loop.iter, self.source)
            around = self.parents.get(around)
        return ()

    def _arguments(self, call: cst.Call, top: bool) -> None:
        for arg in call.args:
            self._walk(arg.value, top=top, nested=False)

    def _is_target(self, node: cst.Name) -> bool:
        return isinstance(self.parents.get(node), cst.AssignTarget)

    def _statement(self, call: cst.Call) -> tuple[Span | None, str]:
        """The statement `name = <call>` around a call, and that name."""
        assign = self.parents.get(call)
        if isinstance(assign, cst.Assign) and len(assign.targets) == 1 and isinstance(assign.targets[0].target, cst.Name):
            line = self.parents.get(assign)
            if isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1:
                return self.source.span(line), assign.targets[0].target.value
        return None, ""

    def _early_return(self, node: cst.CSTNode) -> bool:
        """A return that may leave the function before `node`."""
        start = self.source.ranges[node][0]
        return any(isinstance(n, cst.Return) and self.source.ranges[n][0] < start for n in self.parents)

    def _need(self, node: cst.BaseExpression) -> Need | None:
        """The Need that an expression reads from the context, if that is all it does."""
        owner, key = self._item(node)
        if owner is not None and key is not None:
            what = self._what(owner)
            if what == "context" and key in GIVEN and key != "params" and key not in self.given:
                return Need("context", key)
            if what == "params":
                return Need("param", key) if isinstance(node, cst.Subscript) else None
            if what == "dag_run.conf":
                return None
        if isinstance(node, cst.Attribute):
            what, name = self._what(node.value), node.attr.value
            if what == "dag_run" and name == "conf":
                return Need("conf", "")
            if what in ("ti", "dag_run") and name in (
                "execution_date",
                "logical_date",
                "run_id",
                "data_interval_start",
                "data_interval_end",
            ):
                return Need("context", name)
            if what == "ti" and name in ("task_id", "try_number", "dag_id"):
                return Need("context", name)
            if what in ("dag", "task", "dag_run") and name in ("dag_id", "task_id"):
                return Need("context", name)
        if self._what(node) == "params":
            return Need("context", "params")
        if isinstance(node, cst.Name):
            parameter = node.value
            if parameter in GIVEN and self.aliases.get(parameter) == "params":
                return Need("context", "params")
        return None

    def _elsewhere(self, node: cst.BaseExpression) -> bool:
        """Airflow's own things in a callable: exceptions, sys.exit, Variables, hooks."""
        if isinstance(node, cst.Call):
            path = self._path(node.func)
            if path in CALLS and variable_edits(self.source, node) is not None:
                for arg in node.args:
                    self._walk(arg.value, top=False, nested=False)
                return True
            if path in exits.CALLS:
                self._exit(node, path)
        if isinstance(node, (cst.Name, cst.Attribute)) and not self._is_target(node):  # type: ignore[arg-type]
            if (known := id_of(node, self.source)) is not None and self.source.code(node).split(".")[0] not in set(self._bound()):
                self.facts.replacements.append((self.source.span(node), repr(known)))
                return True
            path = self._path(node)
            new = stand_in(path, self.airflow)
            self.facts.exits |= isinstance(node, cst.Name) and exits.is_raised(self.parents, node)
            if new:
                self.facts.replacements.append((self.source.span(node), new))
                self.facts.skips |= new == "Skip"
                self.facts.fails |= new == "FailNow"
                return True
            if is_of_hook(path, 2, executes=self.executes) or path.startswith(f"{CONFIGURATION}."):
                return True
            if path.startswith("airflow."):
                span = self.source.span(node)
                found = finding("A2P420", span.line, span.column, what=path)
                if found not in self.facts.findings:
                    self.facts.findings.append(found)
                return True
        return False

    def _exit(self, node: cst.Call, path: str) -> None:
        new = exits.exit_at(self.source, self.parents, node, path, self.airflow)
        self.facts.exits |= new is None
        if new is not None:
            self.facts.replacements.append((self.source.span(node.func) if new == exits.RAISE else self._whole(node), new))
        if new == exits.RETURN:
            self.facts.returns.append(Return(self._whole(node), None))

    def _path(self, node: cst.CSTNode) -> str:
        match node:
            case cst.Name(value=name):
                return self.imports.get(name, name)
            case cst.Attribute():
                head = self._path(node.value)
                return f"{head}.{node.attr.value}" if head else ""
        return ""


def _is_member(node: cst.Name, parent: cst.CSTNode | None) -> bool:
    """`.name` of something, or `name=` in a call."""
    return (isinstance(parent, cst.Attribute) and parent.attr is node) or (isinstance(parent, cst.Arg) and parent.keyword is node)
