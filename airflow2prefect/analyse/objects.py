"""What names stand for while a DAG file is read: the mutable counterparts of the model's values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import libcst as cst

from airflow2prefect.findings import Finding
from airflow2prefect.model import (
    Call,
    Code,
    Iteration,
    Literal,
    Need,
    Pairs,
    Piece,
    Reference,
    Sequence,
    Span,
    Template,
    Value,
    XComOf,
)


@dataclass(eq=False, slots=True)
class Object:
    """Any value. `code` is how the user wrote it; None where only its value is known."""

    code: Code | None = field(default=None, kw_only=True)


@dataclass(eq=False, slots=True)
class Const(Object):
    """None, bool, number, str, bytes, datetime, timedelta: known."""

    value: object


@dataclass(eq=False, slots=True)
class Items(Object):
    """A list, tuple or set ("list", "tuple", "set", "iterator")."""

    kind: str
    items: list[Object]


@dataclass(eq=False, slots=True)
class Dict(Object):
    """A dict, by its keys' constants. A key that is not a constant stands under its object."""

    pairs: dict[object, tuple[Object, Object]]

    def get(self, key: object) -> Object | None:
        found = self.pairs.get(key)
        return found[1] if found else None

    def set(self, key: Object, value: Object) -> None:
        self.pairs[key_of(key)] = (key, value)


@dataclass(eq=False, slots=True)
class Opaque(Object):
    """An expression whose value only the run knows."""


@dataclass(eq=False, slots=True)
class Named(Object):
    """Something imported (or a builtin), by its qualified path."""

    path: str


@dataclass(eq=False, slots=True)
class Called(Object):
    """The unknown result of a call of something imported."""

    path: str
    args: list[Object]
    kwargs: dict[str, Object]


@dataclass(eq=False, slots=True)
class Environment:
    """Names of one scope; `depth` 0 is the module, of which `stable` are bound once, and the others for the `last` time by
    a statement of it. `module`: its name, "" for the DAG file."""

    names: dict[str, Object]
    parent: Environment | None = None
    depth: int = 0
    globals: set[str] = field(default_factory=set)
    module: str = ""
    stable: frozenset[str] = frozenset()
    last: Mapping[str, cst.CSTNode] = field(default_factory=dict)
    given: Mapping[str, Object] = field(default_factory=dict)  # what a function is called with, by its parameters

    def root(self) -> Environment:
        """The scope of the module."""
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope

    def find(self, name: str) -> Object | None:
        scope: Environment | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.parent
        return None


@dataclass(eq=False, slots=True)
class Function(Object):
    """A function or lambda of the file. `decorators` holds evaluated decorators (TaskFlow, mostly)."""

    name: str
    node: cst.FunctionDef | cst.Lambda
    scope: Environment
    decorators: tuple[Object, ...] = ()
    partial: tuple[list[Object], dict[str, Object]] | None = None
    defaults: dict[str, Object] = field(default_factory=dict)  # of parameters that hold on to a name's value


@dataclass(eq=False, slots=True)
class Class(Object):
    name: str
    node: cst.ClassDef
    bases: tuple[Object, ...]
    scope: Environment


@dataclass(eq=False, slots=True)
class Instance(Object):
    """An object of a class that is no operator: `fields` are its attributes, `statements` those that were run when it was made."""

    made_of: Class
    fields: dict[str, Object]
    statements: tuple[cst.CSTNode, ...] = ()


@dataclass(eq=False, slots=True)
class Super(Object):
    """`super()` in a method that `home`, a class, defines."""

    owner: Object
    home: Class


@dataclass(eq=False, slots=True)
class Module(Object):
    """A module of the user's own."""

    name: str
    names: Environment


@dataclass(eq=False, slots=True)
class Method(Object):
    """`owner.name`, before it is called."""

    owner: Object
    name: str


@dataclass(eq=False, slots=True)
class DagObject(Object):
    dag_id: str
    span: Span
    arguments: dict[str, Object]
    order: int
    tasks: dict[str, TaskObject] = field(default_factory=dict)
    default_args: Dict = field(default_factory=lambda: Dict({}))
    sub: bool = False
    depth: int = 0  # of calls in which its tasks are made: 1 in the function of a `@dag`
    iterations: tuple[Iteration, ...] = ()
    bound: bool = False  # under a name of the module that only the run knows
    elsewhere: bool = False  # made by a module while it was imported
    comment: str = ""
    variable: str = ""
    made_by: tuple[str, str] = ("", "")  # the function of the user's that makes it, and its docstring
    maker: cst.FunctionDef | None = None  # that function, called by the module itself
    given: Mapping[str, Object] = field(default_factory=dict)  # what it is called with
    findings: list[Finding] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class TaskObject(Object):
    """An operator instance while its DAG is being read; becomes a model.Task."""

    task_id: str
    id_object: Object
    operator: str
    site: Span
    statement: Span
    arguments: dict[str, Object]
    values: dict[str, Value]
    inherited: dict[str, Object]
    dag: DagObject | None
    iterations: tuple[Iteration, ...]
    upstream: dict[str, TaskObject] = field(default_factory=dict)
    lasts: dict[str, TaskObject | None] = field(default_factory=dict)  # of `upstream`, those that are `Last`: what stands for no pass
    group: GroupObject | None = None
    comment: str = ""
    variable: str = ""
    mapped: bool = False
    over: dict[str, Value] = field(default_factory=dict)
    is_setup: bool = False
    is_teardown: bool = False
    fails_dag: bool = False  # a teardown whose failure fails the DAG run
    inlined: bool = False
    known_id: bool = True
    condition: str = ""


@dataclass(eq=False, slots=True)
class Last(Object):
    """What a name holds behind a loop over what only the run knows: the task of its last pass, `initial` where there was none."""

    task: TaskObject
    initial: TaskObject | None


@dataclass(eq=False, slots=True)
class GroupObject(Object):
    """A TaskGroup. Its prefix is part of the ids of what is in it."""

    group_id: str
    dag: DagObject | None
    parent: GroupObject | None
    prefix: bool = True
    members: list[TaskObject] = field(default_factory=list)
    default_args: Dict = field(default_factory=lambda: Dict({}))
    before: list[TaskObject] = field(default_factory=list)
    id_object: Object | None = None
    iterations: tuple[Iteration, ...] = ()
    statement: Span | None = None
    made_by: str = ""
    doc: str = ""
    comment: str = ""
    above: str = ""

    def label(self, task_id: str) -> str:
        """The full id of a task (or group) made in this group."""
        name = f"{self.group_id}.{task_id}" if self.prefix else task_id
        return name

    def edge_tasks(self, *, roots: bool) -> list[TaskObject]:
        """Tasks without an upstream (roots) or downstream (leaves) inside the group."""
        inside = {id(task) for task in self.members}
        if roots:
            return [t for t in self.members if not any(id(u) in inside for u in t.upstream.values())]
        fed = {id(u) for t in self.members for u in t.upstream.values()}
        found: list[TaskObject] = []
        for task in self.members:
            if id(task) not in fed:
                found += self._before_teardown(task, inside) if task.is_teardown else [task]
        return list({id(task): task for task in found}.values())

    def _before_teardown(self, task: TaskObject, inside: set[int]) -> list[TaskObject]:
        """The group ends with what a teardown at its end comes after.

        https://github.com/apache/airflow/blob/2.10.5/airflow/utils/task_group.py, `get_leaves`
        """
        found: list[TaskObject] = []
        for up in task.upstream.values():
            below = [t for t in self.members if t is not task and not t.is_teardown and any(u is up for u in t.upstream.values())]
            if id(up) not in inside or (task.is_teardown and up.is_setup) or (not up.is_teardown and below):
                continue
            found += self._before_teardown(up, inside) if up.is_teardown else [up]
        return found


@dataclass(eq=False, slots=True)
class DagParam(Object):
    """A parameter of a DAG's function, or `dag.param(name)`: known when the DAG runs."""

    name: str


@dataclass(eq=False, slots=True)
class XComObject(Object):
    task: TaskObject
    key: str = "return_value"


@dataclass(eq=False, slots=True)
class XComMade(Object):
    """What `.map`, `.zip` or `.concat` makes of what tasks return: only the run knows it."""

    sources: list[Object]


def key_of(key: Object) -> object:
    """What a dict of ours is keyed by: the constant, or the object itself."""
    if isinstance(key, Const):
        try:
            hash(key.value)
        except TypeError:
            return key
        return key.value
    if isinstance(key, Items) and key.kind == "tuple":
        return tuple(key_of(item) for item in key.items)
    return key


def freeze(thing: Object) -> Value:
    """The model's value of an object."""
    code = thing.code
    match thing:
        case Const():
            return Literal(thing.value, code)
        case Items():
            return Sequence("list" if thing.kind == "iterator" else thing.kind, tuple(map(freeze, thing.items)), code)
        case Dict():
            return Pairs(tuple((freeze(k), freeze(v)) for k, v in thing.pairs.values()), code)
        case Named():
            return Reference(thing.path.rpartition(".")[2], thing.path, code)
        case Called():
            kwargs = MappingProxyType({k: freeze(v) for k, v in thing.kwargs.items()})
            return Call(thing.path, tuple(map(freeze, thing.args)), kwargs, code)
        case Function() | Class():
            module = thing.scope.module if thing.scope.depth == 0 else ""
            return Reference(thing.name, f"{module}.{thing.name}" if module else None, code)
        case Module():
            return Reference(thing.name.rpartition(".")[2], thing.name, code)
        case TaskObject():
            return XComOf(thing.task_id)
        case XComObject():
            return XComOf(thing.task.task_id, thing.key)
        case XComMade():
            return Code("...", None)
        case DagParam():
            piece = Piece("{0}", (Need("param", thing.name),), is_string=True)
            return Template("{{ params." + thing.name + " }}", (piece,), piece.needs)
        case _:
            return code or Code("...", None)
