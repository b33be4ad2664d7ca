"""Findings about habits that Airflow forgives and Prefect does not (6xx), and about results that cannot be kept."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from airflow2prefect.findings import Finding, finding
from airflow2prefect.inventory import TaskFacts, XCom
from airflow2prefect.model import Dag, Options, Task, Value
from airflow2prefect.survey import acts
from airflow2prefect.survey.code import Code
from airflow2prefect.survey.gaps import listed
from airflow2prefect.survey.shapes import unkeyed
from airflow2prefect.survey.tasks import Tasks

_MOVING = re.compile(r"\b(?:now|today|utcnow|days_ago)\s*\(")
_SECRET = re.compile(r"(?:^|_)(?:password|passwd|pwd|secret|secret_key|api_?key|access_key|secret_access_key|auth_?token|token|private_key)$", re.IGNORECASE)  # fmt: skip
_PLACEHOLDER = re.compile(r"\{\{|^<.*>$|^\W*$|^x+$|^\*+$|example|change_?me|dummy|placeholder|your|^(?:none|null|test|secret|password|token)$|^\$|\s|^[\w-]+_conn\w*$", re.IGNORECASE)  # fmt: skip
_LOGIN = re.compile(r"\b[a-z][a-z0-9+.-]*://[^/\s:@{}]+:(?P<password>[^/\s@{}]{3,})@")
_KEY = re.compile(r"\bAKIA[0-9A-Z]{16}\b|-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY-----|\bxox[bp]-\d{6,}|\bghp_[A-Za-z0-9]{36}\b")


def task_findings(dag: Dag, facts: tuple[TaskFacts, ...], xcoms: tuple[XCom, ...], tasks: Tasks, options: Options) -> Iterator[Finding]:
    """What the code of a DAG's tasks does."""
    beside = len(dag.tasks) > 1
    for task in dag.tasks:
        for doings in tasks.doings(task):
            for name, line in dict(doings.globals).items():
                yield finding("A2P601", line, 0, task.task_id, name=name)
            for line in doings.swallows:
                yield finding("A2P608", line, 0, task.task_id)
            for act in doings.calls:
                if beside and acts.busy(act.path):
                    yield finding("A2P603", act.line, 0, task.task_id, what=act.path)
                elif act.path == "time.sleep":
                    yield finding("A2P609", act.line, 0, task.task_id, what="time.sleep")
                elif re.search(r"(?:Operator|Sensor)\.execute$", act.path):
                    yield finding("A2P607", act.line, 0, task.task_id, what=act.path.rpartition(".")[0].rpartition(".")[2])
        yield from _stuck(task, tasks, xcoms, options)
        found = unkeyed(task, tasks.code) if options.cache != "none" else None
        if found is not None:
            yield finding("A2P610", task.site.line, task.site.column, task.task_id, argument=found[0], what=found[1])
    large = list(dict.fromkeys(xcom.producer for xcom in xcoms if xcom.value))
    if large and options.cache != "none":
        yield finding("A2P602", dag.span.line, dag.span.column, tasks=listed(large))


def _stuck(task: Task, tasks: Tasks, xcoms: tuple[XCom, ...], options: Options) -> Iterator[Finding]:
    """What is handed on and cannot be pickled."""
    function = tasks.function(task)
    for line, what in tasks.code.doings(function).stuck.items() if function is not None else ():
        read = any(x.producer == task.task_id and x.push_line == line and x.status == "read" for x in xcoms)
        if read or any(push.span.line == line for push in (task.callable.pushes if task.callable else ())):
            yield finding("A2P454", line, 0, task.task_id, what=what)
        elif options.cache != "none":
            yield finding("A2P529", line, 0, task.task_id, task_id=task.task_id, what=what)


def dag_findings(dag: Dag) -> Iterator[Finding]:
    """A start_date that is another one at every look."""
    for value in (dag.arguments.get("start_date"), dag.default_args.get("start_date")):
        text = _code(value)
        found = _MOVING.search(text)
        if found:
            yield finding("A2P606", dag.span.line, dag.span.column, what=text[:60])
            return


def _code(value: Value | None) -> str:
    code = getattr(value, "code", None) or value
    text = getattr(code, "text", "")
    bound = getattr(code, "bound", {})
    return next((inner for name in bound if (inner := _code(bound[name])) and _MOVING.search(inner)), text) if bound else str(text)


_CLASS = re.compile(r"\.[A-Z]\w*$")
_HOOK = re.compile(r"airflow\.[\w.]*Hook$")


def module_findings(code: Code, told: frozenset[int]) -> Iterator[Finding]:
    """What happens when the file is imported, and secrets in it. `told`: lines of which convert says that they read a Variable."""
    hooks = {
        t.id
        for s in code.tree.body
        if isinstance(s, ast.Assign) and _makes_hook(code, s.value)
        for t in s.targets
        if isinstance(t, ast.Name)
    }
    for call in code.at_import:
        path = code.path(call.func, {})
        first = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str) else ""
        variable = path.endswith("Variable.get") and path.startswith("airflow.") and call.lineno not in told
        connection = path.endswith("BaseHook.get_connection")
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        hook = (owner is not None and _makes_hook(code, owner)) or (isinstance(owner, ast.Name) and owner.id in hooks)
        remote = not path.startswith("airflow.") and not _CLASS.search(path) and acts.kind_of_call(path, first) in ("network", "database")
        if variable or connection or hook or (remote and not path.endswith(("client", "resource", "Session"))):
            yield finding("A2P604", call.lineno, call.col_offset + 1, what=f"{path.removeprefix('airflow.')}(...)")
    yield from _secrets(code)


def _makes_hook(code: Code, node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and bool(_HOOK.match(code.path(node.func, {})))


def _secrets(code: Code) -> Iterator[Finding]:
    seen: set[int] = set()
    for node in code.naming:
        for name, value in _named(node):
            text = value.value if isinstance(value, ast.Constant) else None
            if not isinstance(text, str) or value.lineno in seen:
                continue
            named = bool(_SECRET.search(name)) and len(text) > 5 and not _PLACEHOLDER.search(text)
            login = _LOGIN.search(text)
            if named or _KEY.search(text) or (login is not None and not _PLACEHOLDER.search(login["password"])):
                seen.add(value.lineno)
                yield finding(
                    "A2P605",
                    value.lineno,
                    value.col_offset + 1,
                    name=name or "a login in a URL" if not _KEY.search(text) else name or "a key",
                )


def _named(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Values, and what they are called."""
    match node:
        case ast.Assign(targets=targets, value=value):
            name = targets[0]
            yield (name.id if isinstance(name, ast.Name) else name.attr if isinstance(name, ast.Attribute) else _key(name)), value
        case ast.AnnAssign(target=ast.Name(id=name), value=value) if value is not None:
            yield name, value
        case ast.keyword(arg=arg, value=value) if arg:
            yield arg, value
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield key.value, value
        case ast.Call(args=args):
            for value in args:
                yield "", value


def _key(node: ast.AST) -> str:
    return str(node.slice.value) if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) else ""
