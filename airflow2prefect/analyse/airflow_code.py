"""Airflow in code that stays: what can be said without it is edited, statements that cannot do without it go."""

from __future__ import annotations

from dataclasses import dataclass, replace

import libcst as cst

from airflow2prefect.analyse.airflow_search import AirflowSearch, Found, is_decorated, statements
from airflow2prefect.analyse.dags import Reading
from airflow2prefect.analyse.names import is_airflow, subtree
from airflow2prefect.analyse.objects import Function, Named
from airflow2prefect.analyse.reader import Reader
from airflow2prefect.analyse.taskflow import decorator_of
from airflow2prefect.findings import Finding, Level, finding
from airflow2prefect.model import Edit, OperatorClass, Region


@dataclass(frozen=True, slots=True)
class AirflowCode:
    """`regions` with those that go turned to role "airflow", the edits, and names of the helper modules that these use.

    `stuck`: of a module of the user's own, where the definitions start that cannot do without Airflow when they are called.
    """

    regions: tuple[Region, ...]
    edits: tuple[Edit, ...]
    helpers: frozenset[str]
    findings: tuple[Finding, ...]
    stuck: frozenset[int] = frozenset()


def airflow_code(reading: Reading, regions: tuple[Region, ...]) -> AirflowCode:
    """Look through the statements that stay for names of Airflow's."""
    reader = reading.reader
    names = {name: thing.path for name, thing in reader.module.names.items() if isinstance(thing, Named) and is_airflow(thing.path)}
    text = reader.source.text
    looked_for = names.keys() | {key.partition(".")[0] for key in reader.source.ids} | {name for name, thing in reader.module.names.items() if is_decorated(thing)}
    suspects = {
        r.span.start: n for n, r in enumerate(regions) if r.role == "keep" and (r.uses & looked_for or "airflow" in text[r.start : r.end])
    }
    made, total = list(regions), Found([edit for region in regions for edit in region.cuts])
    builders: dict[int, Found] = {}
    stuck: set[int] = set()
    told = set(reading.findings)
    total.findings += [found for found in reader.findings if found not in told]  # by the layout
    if not suspects:
        return AirflowCode(regions, tuple(total.edits), frozenset(), tuple(total.findings))
    for start, statement in statements(reader, reader.source.module.body):
        if start not in suspects:
            continue
        region, found = regions[suspects[start]], Found()
        made_of = reading.classes.get(statement.name.value) if isinstance(statement, cst.ClassDef) else None
        if made_of is not None and made_of.problem is None and isinstance(statement, cst.ClassDef):
            _operator_class(AirflowSearch(reader, names, found), statement, made_of)
        else:
            AirflowSearch(reader, names, found, region.cuts).visit(statement, deferred=False)
        making = _maker(reader, statement)
        if making and statement not in reader.touched | reader.inlined:
            found.findings.insert(
                0, finding("A2P122", region.span.line, region.span.column, decorator=f"@{making}", name=region.defines[0])
            )
        if reader.module.module and region.kind in ("function", "class") and any(f.level >= Level.GAP for f in found.findings):
            stuck.add(region.start)
        elif (statement in reader.inlined and found.findings) or making:
            builders[suspects[start]] = found
            continue
        if found.needed and region.kind not in ("main", "import"):
            made[suspects[start]] = replace(region, role="airflow")
            if not region.pure and not (isinstance(statement, cst.ClassDef) and statement in reader.inlined):
                total.findings.append(finding("A2P421", region.span.line, region.span.column, what=found.needed))
            continue
        if found.edits:
            own = tuple(name for name in region.defines if name not in names)  # not what `Variable.setdefault(...)` is asked of
            made[suspects[start]] = replace(region, uses=region.uses - frozenset(names), defines=own)
        total.add(found)
    _drop_builders(made, builders, total)
    _drop_derived(reader, made)
    return AirflowCode(tuple(made), tuple(total.edits), frozenset(total.helpers), tuple(total.findings), frozenset(stuck))


def _operator_class(search: AirflowSearch, statement: cst.ClassDef, made_of: OperatorClass) -> None:
    """An operator of the file stays as a plain class."""
    gone = [edit for edit in made_of.edits if not edit.text]
    for part in statement.body.body:
        start, end = search.source.ranges[part]
        if any(edit.start <= start and end <= edit.end for edit in gone):
            continue
        if isinstance(part, cst.FunctionDef):
            search.visit(part.params, deferred=False)
            search.visit(part.body, deferred=True)
        else:
            search.visit(part, deferred=False)
    search.found.edits = [e for e in search.found.edits if not any(own.start < e.end and e.start < own.end for own in made_of.edits)]
    search.found.edits += made_of.edits
    search.found.helpers |= {need for need in made_of.needs if need.startswith("airflow_")}


def _drop_builders(regions: list[Region], builders: dict[int, Found], total: Found) -> None:
    """Functions that only made tasks go, unless code that stays uses them."""
    left = dict(builders)
    while True:
        used = {name for n, r in enumerate(regions) if r.role == "keep" and n not in left for name in r.uses}
        kept = [n for n in left if used & set(regions[n].defines)]
        if not kept:
            break
        for n in kept:
            total.add(left.pop(n))
    for n, found in left.items():
        regions[n] = replace(regions[n], role="dag")
        total.findings += [each for each in found.findings if each.code == "A2P122"]


def _maker(reader: Reader, statement: cst.CSTNode) -> str:
    """ "dag" or "task_group" where a function of the module is decorated so: it makes tasks, if something calls it."""
    thing = reader.module.names.get(statement.name.value) if isinstance(statement, cst.FunctionDef) else None
    found = decorator_of(thing) if isinstance(thing, Function) and thing.node is statement else None
    return found[0] if found is not None and found[0] in ("dag", "task_group") else ""


def _drop_derived(reader: Reader, regions: list[Region]) -> None:
    """Classes go that derive from a class that goes."""
    classes = [node for _, node in statements(reader, reader.source.module.body) if isinstance(node, cst.ClassDef)]
    places = {region.defines[0]: n for n, region in enumerate(regions) if region.kind == "class" and region.defines}
    for node in classes:
        at = places.get(node.name.value)
        bases = {name.value for base in node.bases for name in subtree(base.value) if isinstance(name, cst.Name)}
        gone = {name for name, n in places.items() if regions[n].role != "keep"}
        if at is not None and regions[at].role == "keep" and bases & gone:
            regions[at] = replace(regions[at], role="airflow")
