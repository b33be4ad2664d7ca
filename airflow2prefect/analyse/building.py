"""The code that makes the tasks of a DAG, where only the run knows which: it can stay, in the flow."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from textwrap import dedent

import libcst as cst

from airflow2prefect.analyse.guards import is_main_guard
from airflow2prefect.analyse.layout import indent_of
from airflow2prefect.analyse.names import subtree
from airflow2prefect.analyse.objects import DagObject, Named
from airflow2prefect.analyse.reader import Reader, path_of
from airflow2prefect.analyse.variables import CALLS, FUNCTIONS, variable_edits
from airflow2prefect.findings import Finding
from airflow2prefect.model import Building, Edit
from airflow2prefect.parse import children_of

# Findings that tell of a graph that only the run knows.
UNKNOWN = ("A2P301", "A2P302")
# Functions that set orders, which the helper module for such graphs has as well.
ORDERS = frozenset(("chain", "cross_downstream"))


def tells(findings: Iterable[Finding]) -> bool:
    """Whether findings tell of a graph that only the run knows."""
    return any(found.code in UNKNOWN for found in findings)


@dataclass(slots=True)
class _Parts:
    """The statements of a DAG: those of `with DAG` blocks stand deeper."""

    inner: list[tuple[cst.CSTNode, int]] = field(default_factory=list)
    functions: list[cst.CSTNode] = field(default_factory=list)


class _Stays(Exception):
    """The code cannot stand in a flow."""


def building_of(reader: Reader) -> Building | None:
    """The building code of the file's one DAG; None where all of its graph is known, or the code cannot stay."""
    told = tells(reader.findings)
    if len(reader.dags) != 1 or not (told or any(loop.count is None for loop in reader.loops.values())):
        return None
    dag = reader.dags[0]
    if not _is_simple(reader, dag):
        return None
    try:
        return _building(reader, dag, _parts(reader, dag))
    except _Stays:
        return None


def use_building(reader: Reader) -> None:
    """Marks the building code as part of the DAG, so that it goes from where it is, and forgets what was told of the graph."""
    parts = _parts(reader, reader.dags[0])
    for statement in (*parts.functions, *(s for s, _ in parts.inner)):
        reader.touched.update(node for node in subtree(statement) if isinstance(node, cst.BaseStatement))
    reader.findings[:] = [found for found in reader.findings if found.code not in UNKNOWN]


def _is_simple(reader: Reader, dag: DagObject) -> bool:
    """Whether the DAG stands in the module and has operators only."""
    plain = (
        not (task.group or task.mapped or task.is_setup or task.is_teardown or "subdag" in task.arguments or task.operator.startswith("@"))
        for task in dag.tasks.values()
    )
    own = len(reader.source.module.code)
    here = all(task.site.end <= own for task in dag.tasks.values())
    return all(plain) and here and not dag.sub and not dag.elsewhere and not dag.iterations and dag.depth == 0


def _parts(reader: Reader, dag: DagObject) -> _Parts:
    body = list(reader.source.module.body)
    making = [n for n, s in enumerate(body) if s in reader.touched and not isinstance(s, cst.FunctionDef)]
    parts = _Parts(functions=[s for s in body if isinstance(s, cst.FunctionDef) and s in reader.inlined])
    for statement in body[making[0] : making[-1] + 1]:
        if isinstance(statement, (cst.FunctionDef, cst.ClassDef)) or (isinstance(statement, cst.If) and is_main_guard(statement.test)):
            continue
        if isinstance(statement, cst.With) and any(_is_dag(reader, item.item, dag) for item in statement.items):
            indent = indent_of(reader.source, statement.body)
            parts.inner += [(inner, indent) for inner in statement.body.body]
        elif not _only_dag(reader, statement, dag) and not _only_imports(statement):
            parts.inner.append((statement, 0))
    staying = _staying(reader, [statement for statement, indent in parts.inner if not indent])
    parts.inner = [(statement, indent) for statement, indent in parts.inner if statement not in staying]
    return parts


def _staying(reader: Reader, statements: list[cst.CSTNode]) -> set[cst.CSTNode]:
    """Those that only give functions of the module what they use: a name for good, from nothing that the building code makes."""
    functions = [s for s in reader.source.module.body if isinstance(s, (cst.FunctionDef, cst.ClassDef)) and s not in reader.inlined]
    used = {node.value for function in functions for node in subtree(function) if isinstance(node, cst.Name)}
    moved = {s: set(_bound(reader.source.code(s))) for s in statements}
    texts = {s: reader.source.code(s) for s in statements}
    staying = {s for s in statements if s not in reader.touched and _gives(s) and moved[s] <= used & reader.module.stable}
    while True:
        made = {name for s, names in moved.items() if s not in staying for name in names}
        left = "\n".join(text for s, text in texts.items() if s not in staying)
        gone = {s for s in staying if any(isinstance(n, cst.Name) and n.value in made for n in subtree(s)) or any(_filled(n, left) for n in moved[s])}
        if not gone:
            return staying
        staying -= gone


def _gives(statement: cst.CSTNode) -> bool:
    return isinstance(statement, cst.SimpleStatementLine) and all(isinstance(s, (cst.Assign, cst.AnnAssign)) for s in statement.body)


def _filled(name: str, text: str) -> bool:
    """Whether code may change what a name holds."""
    return re.search(rf"(?<![\w.]){name}\s*(\.\w+\(|\[[^\]]*\]\s*[+|]?=[^=])", text) is not None


def _is_dag(reader: Reader, node: cst.BaseExpression, dag: DagObject) -> bool:
    return reader.source.ranges[node][0] == dag.span.start or (isinstance(node, cst.Name) and reader.module.find(node.value) is dag)


def _only_imports(statement: cst.CSTNode) -> bool:
    return isinstance(statement, cst.SimpleStatementLine) and all(isinstance(s, (cst.Import, cst.ImportFrom)) for s in statement.body)


def _only_dag(reader: Reader, statement: cst.CSTNode, dag: DagObject) -> bool:
    """`dag = DAG(...)`, `dag.doc_md = ...`: the flow says as much."""
    if not isinstance(statement, cst.SimpleStatementLine) or len(statement.body) != 1:
        return False
    match statement.body[0]:
        case cst.Assign(value=value) if _is_dag(reader, value, dag):
            return True
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Attribute(value=cst.Name() as owner))]):
            return _is_dag(reader, owner, dag)
    return False


def _building(reader: Reader, dag: DagObject, parts: _Parts) -> Building:
    sites = {task.site.start for task in dag.tasks.values()}
    statements = [(s, 0) for s in parts.functions] + parts.inner
    text = reader.source.text
    blocks = [(_start(reader, s), _line_end(text, reader.source.ranges[s][1]), indent) for s, indent in statements]
    names = frozenset(name for start, end, _ in blocks for name in _bound(text[start:end]))
    edits: list[Edit] = []
    orders: set[str] = set()
    helpers: set[str] = set()
    for statement, _ in statements:
        if any(isinstance(node, cst.FunctionDef) and node not in reader.inlined for node in subtree(statement)):
            raise _Stays  # a callable among them
        for node in _outside(reader, statement, sites):
            _take(reader, node, names, edits, orders)
    for edit in edits:
        if edit.text in FUNCTIONS:
            helpers.add(edit.text if FUNCTIONS[edit.text] == edit.text else f"{FUNCTIONS[edit.text]} as {edit.text}")
    return Building(tuple(blocks), len(parts.functions), names - {dag.variable}, tuple(edits), frozenset(orders), frozenset(helpers))


def _outside(reader: Reader, node: cst.CSTNode, sites: set[int]) -> Iterator[cst.CSTNode]:
    """The nodes of a statement but those of the operators' calls, of keywords and of attributes' names."""
    if isinstance(node, cst.Call) and reader.source.ranges[node][0] in sites and isinstance(node.func, (cst.Name, cst.Attribute)):
        return
    yield node
    skipped = {node.attr} if isinstance(node, cst.Attribute) else {node.keyword} if isinstance(node, cst.Arg) else set()
    for child in children_of(node):
        if child not in skipped:
            yield from _outside(reader, child, sites)


def _take(reader: Reader, node: cst.CSTNode, names: frozenset[str], edits: list[Edit], orders: set[str]) -> None:
    """The edits of a call of a Variable's; raises _Stays for anything else of Airflow's."""
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute) and isinstance(node.func.value, cst.Name):
        if f"{path_of(reader.module.find(node.func.value.value))}.{node.func.attr.value}" in CALLS:
            made = variable_edits(reader.source, node)
            if made is None:
                raise _Stays
            edits += made
        return
    if not isinstance(node, cst.Name) or node.value in names:
        return
    thing = reader.module.find(node.value)
    if not path_of(thing).startswith("airflow."):
        return
    if isinstance(thing, Named) and thing.path.rpartition(".")[2] in ORDERS and thing.path.endswith(node.value):
        orders.add(node.value)
    elif not any(edit.start <= reader.source.ranges[node][0] < edit.end for edit in edits):
        raise _Stays


def _start(reader: Reader, statement: cst.CSTNode) -> int:
    """Where the lines of a statement begin, comments above it included."""
    text, at = reader.source.text, reader.source.ranges[statement][0]
    at = text.rfind("\n", 0, at) + 1
    for _ in getattr(statement, "leading_lines", ()):
        at = text.rfind("\n", 0, at - 1) + 1
    return at


def _line_end(text: str, at: int) -> int:
    """Behind the line of `at`; `at` itself where a line begins."""
    if at and text[at - 1] == "\n":
        return at
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _bound(text: str) -> Iterable[str]:
    """The names that code binds, in whatever scope."""
    for node in ast.walk(ast.parse(dedent(text))):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name) | ast.ExceptHandler(name=str(name)) | ast.FunctionDef(name=name):
                yield name
            case ast.alias():
                yield node.asname or node.name
