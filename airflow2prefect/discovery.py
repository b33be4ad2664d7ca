"""The DAG files among what the user named."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

IGNORE_FILE = ".airflowignore"
SKIPPED = frozenset(("__pycache__", "node_modules"))


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read (`-` for stdin), and where its flow goes below the output folder."""

    path: str
    relative: str


def find(paths: list[str], output: Path | None) -> tuple[tuple[Found, ...], tuple[str, ...]]:
    """The files behind `paths`, each once, and a line for each path that is no file or folder."""
    found: dict[str, Found] = {}
    errors: list[str] = []
    for path in paths:
        if path == "-":
            found[path] = Found(path, "stdin.py")
        elif os.path.isdir(path):
            for name in python_files(path, output):
                found.setdefault(os.path.realpath(name), Found(name, os.path.relpath(name, path)))
        elif os.path.exists(path):
            found.setdefault(os.path.realpath(path), Found(path, Path(path).with_suffix(".py").name))
        else:
            errors.append(f"{path}: no such file or folder")
    return tuple(found.values()), tuple(errors)


def python_files(folder: str, output: Path | None) -> Iterator[str]:
    """The .py files below a folder, in order, without hidden folders, the output, and what .airflowignore names.

    A line of .airflowignore is a regular expression that is searched in the path, for its folder and those below.
    https://airflow.apache.org/docs/apache-airflow/1.10.15/concepts.html#airflowignore
    """
    away = os.path.realpath(output) if output is not None else ""
    patterns: dict[str, list[re.Pattern[str]]] = {}
    for root, folders, files in os.walk(folder):
        known = patterns.get(os.path.dirname(root), []) if root != folder else []
        patterns[root] = known + _patterns(os.path.join(root, IGNORE_FILE))
        folders[:] = sorted(
            name for name in folders
            if not name.startswith(".") and name not in SKIPPED and os.path.realpath(os.path.join(root, name)) != away
            and not _ignored(os.path.join(root, name), patterns[root])
        )  # fmt: skip
        for name in sorted(files):
            path = os.path.join(root, name)
            if name.endswith(".py") and not name.startswith(".") and not _ignored(path, patterns[root]):
                yield path


def _patterns(path: str) -> list[re.Pattern[str]]:
    try:
        lines = Path(path).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    made: list[re.Pattern[str]] = []
    for line in lines:
        text = re.sub(r"\s*#.*", "", line).strip()
        try:
            made += [re.compile(text)] if text else []
        except re.error:
            made.append(re.compile(re.escape(text)))
    return made


def _ignored(path: str, patterns: list[re.Pattern[str]]) -> bool:
    return any(pattern.search(path.replace(os.sep, "/")) for pattern in patterns)
