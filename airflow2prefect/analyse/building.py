"""The code that makes the tasks of a DAG, where only the run knows which: it can stay, in the flow."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from textwrap import dedent

import libcst as cst

from airflow2prefect.analyse.edges import METHODS
from airflow2prefect.analyse.guards import is_main_guard
from airflow2prefect.analyse.layout import indent_of
from airflow2prefect.analyse.names import subtree
from airflow2prefect.analyse.objects import DagObject, Named, freeze
from airflow2prefect.analyse.reader import Reader, path_of
from airflow2prefect.analyse.variables import CALLS, FUNCTIONS, variable_edits
from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Building, Edit
from airflow2prefect.parse import children_of

# Findings that tell of a graph that only the run knows.
UNKNOWN = ("A2P301", "A2P302", "A2P306")
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


def buildings_of(reader: Reader) -> tuple[Building | None, ...]:
    """The building code of each of the file's DAGs; None where all of its graph is known, or the code cannot stay."""
    if not (tells(reader.findings) or any(loop.count is None for loop in reader.loops.values())):
        return ()
    return tuple(_building_of(reader, dag) for dag in reader.dags if not dag.sub)


def _building_of(reader: Reader, dag: DagObject) -> Building | None:
    if not _is_simple(reader, dag):
        return None
    try:
        return _building(reader, dag, _parts(reader, dag))
    except _Stays:
        return None


def use_building(reader: Reader, dags: Iterable[DagObject]) -> None:
    """Marks the building code of DAGs as part of them, so that it goes from where it is."""
    for dag in dags:
        parts = _parts(reader, dag)
        for statement in (*parts.functions, *(s for s, _ in parts.inner)):
            reader.touched.update(node for node in subtree(statement) if isinstance(node, cst.BaseStatement))


def is_of(reader: Reader, building: Building, found: Finding) -> bool:
    """Whether a finding tells of a graph that building code makes."""
    text = reader.source.text
    lines = ((text.count("\n", 0, start) + 1, text.count("\n", 0, end)) for start, end, _ in building.blocks)
    return found.code in UNKNOWN and any(first <= found.line <= last for first, last in lines)


def _is_simple(reader: Reader, dag: DagObject) -> bool:
    """Whether the DAG stands in the module, or in a function of it, and has operators only."""
    plain = (
        not (task.group or task.mapped or task.is_setup or task.is_teardown or "subdag" in task.arguments or task.operator.startswith("@"))
        for task in dag.tasks.values()
    )
    known = all(reader.loops[i.loop].count is not None for i in dag.iterations) and (dag.maker is not None or not dag.iterations)
    return all(plain) and known and not dag.sub and not dag.elsewhere and dag.depth == 0 and (dag.maker is not None or not dag.made_by[0])


def _parts(reader: Reader, dag: DagObject) -> _Parts:
    body = list(reader.source.module.body)
    parts = _Parts(functions=[s for s in body if isinstance(s, cst.FunctionDef) and s in reader.inlined and s is not dag.maker])
    if dag.maker is not None:
        _parts_of_function(reader, dag, dag.maker, parts)
        return parts
    alone = len([other for other in reader.dags if not other.sub]) == 1
    making = [n for n, s in enumerate(body) if s in reader.touched and not isinstance(s, cst.FunctionDef)]
    for statement in body[making[0] : making[-1] + 1]:
        if isinstance(statement, (cst.FunctionDef, cst.ClassDef)) or (isinstance(statement, cst.If) and is_main_guard(statement.test)):
            continue
        if isinstance(statement, cst.With) and any(_is_dag(reader, item.item, dag) for item in statement.items):
            indent = indent_of(reader.source, statement.body)
            parts.inner += [(inner, indent) for inner in statement.body.body]
        elif alone and not _only_dag(reader, statement, dag) and not _only_imports(statement):
            parts.inner.append((statement, 0))
    staying = _staying(reader, [statement for statement, indent in parts.inner if not indent])
    parts.inner = [(statement, indent) for statement, indent in parts.inner if statement not in staying]
    return parts


def _parts_of_function(reader: Reader, dag: DagObject, maker: cst.FunctionDef, parts: _Parts) -> None:
    """The statements of a function that makes a DAG and returns it; the module only calls it."""
    if maker not in reader.source.module.body:
        raise _Stays
    outside = [s for s in reader.source.module.body if s in reader.touched and not isinstance(s, cst.FunctionDef)]
    if any(_sets_orders(node) for statement in outside for node in subtree(statement)):
        raise _Stays
    indent = indent_of(reader.source, maker.body)
    todo = [(statement, indent) for statement in maker.body.body]
    if maker.get_docstring() is not None:
        del todo[0]
    while todo:
        statement, indent = todo.pop(0)
        if isinstance(statement, cst.With) and any(_is_dag(reader, item.item, dag) for item in statement.items):
            deeper = indent + indent_of(reader.source, statement.body)
            todo[:0] = [(inner, deeper) for inner in statement.body.body]
        elif not _is_return(statement) and not _only_dag(reader, statement, dag):
            if any(isinstance(node, cst.Return) for node in subtree(statement)):
                raise _Stays
            parts.inner.append((statement, indent))


def _sets_orders(node: cst.CSTNode) -> bool:
    match node:
        case cst.BinaryOperation(operator=cst.RightShift() | cst.LeftShift()):
            return True
        case cst.Attribute(attr=cst.Name(value=name)):
            return name in METHODS
        case cst.Name(value=name):
            return name in ORDERS
    return False


def _is_return(statement: cst.CSTNode) -> bool:
    return isinstance(statement, cst.SimpleStatementLine) and all(isinstance(small, cst.Return) for small in statement.body)


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
    if reader.source.ranges[node][0] == dag.span.start:
        return True
    return isinstance(node, cst.Name) and (reader.module.find(node.value) is dag if dag.maker is None else node.value == dag.variable)


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
    ranges = [reader.source.ranges[s] for s, _ in statements]
    if not all(any(start <= site < end for start, end in ranges) for site in sites):
        raise _Stays
    text = reader.source.text
    blocks = [(_start(reader, s), _line_end(text, reader.source.ranges[s][1]), indent) for s, indent in statements]
    names = frozenset(name for start, end, _ in blocks for name in _bound(text[start:end])) | dag.given.keys()
    edits: list[Edit] = []
    orders: set[str] = set()
    helpers: set[str] = set()
    for statement, _ in statements:
        if any(isinstance(node, cst.FunctionDef) and node not in reader.inlined for node in subtree(statement)):
            raise _Stays  # a callable among them
        for node in _outside(reader, statement, sites, edits):
            _take(reader, node, names, edits, orders)
    for edit in edits:
        if edit.text in FUNCTIONS:
            helpers.add(edit.text if FUNCTIONS[edit.text] == edit.text else f"{FUNCTIONS[edit.text]} as {edit.text}")
    own = names - {dag.variable}
    places = {param.name.value: reader.source.ranges[param][0] for param in _parameters(dag.maker)}
    given = tuple((name, freeze(dag.given[name])) for name in sorted(dag.given, key=lambda name: places.get(name, 0)))
    raising = (reader.source.between(edit.start, edit.end) for edit in edits if edit.text.startswith("raise "))
    found = tuple(finding("A2P305", span.line, span.column) for span in raising)
    return Building(tuple(blocks), len(parts.functions), own, tuple(edits), frozenset(orders), frozenset(helpers), given, found)


def _parameters(maker: cst.FunctionDef | None) -> Iterator[cst.Param]:
    yield from (node for node in subtree(maker.params) if isinstance(node, cst.Param)) if maker is not None else ()


def _outside(reader: Reader, node: cst.CSTNode, sites: set[int], edits: list[Edit]) -> Iterator[cst.CSTNode]:
    """The nodes of a statement but those of the operators' calls, of keywords and of attributes' names.

    What would make tasks where nothing ran when Airflow loaded the DAG raises, by an edit.
    """
    if node in reader.skipped and node not in reader.entered and not isinstance(node, cst.If) and _of_airflow(reader, node):
        edits.append(_raising(reader, node))
        return
    if isinstance(node, cst.Call) and reader.source.ranges[node][0] in sites and isinstance(node.func, (cst.Name, cst.Attribute)):
        return
    yield node
    skipped = {node.attr} if isinstance(node, cst.Attribute) else {node.keyword} if isinstance(node, cst.Arg) else set()
    for child in children_of(node):
        if child not in skipped:
            yield from _outside(reader, child, sites, edits)


def _of_airflow(reader: Reader, node: cst.CSTNode) -> bool:
    return any(isinstance(inner, cst.Name) and path_of(reader.module.find(inner.value)).startswith("airflow.") for inner in subtree(node))


def _raising(reader: Reader, node: cst.CSTNode) -> Edit:
    """An edit of what does not run: of a comprehension that has no items, or of the statements of a block."""
    ranges = reader.source.ranges
    if isinstance(node, cst.BaseExpression):
        return Edit(*ranges[node], {cst.DictComp: "{}", cst.SetComp: "set()"}.get(type(node), "[]"))
    block = node.body if isinstance(node, cst.Else) else node
    if not isinstance(block, cst.IndentedBlock):
        raise _Stays
    what = "nothing here ran when Airflow loaded the DAG"
    start, end = ranges[block.body[0]][0], ranges[block.body[-1]][1]
    end = start + len(reader.source.text[start:end].rstrip())
    return Edit(start, end, f'raise NotImplementedError("A2P305: {what}")')


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
