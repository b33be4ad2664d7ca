"""The functions of a DAG file as Python reads them: what they call, change, return and push.

The analysis tells what Airflow makes of a callable; this tells what its code does besides.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from airflow2prefect.survey import acts

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_MUTATING = frozenset(
    ("append", "extend", "insert", "update", "add", "pop", "popitem", "remove", "clear", "setdefault", "discard", "appendleft")
)
_FUNCTIONS = frozenset((ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
_NAMING = frozenset((ast.Assign, ast.AnnAssign, ast.keyword, ast.Dict, ast.Call))
_LEAVES = frozenset((ast.Name, ast.Constant, ast.Load, ast.Store, ast.Del, ast.Pass))


@dataclass(frozen=True, slots=True)
class Act:
    """A call: the qualified path of what is called, its line, and its first argument if that is a string."""

    path: str
    line: int
    first: str = ""


@dataclass(slots=True)
class Doings:
    """What a function does. `returned` and `pushed` (by line) name values that are large, `stuck` those that cannot be pickled."""

    calls: list[Act] = field(default_factory=list)
    globals: list[tuple[str, int]] = field(default_factory=list)
    swallows: list[int] = field(default_factory=list)
    strings: list[tuple[str, int]] = field(default_factory=list)
    appends: list[int] = field(default_factory=list)
    returned: str = ""
    pushed: dict[int, str] = field(default_factory=dict)
    stuck: dict[int, str] = field(default_factory=dict)
    uses: set[str] = field(default_factory=set)


class Code:
    """The functions of a file, each looked at once."""

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self.imports: dict[str, str] = {}
        self.assigned: set[str] = set()
        self.functions: dict[tuple[int, str], Function] = {}
        self.by_name: dict[str, Function] = {}
        self.calls: list[ast.Call] = []
        self.at_import: list[ast.Call] = []
        self.naming: list[ast.AST] = []  # what gives values names
        self._done: dict[int, Doings] = {}
        self._index()

    def _index(self) -> None:
        """One walk over the file, in the order of the source: what is asked for of the whole of it."""
        stack: list[tuple[ast.AST, bool]] = [(self.tree, True)]  # whether it runs when the module is imported
        while stack:
            node, imports = stack.pop()
            kind = type(node)
            if kind in _LEAVES:
                continue
            if kind is ast.Call:
                self.calls.append(node)  # type: ignore[arg-type]
                self.at_import += (node,) if imports else ()  # type: ignore[arg-type]
            elif kind in _FUNCTIONS:
                self._function(node)  # type: ignore[arg-type]
                imports = False
            elif kind is ast.Import or kind is ast.ImportFrom:
                self._import(node)  # type: ignore[arg-type]
                continue
            elif kind is ast.If and _is_main(node):
                imports = False
            if kind in _NAMING:
                self.naming.append(node)
            for name in reversed(node._fields):
                value = getattr(node, name, None)
                if isinstance(value, list):
                    stack.extend([(child, imports) for child in reversed(value) if isinstance(child, ast.AST)])
                elif isinstance(value, ast.AST):
                    stack.append((value, imports))
        for statement in self.tree.body:
            if isinstance(statement, (ast.Assign, ast.AnnAssign)):
                targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
                self.assigned |= {target.id for target in targets if isinstance(target, ast.Name)}

    def _function(self, node: Function) -> None:
        if isinstance(node, ast.Lambda):
            self.functions.setdefault((node.lineno, ""), node)
            return
        line = node.decorator_list[0].lineno if node.decorator_list else node.lineno
        self.functions[line, node.name] = self.functions[node.lineno, node.name] = node
        self.by_name.setdefault(node.name, node)

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        for alias in node.names:
            if isinstance(node, ast.ImportFrom):
                self.imports.setdefault(alias.asname or alias.name, f"{'.' * node.level}{node.module or ''}.{alias.name}")
            elif alias.asname:
                self.imports.setdefault(alias.asname, alias.name)
            else:
                root = alias.name.partition(".")[0]
                self.imports.setdefault(root, root)

    def path(self, node: ast.AST, local: dict[str, str]) -> str:
        """The qualified path of an expression; a call stands for what is called. "" for what has none."""
        match node:
            case ast.Name(id=name):
                return local.get(name) or self.imports.get(name, name)
            case ast.Attribute(value=value, attr=name):
                head = self.path(value, local)
                return f"{head}.{name}" if head else ""
            case ast.Call(func=function) | ast.Await(value=ast.Call(func=function)):
                return self.path(function, local)
            case ast.Subscript(value=value):
                return self.path(value, local)
            case ast.BinOp(left=left):
                return self.path(left, local)
        return ""

    def function(self, line: int, name: str) -> Function | None:
        """The function whose first line, with its decorators or without, is `line`."""
        return self.functions.get((line, name)) or self.functions.get((line, ""))

    def doings(self, function: Function) -> Doings:
        """What a function does, by itself."""
        found = self._done.get(id(function))
        if found is None:
            found = self._done[id(function)] = _Reader(self, function).read()
        return found

    def reached(self, function: Function) -> Iterator[Doings]:
        """What it does, and the functions of the file that it uses."""
        return map(self.doings, self.family(function))

    def family(self, function: Function) -> Iterator[Function]:
        """A function, and those of the file that it uses."""
        seen, stack = {id(function)}, [function]
        while stack:
            user = stack.pop()
            yield user
            for name in sorted(self.doings(user).uses):
                other = self.by_name.get(name)
                if other is not None and id(other) not in seen:
                    seen.add(id(other))
                    stack.append(other)


class _Reader:
    """Walks one function, with what its local names were made by."""

    def __init__(self, code: Code, function: Function) -> None:
        self.code, self.function = code, function
        self.local: dict[str, str] = {}
        self.found = Doings()
        self.global_names: set[str] = set()
        self.bound = {a.arg for a in ast.walk(function.args) if isinstance(a, ast.arg)}

    def read(self) -> Doings:
        body = self.function.body if isinstance(self.function.body, list) else [self.function.body]
        for statement in body:
            for node in ast.walk(statement):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    self.bound.add(node.id)
                elif isinstance(node, ast.Global):
                    self.global_names.update(node.names)
        for statement in body:
            self._visit(statement)
        if isinstance(self.function, ast.Lambda):
            self._returned(self.function.body)
        return self.found

    def _visit(self, node: ast.AST) -> None:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                self._visit(value)
                self._change(node.targets[0])
                self.local[name] = self.code.path(value, self.local)
                return
            case ast.Assign(targets=targets):
                for target in targets:
                    self._change(target)
            case ast.AugAssign(target=target) | ast.AnnAssign(target=target):
                self._change(target)
            case ast.Delete(targets=targets):
                for target in targets:
                    self._change(target)
            case ast.withitem(context_expr=value, optional_vars=ast.Name(id=name)):
                self.local[name] = self.code.path(value, self.local)
            case ast.Call():
                self._call(node)
            case ast.Return(value=value) if value is not None:
                self._returned(value)
            case ast.ExceptHandler() if _swallows(node):
                self.found.swallows.append(node.lineno)
            case ast.Constant(value=str() as text) if len(text) > 5:
                self.found.strings.append((text, node.lineno))
            case ast.Name(id=name, ctx=ast.Load()):
                self.found.uses.add(name)
        for child in ast.iter_child_nodes(node):
            self._visit(child)

    def _change(self, target: ast.AST) -> None:
        """A name of the module that is given another value, or whose items or attributes are."""
        name = target
        while isinstance(name, (ast.Subscript, ast.Attribute)):
            name = name.value
        if not isinstance(name, ast.Name):
            return
        if name.id in self.global_names or (name is not target and name.id not in self.bound and name.id in self.code.assigned):
            self.found.globals.append((name.id, target.lineno))  # type: ignore[attr-defined]

    def _call(self, node: ast.Call) -> None:
        path = self.code.path(node.func, self.local)
        first = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str) else ""
        self.found.calls.append(Act(path, node.lineno, first))
        match node.func:
            case ast.Attribute(value=ast.Name(id=name), attr=method) if method in _MUTATING:
                if name in self.global_names or (name not in self.bound and name in self.code.assigned):
                    self.found.globals.append((name, node.lineno))
            case ast.Attribute(attr="xcom_push"):
                given = {k.arg: k.value for k in node.keywords} | dict(zip(("key", "value"), node.args, strict=False))
                if "value" in given:
                    self._value(given["value"], node.lineno)
        keywords = {k.arg: k.value.value for k in node.keywords if isinstance(k.value, ast.Constant)}
        mode = keywords.get("mode", node.args[1].value if len(node.args) > 1 and isinstance(node.args[1], ast.Constant) else "")
        if (path in ("open", "io.open") and str(mode).startswith("a")) or keywords.get("if_exists") == "append":
            self.found.appends.append(node.lineno)

    def _value(self, value: ast.expr, line: int) -> None:
        path = self.code.path(value, self.local)
        large, stuck = acts.large(path), acts.unpicklable(path) or ("a lambda" if isinstance(value, ast.Lambda) else "")
        stuck = stuck or ("a generator" if isinstance(value, ast.GeneratorExp) else "")
        if large:
            self.found.pushed[line] = large
        if stuck:
            self.found.stuck[line] = stuck

    def _returned(self, value: ast.expr) -> None:
        for part in value.elts if isinstance(value, ast.Tuple) else value.values if isinstance(value, ast.Dict) else [value]:
            before = len(self.found.pushed)
            self._value(part, value.lineno)
            if len(self.found.pushed) > before:
                self.found.returned = self.found.returned or self.found.pushed[value.lineno]


def _is_main(node: ast.AST) -> bool:
    """`if __name__ == "__main__":`"""
    return (
        isinstance(node, ast.If)
        and isinstance(node.test, ast.Compare)
        and isinstance(node.test.left, ast.Name)
        and node.test.left.id == "__name__"
    )


def _swallows(handler: ast.ExceptHandler) -> bool:
    """`except:` or `except Exception:` whose body goes on as if nothing had happened."""
    broad = handler.type is None or (isinstance(handler.type, ast.Name) and handler.type.id in ("Exception", "BaseException"))
    return broad and all(_quiet(statement) for statement in handler.body)


def _quiet(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass() | ast.Continue():
            return True
        case ast.Expr(value=ast.Call(func=function)):
            return bool(
                re.match(r"(?:print|pprint|(?:self\.)?(?:log|logger|logging|LOGGER|LOG)\b|traceback\.print)", ast.unparse(function))
            )
        case ast.Expr(value=ast.Constant()):
            return True
    return False
