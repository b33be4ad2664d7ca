"""Objects of the file's own classes: builders of DAGs and tasks, and what holds their settings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from airflow2prefect.analyse.constants import NotKnown
from airflow2prefect.analyse.expressions import evaluate
from airflow2prefect.analyse.objects import (
    Called,
    Class,
    Const,
    Dict,
    Environment,
    Function,
    Instance,
    Items,
    Method,
    Named,
    Object,
    Super,
)
from airflow2prefect.analyse.reader import Reader

# Bases and decorators whose classes take their fields as arguments.
_RECORDS = frozenset((
    "dataclasses.dataclass", "attr.s", "attr.attrs", "attr.dataclass", "attr.define", "attrs.define", "attrs.frozen",
    "typing.NamedTuple", "pydantic.BaseModel", "pydantic.dataclasses.dataclass",
))  # fmt: skip
_PLAIN = frozenset(("builtins.object", "abc.ABC", "typing.Generic", "typing.Protocol"))


def make(reader: Reader, made_of: Class, args: list[Object], kwargs: dict[str, Object]) -> Object:
    """The object that calling a class of the file makes; raises NotKnown where a class derives from what is not known."""
    order = list(_order(made_of))
    outside = {base.path for each in order for base in each.bases if isinstance(base, Named)}
    outside |= {base.path for each in order for base in each.bases if isinstance(base, Called)}
    if outside - _PLAIN - _RECORDS or any(not isinstance(base, (Named, Class)) for each in order for base in each.bases):
        raise NotKnown
    made = Instance(made_of, {}, tuple(reader.statements))
    if outside & _RECORDS or any(_path(reader, each, each.node.decorators) & _RECORDS for each in order):
        _fill(reader, made, order, args, kwargs)
    elif find_method(made_of, "__init__") is not None:
        invoke(reader, made, "__init__", args, kwargs)
    return made


def _path(reader: Reader, owner: Class, decorators: Sequence[cst.Decorator]) -> set[str]:
    found = [evaluate(reader, each.decorator, owner.scope) for each in decorators]
    return {thing.path for thing in found if isinstance(thing, (Named, Called))}


def _order(made_of: Class) -> Iterator[Class]:
    """A class and those of the file that it derives from, in the order in which Python asks them."""
    yield made_of
    for base in made_of.bases:
        if isinstance(base, Class):
            yield from _order(base)


def _fill(reader: Reader, made: Instance, order: list[Class], args: list[Object], kwargs: dict[str, Object]) -> None:
    """The fields of a record, from arguments or their defaults."""
    names: list[str] = []
    for each in reversed(order):
        for small in _smalls(each):
            if isinstance(small, cst.AnnAssign) and isinstance(small.target, cst.Name):
                name = small.target.value
                names.append(name)
                if small.value is not None:
                    made.fields[name] = _default(reader, evaluate(reader, small.value, each.scope))
    names = list(dict.fromkeys(names))
    made.fields.update(zip(names, args, strict=False))
    made.fields.update(kwargs)
    if find_method(made.made_of, "__post_init__") is not None:
        invoke(reader, made, "__post_init__", [], {})


def _default(reader: Reader, given: Object) -> Object:
    """`field(default_factory=list)`"""
    if not (isinstance(given, Called) and given.path.rpartition(".")[2] in ("field", "Field", "ib")):
        return given
    factory = given.kwargs.get("default_factory", given.kwargs.get("factory"))
    if isinstance(factory, Named) and factory.path in ("builtins.list", "builtins.dict"):
        return Items("list", []) if factory.path == "builtins.list" else Dict({})
    if isinstance(factory, Function) and isinstance(factory.node, cst.Lambda):
        return evaluate(reader, factory.node.body, factory.scope)
    default = given.kwargs.get("default", given.args[0] if given.args else None)
    if default is None:
        raise NotKnown
    return default


def _smalls(owner: Class) -> Iterator[cst.BaseSmallStatement]:
    for statement in owner.node.body.body:
        if isinstance(statement, cst.SimpleStatementLine):
            yield from statement.body


def find_method(made_of: Class, name: str, after: Class | None = None) -> tuple[Class, cst.FunctionDef] | None:
    """The function that a class has under a name, and where it stands; only behind `after` if that is given."""
    order = list(_order(made_of))
    for each in order[order.index(after) + 1 :] if after in order else order:
        for statement in each.node.body.body:
            if isinstance(statement, cst.FunctionDef) and statement.name.value == name:
                return each, statement
    return None


def attribute(reader: Reader, owner: Instance | Class | Super, name: str) -> Object | None:
    """`owner.name`; None if nothing says what that is."""
    if isinstance(owner, Instance):
        if name in owner.fields:
            return owner.fields[name]
        if name == "__class__":
            return owner.made_of
    if isinstance(owner, Super):
        return Method(owner, name)
    made_of = owner.made_of if isinstance(owner, Instance) else owner
    found = find_method(made_of, name)
    if found is not None:
        if isinstance(owner, Instance) and _path(reader, found[0], found[1].decorators) & {"builtins.property", "functools.cached_property"}:
            return invoke(reader, owner, name, [], {})
        return Method(owner, name)
    for each in _order(made_of):
        value = class_attribute(reader, each, name)
        if value is not None:
            return value
    return None


def class_attribute(reader: Reader, owner: Class, name: str) -> Object | None:
    """The value that the body of a class gives to a name, if it says so once."""
    found: list[cst.BaseExpression] = []
    for statement in owner.node.body.body:
        for small in statement.body if isinstance(statement, cst.SimpleStatementLine) else ():
            if isinstance(small, cst.Assign):
                targets = [target.target for target in small.targets]
            elif isinstance(small, cst.AnnAssign):
                targets = [small.target]
            else:
                continue
            if small.value is not None and any(isinstance(target, cst.Name) and target.value == name for target in targets):
                found.append(small.value)
    return evaluate(reader, found[0], owner.scope) if len(found) == 1 else None


def invoke(reader: Reader, owner: Instance | Class | Super, name: str, args: list[Object], kwargs: dict[str, Object]) -> Object:
    """Call a method, and follow what it does."""
    from airflow2prefect.analyse.calls import inline

    after = owner.home if isinstance(owner, Super) else None
    self = owner.owner if isinstance(owner, Super) else owner
    made_of = self.made_of if isinstance(self, Instance) else self
    assert isinstance(made_of, Class)
    found = find_method(made_of, name, after)
    if found is None:
        if isinstance(owner, Super) and name == "__init__":
            return Const(None)
        raise NotKnown
    home, node = found
    decorators = _path(reader, home, node.decorators)
    if decorators - {"builtins.staticmethod", "builtins.classmethod", "builtins.property", "functools.cached_property", "abc.abstractmethod"}:
        raise NotKnown
    first: list[Object] = [] if "builtins.staticmethod" in decorators else [made_of if "builtins.classmethod" in decorators else self]
    if first == [made_of] and "builtins.classmethod" not in decorators:
        first = []  # `Class.method(instance)`
    hidden: dict[str, Object] = {"__class__": home, "super()": self}
    function = Function(name, node, Environment(hidden, home.scope, home.scope.depth + 1))
    before = len(reader.touched)
    result = inline(reader, function, [*first, *args], kwargs)
    if len(reader.touched) != before and node in reader.inlined:
        reader.inlined.add(home.node)
        if isinstance(self, Instance):
            reader.inlined.add(self.made_of.node)
            reader.touched.update(self.statements)
    return result


def parent(scope: Environment) -> Object:
    """`super()`"""
    home, owner = scope.find("__class__"), scope.find("super()")
    if not isinstance(home, Class) or owner is None:
        raise NotKnown
    return Super(owner, home)
