"""Calls in a DAG file: operators, DAGs, builtins, methods of lists and dicts, functions of the file."""

from __future__ import annotations

import posixpath

import libcst as cst

from airflow2prefect.analyse import constants, edges, instances, setups, taskflow
from airflow2prefect.analyse.conditions import unsure
from airflow2prefect.analyse.constants import NotKnown, plain, wrap
from airflow2prefect.analyse.expressions import evaluate, iterate
from airflow2prefect.analyse.modules import added_folder
from airflow2prefect.analyse.names import parameter_names
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
    Named,
    Object,
    Opaque,
    Super,
    TaskObject,
    XComMade,
    XComObject,
    key_of,
)
from airflow2prefect.analyse.reader import Reader, path_of, unknown
from airflow2prefect.analyse.tasks import (
    DAG_PATHS,
    GROUP_PATHS,
    arguments_of,
    is_operator,
    make_dag,
    make_group,
    make_task,
    mapped_over,
)

XCOM_PATHS = frozenset(("airflow.XComArg", "airflow.models.XComArg", "airflow.models.xcom_arg.XComArg"))
DEEPEST = 30  # calls of the file's functions inside one another
CHAINS = {"chain": edges.chain, "chain_linear": edges.chain_linear}
NEUTRAL_PATHS = {"os.path.join": posixpath.join, "os.path.basename": posixpath.basename, "os.path.dirname": posixpath.dirname}


def call(reader: Reader, node: cst.Call, scope: Environment) -> Object:
    """What a call stands for, and its effect on the DAGs being read."""
    reader.step()
    mapped = _mapped_operator(reader, node, scope)
    if mapped is not None:
        return mapped
    if reader.modules is not None and (folder := added_folder(node)) is not None:
        reader.modules.loader.search(folder)
    thing = evaluate(reader, node.func, scope)
    path = path_of(thing)
    if path in DAG_PATHS:
        return make_dag(reader, node, node.args, scope)
    if path in GROUP_PATHS:
        positional, keywords, _ = arguments_of(reader, node.args, scope)
        return make_group(reader, node, {**dict(zip(("group_id", "prefix_group_id"), positional, strict=False)), **keywords})
    if isinstance(thing, (Named, Class)) and is_operator(thing, node):
        return make_task(reader, node, thing, scope)
    if isinstance(thing, Method):
        return _method(reader, node, thing, scope)
    if isinstance(thing, Named) and thing.path in ("builtins.locals", "builtins.vars") and not node.args:
        return Dict({name: (Const(name), value) for name, value in scope.names.items() if isinstance(value, Const)})
    positional, keywords, _ = arguments_of(reader, node.args, scope)
    if isinstance(thing, Function):
        return apply(reader, node, thing, positional, keywords)
    if isinstance(thing, Class) and not path.startswith("airflow."):
        return instances.make(reader, thing, positional, keywords)
    if isinstance(thing, Named):
        made = instances.parent(scope) if path == "builtins.super" else _named(reader, node, thing.path, positional, keywords)
        if isinstance(made, Function):
            made.code = reader.code(node, scope)  # functools.partial
        return made
    if isinstance(node.func, cst.Attribute) and node.func.attr.value in edges.METHODS:
        edges.clear(reader, node, [thing])
    raise NotKnown


def _mapped_operator(reader: Reader, node: cst.Call, scope: Environment) -> Object | None:
    """The task of `Operator.partial(...).expand(...)`; None for any other call.

    https://airflow.apache.org/docs/apache-airflow/2.10.5/authoring-and-scheduling/dynamic-task-mapping.html
    """
    match node.func:
        case cst.Attribute(
            value=cst.Call(func=cst.Attribute(value=owner, attr=cst.Name(value="partial"))) as partial,
            attr=cst.Name(value="expand" | "expand_kwargs"),
        ):
            thing = evaluate(reader, owner, scope)
            if isinstance(thing, (Named, Class)) and is_operator(thing, partial):
                over = mapped_over(node.func.attr.value, *arguments_of(reader, node.args, scope))
                return make_task(reader, node, thing, scope, partial.args, over)
    return None


def _named(reader: Reader, node: cst.Call, path: str, args: list[Object], kwargs: dict[str, Object]) -> Object:
    name = path.rpartition(".")[2]
    if path.startswith("airflow."):
        if name in CHAINS:
            if edges.clear(reader, node, args):
                CHAINS[name](reader, args)
            return Const(None)
        if name == "cross_downstream":
            pair = [*args, *kwargs.values()]
            if edges.clear(reader, node, pair):
                edges.connect(reader, edges.ends(pair[0], upstream=True), edges.ends(pair[1], upstream=False))
            return Const(None)
    if path in XCOM_PATHS and args and isinstance(args[0], TaskObject):
        return XComObject(args[0], str(plain(args[1] if len(args) > 1 else kwargs.get("key", Const("return_value")))))
    if path == "functools.partial" and args and isinstance(args[0], Function):
        target = args[0]
        return Function(target.name, target.node, target.scope, target.decorators, (args[1:], kwargs), target.defaults)
    if path.startswith("builtins."):
        made = _builtin(name, args, kwargs)
        if made is not None:
            return made
    if path == "os.path.basename" and len(args) == 1 and isinstance(args[0], Named) and args[0].path == "builtins.__file__":
        return Const(posixpath.basename(reader.source.path))
    if path in NEUTRAL_PATHS or path == "os.path.splitext":
        function = NEUTRAL_PATHS.get(path, posixpath.splitext)
        try:
            return wrap(function(*map(plain, args)))  # type: ignore[operator]
        except TypeError as error:
            raise NotKnown from error
    if path in ("copy.copy", "copy.deepcopy") and len(args) == 1:
        return duplicate(args[0])
    if path in ("itertools.chain", "itertools.product", "itertools.zip_longest"):
        raise NotKnown
    try:
        return constants.call(path, args, kwargs)
    except NotKnown:
        return Called(path, args, kwargs)


def duplicate(thing: Object) -> Object:
    """A shallow copy of a container; other objects stand for themselves."""
    if isinstance(thing, Items):
        return Items(thing.kind, list(thing.items))
    if isinstance(thing, Dict):
        return Dict({k: (a, duplicate(b)) if isinstance(b, (Dict, Items)) else (a, b) for k, (a, b) in thing.pairs.items()})
    return thing


def _builtin(name: str, args: list[Object], kwargs: dict[str, Object]) -> Object | None:
    if name == "range":
        numbers = range(*(int(plain(a)) for a in args))  # type: ignore[call-overload]
        if len(numbers) > constants.LARGEST:
            raise NotKnown
        return Items("iterator", [Const(i) for i in numbers])
    if name == "dict":
        made = duplicate(args[0]) if args and isinstance(args[0], Dict) else Dict({})
        assert isinstance(made, Dict)
        if args and not isinstance(args[0], Dict):
            for pair in _items(args[0]):
                key, value = _items(pair)
                made.set(key, value)
        for key_name, value in kwargs.items():
            made.set(Const(key_name), value)
        return made
    if name in ("list", "tuple", "set", "iter"):
        kind = "iterator" if name == "iter" else name
        return Items(kind, _items(args[0]) if args else [])
    if name == "enumerate":
        start = plain(args[1] if len(args) > 1 else kwargs.get("start", Const(0)))
        return Items("iterator", [Items("tuple", [Const(i), x]) for i, x in enumerate(_items(args[0]), start)])  # type: ignore[arg-type]
    if name == "zip":
        return Items("iterator", [Items("tuple", list(row)) for row in zip(*map(_items, args), strict=False)])
    if name == "reversed":
        return Items("iterator", _items(args[0])[::-1])
    if name == "sorted" and "key" not in kwargs:
        keys = [plain(item) for item in _items(args[0])]
        try:
            order = sorted(range(len(keys)), key=keys.__getitem__, reverse=bool(plain(kwargs.get("reverse", Const(False)))))  # type: ignore[arg-type]
        except TypeError as error:
            raise NotKnown from error
        return Items("list", [_items(args[0])[i] for i in order])
    if name == "len" and isinstance(args[0], (Items, Dict)):
        return Const(len(args[0].items if isinstance(args[0], Items) else args[0].pairs))
    if name in ("globals", "print"):
        return Opaque()
    return None


def _items(thing: Object) -> list[Object]:
    items = iterate(thing)
    if items is None:
        raise NotKnown
    return items


def _method(reader: Reader, node: cst.Call, bound: Method, scope: Environment) -> Object:
    owner, name = bound.owner, bound.name
    positional, keywords, values = arguments_of(reader, node.args, scope)
    if isinstance(owner, (Instance, Class, Super)):
        return instances.invoke(reader, owner, name, positional, keywords)
    if isinstance(owner, Function):
        return taskflow.method(reader, node, owner, name, positional, keywords, values)
    if isinstance(owner, (TaskObject, XComObject, XComMade)) and name in ("map", "zip", "concat"):
        return XComMade([owner, *positional])
    if isinstance(owner, (TaskObject, XComObject, GroupObject, Last)):
        return _task_method(reader, node, owner, name, positional, keywords)
    if isinstance(owner, DagObject):
        return owner if name == "__enter__" else Opaque()
    if isinstance(owner, Dict):
        return _dict_method(reader, node, owner, name, positional, keywords, scope)
    if isinstance(owner, Items):
        return _list_method(reader, owner, name, positional)
    return wrap(constants.method(plain(owner), name, [plain(a) for a in positional], {k: plain(v) for k, v in keywords.items()}))


def _task_method(reader: Reader, node: cst.Call, owner: Object, name: str, args: list[Object], kwargs: dict[str, Object]) -> Object:
    other = args[0] if args else next(iter(kwargs.values()), Const(None))
    if name in edges.METHODS:
        if edges.clear(reader, node, [other]):
            pair = (other, owner) if name == "set_upstream" else (owner, other)
            edges.link(reader, *pair)
    elif name in ("as_setup", "as_teardown") and isinstance(owner, (TaskObject, XComObject)):
        task = owner.task if isinstance(owner, XComObject) else owner
        if name == "as_setup":
            task.is_setup = True
        else:
            setups.make_teardown(reader, task, kwargs.get("setups"), kwargs.get("on_failure_fail_dagrun"))
        return owner
    else:
        raise NotKnown
    return Const(None)


def _dict_method(
    reader: Reader, node: cst.Call, owner: Dict, name: str, args: list[Object], kwargs: dict[str, Object], scope: Environment
) -> Object:
    match name:
        case "items":
            return Items("iterator", [Items("tuple", [k, v]) for k, v in owner.pairs.values()])
        case "keys":
            return Items("iterator", [k for k, _ in owner.pairs.values()])
        case "values":
            return Items("iterator", [v for _, v in owner.pairs.values()])
        case "copy":
            return Dict(dict(owner.pairs))
        case "get" if args:
            found = owner.get(key_of(args[0]))
            return found if found is not None else args[1] if len(args) > 1 else Const(None)
        case "setdefault" if len(args) == 2:
            return owner.pairs.setdefault(key_of(args[0]), (args[0], args[1]))[1]
        case "pop" if args:
            gone = owner.pairs.pop(key_of(args[0]), None)
            return gone[1] if gone else args[1] if len(args) > 1 else unknown(reader, node, scope)
        case "update":
            if args and isinstance(args[0], Dict):
                owner.pairs.update(args[0].pairs)
            elif args:
                raise NotKnown
            for key, value in kwargs.items():
                owner.set(Const(key), value)
            return Const(None)
    raise NotKnown


def _list_method(reader: Reader, owner: Items, name: str, args: list[Object]) -> Object:
    match name:
        case "append" | "add":
            owner.items.append(args[0])
        case "extend" | "update":
            owner.items.extend(_items(args[0]))
        case "insert":
            owner.items.insert(int(plain(args[0])), args[1])  # type: ignore[call-overload]
        case "pop":
            if not owner.items:
                raise NotKnown
            return owner.items.pop(int(plain(args[0])) if args else -1)  # type: ignore[call-overload]
        case "reverse":
            owner.items.reverse()
        case "copy":
            return Items(owner.kind, list(owner.items))
        case _:
            raise NotKnown
    if any(edges.linkable(item) for item in args):
        reader.touch()
    return Const(None)


def apply(reader: Reader, node: cst.Call, function: Function, args: list[Object], kwargs: dict[str, Object]) -> Object:
    """Call a function of the file: as TaskFlow if it is decorated so, else by following its body."""
    flow = taskflow.decorated_call(reader, node, function, args, kwargs)
    if flow is not None:
        return flow
    if function.decorators:
        raise NotKnown
    return inline(reader, function, args, kwargs)


def inline(reader: Reader, function: Function, args: list[Object], kwargs: dict[str, Object]) -> Object:
    """Follow the body of a function with its parameters bound; what it returns."""
    from airflow2prefect.analyse.statements import Returned, conditional, execute

    if reader.depth >= DEEPEST:
        raise NotKnown
    if function.partial is not None:
        args, kwargs = [*function.partial[0], *args], {**function.partial[1], **kwargs}
    given = bound_arguments(reader, function, args, kwargs)
    scope = Environment(dict(given), function.scope, function.scope.depth + 1, given=given)
    if isinstance(function.node, cst.Lambda):
        return evaluate(reader, function.node.body, scope)
    touched = len(reader.touched)
    outer, reader.returned = reader.returned, []
    reader.depth += 1
    reader.functions.append(function.node)
    value: Object = Const(None)
    try:
        with conditional(reader, function.node):
            execute(reader, function.node.body.body, scope)
    except Returned as returned:
        value = returned.value
    finally:
        reader.depth -= 1
        reader.functions.pop()
        may_be, reader.returned = reader.returned, outer
        if len(reader.touched) != touched:
            reader.inlined.add(function.node)
    if may_be and unsure((*may_be, value)):
        raise NotKnown
    return value


def bound_arguments(reader: Reader, function: Function, args: list[Object], kwargs: dict[str, Object]) -> dict[str, Object]:
    """Parameters to arguments, with defaults; raises NotKnown where they do not fit."""
    parameters = function.node.params
    names = [p.name.value for p in (*parameters.posonly_params, *parameters.params)]
    bound: dict[str, Object] = {}
    for name in parameter_names(parameters):
        bound[name] = Opaque()
    for p in (*parameters.posonly_params, *parameters.params, *parameters.kwonly_params):
        if p.default is not None:
            bound[p.name.value] = reader.located(evaluate(reader, p.default, function.scope), p.default, function.scope)
    bound.update(zip(names, args, strict=False))
    extra = {k: v for k, v in kwargs.items() if k not in bound}
    bound.update({k: v for k, v in kwargs.items() if k in bound})
    if isinstance(parameters.star_arg, cst.Param):
        bound[parameters.star_arg.name.value] = Items("tuple", args[len(names) :])
    if parameters.star_kwarg is not None:
        bound[parameters.star_kwarg.name.value] = Dict({k: (Const(k), v) for k, v in extra.items()})
    return bound
