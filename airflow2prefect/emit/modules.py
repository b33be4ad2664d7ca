"""Copies of the user's own modules that flows import: as they were, or with Airflow taken out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from airflow2prefect.emit.draft import Draft, absolute, kept_names, without_lost
from airflow2prefect.emit.edits import apart, moved, words
from airflow2prefect.emit.imports import imports_on_top
from airflow2prefect.emit.module import assemble
from airflow2prefect.emit.names import Names
from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Edit, Imported, LocalModule, ModuleUse, Options, Region

Wanted = dict[str, set[str]]
EVERYTHING = "*"


def drafts_of(uses: Iterable[ModuleUse], missing: frozenset[str], options: Options) -> tuple[Draft, ...]:
    """The modules as they are being written, in the offsets of the joined texts."""
    made = []
    for use in uses:
        regions, _ = without_lost(tuple(_without_missing(region, use, missing) for region in use.regions))
        kept = kept_names(regions)
        # What only makes tasks uses nothing of what stays.
        regions = tuple(replace(r, role="dag") if r.start in use.stuck else r for r in regions)
        lost = frozenset(name for r in regions if r.start not in use.stuck and r.kind != "import" for name in r.defines) - kept
        lost |= {item.local for r in use.regions for item in r.imported if absolute(item.path, use.module) in missing}
        names = Names({name for r in regions for name in r.defines})
        draft = Draft(
            "", regions, options, names, kept, lost=lost, edits=list(use.edits), module=use.module, base=use.base, end=use.base + len(use.text) + 1
        )  # fmt: skip
        draft.settled = use.settled
        draft.imports |= use.imports
        for helper, name in use.helpers:
            draft.helper(helper, name)
        made.append(draft)
    return tuple(made)


def stuck_names(uses: Iterable[ModuleUse]) -> frozenset[str]:
    """The full names of what cannot do without Airflow when it is called, and of imports of it."""
    stuck: set[str] = set()
    uses = tuple(uses)
    while True:
        more = {
            f"{use.module.name}.{name}" for use in uses for r in use.regions if r.start in use.stuck for name in r.defines
        } | {
            f"{use.module.name}.{item.local}"
            for use in uses for r in use.regions for item in r.imported if absolute(item.path, use.module) in stuck
        }  # fmt: skip
        if more <= stuck:
            return frozenset(stuck)
        stuck |= more


def closed(use: ModuleUse, draft: Draft) -> ModuleUse:
    """What came of a module, in offsets of its own."""
    helpers = frozenset((module, name) for module, names in draft.helpers.items() for name in names)
    back = -use.base
    return replace(
        use, regions=tuple(shifted(region, back) for region in use.regions), edits=tuple(moved(edit, back) for edit in apart(draft.edits)),
        changes=frozenset((start + back, tuple(moved(edit, back) for edit in edits)) for start, edits in draft.changes.items()),
        stuck=frozenset(start + back for start in use.stuck), imports=frozenset(draft.imports), helpers=helpers, base=0,
    )  # fmt: skip


def main_regions(regions: Iterable[Region], missing: frozenset[str]) -> tuple[Region, ...]:
    """The DAG file's statements; names that modules will not have are none of its imports."""
    made = []
    for region in regions:
        gone = {i.local for i in region.imported if absolute(i.path, None) in missing}
        role = "airflow" if gone and len(gone) == len(region.imported) else region.role
        made.append(replace(region, role=role, defines=tuple(name for name in region.defines if name not in gone)) if gone else region)
    return tuple(made)


def shifted(region: Region, by: int) -> Region:
    """The region with its offsets moved."""
    span = replace(region.span, start=region.span.start + by, end=region.span.end + by)
    imported = tuple(replace(item, alias=(item.alias[0] + by, item.alias[1] + by)) for item in region.imported)
    return replace(region, span=span, start=region.start + by, comment=region.comment + by, end=region.end + by, imported=imported)


def missing_names(uses: Iterable[ModuleUse]) -> frozenset[str]:
    """The full names that copies do not have: what their modules could not make without Airflow, and what imports it from there."""
    uses = tuple(uses)
    missing: set[str] = set()
    for use in uses:
        regions, _ = without_lost(use.regions)
        there = {name for r in regions if r.role == "keep" for name in r.defines}
        missing |= {f"{use.module.name}.{name}" for r in regions if r.role != "keep" for name in r.defines if name not in there}
    while True:
        more = {
            f"{use.module.name}.{item.local}"
            for use in uses for region in use.regions if region.role == "keep"
            for item in region.imported if absolute(item.path, use.module) in missing
        } - missing  # fmt: skip
        if not more:
            return frozenset(missing)
        missing |= more


def needed_modules(flow: str, uses: Iterable[ModuleUse]) -> tuple[ModuleUse, ...]:
    """The modules that a flow imports, and those that they import, each with the names that are wanted of it."""
    by_name = {use.module.name: use for use in uses}
    missing, lame = missing_names(by_name.values()), stuck_names(by_name.values())
    wanted: Wanted = {}
    _want(wanted, by_name, imports_in(flow, None))
    while True:
        before = {name: set(names) for name, names in wanted.items()}
        for name in sorted(wanted):
            use = replace(by_name[name], wanted=frozenset(wanted[name]), missing=missing, lame=lame)
            _want(wanted, by_name, imports_in(module_text(use), use.module))
        if wanted == before:
            return tuple(replace(by_name[name], wanted=frozenset(wanted[name]), missing=missing, lame=lame) for name in sorted(wanted))


def _want(wanted: Wanted, by_name: Mapping[str, ModuleUse], found: Iterable[tuple[str, str]]) -> None:
    for module, name in found:
        parts = module.split(".")
        for count in range(1, len(parts) + 1):
            each = ".".join(parts[:count])
            if each in by_name:
                wanted.setdefault(each, set())
        if module in by_name and name:
            wanted[module].add(name)
        if f"{module}.{name}" in by_name:
            wanted.setdefault(f"{module}.{name}", set()).add(EVERYTHING)


def imports_in(text: str, module: LocalModule | None) -> Iterator[tuple[str, str]]:
    """(module, name) for all that a text imports, anywhere in it; the name is "*" where the whole module may be used."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, EVERYTHING) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            home = "." * node.level + (node.module or "")
            full = absolute(home, module) if module is not None else home.lstrip(".")
            yield from ((full, alias.name) for alias in node.names)


def module_text(use: ModuleUse) -> str:
    """The text of the copy."""
    missing = use.missing
    if not use.converted and not any(absolute(i.path, use.module) in missing | use.lame for r in use.regions for i in r.imported):
        return use.text
    kept = _reached(use)
    regions = tuple(
        replace(region, role="dag") if region.start in use.stuck and region.start not in kept else _without_missing(region, use, missing)
        for region in use.regions
    )
    regions, _ = without_lost(regions)
    names = {name for r in regions if r.role == "keep" for name in r.defines}
    draft = Draft(use.text, regions, Options(), Names(set(names)), kept_names(regions), missing=missing, module=use.module)
    draft.stuck, draft.used = use.lame, {name for name in use.wanted if name != EVERYTHING}
    # What others import must stay, used or not.
    draft.used |= {name for r in regions if r.kind != "import" for name in r.defines}
    draft.edits = list(use.edits)
    draft.need(*use.imports)
    for helper, name in use.helpers:
        draft.helper(helper, name)
    if not any(region.role == "keep" and region.kind != "docstring" for region in regions) and not use.imports and not use.helpers:
        return ""
    text = assemble(draft, [], "", use.newline)
    if any(region.kind == "import" or region.role == "airflow" for region in regions):
        return text
    text = imports_on_top(draft, text.replace("\r\n", "\n"))
    return text if use.newline == "\n" else text.replace("\n", use.newline)


def _without_missing(region: Region, use: ModuleUse, missing: frozenset[str]) -> Region:
    """An import of nothing but what is missing goes."""
    if region.kind == "import" and region.imported and all(absolute(i.path, use.module) in missing for i in region.imported):
        return replace(region, role="airflow")
    return region


def _reached(use: ModuleUse) -> set[int]:
    """The statements that what is wanted needs, by where they start."""
    # What runs when the module is imported is reached as well.
    if EVERYTHING in use.wanted:
        wanted = {name for region in use.regions for name in region.defines if region.start not in use.stuck} | use.wanted
    else:
        wanted = set(use.wanted)
    reached: set[int] = set()
    wanted |= {name for r in use.regions if r.role == "keep" and r.start not in use.stuck for name in r.uses}
    while True:
        more = [r for r in use.regions if r.start not in reached and r.role == "keep" and wanted & set(r.defines)]
        if not more:
            return reached
        for region in more:
            reached.add(region.start)
            wanted |= region.uses


def merged(uses: Iterable[ModuleUse]) -> ModuleUse | None:
    """One use for several flows; None where they need the module changed in different ways."""
    first, *others = uses
    every = (first, *others)
    changes: dict[int, tuple[Edit, ...]] = {}
    for use in every:
        if use.text != first.text or any(changes.setdefault(start, edits) != edits for start, edits in use.changes):
            return None
    edits = dict.fromkeys(edit for use in every for edit in use.edits)
    return replace(
        first,
        edits=tuple(sorted(edits, key=lambda e: (e.start, e.end, e.text))),
        wanted=frozenset().union(*(use.wanted for use in every)),
        missing=frozenset().union(*(use.missing for use in every)),
        changes=frozenset(changes.items()),
        imports=frozenset().union(*(use.imports for use in every)),
        helpers=frozenset().union(*(use.helpers for use in every)),
    )


def told(use: ModuleUse) -> tuple[Finding, ...]:
    """What is to be known of the copy, at the line where the DAG file imports the module."""
    codes = {"NOTE": "A2P131", "CHECK": "A2P132", "GAP": "A2P133"}
    kept = _reached(use)
    spans = [(r.span.line, r) for r in use.regions if r.start in kept]
    made = []
    for found in use.findings:
        if any(line <= found.line <= _last_line(use.text, region) for line, region in spans):
            what = f"{found.code} {found.message}"
            made.append(finding(codes[found.level.name], use.line, 1, module=use.module.origin, at=found.line, what=what))
    if re.search(r"\b__file__\b|\bpkgutil\.get_data\b|\bimportlib\.resources\b|\bopen\(\s*['\"](?!/)", use.text):
        made.append(finding("A2P135", use.line, 1, module=use.module.origin))
    return tuple(dict.fromkeys(made))


def _last_line(text: str, region: Region) -> int:
    return region.span.line + text.count("\n", region.span.start, region.span.end)


Helpers = dict[str, dict[str, set[str]]]


def with_modules(
    draft: Draft, flows: list[str], main: str, newline: str, uses: tuple[ModuleUse, ...], depth: int
) -> tuple[str, tuple[ModuleUse, ...], Helpers]:
    """The text of the flow module, the modules of the user's own that it needs, and what all of them use of the helper modules.

    The latter is by folder, "" for that of the flow. Where the flow looks for modules in the folder of all flows, helpers are there too.
    """
    away = {use.module.name for use in uses if use.module.apart} if depth else set()
    above = bool(away) and imports_apart(draft, "\n".join([*flows, *draft.above]), away)
    if above:
        draft.need("sys", "pathlib.Path")
    text = assemble(draft, flows, main, newline)
    closed_uses = [closed(use, other) for use, other in zip(uses, draft.others, strict=True)]
    needed = needed_modules(text, closed_uses) if closed_uses else ()
    for use in needed:
        draft.note(*told(use))
    home: dict[str, set[str]] = {module: set(names) for module, names in draft.uses.items()}
    for use in needed:
        for module, name in use.helpers:
            home.setdefault(module, set()).add(name.partition(" as ")[0])
    if above:
        text = search_line(depth, text, away | home.keys())
    return text, needed, {"../" * depth if above else "": home}


def search_line(depth: int, text: str, apart: Iterable[str]) -> str:
    """The flow with a line before the first import of a module that is in the folder of all flows, `depth` above its own."""
    names = "|".join(sorted({re.escape(name.partition(".")[0]) for name in apart}))
    found = re.search(rf"^(?:from|import)[ \t]+(?:{names})\b", text, re.MULTILINE)
    if found is None:
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    line = f"sys.path.insert(0, str(Path(__file__).resolve().parents[{depth}]))"
    before = text[: found.start()].rstrip("\r\n")
    return f"{before}{newline * 2}{line}{newline * 2}{text[found.start() :]}"


def imports_apart(draft: Draft, generated: str, apart: set[str]) -> bool:
    """Whether the flow will import a module that is not beside it."""
    used = words(generated)
    for region in draft.regions:
        if region.role == "keep" and region.kind != "import":
            used |= region.uses
    wanted = {path.rpartition(".")[0] for path in draft.imports}
    wanted |= {name for r in draft.regions if r.role == "keep" for i in r.imported if i.local in used for name in _heads(i)}
    return any(name in apart for path in wanted for name in _prefixes(path))


def _heads(item: Imported) -> Iterator[str]:
    yield item.path


def _prefixes(path: str) -> Iterator[str]:
    parts = path.split(".")
    yield from (".".join(parts[:count]) for count in range(1, len(parts) + 1))
