"""Statements that only the run knows to run or not: what names and containers hold after them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import libcst as cst

from airflow2prefect.analyse.names import bound_names
from airflow2prefect.analyse.objects import (
    Called,
    Class,
    Const,
    DagObject,
    Dict,
    Environment,
    Function,
    GroupObject,
    Instance,
    Items,
    Module,
    Named,
    Object,
    Opaque,
    TaskObject,
    XComMade,
    XComObject,
    freeze,
)
from airflow2prefect.analyse.reader import Reader
from airflow2prefect.model import Code, Value
from airflow2prefect.parse import children_of

OF_DAGS = (TaskObject, DagObject, GroupObject, XComObject, XComMade)


@dataclass(slots=True)
class State:
    """What the names of a scope and of those around it hold, and the containers that they reach."""

    names: list[tuple[Environment, dict[str, Object]]]
    items: dict[int, tuple[Items, list[Object]]]
    pairs: dict[int, tuple[Dict, dict[object, tuple[Object, Object]]]]
    fields: dict[int, tuple[Instance, dict[str, Object]]]

    @classmethod
    def of(cls, scope: Environment) -> State:
        scopes: list[Environment] = []
        found: Environment | None = scope
        while found is not None:
            scopes.append(found)
            found = found.parent
        made = cls([(env, dict(env.names)) for env in scopes], {}, {}, {})
        for _, names in made.names:
            for value in names.values():
                made._reach(value)
        return made

    def _reach(self, value: Object) -> None:
        if isinstance(value, Items) and id(value) not in self.items:
            self.items[id(value)] = (value, list(value.items))
            for item in value.items:
                self._reach(item)
        elif isinstance(value, Dict) and id(value) not in self.pairs:
            self.pairs[id(value)] = (value, dict(value.pairs))
            for _, item in value.pairs.values():
                self._reach(item)
        elif isinstance(value, Instance) and id(value) not in self.fields:
            self.fields[id(value)] = (value, dict(value.fields))
            for item in value.fields.values():
                self._reach(item)

    def restore(self) -> None:
        for env, names in self.names:
            env.names = dict(names)
        for items, held in self.items.values():
            items.items = list(held)
        for mapping, pairs in self.pairs.values():
            mapping.pairs = dict(pairs)
        for thing, fields in self.fields.values():
            thing.fields = dict(fields)


class Merge:
    """Makes one state of what two ways through a condition leave: `before` it, `first` where it is true, `second` where not.

    What makes tasks stays as it is read, one branch after the other; any other value that differs is what the run makes it: the
    name itself where its statements stay in the module (`kept`; those of `stable` names, if no task is `made` there), else `a if test else b`.
    """

    def __init__(self, before: State, first: State, second: State, test: Code | None, *, kept: bool, made: bool) -> None:
        self.before, self.first, self.second, self.test = before, first, second, test
        self.kept = kept and not made
        self.stable = frozenset() if made else before.names[-1][0].stable

    def apply(self) -> None:
        self.before.restore()
        for n, (env, before) in enumerate(self.before.names):
            one, two = self.first.names[n][1], self.second.names[n][1]
            for name in dict.fromkeys((*one, *two)):
                env.names[name] = self._value(name, before.get(name), one.get(name), two.get(name), module=env.depth == 0)
        for key in dict.fromkeys((*self.first.items, *self.second.items)):
            self._items(key)
        for key in dict.fromkeys((*self.first.pairs, *self.second.pairs)):
            self._pairs(key)
        for key in self.first.fields.keys() & self.second.fields.keys():
            thing, one = self.first.fields[key]
            two, old = self.second.fields[key][1], self.before.fields.get(key, (thing, {}))[1]
            thing.fields = {
                name: self._value("", old.get(name), one.get(name), two.get(name), module=False) for name in dict.fromkeys((*one, *two))
            }

    def _value(self, name: str, before: Object | None, one: Object | None, two: Object | None, *, module: bool) -> Object:
        if one is not None and (one is two or _same(one, two)):
            return one
        if one is None or two is None:
            there = one if one is not None else two
            assert there is not None
            return there if isinstance(there, OF_DAGS) or _airflow(there) else self._either(name, one, two, module)
        if isinstance(one, OF_DAGS) or isinstance(two, OF_DAGS) or (_airflow(one) and _airflow(two)):
            return two if two is not before else one
        return self._either(name, one, two, module)

    def _either(self, name: str, one: Object | None, two: Object | None, module: bool) -> Object:
        if module and (self.kept or name in self.stable):
            return named(name)
        if one is None or two is None or self.test is None:
            return Opaque()
        return Opaque(code=conditional(self.test, freeze(one), freeze(two)))

    def _items(self, key: int) -> None:
        owner = (self.first.items.get(key) or self.second.items[key])[0]
        held = [state.items[key][1] if key in state.items else [] for state in (self.before, self.first, self.second)]
        before, one, two = held
        known = [key in state.items for state in (self.first, self.second)]
        if not all(known):
            owner.items = one if known[0] else two
        elif len(one) == len(two) and all(a is b or _same(a, b) for a, b in zip(one, two, strict=True)):
            owner.items = one
        elif any(isinstance(item, OF_DAGS) for item in (*one, *two) if not any(item is old for old in before)):
            owner.items = [*one, *(item for item in two if not any(item is other for other in one))]
        else:
            self._lose(owner)

    def _pairs(self, key: int) -> None:
        owner = (self.first.pairs.get(key) or self.second.pairs[key])[0]
        if key not in self.first.pairs or key not in self.second.pairs:
            owner.pairs = (self.first.pairs.get(key) or self.second.pairs[key])[1]
            return
        before = self.before.pairs[key][1] if key in self.before.pairs else {}
        one, two = self.first.pairs[key][1], self.second.pairs[key][1]
        name = self._name(owner)
        made: dict[object, tuple[Object, Object]] = {}
        for item in dict.fromkeys((*one, *two)):
            nothing: tuple[Object, Object | None] = (Const(None), None)
            label, a = one.get(item, nothing)
            other, b = two.get(item, nothing)
            old = before.get(item, nothing)[1]
            value = self._value("", old, a, b, module=False) if not (name and self.kept) else self._entry(name, item, old, a, b)
            made[item] = (label if a is not None else other, value)
        owner.pairs = made

    def _entry(self, name: str, key: object, old: Object | None, one: Object | None, two: Object | None) -> Object:
        found = self._value("", old, one, two, module=False)
        if found is one or found is two:
            return found
        text = f"{name}[{key!r}]"
        return Opaque(code=Code(text, None, ((0, len(name), name),)))

    def _name(self, owner: Object) -> str:
        env = self.before.names[-1][0]
        return next((name for name, value in env.names.items() if value is owner), "")

    def _lose(self, owner: Object) -> None:
        """Nothing holds what a container holds now: its names stand for themselves."""
        for env, _ in self.before.names:
            for name, value in list(env.names.items()):
                if value is owner:
                    env.names[name] = named(name) if env.depth == 0 and (self.kept or name in self.stable) else Opaque()
        for mapping, _ in self.before.pairs.values():
            for key, (label, value) in list(mapping.pairs.items()):
                if value is owner:
                    mapping.pairs[key] = (label, Opaque())


def named(name: str) -> Opaque:
    """What the module's variable of that name holds when the flow runs."""
    return Opaque(code=Code(name, None, ((0, len(name), name),)))


def lose(names: Iterable[str], scope: Environment, *, kept: bool) -> None:
    """The names hold what only the run knows; what is imported or defined there stays what it is."""
    for name in names:
        if not isinstance(scope.names.get(name), (*OF_DAGS, Named, Module, Function, Class)):
            scope.names[name] = named(name) if kept and scope.depth == 0 else Opaque()


def assigned(body: Iterable[cst.CSTNode]) -> list[str]:
    """The names that the assignments of some statements bind, those inside of other statements as well."""
    found = (name for node in _small(body) if isinstance(node, (cst.Assign, cst.AnnAssign, cst.AugAssign)) for name in bound_names(node))
    return list(dict.fromkeys(found))


def counted(body: Iterable[cst.CSTNode]) -> list[str]:
    """The names that statements of a loop count on (`n += 1`): each pass sees another value."""
    return list(dict.fromkeys(name for node in _small(body) if isinstance(node, cst.AugAssign) for name in bound_names(node)))


def _small(body: Iterable[cst.CSTNode]) -> Iterator[cst.CSTNode]:
    """The simple statements among statements and in them, but for those of functions and classes."""
    todo = list(body)
    while todo:
        node = todo.pop()
        if isinstance(node, cst.BaseSmallStatement):
            yield node
        elif isinstance(node, (cst.BaseStatement, cst.BaseSuite, cst.Else, cst.ExceptHandler, cst.Finally)):
            if not isinstance(node, (cst.FunctionDef, cst.ClassDef)):
                todo.extend(children_of(node))


def conditional(test: Code, one: Value, two: Value) -> Code:
    """`one if test else two`"""
    text, names, bound = "", [], {}
    for name, value, behind in (("=one", one, " if "), ("=test", test, " else "), ("=two", two, "")):
        names.append((len(text), len(text) + len(name), name))
        bound[name] = value
        text += name + behind
    return Code(text, None, tuple(names), bound)


def unsure(values: Iterable[Object]) -> bool:
    """Whether what a function may return is not one value: tasks and DAGs are told as made under a condition."""
    every = list(values)
    if any(
        isinstance(value, OF_DAGS) or (isinstance(value, Items) and any(isinstance(i, OF_DAGS) for i in value.items)) for value in every
    ):
        return False
    return not all(_same(every[0], value) for value in every[1:])


def _same(one: Object | None, two: Object | None) -> bool:
    """Whether two values are one for all that a flow does with them."""
    match one, two:
        case Const(), Const():
            return type(one.value) is type(two.value) and one.value == two.value
        case Named(), Named():
            return one.path == two.path
        case Items(), Items():
            return one.kind == two.kind and len(one.items) == len(two.items) and all(map(_same, one.items, two.items))
        case Dict(), Dict():
            return one.pairs.keys() == two.pairs.keys() and all(_same(one.pairs[k][1], two.pairs[k][1]) for k in one.pairs)
        case ((Opaque() | Called()), (Opaque() | Called())):
            return one is two
    return one is two


def _airflow(thing: Object) -> bool:
    return isinstance(thing, Named) and thing.path.startswith("airflow.")


def is_kept(reader: Reader, scope: Environment) -> bool:
    """Whether the statement being read stays in the module, so that its names are there when the flow runs."""
    return not scope.depth and not reader.depth and not reader.dag_stack and not any(isinstance(s, cst.With) for s in reader.statements)


def extent(reader: Reader) -> tuple[int, int, int]:
    """How much of DAGs there is, to see whether a block has changed it."""
    tasks = [task for dag in reader.dags for task in dag.tasks.values()] + reader.loose
    return len(reader.dags), len(tasks), sum(len(task.upstream) for task in tasks)
