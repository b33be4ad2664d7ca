"""Trees of Python's own parser."""

from __future__ import annotations

import ast
from typing import TypeVar

Node = TypeVar("Node", bound=ast.AST)


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
