"""Variables and connections that the DAG file reads when it is imported: the flow module reads them where they are used.

Airflow imports a DAG file anew for every task, so each has its own look at them; and importing a flow must not need Prefect's API.
"""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from airflow2prefect.syntax import below

# Methods by which code changes what a name stands for.
_CHANGES = frozenset(("append", "extend", "insert", "update", "setdefault", "add", "pop", "remove", "clear", "discard", "sort", "popitem"))
_HOMES = ("airflow_variables", "airflow_connections")
Assignment = ast.Assign | ast.AnnAssign
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class _Place:
    """Where statements can go: the first one of a function, and the names that it looks up in the module."""

    node: Function | ast.If
    names: frozenset[str]


def read_late(text: str) -> tuple[str, frozenset[str]]:
    """The module with such assignments moved into the functions that use their names, and those names.

    What also code outside of functions uses, or what changes, stays. Comments above a statement go with it, into a flow if one uses it, else into the first function.
    """
    if not any(f"from {home} import " in text for home in _HOMES):
        return text, frozenset()
    tree = ast.parse(text)
    lines = text.splitlines(keepends=True)
    places = [*_places(tree, text), *(_Place(node, frozenset(_loads(*node.body))) for node in tree.body if isinstance(node, ast.If) and _is_main(node))]
    reading, makers = _reading(tree), _imported(tree, "prefect")
    assignments = (node for node in tree.body if isinstance(node, Assignment) and not _depends(node, makers))  # tasks stay
    moving = {name: node for node in assignments for name in _named(node)}
    while True:
        late = {name: node for name, node in moving.items() if _depends(node, reading | moving.keys())}
        late = {name: node for name, node in late.items() if _is_alone(node, lines)}
        for name in _fixed(tree, late, places):
            late.pop(name, None)
        if late == moving:
            break
        moving = late
    if not moving:
        return text, frozenset()
    return _written(lines, moving, places), frozenset(moving)


def _reading(tree: ast.Module) -> frozenset[str]:
    """Names that ask Prefect's API where they are called: functions that call others that do, as well."""
    found = set(_imported(tree, *_HOMES))
    calls = {node.name: _loads(*node.body) for node in tree.body if isinstance(node, Function)}
    while more := {name for name, names in calls.items() if names & found} - found:
        found |= more
    return frozenset(found)


def _imported(tree: ast.Module, *modules: str) -> frozenset[str]:
    imports = (node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module in modules)
    return frozenset(alias.asname or alias.name for node in imports for alias in node.names)


def _named(node: Assignment) -> Iterator[str]:
    """The name that an assignment binds, if it is one."""
    target = node.targets[0] if isinstance(node, ast.Assign) and len(node.targets) == 1 else getattr(node, "target", None)
    if isinstance(target, ast.Name) and node.value is not None:
        yield target.id


def _depends(node: Assignment, names: Iterable[str]) -> bool:
    return node.value is not None and bool(_loads(node.value) & set(names))


def _is_alone(node: Assignment, lines: list[str]) -> bool:
    """Whether whole lines are the statement's, and could be indented."""
    last = lines[(node.end_lineno or node.lineno) - 1]
    behind = last.encode()[node.end_col_offset or 0 :].decode().strip()
    strings = (part for part in below(node) if isinstance(part, (ast.Constant, ast.JoinedStr)))
    return (not behind or behind.startswith("#")) and not any(part.lineno != part.end_lineno for part in strings)


def _fixed(tree: ast.Module, moving: Mapping[str, Assignment], places: list[_Place]) -> set[str]:
    """The names among these that must stay: the module itself uses them, or binds or changes them elsewhere, or no function uses them."""
    used = {name for place in places for name in place.names} | {name for node in moving.values() for name in _loads(node)}
    found = set(moving) - used
    mine = {id(node) for node in moving.values()}
    for statement in tree.body:
        if id(statement) not in mine and not _is_main(statement):
            found |= _at_import(statement)
    bound = [node.id for node in below(tree) if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)]
    found |= {name for name in moving if bound.count(name) > 1}
    for node in below(tree):
        match node:
            case ast.Global(names=names):
                found |= set(names)
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store() | ast.Del()):
                found.add(name)
            case ast.Attribute(value=ast.Name(id=name), ctx=ast.Store()):
                found.add(name)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method)) if method in _CHANGES:
                found.add(name)
            case ast.Call(func=ast.Name(id="globals" | "eval" | "exec")):
                found |= moving.keys()
    for place in places:
        if place.node.lineno == place.node.body[0].lineno:  # `def f(): return X`
            found |= place.names
    return found & moving.keys()


def _at_import(node: ast.stmt) -> set[str]:
    """The names that a statement of the module or of a class looks up, and binds, when the module is imported."""
    if isinstance(node, Function):
        arguments = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
        annotations = [each.annotation for each in below(node.args) if isinstance(each, ast.arg) and each.annotation is not None]
        return _loads(*node.decorator_list, *arguments, *annotations, *([node.returns] if node.returns else []))
    if isinstance(node, ast.ClassDef):
        inside = (name for each in node.body for name in _at_import(each))
        return _loads(*node.decorator_list, *node.bases, *node.keywords).union(inside)
    return {each.id for each in below(node) if isinstance(each, ast.Name)}


def _loads(*nodes: ast.AST) -> set[str]:
    return {node.id for node in below(*nodes) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}


def _is_main(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'" and not node.orelse


def _places(tree: ast.Module, text: str) -> Iterator[_Place]:
    """Functions of the module and methods of its classes, with the names of the module that they look up, those of inner functions as well."""
    yield from _inside(tree.body, symtable.symtable(text, "flow", "exec"))


def _inside(body: list[ast.stmt], table: symtable.SymbolTable) -> Iterator[_Place]:
    nodes = {(node.name, node.lineno): node for node in body if isinstance(node, Function | ast.ClassDef)}
    for child in table.get_children():
        node = nodes.get((child.get_name(), child.get_lineno()))
        if isinstance(node, ast.ClassDef):
            yield from _inside(node.body, child)
        elif node is not None:
            yield _Place(node, frozenset(_globals(child)))


def _globals(table: symtable.SymbolTable) -> Iterator[str]:
    yield from (symbol.get_name() for symbol in table.get_symbols() if symbol.is_global() and symbol.is_referenced())
    for child in table.get_children():
        yield from _globals(child)


def _written(lines: list[str], moving: Mapping[str, Assignment], places: list[_Place]) -> str:
    order = sorted(moving, key=lambda name: moving[name].lineno)
    needs = {name: _loads(moving[name].value) & moving.keys() for name in order}  # type: ignore[arg-type]
    after: dict[int, list[str]] = {}
    told: set[str] = set()
    for place in sorted(places, key=lambda place: (not _is_flow(place.node), place.node.lineno)):
        wanted: set[str] = set()
        left = [name for name in order if name in place.names]
        while left:
            name = left.pop()
            if name not in wanted:
                wanted.add(name)
                left += needs[name]
        if not wanted:
            continue
        margin = " " * place.node.body[0].col_offset
        made: list[str] = []
        for name in sorted(wanted, key=order.index):
            node = moving[name]
            top = node.lineno - (0 if name in told else _comments(lines, node.lineno))
            told.add(name)
            made += [margin + line if line.strip() else line for line in lines[top - 1 : node.end_lineno]]
        after[_top(lines, place.node)] = made
    gone = {
        number
        for node in moving.values()
        for number in range(node.lineno - _comments(lines, node.lineno), (node.end_lineno or node.lineno) + 1)
    }
    return _joined(lines, gone, after)


def _is_flow(node: Function | ast.If) -> bool:
    heads = (getattr(each, "func", each) for each in getattr(node, "decorator_list", ()))
    return any(isinstance(head, ast.Name) and head.id == "flow" for head in heads)


def _top(lines: list[str], node: Function | ast.If) -> int:
    """The line behind which the statements of a function begin: its docstring, or its head."""
    head = node.body[0]
    if isinstance(head, ast.Expr) and isinstance(head.value, ast.Constant) and isinstance(head.value.value, str):
        return head.end_lineno or head.lineno
    line: int = min([head.lineno, *(each.lineno for each in getattr(head, "decorator_list", ()))]) - 1
    while not lines[line - 1].strip() or lines[line - 1].lstrip().startswith("#"):
        line -= 1
    return line


def _comments(lines: list[str], line: int) -> int:
    """How many lines of comment stand directly above a line."""
    count = 0
    while line - 2 - count >= 0 and lines[line - 2 - count].startswith("#") and not lines[line - 2 - count].startswith(("#!", "# -*-")):
        count += 1
    return count


def _joined(lines: list[str], gone: set[int], after: Mapping[int, list[str]]) -> str:
    """The lines but those that go; where some went, no more blank lines than the most that were there on one side."""
    out: list[str] = []
    blank = seen = 0  # blank lines at the end, and those behind what went
    gap = False
    for number, line in enumerate(lines, 1):
        if number in gone:
            gap, blank, seen = True, max(blank, seen), 0
        elif line.strip():
            out.append(line)
            gap, blank, seen = False, 0, 0
        else:
            seen += gap
            if not gap or seen > blank:
                out.append(line)
            blank += not gap
        out += after.get(number, ())
    return "".join(out)
