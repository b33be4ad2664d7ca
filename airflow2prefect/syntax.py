"""Trees of Python's own parser."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeVar

Node = TypeVar("Node", bound=ast.AST)


@lru_cache(maxsize=2)
def tree_of(text: str) -> ast.Module:
    """The tree of a module's text, without Python's warnings; not to be changed: all who ask for the same text in a row share it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)


def imports_in(statements: list[ast.stmt]) -> Iterator[ast.Import | ast.ImportFrom]:
    """The import statements, those inside of others as well, without a look at any expression."""
    left = list(reversed(statements))
    while left:
        node = left.pop()
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield node
            continue
        for name in _BLOCKS:
            left += reversed(getattr(node, name, ()))


# Where statements hold statements, or handlers and cases that do.
_BLOCKS = ("finalbody", "orelse", "handlers", "cases", "body")


def below(*nodes: ast.AST) -> Iterator[ast.AST]:
    """The nodes and all below them, in any order: `ast.walk` takes twice as long."""
    left = list(nodes)
    while left:
        node = left.pop()
        yield node
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, ast.AST):
                left.append(value)
            elif value.__class__ is list:
                left += [item for item in value if isinstance(item, ast.AST)]


def copied(node: Node) -> Node:
    """The node and all below it anew: `copy.deepcopy` takes ten times as long."""
    made = type(node)()
    for name in node._fields:
        value = getattr(node, name, None)
        if isinstance(value, ast.AST):
            value = copied(value)
        elif isinstance(value, list):
            value = [copied(item) if isinstance(item, ast.AST) else item for item in value]
        setattr(made, name, value)
    if "lineno" in node._attributes:
        made.lineno = getattr(node, "lineno", 0)  # type: ignore[attr-defined]  # ast.unparse asks for it
    return made
