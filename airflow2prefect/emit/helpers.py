"""The modules that flows import, with what the flows use of them and nothing else.

Each is a file of templates/: `airflow_sql.py`, or `airflow_rules.py.j2` where also lines inside of functions depend on it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from airflow2prefect.emit.calls import Group, lay_out
from airflow2prefect.emit.templates import module_template
from airflow2prefect.resources import templates_folder
from airflow2prefect.syntax import imports_in

_IMPORTS = (ast.Import, ast.ImportFrom)
ALL = "*"  # all that a module has: for flows of which nobody knows what they use


def home_of(name: str) -> tuple[str, str]:
    """The helper module of a name that the user's edited code uses."""
    module, _, own = name.rpartition(".")
    return module or ("airflow_variables" if "variable" in name else "airflow_rules"), own


class Uses(frozenset[str]):
    """What is used of a module: names that it defines, and what else its template asks for, such as trigger rules."""

    def __contains__(self, name: object) -> bool:
        # "processes" is no part but another way to do the same.
        return super().__contains__(name) or (super().__contains__(ALL) and name != "processes")


@cache
def helper_names() -> frozenset[str]:
    """The modules that there are, by name."""
    return frozenset(path.name.partition(".")[0] for path in templates_folder().glob("airflow_*.py*"))


def helper_modules(uses: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """What is used of each module, by name, if flows use this: the modules use each other."""
    found = {module: frozenset(names) for module, names in uses.items()}
    left = list(found)
    while left:
        module = left.pop()
        for other, names in _imported(module, found[module]):
            if not names <= found.get(other, frozenset()):
                found[other] = found.get(other, frozenset()) | names
                left.append(other)
    return dict(sorted(found.items()))


@cache
def _imported(module: str, uses: frozenset[str]) -> tuple[tuple[str, frozenset[str]], ...]:
    """The other modules that a module imports from, and the names; flows of a folder ask for the same again and again."""
    nodes = imports_in(ast.parse(helper_module(module, uses)).body)
    imports = (node for node in nodes if isinstance(node, ast.ImportFrom) and node.module in helper_names())
    return tuple((str(node.module), frozenset(alias.name for alias in node.names)) for node in imports)


@cache
def helper_module(name: str, uses: frozenset[str]) -> str:
    """The text of a module: the definitions in `uses` and all that they need, as they are laid out in its template."""
    uses = Uses(uses)
    text = module_template(name, uses)
    parts = _parts(text)
    kept = _needed(parts, uses)
    pieces: list[str] = []
    blank, last = 0, None
    for part in parts:
        blank = max(blank, part.blank)
        shown = part.text if part in kept else ""
        if isinstance(part.node, _IMPORTS):
            shown = _import(part, {name for other in kept for name in other.uses} | _exported(parts, uses))
        if not shown:
            continue
        if last is not None and isinstance(last.node, (*_IMPORTS, ast.Expr)) and not isinstance(part.node, _IMPORTS):
            blank = 2 if isinstance(part.node, (ast.FunctionDef, ast.ClassDef)) else 1
        pieces += ["\n" * blank, shown]
        blank, last = 0, part
    return "".join(pieces).lstrip("\n")


@dataclass(frozen=True, slots=True)
class _Part:
    """A statement of a module's, or a comment by itself, with the comment lines above it; `blank` lines stand before it."""

    text: str
    blank: int
    node: ast.stmt | None
    defines: frozenset[str] = frozenset()
    uses: frozenset[str] = frozenset()


@cache
def _parts(text: str) -> tuple[_Part, ...]:
    """The statements of a module as its template gives it: most give the same whatever is used."""
    return tuple(_statements(text))


def _statements(text: str) -> Iterator[_Part]:
    lines = text.splitlines(keepends=True)
    at = 0
    for node in ast.parse(text).body:
        start = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))]) - 1
        blank, block = 0, ""
        for line in lines[at:start]:
            if line.strip():
                block += line
            elif block:
                yield _Part(block, blank, None)
                blank, block = 1, ""
            else:
                blank += 1
        at = node.end_lineno or node.lineno
        yield _Part(block + "".join(lines[start:at]), blank, node, frozenset(_defined(node)), frozenset(_used(node)))


def _defined(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield node.name
    elif isinstance(node, (ast.Assign, ast.AnnAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield from (name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name))
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)


def _used(node: ast.stmt) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name):
            yield inner.id
        for annotation in (getattr(inner, "annotation", None), getattr(inner, "returns", None)):
            if isinstance(annotation, ast.Constant):
                yield str(annotation.value)


def _needed(parts: Iterable[_Part], uses: Uses) -> set[_Part]:
    """The statements that define what is used, all that these need, and those that define nothing."""
    home = {name: part for part in parts for name in part.defines}
    left = [part for part in parts if not part.defines or any(name in uses for name in part.defines)]
    kept: set[_Part] = set()
    while left:
        part = left.pop()
        if part not in kept:
            kept.add(part)
            left += [home[name] for name in part.uses if name in home]
    return {part for part in kept if not isinstance(part.node, _IMPORTS)}


def _exported(parts: Iterable[_Part], uses: Uses) -> set[str]:
    """What flows import through the module."""
    return {name for part in parts for name in part.defines if frozenset.__contains__(uses, name)}


def _import(part: _Part, used: set[str]) -> str:
    """An import statement without the names that nothing uses."""
    node = part.node
    assert isinstance(node, (ast.Import, ast.ImportFrom))
    names = [alias for alias in node.names if (alias.asname or alias.name.partition(".")[0]) in used]
    if len(names) == len(node.names):
        return part.text
    if not names:
        return ""
    items = tuple(f"{alias.name} as {alias.asname}" if alias.asname else alias.name for alias in names)
    if isinstance(node, ast.Import):
        return f"import {', '.join(items)}\n"
    head = f"from {node.module} import "
    flat = head + ", ".join(items)
    return (flat if len(flat) <= 120 else lay_out(Group(f"{head}(", items, ")"))) + "\n"
