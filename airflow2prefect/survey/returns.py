"""What functions give back, and the strings that they hand to the functions that use their task instance."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Literal as OneOf
from typing import TypeAlias

from airflow2prefect.survey.code import Code, Function

# Whether a value is certainly None, may be, or is not.
Worth: TypeAlias = OneOf["nothing", "perhaps", "something"]

_NOTHING = frozenset((
    "print", "setattr", "delattr", "exec", "pprint.pprint", "time.sleep", "os.remove", "os.unlink", "os.rename", "os.makedirs", "os.mkdir",
    "os.rmdir", "shutil.rmtree", "json.dump", "pickle.dump", "random.seed", "random.shuffle", "warnings.warn", "traceback.print_exc",
))  # fmt: skip
_LOGGING = frozenset(("debug", "info", "warning", "warn", "error", "exception", "critical", "log"))


def worth_of(code: Code, function: Function, seen: frozenset[int] = frozenset()) -> tuple[Worth, ...]:
    """What each `return` with a value gives, in order; for a lambda, what it is made of."""
    seen |= {id(function)}
    if isinstance(function, ast.Lambda):
        return (_worth(code, function.body, {}, seen, _optional(function)),)
    local, optional = _once(function), _optional(function)
    return tuple(_worth(code, node.value, local, seen, optional) for node in _returns(function) if node.value is not None)


def _optional(function: Function) -> frozenset[str]:
    """Parameters that are None where nothing is given."""
    given = function.args
    positional = [*given.posonlyargs, *given.args]
    pairs = [*zip(reversed(positional), reversed(given.defaults), strict=False), *zip(given.kwonlyargs, given.kw_defaults, strict=True)]
    return frozenset(arg.arg for arg, default in pairs if isinstance(default, ast.Constant) and default.value is None)


def _returns(function: Function) -> Iterator[ast.Return]:
    """The return statements of a function itself."""
    stack: list[ast.AST] = [*reversed(function.body)] if isinstance(function.body, list) else []
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Return):
            yield node
        elif isinstance(node, ast.stmt) and not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            stack += reversed(list(ast.iter_child_nodes(node)))
        elif isinstance(node, (ast.ExceptHandler, ast.match_case)):
            stack += reversed(node.body)


def _once(function: Function) -> dict[str, ast.expr]:
    """Names that are given one value in a function."""
    given: dict[str, list[ast.expr | None]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            given.setdefault(node.targets[0].id, []).append(node.value)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            given.setdefault(node.id, []).append(None)
    # Each assigned name is met twice: by its statement, and as a name.
    return {name: values[0] for name, values in given.items() if len(values) == 2 and values[0] is not None}


def _worth(code: Code, node: ast.expr, local: dict[str, ast.expr], seen: frozenset[int], optional: frozenset[str]) -> Worth:
    match node:
        case ast.Constant(value=value):
            return "nothing" if value is None else "something"
        case ast.Name(id=name) if name in local:
            return _worth(code, local[name], {k: v for k, v in local.items() if k != name}, seen, optional)
        case ast.IfExp(body=body, orelse=orelse):
            both = {_worth(code, body, local, seen, optional), _worth(code, orelse, local, seen, optional)}
            return both.pop() if len(both) == 1 else "perhaps"
        case ast.Name(id=name) if name in optional:
            return "perhaps"
        case ast.Call(func=ast.Attribute(attr="xcom_pull")):
            return "perhaps"
        case ast.Call(func=ast.Attribute(attr="xcom_push")):
            return "nothing"
        case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=method)) if method in _LOGGING and owner.lower().startswith("log"):
            return "nothing"
        case ast.Call(func=function):
            return _called(code, code.path(function, {}), seen)
    return "something"


def _called(code: Code, path: str, seen: frozenset[int]) -> Worth:
    """What calling `path` gives: a function of the file, or one that is known to give nothing."""
    function = code.by_name.get(path)
    if function is None or id(function) in seen:
        return "nothing" if path in _NOTHING and path not in code.assigned else "something"
    if isinstance(function, ast.AsyncFunctionDef) or any(isinstance(n, (ast.Yield, ast.YieldFrom)) for n in ast.walk(function)):
        return "something"
    given = set(worth_of(code, function, seen))
    if given <= {"nothing"}:
        return "nothing"
    last = function.body[-1] if isinstance(function.body, list) else None
    ends = last is None or isinstance(last, (ast.Return, ast.Raise, ast.Try, ast.With, ast.If, ast.While, ast.For, ast.Match))
    return "something" if given == {"something"} and ends else "perhaps"


def gives_nothing(path: str) -> bool:
    """Whether calling `path`, a function of Python's own, gives nothing."""
    return path.removeprefix("builtins.") in _NOTHING


def keys_returned(code: Code, function: Function) -> dict[str, bool]:
    """The keys of the dicts that a function returns, as far as they are written out, and whether each return has them."""
    local = _once(function)
    values = [function.body] if isinstance(function, ast.Lambda) else [node.value for node in _returns(function)]
    each = [frozenset(_keys(code, value, local, frozenset((id(function),)))) for value in values]
    return {key: all(key in keys for keys in each) for keys in each for key in sorted(keys)}


def _keys(code: Code, node: ast.expr | None, local: dict[str, ast.expr], seen: frozenset[int]) -> Iterator[str]:
    match node:
        case ast.Dict(keys=keys):
            yield from (key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str))
        case ast.Call(func=ast.Name(id="dict"), keywords=keywords):
            yield from (keyword.arg for keyword in keywords if keyword.arg)
        case ast.Name(id=name) if name in local:
            yield from _keys(code, local[name], {k: v for k, v in local.items() if k != name}, seen)
        case ast.Call(func=ast.Name(id=name)) if name in code.by_name and id(code.by_name[name]) not in seen:
            inner = code.by_name[name]
            returned = [node.value for node in _returns(inner)]
            if len(returned) == 1:
                yield from _keys(code, returned[0], _once(inner), seen | {id(inner)})


def handed(code: Code, function: Function, line: int, name: str) -> tuple[str, ...] | None:
    """The strings that `name`, a parameter of the helper around `line`, is given where `function` and its helpers call it.

    None if it may be given anything else.
    """
    helper = next((f for f in code.by_name.values() if f.lineno <= line <= (f.end_lineno or f.lineno) and name in _parameters(f)), None)
    if helper is None or helper is function:
        return None
    found: list[str] = []
    for caller in code.family(function):
        for node in ast.walk(caller):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and code.by_name.get(node.func.id) is helper):
                continue
            given = dict(zip(_parameters(helper), node.args, strict=False)) | {k.arg: k.value for k in node.keywords if k.arg}
            value = given.get(name)
            if not isinstance(value, ast.Constant) or not isinstance(value.value, str):
                return None
            found.append(value.value)
    return tuple(dict.fromkeys(found)) or None


def _parameters(function: Function) -> list[str]:
    return [arg.arg for arg in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]
