"""Statements that guard what a file does: imports that may fail, and `if __name__ == "__main__"`."""

from __future__ import annotations

import libcst as cst

from airflow2prefect.analyse.names import dotted


def is_main_guard(test: cst.BaseExpression) -> bool:
    """`__name__ == "__main__"`"""
    if not isinstance(test, cst.Comparison) or not isinstance(test.left, cst.Name):
        return False
    return test.left.value == "__name__"


def guards_airflow(statement: cst.CSTNode) -> bool:
    """`try: from airflow import DAG` with `except ImportError: DAG = None`: where Airflow is, only its body runs.

    Handlers that import something instead are alternatives, which the user may need.
    """
    if not isinstance(statement, cst.Try) or not statement.handlers:
        return False
    paths = [path for line in statement.body.body for path in _imported(line)]
    if not any(path == "airflow" or path.startswith("airflow.") for path in paths):
        return False
    if not all(_only_binds(line) for line in statement.body.body):
        return False
    return not any(list(_imported(line)) for handler in statement.handlers for line in handler.body.body)


def _imported(line: cst.CSTNode) -> list[str]:
    if not isinstance(line, cst.SimpleStatementLine):
        return []
    found: list[str] = []
    for small in line.body:
        if isinstance(small, cst.ImportFrom):
            found.append("." * len(small.relative) + dotted(small.module))
        elif isinstance(small, cst.Import):
            found += [dotted(alias.name) for alias in small.names]
    return found


def _only_binds(line: cst.CSTNode) -> bool:
    """Imports, and `AIRFLOW_AVAILABLE = True` behind them."""
    return isinstance(line, cst.SimpleStatementLine) and all(
        isinstance(small, (cst.Import, cst.ImportFrom, cst.Pass)) or (isinstance(small, cst.Assign) and isinstance(small.value, cst.Name))
        for small in line.body
    )
