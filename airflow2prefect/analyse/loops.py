"""Loops and comprehensions: one pass for each item, or a single symbolic one where only the run knows the items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import libcst as cst

from airflow2prefect.analyse.conditions import Merge, State, counted, is_kept, lose
from airflow2prefect.analyse.constants import NotKnown
from airflow2prefect.analyse.edges import METHODS
from airflow2prefect.analyse.names import target_names
from airflow2prefect.analyse.objects import Const, DagObject, Dict, Environment, Items, Last, Object, Opaque, TaskObject
from airflow2prefect.analyse.reader import Reader
from airflow2prefect.findings import Finding
from airflow2prefect.model import Carried, Code, Iteration, Loop

COUNTING = frozenset(("len", "zip", "enumerate", "reversed", "sorted", "range", "pop", "chain"))


def passes(
    reader: Reader, node: cst.CSTNode, target: cst.BaseExpression, iterable: cst.BaseExpression, scope: Environment
) -> Iterator[None]:
    """Bind `target` in `scope` to each item of `iterable` in turn, telling the reader which pass it is."""
    from airflow2prefect.analyse.expressions import bind, evaluate, iterate

    items = iterate(evaluate(reader, iterable, scope))
    span = reader.source.span(node)
    names = tuple(target_names(target))
    loop = Loop(span.start, span, names, reader.source.code(target), reader.code(iterable, scope), None if items is None else len(items))
    for name in names:
        rebind(reader, name, scope, node)
    reader.loops[loop.id], reader.loop_scopes[loop.id] = loop, scope
    outer = reader.iterations
    try:
        if items is None:
            for name in names:
                scope.names[name] = Opaque(code=Code(name, None, ((0, len(name), name),)))
            reader.unknown_passes += 1
            reader.iterations = (*outer, Iteration(loop.id, 0))
            again = any(task.iterations[: len(reader.iterations)] == reader.iterations for task in _tasks(reader))
            before, state = set(_tasks(reader)), State.of(scope)
            if isinstance(node, cst.For):
                lose((name for name in counted(node.body.body) if name not in names), scope, kept=False)
            yield
            made = [task for task in _tasks(reader) if task not in before]
            if made and again:  # a function called twice: two loops, of which a flow would make one
                reader.note("A2P301", node, what=reader.source.code(iterable)[:60])
            if made and isinstance(node, cst.For):
                yield from _more_passes(reader, loop, names, scope, outer, made)
                if outer and reader.loops[loop.id].carried:  # anew in each pass around it
                    reader.note("A2P301", node, what=reader.source.code(iterable)[:60])
                _leave(scope, state, made, nested=bool(outer))
            elif isinstance(node, cst.For):
                Merge(state, state, State.of(scope), None, kept=is_kept(reader, scope), made=False).apply()
            return
        for index, item in enumerate(items):
            reader.iterations = (*outer, Iteration(loop.id, index))
            bind(target, item, scope, reader)
            yield
    finally:
        reader.iterations = outer


def rebind(reader: Reader, name: str, scope: Environment, node: cst.CSTNode) -> None:
    """A name is bound: where it is the variable of a loop around, that holds something else then."""
    for each in reader.iterations:
        loop = reader.loops[each.loop]
        if name in loop.targets and reader.loop_scopes[each.loop] is scope:
            reader.loops[each.loop] = replace(loop, rebound=True)
            if loop.count is None:
                reader.note("A2P306", node, what=reader.source.code(node).split("\n")[0][:60])


def _more_passes(
    reader: Reader, loop: Loop, names: tuple[str, ...], scope: Environment, outer: tuple[Iteration, ...], made: list[TaskObject]
) -> Iterator[None]:
    """Two more passes of a loop over unknown items, to see which orders go from pass to pass; all else of them is undone."""
    snapshot = Snapshot.of(reader, scope)
    passed = [made]
    try:
        for index in (1, 2):
            for name in names:
                scope.names[name] = Opaque(code=Code(name, None, ((0, len(name), name),)))
            reader.iterations = (*outer, Iteration(loop.id, index))
            before = set(_tasks(reader))
            yield
            passed.append([task for task in _tasks(reader) if task not in before])
        reader.loops[loop.id] = replace(reader.loops[loop.id], carried=tuple(_carried(*passed)))
    finally:
        snapshot.restore(reader)


def _leave(scope: Environment, before: State, made: list[TaskObject], *, nested: bool) -> None:
    """Behind a loop its names hold the tasks of the last pass, or what they held before it: only the run knows."""
    for env, names in before.names:
        for name, value in env.names.items():
            if not isinstance(value, TaskObject) or value not in made:
                continue
            code, old = Code(name, None, ((0, len(name), name),)), names.get(name)
            none = old is None or (isinstance(old, Const) and old.value is None)  # unbound, an error if there is no pass
            simple = not nested and value.iterations[1:] == () and value.group is None
            if simple and (none or (isinstance(old, TaskObject) and not old.iterations)):
                env.names[name] = Last(value, old if isinstance(old, TaskObject) else None, code=code)
            else:
                env.names[name] = Opaque(code=code)


def only_orders(node: cst.If, scope: Environment) -> bool:
    """Whether an `if last:` sets only orders behind the last task of a loop: without a pass there is none to set."""
    match node.test:
        case cst.Name(value=name) | cst.Comparison(
            left=cst.Name(value=name), comparisons=[cst.ComparisonTarget(operator=cst.IsNot(), comparator=cst.Name(value="None"))]
        ):
            if node.orelse is not None or not isinstance(scope.find(name), Last):
                return False
            small = [each for line in node.body.body for each in (line.body if isinstance(line, cst.SimpleStatementLine) else (line,))]
            return all(isinstance(each, cst.Expr) and name in _ordered(each.value) for each in small)
    return False


def _ordered(node: cst.BaseExpression) -> tuple[str, ...]:
    """The names of two tasks that an expression sets in order."""
    match node:
        case cst.BinaryOperation(left=cst.Name(value=one), operator=cst.RightShift() | cst.LeftShift(), right=cst.Name(value=other)):
            return one, other
        case cst.Call(func=cst.Attribute(value=cst.Name(value=one), attr=cst.Name(value=method)), args=[cst.Arg(value=cst.Name(value=other))]):
            return (one, other) if method in METHODS else ()
    return ()


def _carried(first: list[TaskObject], second: list[TaskObject], third: list[TaskObject]) -> Iterator[Carried]:
    """The orders between passes, told by the tasks of three."""
    inside = {id(task) for task in (*first, *second, *third)}
    origin = {task.site.start: task for task in first}
    last = {task.site.start: task for task in third}
    for task in second:
        twin, later = origin.get(task.site.start), last.get(task.site.start)
        for up in task.upstream.values():
            if twin is None or up not in first:
                continue
            initial = [t.task_id for t in twin.upstream.values() if id(t) not in inside and t.task_id not in task.upstream]
            every = later is not None and any(t in first for t in later.upstream.values())
            yield Carried(up.task_id, twin.task_id, tuple(initial), every)


def _tasks(reader: Reader) -> list[TaskObject]:
    return [*reader.loose, *(task for dag in reader.dags for task in dag.tasks.values())]


def many(reader: Reader, thing: Object) -> bool:
    """Whether a list holds a task that stands for as many as a loop makes which was left: how many, only the run knows."""
    inside = {each.loop for each in reader.iterations}
    items = thing.items if isinstance(thing, Items) else [item for _, item in thing.pairs.values()] if isinstance(thing, Dict) else ()
    return any(
        reader.loops[each.loop].count is None and each.loop not in inside
        for item in items
        if isinstance(item, TaskObject)
        for each in item.iterations
    )


def tell_many(reader: Reader, node: cst.BaseExpression, owner: Object) -> None:
    """A finding where code asks for one of the tasks that a loop makes, of which only the run knows how many there are."""
    if many(reader, owner) and not isinstance(owner, Dict):
        reader.note("A2P301", node, what=reader.source.code(node).split("\n")[0][:60])
        raise NotKnown


def tell_counted(reader: Reader, node: cst.Call, scope: Environment) -> None:
    """The same for calls that count what they are given: `len(tasks)`, `zip(tasks, others)`, `tasks.pop()`."""
    if not reader.loops:
        return
    name = node.func.value if isinstance(node.func, cst.Name) else node.func.attr.value if isinstance(node.func, cst.Attribute) else ""
    asked = [arg.value for arg in node.args] + ([node.func.value] if isinstance(node.func, cst.Attribute) else [])
    for given in asked if name in COUNTING else ():
        found = scope.find(given.value) if isinstance(given, cst.Name) else None
        if found is not None and many(reader, found):
            reader.note("A2P301", node, what=reader.source.code(node).split("\n")[0][:60])
            raise NotKnown


@dataclass(slots=True)
class Snapshot:
    """The DAGs and names of a reader at one moment."""

    dags: list[tuple[DagObject, dict[str, TaskObject], list[Finding]]]
    loose: list[TaskObject]
    upstream: list[tuple[TaskObject, dict[str, TaskObject]]]
    members: list[tuple[list[TaskObject], list[TaskObject]]]
    findings: list[Finding]
    names: list[tuple[Environment, dict[str, Object]]]
    items: list[tuple[Items, list[Object]]]
    pairs: list[tuple[Dict, dict[object, tuple[Object, Object]]]]

    @classmethod
    def of(cls, reader: Reader, scope: Environment) -> Snapshot:
        scopes: list[Environment] = []
        found: Environment | None = scope
        while found is not None:
            scopes.append(found)
            found = found.parent
        values = [value for env in scopes for value in env.names.values()]
        groups = {id(t.group): t.group for t in _tasks(reader) if t.group is not None}
        return cls(
            [(dag, dict(dag.tasks), list(dag.findings)) for dag in reader.dags],
            list(reader.loose),
            [(task, dict(task.upstream)) for task in _tasks(reader)],
            [(group.members, list(group.members)) for group in groups.values()],
            list(reader.findings),
            [(env, dict(env.names)) for env in scopes],
            [(value, list(value.items)) for value in values if isinstance(value, Items)],
            [(value, dict(value.pairs)) for value in values if isinstance(value, Dict)],
        )

    def restore(self, reader: Reader) -> None:
        """What came since is forgotten."""
        reader.dags[:] = [dag for dag, _, _ in self.dags]
        for dag, tasks, findings in self.dags:
            dag.tasks, dag.findings = tasks, findings
        reader.loose[:] = self.loose
        for task, upstream in self.upstream:
            task.upstream = upstream
        for members, old in self.members:
            members[:] = old
        reader.findings[:] = self.findings
        for env, names in self.names:
            env.names = names
        for value, items in self.items:
            value.items = items
        for mapping, pairs in self.pairs:
            mapping.pairs = pairs
