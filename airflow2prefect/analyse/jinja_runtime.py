"""Templates that only jinja2 can render: the arguments that its call needs, and what no flow can give it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from jinja2 import meta, nodes
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.tests import TESTS as DEFAULT_TESTS

from airflow2prefect.analyse import jinja_filters as filters
from airflow2prefect.analyse.jinja_context import FACTS
from airflow2prefect.analyse.jinja_expressions import Expressions
from airflow2prefect.analyse.jinja_values import TERNARY, Expr, Refused, Unsure, build, call, constant, need, of
from airflow2prefect.findings import Finding, Level
from airflow2prefect.model import Need, Piece, Template

_CHAIN = (nodes.Getattr, nodes.Getitem, nodes.Call)
# What stands for an object of which only the truth matters.
_FIRST = {"dag_run": "run_id", "ti": "task_id", "task": "task_id", "dag": "dag_id"}


def rendered(text: str, tree: nodes.Template, reader: Expressions) -> Template:
    """The template as one that is rendered at run time."""
    found = _Found(reader)
    found.visit(tree)
    findings = tuple(dict.fromkeys((*found.findings, *_unknown(tree, reader))))
    if any(finding.level >= Level.GAP for finding in findings):
        return Template(text, None, findings=findings)
    context = tuple(_context(tree, reader, found))
    needs = [need for _, piece in context for need in piece.needs]
    needs += [need for need in found.needs if need.kind == "variable"]
    includes = tuple(name for name in meta.find_referenced_templates(tree) if name)
    findings += (reader.context.refuse("A2P440").finding,)
    return Template(text, None, tuple(dict.fromkeys(needs)), findings, context, includes)


class _Found:
    """What a template takes from the context: needs, members of Airflow's objects by object, findings."""

    def __init__(self, reader: Expressions) -> None:
        self._reader = reader
        self.needs: dict[Need, None] = {}
        self.members: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self.findings: list[Finding] = []

    def visit(self, node: nodes.Node) -> None:
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Getattr | nodes.Getitem):
                tag, name = self._reader.member(child)
                if tag and name:
                    self.members[tag][name] = None
            if not self._asked(node, child) or not self._read(child):
                self.visit(child)
            else:
                self._members_below(child)

    def _members_below(self, node: nodes.Node) -> None:
        for child in node.find_all((nodes.Getattr, nodes.Getitem)):
            tag, name = self._reader.member(child)
            if tag and name:
                self.members[tag][name] = None

    def _asked(self, parent: nodes.Node, node: nodes.Node) -> bool:
        """Whether the value itself is used, and not only whether it is true."""
        if isinstance(node, nodes.Name):
            return isinstance(parent, nodes.Output | nodes.Filter | nodes.Concat | nodes.Call)
        return isinstance(node, (*_CHAIN, nodes.Sub))

    def _read(self, node: nodes.Node) -> bool:
        """Whether all of it is understood."""
        try:
            value = self._reader.read(node)
        except Unsure:
            return False
        except Refused as refused:
            self.findings.append(refused.finding)
            return True
        self.needs |= dict.fromkeys(part for part in value.parts if isinstance(part, Need))
        self.findings += (note for note in value.notes if note.code == "A2P436")
        return True


def _unknown(tree: nodes.Template, reader: Expressions) -> Iterator[Finding]:
    for name in sorted(reader.free):
        if reader.context.tag(name) in ("conf", "conn"):
            yield reader.context.refuse("A2P432" if name == "conf" else "A2P431", name=name).finding
        elif not (name in reader.macros or name in DEFAULT_NAMESPACE or reader.context.knows(name)):
            yield reader.context.refuse("A2P430", name=name).finding
    for test in tree.find_all(nodes.Test):
        if test.name not in DEFAULT_TESTS:
            yield reader.context.refuse("A2P437", what="test", name=test.name).finding
    for node in tree.find_all(nodes.Filter):
        if not filters.known(node.name, reader.filters):
            yield reader.context.refuse("A2P437", what="filter", name=node.name).finding


def _context(tree: nodes.Template, reader: Expressions, found: _Found) -> Iterator[tuple[str, Piece]]:
    """The keyword arguments of `render`, by name."""
    mine = sorted({node.name for node in tree.find_all(nodes.Filter)} & reader.filters)
    if mine:
        yield "filters", _mapping({name: of(need("filter", name)) for name in mine}).piece()
    for name in sorted(reader.free):
        tag = reader.context.tag(name)
        if tag == "params":
            yield name, of(need("context", "params")).piece()
        elif tag in FACTS:
            yield name, _object(tag, reader, found).piece()
        elif tag is None and reader.context.knows(name):
            yield name, reader.context.value(name).piece()
        elif tag is None and name in reader.macros:
            yield name, of(need("macro", name)).piece()


def _object(tag: str, reader: Expressions, found: _Found) -> Expr:
    """One of Airflow's objects, as a mapping of what the template takes of it."""
    values: dict[str, Expr] = {}
    for name in found.members[tag] or {_FIRST[tag]: None}:
        nested = reader.context.nested(tag, name)
        if nested in FACTS:
            values[name] = _object(nested, reader, found)
        elif nested in ("params", "dag_run.conf"):
            values[name] = reader.context.whole(nested)
        elif name in FACTS[tag]:
            values[name] = reader.context.member(tag, name, item=False)
    if "xcom_pull" not in found.members[tag]:
        return _mapping(values)
    pulled = [need for need in found.needs if need.kind == "xcom"]
    keys = ", ".join("(@, @): @" for _ in pulled)
    operands = [part for need in pulled for part in (constant(need.name), constant(need.key), of(need))]
    xcoms = build(f"{{{keys}}}", *((part, TERNARY) for part in operands), kind="dict")
    return call("TaskInstance", (xcoms,), values.items(), "any", ("airflow_templates.TaskInstance",))


def _mapping(values: Mapping[str, Expr]) -> Expr:
    inner = ", ".join("@: @" for _ in values)
    operands = [part for name, value in values.items() for part in (constant(name), value)]
    return build(f"{{{inner}}}", *((part, TERNARY) for part in operands), kind="dict")
