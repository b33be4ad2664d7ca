"""Expressions of a DAG file: what they stand for, without running them."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from pathlib import PurePosixPath

import libcst as cst

from airflow2prefect.analyse import constants, edges
from airflow2prefect.analyse.constants import NotKnown, plain, wrap
from airflow2prefect.analyse.names import target_names
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
    Last,
    Method,
    Module,
    Named,
    Object,
    Opaque,
    Super,
    TaskObject,
    XComObject,
    key_of,
)
from airflow2prefect.analyse.reader import Reader, unknown

BUILTINS = frozenset(dir(builtins))


CONVERSIONS: dict[str, Callable[[object], str]] = {"r": repr, "s": str, "a": ascii}  # of `{x!r}`


def evaluate(reader: Reader, node: cst.BaseExpression, scope: Environment) -> Object:
    """What `node` stands for; an Opaque if only the run knows."""
    handler = HANDLERS.get(type(node))
    if handler is None:
        return unknown(reader, node, scope)
    try:
        return handler(reader, node, scope)
    except NotKnown:
        return unknown(reader, node, scope)


def iterate(thing: Object) -> list[Object] | None:
    """The items that a loop over `thing` sees, None if they are not known."""
    match thing:
        case Items():
            return list(thing.items)
        case Dict():
            return [key for key, _ in thing.pairs.values()]
        case Const(value=str() as text):
            return [Const(char) for char in text]
    return None


def truth(thing: Object) -> bool | None:
    match thing:
        case Const():
            return bool(thing.value)
        case Items():
            return bool(thing.items)
        case Dict():
            return bool(thing.pairs)
        case Last():
            return True if thing.initial is not None else None
        case Opaque() | Called() | Method():
            return None
        case Named():
            return True if thing.path.startswith("airflow.") else None  # where Airflow is, what is imported of it is there
    return True


def decided(reader: Reader, thing: Object) -> bool | None:
    """The same; how many tasks a loop has made, only the run knows."""
    if reader.unknown_passes and isinstance(thing, (Items, Dict)):
        from airflow2prefect.analyse.loops import many

        return None if many(reader, thing) else truth(thing)
    return truth(thing)


def bind(target: cst.BaseExpression, value: Object, scope: Environment, reader: Reader) -> None:
    """Assign `value` to a target of a loop or comprehension or assignment without side effects on tasks."""
    if isinstance(target, cst.Name):
        scope.names[target.value] = value
    elif isinstance(target, (cst.Tuple, cst.List)):
        items = iterate(value)
        plain_targets = [e for e in target.elements if isinstance(e, cst.Element)]
        if items is not None and len(items) == len(target.elements) == len(plain_targets):
            for element, item in zip(target.elements, items, strict=True):
                bind(element.value, item, scope, reader)
        else:
            for name in target_names(target):
                scope.names[name] = Opaque()


def _name(reader: Reader, node: cst.Name, scope: Environment) -> Object:
    found = scope.find(node.value)
    if found is not None:
        return found
    if node.value in ("True", "False", "None"):
        return Const({"True": True, "False": False, "None": None}[node.value])
    if node.value == "__file__":
        return unknown(reader, node, scope)
    return Named(f"builtins.{node.value}") if node.value in BUILTINS else unknown(reader, node, scope)


def _literal(reader: Reader, node: cst.SimpleString | cst.Integer | cst.Float | cst.ConcatenatedString, scope: Environment) -> Object:
    value = node.evaluated_value
    if value is None:
        return unknown(reader, node, scope)
    return Const(value)


def _fstring(reader: Reader, node: cst.FormattedString, scope: Environment) -> Object:
    text = ""
    for part in node.parts:
        if isinstance(part, cst.FormattedStringText):
            text += part.value.replace("{{", "{").replace("}}", "}") if "\\" not in part.value else _unescape(part.value)
            continue
        if not isinstance(part, cst.FormattedStringExpression) or part.equal is not None:
            raise NotKnown
        value = plain(evaluate(reader, part.expression, scope))
        if part.conversion:
            value = CONVERSIONS[part.conversion](value)
        spec = ""
        for piece in part.format_spec or ():
            if not isinstance(piece, cst.FormattedStringText):
                raise NotKnown
            spec += piece.value
        try:
            text += format(value, spec)
        except (TypeError, ValueError) as error:
            raise NotKnown from error
    return Const(text)


def _unescape(text: str) -> str:
    try:
        value = cst.SimpleString('"""' + text.replace('"', '\\"') + '"""').evaluated_value
    except Exception as error:
        raise NotKnown from error
    if not isinstance(value, str):
        raise NotKnown
    return value.replace("{{", "{").replace("}}", "}")


def _sequence(reader: Reader, node: cst.List | cst.Tuple | cst.Set, scope: Environment) -> Object:
    kind = {cst.List: "list", cst.Tuple: "tuple", cst.Set: "set"}[type(node)]
    items: list[Object] = []
    for element in node.elements:
        value = evaluate(reader, element.value, scope)
        if isinstance(element, cst.StarredElement):
            inner = iterate(value)
            if inner is None:
                raise NotKnown
            items.extend(inner)
        else:
            items.append(reader.located(value, element.value, scope))
    return Items(kind, items)


def _dict(reader: Reader, node: cst.Dict, scope: Environment) -> Object:
    made = Dict({})
    for element in node.elements:
        value = evaluate(reader, element.value, scope)
        if isinstance(element, cst.StarredDictElement):
            if not isinstance(value, Dict):
                raise NotKnown
            made.pairs.update(value.pairs)
            continue
        assert isinstance(element, cst.DictElement)
        key = reader.located(evaluate(reader, element.key, scope), element.key, scope)
        made.set(key, reader.located(value, element.value, scope))
    return made


def _binary(reader: Reader, node: cst.BinaryOperation, scope: Environment) -> Object:
    left = evaluate(reader, node.left, scope)
    right = evaluate(reader, node.right, scope)
    name = type(node.operator).__name__
    if name in ("RightShift", "LeftShift"):
        return edges.shift(reader, node, left, right, downstream=name == "RightShift")
    if name == "Add" and isinstance(left, Items) and isinstance(right, Items):
        return Items(left.kind, left.items + right.items)
    if name == "Multiply" and isinstance(left, Items) and isinstance(right, Const) and isinstance(right.value, int):
        if len(left.items) * right.value > constants.LARGEST:
            raise NotKnown
        return Items(left.kind, left.items * right.value)
    if name in edges.OF_DATASETS and isinstance(left, Called) and isinstance(right, Called) and left.path.startswith("airflow."):
        return Called(edges.OF_DATASETS[name], [left, right], {})
    if name == "BitOr" and isinstance(left, Dict) and isinstance(right, Dict):
        return Dict({**left.pairs, **right.pairs})
    return wrap(constants.binary(name, plain(left), plain(right)))


def _boolean(reader: Reader, node: cst.BooleanOperation, scope: Environment) -> Object:
    left = evaluate(reader, node.left, scope)
    known = decided(reader, left)
    if known is None:
        evaluate(reader, node.right, scope)
        raise NotKnown
    if isinstance(node.operator, cst.And):
        return evaluate(reader, node.right, scope) if known else left
    return left if known else evaluate(reader, node.right, scope)


def _unary(reader: Reader, node: cst.UnaryOperation, scope: Environment) -> Object:
    value = evaluate(reader, node.expression, scope)
    if isinstance(node.operator, cst.Not):
        known = decided(reader, value)
        if known is None:
            raise NotKnown
        return Const(not known)
    number = plain(value)
    if isinstance(node.operator, cst.Minus) and hasattr(number, "__neg__"):
        return wrap(-number)
    raise NotKnown


def _comparison(reader: Reader, node: cst.Comparison, scope: Environment) -> Object:
    left = evaluate(reader, node.left, scope)
    for part in node.comparisons:
        right = evaluate(reader, part.comparator, scope)
        name = type(part.operator).__name__
        if name in ("Is", "IsNot") and Const(None) and isinstance(right, Const) and right.value is None:
            if isinstance(left, (Opaque, Called)) or (isinstance(left, Last) and left.initial is None):
                raise NotKnown
            same: object = isinstance(left, Const) and left.value is None
            same = same if name == "Is" else not same
        elif name in ("In", "NotIn") and isinstance(right, Dict):
            same = (key_of(left) in right.pairs) is (name == "In")
        elif name not in constants.COMPARE:
            raise NotKnown
        else:
            try:
                same = constants.COMPARE[name](plain(left), plain(right))
            except TypeError as error:
                raise NotKnown from error
        if not same:
            return Const(False)
        left = right
    return Const(True)


def _conditional(reader: Reader, node: cst.IfExp, scope: Environment) -> Object:
    known = decided(reader, evaluate(reader, node.test, scope))
    if known is None:
        raise NotKnown
    return evaluate(reader, node.body if known else node.orelse, scope)


def _attribute(reader: Reader, node: cst.Attribute, scope: Environment) -> Object:
    owner = evaluate(reader, node.value, scope)
    name = node.attr.value
    match owner:
        case Named():
            return constants.attribute(f"{owner.path}.{name}")
        case TaskObject() if name == "output":
            return XComObject(owner)
        case TaskObject() if name in ("task_id", "operator"):
            return Const(owner.task_id)
        case TaskObject() if name in owner.arguments:
            return owner.arguments[name]
        case XComObject() if name == "operator":
            return owner.task
        case DagObject() if name == "dag_id":
            return Const(owner.dag_id)
        case DagObject() if name == "tasks":
            return Items("list", list(owner.tasks.values()))
        case DagObject() if name == "default_args":
            return owner.default_args
        case DagObject() if name in owner.arguments:
            return owner.arguments[name]
        case GroupObject() if name == "group_id":
            return Const(owner.group_id)
        case Called(path="pathlib.Path", args=[Named(path="builtins.__file__")]) if name in ("stem", "name"):
            return Const(getattr(PurePosixPath(reader.source.path.replace("\\", "/")), name))
        case Function() | Class() if name == "__name__":
            return Const(owner.name)
        case Instance() | Class() | Super():
            return _of_class(reader, owner, name)
        case Module():
            found = reader.modules.attribute(owner, name) if reader.modules is not None else None
            return found if found is not None else Named(f"{owner.name}.{name}")
        case Opaque() | Called():
            raise NotKnown
    return Method(owner, name)


def _of_class(reader: Reader, owner: Instance | Class | Super, name: str) -> Object:
    from airflow2prefect.analyse.instances import attribute

    found = attribute(reader, owner, name)
    if found is None and isinstance(owner, Instance):
        raise NotKnown
    return found if found is not None else Method(owner, name)


def _subscript(reader: Reader, node: cst.Subscript, scope: Environment) -> Object:
    from airflow2prefect.analyse.loops import tell_many

    owner = evaluate(reader, node.value, scope)
    if len(node.slice) != 1:
        raise NotKnown
    part = node.slice[0].slice
    tell_many(reader, node, owner)
    if isinstance(part, cst.Slice):
        bounds = [None if b is None else plain(evaluate(reader, b, scope)) for b in (part.lower, part.upper, part.step)]
        if not isinstance(owner, Items):
            return wrap(plain(owner)[slice(*bounds)])  # type: ignore[index]
        return Items(owner.kind, owner.items[slice(*bounds)])  # type: ignore[arg-type]
    if not isinstance(part, cst.Index):
        raise NotKnown
    index = evaluate(reader, part.value, scope)
    match owner:
        case Dict():
            found = owner.pairs.get(key_of(index))
            if found is None:
                raise NotKnown
            return found[1]
        case Items() if isinstance(index, Const) and isinstance(index.value, int):
            try:
                return owner.items[index.value]
            except IndexError as error:
                raise NotKnown from error
        case TaskObject() if isinstance(index, Const) and isinstance(index.value, str):
            return XComObject(owner, index.value)
        case XComObject() if isinstance(index, Const) and isinstance(index.value, str):
            return XComObject(owner.task, index.value)
        case Const():
            try:
                return wrap(owner.value[plain(index)])  # type: ignore[index]
            except (TypeError, IndexError, KeyError) as error:
                raise NotKnown from error
    raise NotKnown


def _comprehension(reader: Reader, node: cst.ListComp | cst.SetComp | cst.GeneratorExp | cst.DictComp, scope: Environment) -> Object:
    from airflow2prefect.analyse.comprehensions import comprehension

    return comprehension(reader, node, scope)


def _lambda(reader: Reader, node: cst.Lambda, scope: Environment) -> Object:
    return Function("<lambda>", node, scope, code=reader.code(node, scope))


def _walrus(reader: Reader, node: cst.NamedExpr, scope: Environment) -> Object:
    value = evaluate(reader, node.value, scope)
    bind(node.target, value, scope, reader)
    return value


def _call(reader: Reader, node: cst.Call, scope: Environment) -> Object:
    from airflow2prefect.analyse.calls import call
    from airflow2prefect.analyse.loops import tell_counted

    tell_counted(reader, node, scope)
    return call(reader, node, scope)


HANDLERS: dict[type, Callable[..., Object]] = {
    cst.Name: _name,
    cst.SimpleString: _literal,
    cst.ConcatenatedString: _literal,
    cst.Integer: _literal,
    cst.Float: _literal,
    cst.FormattedString: _fstring,
    cst.List: _sequence,
    cst.Tuple: _sequence,
    cst.Set: _sequence,
    cst.Dict: _dict,
    cst.BinaryOperation: _binary,
    cst.BooleanOperation: _boolean,
    cst.UnaryOperation: _unary,
    cst.Comparison: _comparison,
    cst.IfExp: _conditional,
    cst.Attribute: _attribute,
    cst.Subscript: _subscript,
    cst.ListComp: _comprehension,
    cst.SetComp: _comprehension,
    cst.GeneratorExp: _comprehension,
    cst.DictComp: _comprehension,
    cst.Lambda: _lambda,
    cst.NamedExpr: _walrus,
    cst.Call: _call,
}
