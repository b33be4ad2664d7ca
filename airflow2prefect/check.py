"""The last look at a conversion before it is handed out: a failure here is a bug of ours (A2P902)."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterable

from airflow2prefect.model import File


def problems(files: Iterable[File], kept: Iterable[str]) -> list[str]:
    """What is wrong with the output: it must compile, import nothing of Airflow's, and hold every kept text in order."""
    files = tuple(files)
    found: list[str] = []
    for file in files:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(file.text)
                compile(tree, file.path, "exec")
        except (SyntaxError, ValueError, RecursionError) as error:
            found.append(f"{file.path} does not compile: {error}")
            continue
        found += [f"{file.path} imports {name}" for name in airflow_imports(tree)]
    at = 0
    for text in kept:
        where = files[0].text.find(text, at)
        if where < 0:
            found.append(f"lost: {text.strip()[:60]!r}")
        else:
            at = where + len(text)
    return found


def airflow_imports(tree: ast.Module) -> list[str]:
    """Modules of Airflow's that the module imports, anywhere."""
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.append(node.module or "")
    return [name for name in names if name.split(".")[0] == "airflow"]
