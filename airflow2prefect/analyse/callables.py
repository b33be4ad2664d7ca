"""The callables of tasks: their facts, and what the helpers do that they hand Airflow's context to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

import libcst as cst

from airflow2prefect.analyse.airflow_search import AirflowSearch, Found, statements
from airflow2prefect.analyse.choices import choices_of
from airflow2prefect.analyse.context_keys import CONTEXT_NAMES
from airflow2prefect.analyse.exits import LEAVES
from airflow2prefect.analyse.functions import read_callable
from airflow2prefect.analyse.instances import find_method
from airflow2prefect.analyse.names import is_airflow, subtree
from airflow2prefect.analyse.objects import Called, Class, Environment, Function, Instance, Method, Named, Object, freeze
from airflow2prefect.analyse.reader import Reader
from airflow2prefect.analyse.taskflow import HOMES, decorator_of, taskflow_decorators
from airflow2prefect.analyse.xcoms import read_pull, read_push
from airflow2prefect.findings import Level, finding
from airflow2prefect.model import Callable, Pairs, Pull, Push, Reference, Sequence, Task, Value
from airflow2prefect.model import Literal as Known

SKIPS = re.compile(r"\bAirflowSkipException\b")
# Calls that only show what they are given.
HARMLESS = frozenset(("print", "pprint", "pprint.pprint", "pprint.pformat", "str", "repr", "len", "sorted", "list", "type", "json.dumps"))


class Callables:
    """Reads each function of a file once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._read: dict[cst.CSTNode, Callable] = {}
        self._given: dict[cst.CSTNode, frozenset[str]] = {}
        self._by_module: dict[str, dict[str, str]] = {}
        self._leaves = LEAVES.search(reader.source.text) is not None
        self._placed: set[int] | None = None
        self._skips = SKIPS.search(reader.source.text) is not None

    def _imports(self, scope: Environment) -> Mapping[str, str]:
        """Local names to import paths, in the module of `scope` and in the functions around it."""
        root = scope.root()
        if root.module not in self._by_module:
            self._by_module[root.module] = {name: thing.path for name, thing in root.names.items() if isinstance(thing, Named)}
        found = self._by_module[root.module]
        if scope.parent is None:
            return found
        inner = {name: thing.path if isinstance(thing, Named) else "" for name, thing in scope.names.items()}
        return {name: path for name, path in {**self._imports(scope.parent), **inner}.items() if path}

    def of(self, thing: Object | None, given: frozenset[str] = frozenset()) -> Callable | None:
        """The facts of a callable of this file; None for an imported one. `given`: arguments of the task that are named as the context's."""
        if isinstance(thing, Method):
            return self._method(thing)
        if not isinstance(thing, Function):
            return None
        found = self._read.get(thing.node) if self._given.get(thing.node, given) == given else None
        if found is None:
            self._given[thing.node] = given
            made = read_callable(
                self._reader.source, thing.node, name=thing.name, imports=self._imports(thing.scope), airflow=self._reader.airflow, given=given
            )
            if thing.scope.depth > 0 and isinstance(thing.node, cst.FunctionDef):
                made = replace(made, kind="other")
            if decorator_of(thing) is not None:
                made = self._undecorated(thing, made)
            made = self._with_decorators(thing, made)
            if not made.exits and self._leaves and any(LEAVES.search(self._reader.source.code(helper)) for helper in self._reached(thing)):
                made = replace(made, exits=True)
            if not made.may_skip and self._skips and any(SKIPS.search(self._reader.source.code(helper)) for helper in self._reached(thing)):
                made = replace(made, may_skip=True)
            if any(what in ("ti", "context") for _, what in made.escapes):
                pulls, pushes = self._in_helpers(thing)
                made = replace(
                    made, helper_pulls=pulls, helper_pushes=pushes, hands_on=bool(pulls or pushes) or self._hands_on(thing, made)
                )
            found = self._read[thing.node] = self._moved(thing, made)
        return found

    def _moved(self, thing: Function, made: Callable) -> Callable:
        """What takes Airflow out of a function that leaves its place: one inside another, in a loop, or a lambda."""
        if isinstance(thing.node, cst.FunctionDef) and thing.scope.depth == 0 and (thing.scope.module or self._stays(thing.node)):
            return made
        names = {name: path for name, path in self._imports(thing.scope).items() if is_airflow(path)}
        if not (made.free & names.keys() or "airflow" in self._reader.source.code(thing.node)):
            return made
        found = Found()
        AirflowSearch(self._reader, names, found).body_of(thing.node)
        notes = tuple(each for each in found.findings if each.level < Level.GAP)
        return replace(made, edits=tuple(found.edits), helpers=frozenset(found.helpers), notes=notes)

    def _stays(self, node: cst.FunctionDef) -> bool:
        """Whether a function of the module stands in no loop."""
        if self._placed is None:
            self._placed = {id(statement) for _, statement in statements(self._reader, self._reader.source.module.body)}
        return id(node) in self._placed

    def led(self, thing: Object | None) -> Callable | None:
        """The facts of a function that Airflow calls with the context and one thing more."""
        if not isinstance(thing, Function):
            return None
        names = [p.name.value for p in thing.node.params.params]
        if len(names) != 2 or thing.partial is not None or thing.scope.depth > 0 or isinstance(thing.node, cst.Lambda):
            return self.of(thing)
        made = read_callable(
            self._reader.source,
            thing.node,
            name=thing.name,
            imports=self._imports(thing.scope),
            airflow=self._reader.airflow,
            context=names[0],
        )
        return replace(made, led=not made.decorated)

    def with_choices(self, thing: Function, found: Callable) -> Callable:
        """The facts with what a branching function can choose."""
        return found if found.ends_open else replace(found, choices=choices_of(self._reader, thing))

    def _undecorated(self, thing: Function, made: Callable) -> Callable:
        """A TaskFlow function without its decorator; others below that stay."""
        assert isinstance(thing.node, cst.FunctionDef)
        source, decorators = self._reader.source, thing.node.decorators
        # `.override` and `.partial` leave one decorator: that of the node which is TaskFlow's.
        own = taskflow_decorators(thing.scope.root(), thing.node)
        if not own:
            return made
        start = source.ranges[own[0]][0]
        rest = [d for d in decorators if source.ranges[d][0] > start and d not in own]
        def_start = source.span(thing.node).start
        end = source.ranges[rest[0]][0] if rest else def_start
        span = source.between(end, made.span.end)
        return replace(made, span=span, taskflow=source.between(start, end), decorated=own[0] is not decorators[0])

    def _with_decorators(self, thing: Function, made: Callable) -> Callable:
        """A finding where another decorator of Airflow's gives the function something, as provide_session does."""
        paths = [each.path for each in thing.decorators if isinstance(each, (Named, Called))]
        rest = [path for path in paths if path.startswith("airflow.") and not path.startswith(HOMES)]
        if not rest:
            return made
        assert isinstance(thing.node, cst.FunctionDef)
        span = self._reader.source.span(thing.node.decorators[0].decorator)
        return replace(made, findings=(*made.findings, finding("A2P420", span.line, span.column, what=rest[0])))

    def _method(self, thing: Method) -> Callable | None:
        """`Class.method` for a static or class method of a class of the file, `thing.method` for an object of one."""
        if isinstance(thing.owner, Instance):
            return self._of_instance(thing.owner, thing.name)
        if not isinstance(thing.owner, Class) or not isinstance(thing.owner.node.body, cst.IndentedBlock):
            return None
        for node in thing.owner.node.body.body:
            if isinstance(node, cst.FunctionDef) and node.name.value == thing.name:
                kinds = {d.decorator.value for d in node.decorators if isinstance(d.decorator, cst.Name)}
                if len(kinds) != len(node.decorators) or not kinds <= {"staticmethod", "classmethod"} or not kinds:
                    return None
                if node not in self._read:
                    made = read_callable(
                        self._reader.source, node, name=thing.name, imports=self._imports(thing.owner.scope), airflow=self._reader.airflow
                    )
                    bound = made.parameters[0].name if kinds == {"classmethod"} and made.parameters else ""
                    self._read[node] = replace(made, kind="method", bound=bound)
                return self._read[node]
        return None

    def _of_instance(self, owner: Instance, name: str) -> Callable | None:
        """A method of an object; it is written once, so that what it pulls or pushes must be the same for all objects."""
        home, node = find_method(owner.made_of, name) or (None, None)
        if home is None or node is None or node.decorators or not node.params.params:
            return None
        if node not in self._read:
            made = read_callable(self._reader.source, node, name=name, imports=self._imports(home.scope), airflow=self._reader.airflow)
            handed = [span for span, what in made.escapes if what == "ti"]
            lost = [finding("A2P423", span.line, span.column, what=f"what {name} hands its task instance to") for span in handed]
            self._read[node] = replace(made, kind="method", bound=made.parameters[0].name, findings=(*made.findings, *lost))
        return self._read[node]

    def _in_helpers(self, thing: Function) -> tuple[tuple[Pull, ...], tuple[Push, ...]]:
        """XComs in functions and classes that a function names, and in those that they name."""
        pulls: list[Pull] = []
        pushes: list[Push] = []
        for helper in self._reached(thing):
            for call in _calls(helper):
                assert isinstance(call.func, cst.Attribute)
                if call.func.attr.value == "xcom_pull":
                    pulls.append(read_pull(self._reader.source, call, None, ""))
                elif call.func.attr.value == "xcom_push":
                    pushes.append(read_push(self._reader.source, call, always=False))
        return tuple(pulls), tuple(pushes)

    def _hands_on(self, thing: Function, made: Callable) -> bool:
        """Whether the task instance may be used where the context goes: unless it is only shown, or nothing asks for it there."""
        if any(what == "ti" for _, what in made.escapes):
            return True
        for path in made.handed_to:
            helper = thing.scope.root().names.get(path)
            if not isinstance(helper, (Function, Class)) and not (
                path in HARMLESS or path.startswith("logging.") or path.endswith((".info", ".debug"))
            ):
                return True
        source = self._reader.source
        return any(re.search(r"\b(ti|task_instance)\b", source.code(helper)) for helper in self._reached(thing))

    def _reached(self, start: Function) -> Iterator[cst.CSTNode]:
        seen: set[cst.CSTNode] = {start.node}
        stack: list[Function | Class] = [start]
        while stack:
            around = stack.pop()
            names = around.scope.root().names
            for node in subtree(around.node):
                thing = names.get(node.value) if isinstance(node, cst.Name) else None
                if isinstance(thing, (Function, Class)) and thing.node not in seen:
                    seen.add(thing.node)
                    stack.append(thing)
                    yield thing.node


def _calls(node: cst.CSTNode) -> Iterator[cst.Call]:
    for inner in subtree(node):
        if isinstance(inner, cst.Call) and isinstance(inner.func, cst.Attribute):
            yield inner


def with_callable(task: Task, thing: Object | None, callables: Callables) -> Task:
    """The task with the facts of its python_callable; arguments bound by functools.partial come before its own."""
    found = callables.led(thing) if task.operator.endswith(".TriggerDagRunOperator") else callables.of(thing, _given(task, thing))
    if found is None:
        return task
    if isinstance(thing, Function):
        if "branch" in task.operator.lower() or task.operator.endswith(".task.bash"):  # to look takes time
            found = callables.with_choices(thing, found)
        defaults = MappingProxyType({name: freeze(value) for name, value in thing.defaults.items()})
        closure = _closure(thing, found, callables)
        if _may_skip(closure.values()):
            found = replace(found, may_skip=True)
        task = replace(task, closure=MappingProxyType(closure), defaults=defaults)
    if not isinstance(thing, Function) or thing.partial is None:
        return replace(task, callable=found)
    args, kwargs = thing.partial
    arguments = dict(task.arguments)
    if args:
        arguments["op_args"] = _joined(tuple(map(freeze, args)), task.argument("op_args"))
    if kwargs:
        arguments["op_kwargs"] = _merged(tuple((Known(k), freeze(v)) for k, v in kwargs.items()), task.argument("op_kwargs"))
    return replace(task, callable=found, arguments=MappingProxyType(arguments))


def _given(task: Task, thing: Object | None) -> frozenset[str]:
    """What the arguments of a task give its callable under names that Airflow's context has as well: they go before it."""
    if not isinstance(thing, Function):
        return frozenset()
    kwargs, args = task.argument("op_kwargs"), task.argument("op_args")
    first, named = thing.partial or ([], {})
    names = {str(key.value) for key, _ in kwargs.items if isinstance(key, Known)} if isinstance(kwargs, Pairs) else set()
    count = len(first) + (len(args.items) if isinstance(args, Sequence) else 0)
    names |= {p.name.value for p in (*thing.node.params.posonly_params, *thing.node.params.params)[:count]}
    return frozenset(name for name in names.union(named, task.over) if name in CONTEXT_NAMES)


def _closure(thing: Function, found: Callable, callables: Callables, above: tuple[cst.CSTNode, ...] = ()) -> dict[str, Value]:
    """The values of the names that a function takes from the functions around it; of helpers there their facts as well."""
    made: dict[str, Value] = {}
    for name in sorted(found.free):
        scope: Environment | None = thing.scope
        while scope is not None and scope.depth > 0:
            if name in scope.names:
                made[name] = _helper(scope.names[name], callables, (*above, thing.node))
                break
            scope = scope.parent
    return made


def _may_skip(closure: Iterable[Value]) -> bool:
    """Whether one of the helpers around a function may skip its task."""
    helpers = [value for value in closure if isinstance(value, Reference) and value.callable is not None]
    return any((each.callable is not None and each.callable.may_skip) or _may_skip(inner for _, inner in each.closure) for each in helpers)


def _helper(thing: Object, callables: Callables, above: tuple[cst.CSTNode, ...]) -> Value:
    """`above`: the functions that take it, which may take each other."""
    value = freeze(thing)
    if not isinstance(thing, Function) or not isinstance(value, Reference) or thing.scope.depth == 0 or decorator_of(thing) is not None:
        return value
    found = callables.of(thing)
    if found is None or thing.partial is not None or isinstance(thing.node, cst.Lambda):
        return value
    inner = {} if thing.node in above else _closure(thing, found, callables, above)
    return replace(value, callable=found, closure=tuple(inner.items()))


def with_callbacks(
    values: Mapping[str, Value], things: Mapping[str, Object], callables: Callables, also: str = ""
) -> Mapping[str, Value]:
    """The arguments, with the facts of the functions among them that are no python_callable, or `also` of that."""
    made = dict(values)
    for name, value in values.items():
        if (name.endswith(("_callback", "_check", "_filter")) or name in ("execution_date_fn", also)) and isinstance(value, Reference):
            made[name] = replace(value, callable=callables.of(things.get(name)))
    return MappingProxyType(made)


def _joined(first: tuple[Value, ...], rest: Value | None) -> Value:
    more = rest.items if isinstance(rest, Sequence) else ()
    return Sequence("list", first + more)


def _merged(first: tuple[tuple[Value, Value], ...], rest: Value | None) -> Value:
    more = rest.items if isinstance(rest, Pairs) else ()
    own = {key.value for key, _ in more if isinstance(key, Known)}
    return Pairs(tuple(pair for pair in first if not (isinstance(pair[0], Known) and pair[0].value in own)) + more)
