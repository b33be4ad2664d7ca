"""Assignments of a DAG file: to names, items, attributes."""

from __future__ import annotations

import libcst as cst

from airflow2prefect.analyse import loops
from airflow2prefect.analyse.constants import BINARY, NotKnown, binary, plain, wrap
from airflow2prefect.analyse.expressions import bind, evaluate, iterate
from airflow2prefect.analyse.objects import (
    Const,
    DagObject,
    Dict,
    Environment,
    GroupObject,
    Instance,
    Items,
    Object,
    Opaque,
    TaskObject,
    XComObject,
    key_of,
)
from airflow2prefect.analyse.reader import Reader
from airflow2prefect.analyse.tasks import adopt


def assigned(reader: Reader, node: cst.Assign, scope: Environment) -> None:
    value = evaluate(reader, node.value, scope)
    stable = scope.root().stable
    if scope.depth or not all(isinstance(t.target, cst.Name) and t.target.value in stable for t in node.targets):
        value = reader.located(value, node.value, scope)
    for target in node.targets:
        assign(reader, target.target, value, node.value, scope)


def annotated(reader: Reader, node: cst.AnnAssign, scope: Environment) -> None:
    if node.value is not None:
        assign(reader, node.target, evaluate(reader, node.value, scope), node.value, scope)


def assign(reader: Reader, target: cst.BaseExpression, value: Object, node: cst.BaseExpression, scope: Environment) -> None:
    """`target = value`, for names, tuples, items and attributes."""
    match target:
        case cst.Name():
            owner = scope
            if target.value in scope.globals:
                owner = scope.root()
            owner.names[target.value] = value
            if reader.iterations:
                loops.rebind(reader, target.value, owner, target)
            if isinstance(value, TaskObject):
                reader.touch()  # `prev = task` goes where the task goes
            if isinstance(value, (TaskObject, DagObject)) and not value.variable:
                value.variable = target.value
            if isinstance(value, XComObject) and not value.task.variable:
                value.task.variable = target.value
        case cst.Tuple() | cst.List():
            if isinstance(value, Items) and len(value.items) == len(target.elements):
                for element, item in zip(target.elements, value.items, strict=True):
                    assign(reader, element.value, item, node, scope)
            else:
                bind(target, value, scope, reader)
        case cst.Subscript() if len(target.slice) == 1 and isinstance(target.slice[0].slice, cst.Index):
            _assign_item(reader, target, target.slice[0].slice.value, value, scope)
        case cst.Attribute():
            _assign_attribute(reader, target, value, node, scope)


def _assign_item(reader: Reader, target: cst.Subscript, index: cst.BaseExpression, value: Object, scope: Environment) -> None:
    owner = evaluate(reader, target.value, scope)
    key = evaluate(reader, index, scope)
    if isinstance(value, (TaskObject, DagObject, XComObject, GroupObject)):
        reader.touch()
    if isinstance(target.value, cst.Call) and reader.source.code(target.value.func) == "globals":
        if isinstance(key, Const):
            scope.root().names[str(key.value)] = value
        elif isinstance(value, DagObject):
            value.bound = True
    elif isinstance(owner, Dict):
        owner.pairs[key_of(key)] = (key, value)
    elif (
        isinstance(owner, Items)
        and isinstance(key, Const)
        and isinstance(key.value, int)
        and -len(owner.items) <= key.value < len(owner.items)
    ):
        owner.items[key.value] = value


def _assign_attribute(reader: Reader, target: cst.Attribute, value: Object, node: cst.BaseExpression, scope: Environment) -> None:
    owner = evaluate(reader, target.value, scope)
    name = target.attr.value
    if isinstance(owner, TaskObject):
        reader.touch()
        if name == "dag" and isinstance(value, DagObject):
            adopt(reader, owner, value)
            return
        owner.arguments[name] = value
        owner.values[name] = reader.frozen(value, node, scope)
    elif isinstance(owner, Instance):
        owner.fields[name] = value
    elif isinstance(owner, DagObject):
        reader.touch()
        owner.arguments[name] = reader.located(value, node, scope)


def augmented(reader: Reader, node: cst.AugAssign, scope: Environment) -> None:
    owner = evaluate(reader, node.target, scope)
    value = evaluate(reader, node.value, scope)
    name = type(node.operator).__name__.removesuffix("Assign")
    if isinstance(owner, Items) and name == "Add":
        items = iterate(value)
        if items is None:
            raise NotKnown
        owner.items.extend(items)
        return
    if isinstance(owner, Dict) and isinstance(value, Dict) and name == "BitOr":
        owner.pairs.update(value.pairs)
        return
    result = wrap(binary(name, plain(owner), plain(value))) if name in BINARY else Opaque()
    assign(reader, node.target, result, node.value, scope)
