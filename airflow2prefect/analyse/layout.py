"""The statements of a module as regions: what stays the user's, what is Airflow's."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal as OneOf

import libcst as cst

from airflow2prefect.analyse.conditions_kept import Cuts, cuts_of
from airflow2prefect.analyse.guards import guards_airflow, is_main_guard
from airflow2prefect.analyse.lines import leading_start, line_end, line_start
from airflow2prefect.analyse.loops_kept import fills_of
from airflow2prefect.analyse.names import bound_names, dotted, imported_names, is_airflow, target_names
from airflow2prefect.analyse.objects import Class, Object
from airflow2prefect.analyse.reader import Reader, path_of
from airflow2prefect.analyse.tasks import is_plain
from airflow2prefect.analyse.variables import GETTERS
from airflow2prefect.model import Imported, Region
from airflow2prefect.parse import Source, children_of

Role = OneOf["keep", "dag", "airflow"]
Kind = OneOf["import", "function", "class", "assign", "docstring", "main", "other"]
# Calls that only make a value: leaving out an assignment from them changes nothing else.
_PURE_CALLS = frozenset(
    [
        "datetime.datetime",
        "datetime.timedelta",
        "datetime.datetime.now",
        "datetime.datetime.today",
        "datetime.datetime.combine",
        "datetime.timezone",
        "airflow.utils.dates.days_ago",
        "airflow.datasets.Dataset",
        "airflow.sdk.Asset",
        "airflow.sdk.definitions.asset.Asset",
        "copy.copy",
        "copy.deepcopy",
        "pendulum.datetime",
        "pendulum.timezone",
        "pendulum.today",
        "pendulum.now",
        "pendulum.duration",
        "pytz.timezone",
        "dateutil.relativedelta.relativedelta",
        "builtins.dict",
        "builtins.list",
        "builtins.str",
        "builtins.int",
        "builtins.range",
        "builtins.tuple",
        "builtins.set",
        "builtins.len",
    ]
)

_PURE_METHODS = frozenset(("replace", "format", "date", "strftime", "isoformat", "split", "join", "strip", "copy"))


@dataclass(slots=True)
class Layout:
    """Reads the regions of one module."""

    reader: Reader
    offsets: list[int]
    names: list[str]

    @property
    def source(self) -> Source:
        return self.reader.source

    def uses(self, start: int, end: int) -> frozenset[str]:
        """Names that the text from `start` to `end` looks up or binds."""
        return frozenset(self.names[bisect_left(self.offsets, start) : bisect_left(self.offsets, end)])


def read_layout(reader: Reader) -> tuple[Region, ...]:
    """The regions of the module, in order."""
    hidden: set[int] = set()
    found: list[tuple[int, cst.Name]] = []
    for node, (start, _) in reader.source.ranges.items():
        kind = type(node)  # isinstance asks abc, which takes long for as many nodes
        if kind is cst.Name:
            found.append((start, node))  # type: ignore[arg-type]
        elif kind is cst.Attribute:
            hidden.add(id(node.attr))  # type: ignore[attr-defined]
        elif kind is cst.Arg:
            hidden.add(id(node.keyword))  # type: ignore[attr-defined]
    names = sorted((start, node.value) for start, node in found if id(node) not in hidden)
    layout = Layout(reader, [start for start, _ in names], [name for _, name in names])
    return tuple(_regions(layout, reader.source.module.body, 0))


def _regions(layout: Layout, body: Iterable[cst.CSTNode], indent: int) -> Iterator[Region]:
    for index, statement in enumerate(body):
        touched = statement in layout.reader.touched
        if touched and isinstance(statement, cst.If) and (cuts := cuts_of(layout.reader, statement)) is not None:
            yield _condition(layout, statement, indent, cuts)
        elif touched and isinstance(statement, cst.For) and (filling := fills_of(layout.reader, statement)) is not None:
            cuts, fills = filling
            yield replace(_condition(layout, statement, indent, cuts), defines=fills, pure=True)  # it goes if nothing uses what it fills
        elif (touched and isinstance(statement, (cst.With, cst.If, cst.Try))) or guards_airflow(statement):
            yield _region(layout, statement, "dag", indent, header_only=True)
            for block in _blocks(layout.reader, statement):  # type: ignore[arg-type]
                yield from _regions(layout, block.body, indent + indent_of(layout.source, block))
        elif touched:
            yield _region(layout, statement, "dag", indent)
        elif indent and isinstance(statement, cst.SimpleStatementLine) and all(isinstance(small, cst.Pass) for small in statement.body):
            yield _region(layout, statement, "dag", indent)  # of a group without tasks
        else:
            role: Role = "airflow" if _only_airflow_imports(statement) else "keep"
            yield _region(layout, statement, role, indent, first=index == 0 and indent == 0)


def _condition(layout: Layout, statement: cst.If | cst.For, indent: int, cuts: Cuts) -> Region:
    """A condition that only the run knows, or a loop, with the user's own statements that hang on it."""
    whole = _region(layout, statement, "keep", indent)
    places = [whole.span.start, *(at for cut in cuts.edits for at in (cut.start, cut.end)), whole.end]
    uses = frozenset[str]().union(*(layout.uses(*between) for between in zip(places[::2], places[1::2], strict=True)))
    defines = dict.fromkeys(name for kept in cuts.kept for name in _defines(kept))
    return replace(whole, uses=uses, defines=tuple(defines), cuts=tuple(cuts.edits))


def _blocks(reader: Reader, statement: cst.With | cst.If | cst.Try) -> Iterator[cst.BaseSuite]:
    """The blocks of a compound statement that ran; of an `if`, all that may run."""
    if statement.body not in reader.skipped:
        yield statement.body
    if isinstance(statement, cst.If) and statement.orelse is not None and statement.orelse not in reader.skipped:
        if isinstance(statement.orelse, cst.If):
            yield from _blocks(reader, statement.orelse)
        else:
            yield statement.orelse.body
    for rest in (statement.orelse, statement.finalbody) if isinstance(statement, cst.Try) else ():
        if rest is not None:
            yield rest.body


def indent_of(source: Source, block: cst.BaseSuite) -> int:
    """How much deeper the statements of a block stand."""
    own = block.indent if isinstance(block, cst.IndentedBlock) else ""
    return len(source.module.default_indent if own is None else own)


def _region(layout: Layout, statement: cst.CSTNode, role: Role, indent: int, *, header_only: bool = False, first: bool = False) -> Region:
    source = layout.source
    start, end = source.ranges[statement]
    decorators = getattr(statement, "decorators", ())
    if decorators:
        start = source.ranges[decorators[0]][0]
    top = line_start(source.text, start)
    first_line, comment = top, top
    for line in reversed(getattr(statement, "leading_lines", ())):
        first_line = line_start(source.text, first_line - 1)
        if line.comment is not None:
            comment = first_line
    if header_only:
        inner = next(_blocks(layout.reader, statement), None)  # type: ignore[arg-type]
        children = list(inner.body) if inner is not None else []
        end = leading_start(source, children[0]) if children else end
        uses_end = end
    else:
        uses_end = end
        end = line_end(source.text, end)
    imported = tuple(_imported(layout.reader, statement))
    starred = tuple(item.local for item in imported)
    return Region(
        span=source.between(start, source.ranges[statement][1]),
        start=first_line,
        comment=comment,
        end=end,
        kind=_kind(statement, first=first),
        role=role,
        indent=indent,
        defines=_header_names(statement) if header_only else tuple(_defines(statement)) or starred or _changes(layout.reader, statement),
        uses=layout.uses(start, uses_end),
        pure=statement in layout.reader.unrun or _pure(layout.reader, statement) or bool(_changes(layout.reader, statement)),
        imported=imported,
    )


def _kind(statement: cst.CSTNode, *, first: bool) -> Kind:
    match statement:
        case cst.FunctionDef():
            return "function"
        case cst.ClassDef():
            return "class"
        case cst.If() if is_main_guard(statement.test):
            return "main"
        case cst.SimpleStatementLine(body=body):
            if all(isinstance(small, (cst.Import, cst.ImportFrom)) for small in body):
                return "import"
            if all(isinstance(small, (cst.Assign, cst.AnnAssign)) for small in body):
                return "assign"
            if (
                first
                and len(body) == 1
                and isinstance(body[0], cst.Expr)
                and isinstance(body[0].value, (cst.SimpleString, cst.ConcatenatedString))
            ):
                return "docstring"
    return "other"


def _smalls(statement: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The simple statements in `statement`, without those of functions."""
    if isinstance(statement, cst.SimpleStatementLine):
        yield from statement.body
    elif isinstance(statement, (cst.If, cst.Try, cst.With, cst.For, cst.While, cst.Else, cst.ExceptHandler, cst.Finally)):
        parts: list[object] = [statement.body, getattr(statement, "orelse", None), getattr(statement, "finalbody", None)]
        parts += list(getattr(statement, "handlers", ()))
        for part in parts:
            if isinstance(part, cst.IndentedBlock):
                yield from chain.from_iterable(_smalls(inner) for inner in part.body)
            elif isinstance(part, cst.CSTNode):
                yield from _smalls(part)


def _defines(statement: cst.CSTNode) -> Iterator[str]:
    if isinstance(statement, (cst.FunctionDef, cst.ClassDef)):
        yield statement.name.value
        return
    for small in _smalls(statement):
        yield from bound_names(small)
    for loop in _loops(statement):
        yield from target_names(loop.target)


def _loops(statement: cst.CSTNode) -> Iterator[cst.For]:
    """The loops in a statement, without those of functions."""
    if isinstance(statement, cst.For):
        yield statement
    if not isinstance(statement, (cst.FunctionDef, cst.ClassDef, cst.SimpleStatementLine)):
        for child in children_of(statement):
            yield from _loops(child)


def _header_names(statement: cst.CSTNode) -> tuple[str, ...]:
    """`dag` of `with DAG(...) as dag:`."""
    if not isinstance(statement, cst.With):
        return ()
    targets = [item.asname.name for item in statement.items if item.asname is not None]
    return tuple(name for target in targets for name in target_names(target))


def _changes(reader: Reader, statement: cst.CSTNode) -> tuple[str, ...]:
    """The name whose value a statement only fills: `args.update({...})`, `args["retries"] = 1`."""
    match statement:
        case cst.SimpleStatementLine(
            body=[cst.Expr(value=cst.Call(func=cst.Attribute(value=cst.Name(value=name), attr=cst.Name(value=method)), args=args))]
        ) if method in ("update", "setdefault", "append", "extend"):
            return (name,) if all(_pure_value(reader, arg.value) for arg in args) else ()
        case cst.SimpleStatementLine(
            body=[cst.Assign(targets=[cst.AssignTarget(target=cst.Subscript(value=cst.Name(value=name)))], value=value)]
        ):
            return (name,) if _pure_value(reader, value) else ()
    return ()


def _only_airflow_imports(statement: cst.CSTNode) -> bool:
    smalls = list(_smalls(statement))
    imports = [small for small in smalls if isinstance(small, (cst.Import, cst.ImportFrom))]
    if not imports or len(imports) != len([s for s in smalls if not isinstance(s, cst.Pass)]):
        return False
    paths = [path for node in imports for path in (_module_paths(node))]
    return bool(paths) and all(map(is_airflow, paths))


def _module_paths(node: cst.Import | cst.ImportFrom) -> Iterator[str]:
    if isinstance(node, cst.ImportFrom):
        yield "." * len(node.relative) + dotted(node.module)
    else:
        yield from (dotted(alias.name) for alias in node.names)


def _imported(reader: Reader, statement: cst.CSTNode) -> Iterator[Imported]:
    if not isinstance(statement, cst.SimpleStatementLine):
        return
    source = reader.source
    for small in statement.body:
        if isinstance(small, cst.ImportFrom) and isinstance(small.names, cst.ImportStar) and reader.modules is not None:
            home = "." * len(small.relative) + dotted(small.module)
            names = sorted(name for name, _ in reader.modules.star(small, reader.module))
            yield from (Imported(name, f"{home}.{name}", source.ranges[small.names]) for name in names)
        if isinstance(small, (cst.Import, cst.ImportFrom)) and not isinstance(small.names, cst.ImportStar):
            for alias, (local, path) in zip(small.names, imported_names(small), strict=True):
                start, end = source.ranges[alias.name]
                if alias.asname is not None:
                    end = source.ranges[alias.asname.name][1]
                yield Imported(local, path, (start, end))


def _pure(reader: Reader, statement: cst.CSTNode) -> bool:
    if isinstance(statement, cst.ClassDef):  # what only says how Airflow shows an operator
        thing = reader.module.names.get(statement.name.value)
        return isinstance(thing, Class) and thing.node is statement and is_plain(thing)
    if not isinstance(statement, cst.SimpleStatementLine):
        return False
    return all(isinstance(small, (cst.Import, cst.ImportFrom)) or (isinstance(small, cst.Expr) and _is_named(small.value)) or (
        isinstance(small, (cst.Assign, cst.AnnAssign)) and small.value is not None and _pure_value(reader, small.value)
    ) for small in statement.body)  # fmt: skip


def _is_named(node: cst.BaseExpression) -> bool:
    """A name, or names in a list: a statement that does nothing."""
    if isinstance(node, (cst.List, cst.Tuple)):
        return all(_is_named(element.value) for element in node.elements)
    return isinstance(node, cst.Name)


def _quietly(reader: Reader, node: cst.BaseExpression) -> Object | None:
    """What a name or attribute stands for, if that is known."""
    from airflow2prefect.analyse.constants import NotKnown
    from airflow2prefect.analyse.expressions import evaluate

    if not isinstance(node, (cst.Name, cst.Attribute)):
        return None
    try:
        return evaluate(reader, node, reader.module)
    except NotKnown:
        return None


_PURE_BUILTINS = frozenset(("int", "str", "float", "bool", "dict", "list", "tuple", "set", "len", "sorted"))


def _pure_value(reader: Reader, node: cst.CSTNode) -> bool:
    """Literals, names, and calls of functions that only make a value."""
    match node:
        case cst.SimpleString() | cst.Integer() | cst.Float() | cst.Name() | cst.ConcatenatedString() | cst.Lambda():
            return True
        case cst.Attribute():
            return _pure_value(reader, node.value)
        case cst.Call():
            if not all(_pure_value(reader, a.value) for a in node.args):
                return False
            path = path_of(_quietly(reader, node.func))
            method = isinstance(node.func, cst.Attribute) and node.func.attr.value in _PURE_METHODS
            return (
                path in _PURE_CALLS
                or path in GETTERS
                or (isinstance(node.func, cst.Name) and node.func.value in _PURE_BUILTINS and reader.module.find(node.func.value) is None)
                or (method and isinstance(node.func, cst.Attribute) and _pure_value(reader, node.func.value))
            )
        case cst.Dict() | cst.List() | cst.Tuple() | cst.Set():
            return all(_pure_value(reader, e.value) and _pure_value(reader, getattr(e, "key", e.value)) for e in node.elements)
        case cst.BinaryOperation():
            return _pure_value(reader, node.left) and _pure_value(reader, node.right)
        case cst.UnaryOperation():
            return _pure_value(reader, node.expression)
        case cst.FormattedString():
            fields = [part.expression for part in node.parts if isinstance(part, cst.FormattedStringExpression)]
            return all(isinstance(field, (cst.Name, cst.Attribute)) for field in fields)
    return False
