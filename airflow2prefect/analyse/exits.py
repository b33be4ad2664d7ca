"""Leaving a callable by sys.exit and the like: what Airflow makes of it, and what a task says instead.

Measured with real schedulers: 1.10.15 fails and retries the task whatever the code; for 2.10.5 code 0 or none is success. os._exit fails in both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import libcst as cst

from airflow2prefect.parse import Source

CALLS = frozenset(("sys.exit", "exit", "quit", "os._exit"))
LEAVES = re.compile(r"\b(?:sys\.exit|exit|quit)\s*\(|\braise\s+SystemExit\b")
RETURN = "return"  # stands for an exit that is success
RAISE = "raise RuntimeError"  # stands for what is called by one that is none


def exit_at(source: Source, parents: Mapping[cst.CSTNode, cst.CSTNode], node: cst.Call, path: str, airflow: int) -> str | None:
    """What stands for a call that leaves, or with RAISE for its function. None: it stays, and its task is guarded.

    An exception would be caught where SystemExit is not, in a `try`; and what is no statement cannot be `raise`.
    """
    if path == "os._exit":
        return f"(_ for _ in ()).throw(RuntimeError({source.code(node)!r}))"
    if not isinstance(parents.get(node), cst.Expr) or _is_shielded(node, parents) or any(arg.keyword or arg.star for arg in node.args):
        return None
    code = node.args[0].value if node.args else None
    if airflow >= 2 and (code is None or source.code(code) in ("0", "None")):
        return RETURN
    if airflow >= 2 and not isinstance(code, (cst.Integer, cst.SimpleString, cst.FormattedString, cst.ConcatenatedString)):
        return None
    return RAISE


def is_raised(parents: Mapping[cst.CSTNode, cst.CSTNode], node: cst.Name) -> bool:
    """Whether a name is SystemExit, being raised."""
    around = parents.get(node)
    around = parents.get(around) if isinstance(around, cst.Call) else around
    return node.value == "SystemExit" and isinstance(around, cst.Raise)


def _is_shielded(node: cst.CSTNode, parents: Mapping[cst.CSTNode, cst.CSTNode]) -> bool:
    """Whether something in the callable stands between a statement and its end: a `try` around, a function inside."""
    inner, around = node, parents.get(node)
    while around is not None:
        if isinstance(around, cst.Try) and around.body is inner and around.handlers:
            return True
        if isinstance(around, (cst.FunctionDef, cst.Lambda)) and around in parents:
            return True
        inner, around = around, parents.get(around)
    return False
