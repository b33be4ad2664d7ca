"""Which lines of a flow came of which lines of its DAG file: kept code, callables, operators and their calls."""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Iterator
from difflib import SequenceMatcher

from airflow2prefect.inventory import Match
from airflow2prefect.model import Dag
from airflow2prefect.parse import line_starts

Lines = tuple[int, int]


def matches_of(source: str, flow: str, dags: tuple[Dag, ...]) -> tuple[Match, ...]:
    """In the order of the DAG file."""
    made = [*_kept(source, flow), *_tasks(source, flow, dags)]
    return tuple(sorted(dict.fromkeys(made), key=lambda m: (m.start, m.flow_start, m.end)))


def _kept(source: str, flow: str) -> Iterator[Match]:
    """Runs of lines that are the same, with something in them."""
    old, new = source.splitlines(), flow.splitlines()
    for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        start, end = block.a, block.a + block.size
        while start < end and not old[start].strip():
            start += 1
        while end > start and not old[end - 1].strip():
            end -= 1
        if any(len(line.strip()) > 1 for line in old[start:end]):
            yield Match(start + 1, end, block.b + start - block.a + 1, block.b + end - block.a)


def _tasks(source: str, flow: str, dags: tuple[Dag, ...]) -> Iterator[Match]:
    starts = line_starts(source)
    tree = ast.parse(flow)
    functions = {node.name: node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}
    named = _named(tree)
    flows = [node for node in functions.values() if _decorated(node, "flow")]
    for dag, function in zip(dags, flows, strict=False):
        head = function.decorator_list[0].lineno
        yield Match(dag.span.line, _line(starts, dag.span.end), head, function.lineno)
        calls = list(_calls(function))
        for task in dag.tasks:
            name = named.get(task.task_id) or (task.callable.name if task.callable is not None else "")
            site = (task.site.line, _line(starts, task.site.end))
            found = functions.get(name)
            if found is not None:
                first = found.decorator_list[0].lineno if found.decorator_list else found.lineno
                place = (task.callable.span.line, _line(starts, task.callable.span.end)) if task.callable is not None else site
                yield Match(*place, first, found.end_lineno or first, task.task_id)
            for names, texts, lines in calls:
                if task.task_id in texts or (name in names and not texts):
                    yield Match(*site, *lines, task.task_id)


def _line(starts: tuple[int, ...], offset: int) -> int:
    return bisect_right(starts, max(offset - 1, 0))


def _decorated(node: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> bool:
    return any(isinstance(d, ast.Call) and isinstance(d.func, ast.Name) and d.func.id == name for d in node.decorator_list)


def _named(tree: ast.Module) -> dict[str, str]:
    """Functions and variables that are tasks, by the name that they give the task."""
    found: dict[str, str] = {}
    for node in tree.body:
        calls = node.decorator_list if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) else [getattr(node, "value", None)]
        for call in calls:
            name = _name_of(call)
            if name and isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                found[name] = node.name
            elif name and isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                found[name] = node.targets[0].id
    return found


def _name_of(call: object) -> str:
    for keyword in call.keywords if isinstance(call, ast.Call) else ():
        if keyword.arg == "name" and isinstance(keyword.value, ast.Constant):
            return str(keyword.value.value)
    return ""


def _calls(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[tuple[set[str], set[str], Lines]]:
    """The simple statements of a flow: names in them, names that they give tasks, and their lines."""
    stack: list[ast.stmt] = [*reversed(function.body)]
    while stack:
        node = stack.pop()
        inner = [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)]
        if inner or isinstance(node, ast.Match):
            stack += reversed(inner or [statement for case in node.cases for statement in case.body])  # type: ignore[attr-defined]
            continue
        names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
        texts = {name for part in ast.walk(node) if (name := _name_of(part))}
        yield names, texts, (node.lineno, node.end_lineno or node.lineno)
