"""The last look at a conversion before it is handed out: a failure here is a bug of ours (A2P902)."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable
from functools import cache

from airflow2prefect.model import File
from airflow2prefect.syntax import imports_in, tree_of

# The one module that also runs in Airflow's environment.
BRIDGE = "airflow_bridge.py"


def problems(files: Iterable[File], kept: Iterable[str]) -> list[str]:
    """What is wrong with the output: it must compile, import nothing of Airflow's, and hold every kept text in order."""
    flow, *helpers = files
    found = [*_faults(flow.path, flow.text), *(fault for file in helpers for fault in _helper_faults(file.path, file.text))]
    found = [fault for fault in found if fault.partition(" imports ")[0].rpartition("/")[2] != BRIDGE]
    at = 0
    for text in kept:
        where = flow.text.find(text, at)
        if where < 0:
            found.append(f"lost: {text.strip()[:60]!r}")
        else:
            at = where + len(text)
    return found


def _faults(path: str, text: str) -> tuple[str, ...]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError) as error:
        return (f"{path} does not compile: {error}",)
    if re.search(r"import\b.*\bairflow\b|from\s.*\bairflow\b|\\\n.*\bairflow\b", text) is None:  # most flows: no need to look at every statement
        return ()
    return tuple(f"{path} imports {name}" for name in airflow_imports(tree_of(text)))


# Helper modules are the same for many flows.
_helper_faults = cache(_faults)


def airflow_imports(tree: ast.Module) -> list[str]:
    """Modules of Airflow's that the module imports, anywhere."""
    names: list[str] = []
    for node in imports_in(tree.body):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif not node.level:
            names.append(node.module or "")
    return [name for name in names if name.split(".")[0] == "airflow"]
