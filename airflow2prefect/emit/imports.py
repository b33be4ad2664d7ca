"""The module's imports: Airflow's go, Prefect's come, the user's stay where they are if anything still uses them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable

from airflow2prefect.emit.calls import Group, lay_out
from airflow2prefect.emit.draft import Draft, absolute
from airflow2prefect.emit.edits import apply_edits
from airflow2prefect.model import Edit, Imported, Region


def import_texts(draft: Draft, used: set[str], needed: set[str], named: set[str]) -> dict[Region, str]:
    """The new text of each import region: "" where it goes.

    `used`: names that the finished module uses; an import that nothing of them needs goes if something used it before.
    `needed`: names that what went had used. `named`: those of `used` that are names indeed, and no words in strings.
    """
    imports = [r for r in draft.regions if r.kind == "import" or r.role == "airflow"]
    if not imports and draft.module is not None:
        return {}
    wanted = _wanted(draft)
    texts: dict[Region, str] = {}
    kept: list[Region] = []
    for region in imports:
        if region.role == "airflow":
            texts[region] = ""
            continue
        dropped = [
            i for i in region.imported
            if (i.local not in used and i.local in needed and i.local not in _provided(region, wanted))
            or (draft.missing and absolute(i.path, draft.module) in draft.missing)
            or (draft.stuck and i.local not in named and absolute(i.path, draft.module) in draft.stuck)
        ]  # fmt: skip
        star = len({item.alias for item in region.imported}) < len(region.imported)
        dropped = [] if star and len(dropped) < len(region.imported) else dropped
        if region.imported and len(dropped) == len(region.imported):
            texts[region] = ""
            continue
        kept.append(region)
        edits = _drop(draft.text, region, dropped)
        if edits:
            texts[region] = _apply(draft.text, region, edits)
    if draft.others:
        _keep_gaps(draft.text, imports, kept, texts)
    for region in kept:
        for item in region.imported:
            wanted.get(_module(item.path), set()).discard(item.local if item.path.endswith("." + item.local) else "")
    _extend_kept(draft.text, kept, wanted, texts)
    _place(draft, imports, kept, wanted, texts)
    return texts


def _keep_gaps(text: str, imports: list[Region], kept: list[Region], texts: dict[Region, str]) -> None:
    """The blank line above a group of imports stays where its first one goes."""
    end, gap = -1, False
    for region in imports:
        blank = text[region.start : region.start + 1] in ("\r", "\n")
        gap = blank or (gap and region.start == end)
        if region in kept:
            body = texts.get(region, text[region.start : region.end])
            if gap and not blank and body:
                texts[region] = "\n" + body
            gap = False
        elif region.role != "keep":
            gap = False
        end = region.end


def _wanted(draft: Draft) -> dict[str, set[str]]:
    """Names by module; a bare `import x` stands under "x" as an empty name."""
    wanted: dict[str, set[str]] = {}
    for path in draft.imports:
        module, _, name = path.rpartition(".")
        wanted.setdefault(module or name, set()).add(name if module else "")
    for path, alias in draft.aliases.items():
        module, _, name = path.rpartition(".")
        wanted.setdefault(module or f"{name} as {alias}", set()).add(f"{name} as {alias}" if module else "")
    return wanted


def _module(path: str) -> str:
    return path.rpartition(".")[0] or path


def _provided(region: Region, wanted: dict[str, set[str]]) -> set[str]:
    """Names of a region that the new code wants as well."""
    return {
        i.local
        for i in region.imported
        if i.local in wanted.get(_module(i.path), ()) or (i.path == i.local and "" in wanted.get(i.path, ()))
    }


def _drop(text: str, region: Region, dropped: list[Imported]) -> list[Edit]:
    """Edits that take names out of an import statement."""
    edits = []
    names = list(region.imported)
    for item in dropped:
        at = names.index(item)
        start, end = item.alias
        if at + 1 < len(names):
            end = names[at + 1].alias[0]
        else:
            earlier = [n for n in names[:at] if n not in dropped]
            start = earlier[-1].alias[1] if earlier else start
        edits.append(Edit(start, end, ""))
    merged: list[Edit] = []
    for edit in sorted(edits, key=lambda e: e.start):
        if merged and edit.start < merged[-1].end:
            merged[-1] = Edit(merged[-1].start, max(merged[-1].end, edit.end), "")
        else:
            merged.append(edit)
    return merged


def _apply(text: str, region: Region, edits: list[Edit]) -> str:
    return apply_edits(text, region.start, region.end, edits)


def _extend_kept(text: str, kept: list[Region], wanted: dict[str, set[str]], texts: dict[Region, str]) -> None:
    """Add names to `from x import a` statements that are there already."""
    for region in kept:
        statement = texts.get(region, text[region.start : region.end])
        match = re.search(r"^from\s+([\w.]+)\s+import\s+(?!\()([^#\n\\;]+?)\s*$", statement, re.MULTILINE)
        if match is None or match[2] == "*" or not wanted.get(match[1], set()) - {""} or region.indent:
            continue
        names = sorted({*re.split(r"\s*,\s*", match[2]), *(wanted[match[1]] - {""})}, key=_isort)
        wanted[match[1]] -= set(names)
        texts[region] = statement[: match.start(2)] + ", ".join(names) + statement[match.end(2) :]


def _isort(name: str) -> tuple[int, str]:
    """isort's order in a statement: CONSTANTS, Classes, functions."""
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return kind, name


def statements(wanted: dict[str, set[str]]) -> list[str]:
    """Import statements for names by module: plain ones first."""
    plain = [f"import {module}" for module in sorted(wanted) if "" in wanted[module]]
    froms = []
    for module in sorted(wanted):
        names = sorted(wanted[module] - {""}, key=_isort)
        if names:
            froms.append(_from(module, names))
    return plain + froms


def _from(module: str, names: list[str]) -> str:
    line = f"from {module} import {', '.join(names)}"
    return line if len(line) <= 120 else lay_out(Group(f"from {module} import (", tuple(names), ")"))


def is_standard(module: str) -> bool:
    return re.split(r"[. ]", module)[0] in sys.stdlib_module_names


def _place(draft: Draft, imports: list[Region], kept: list[Region], wanted: dict[str, set[str]], texts: dict[Region, str]) -> None:
    standard = {m: names for m, names in wanted.items() if is_standard(m) and names}
    others = {m: names for m, names in wanted.items() if not is_standard(m) and names}
    helpers = [_from(module, sorted(names, key=_isort)) for module, names in sorted(draft.helpers.items())]
    top = [r for r in kept if r.indent == 0 and r.start < _first_code(draft.regions)]
    own = [r for r in top if r.imported and is_standard(r.imported[0].path) and not _is_future(r)]
    for line in statements(standard):
        if not _beside(draft.text, own, line, texts):
            _prepend(draft, imports, top, line, texts)
    anchor = _anchor(draft, imports, top)
    if anchor is None:
        return
    lines = statements(others)
    if anchor.role == "airflow" or texts.get(anchor) == "" or anchor not in kept:
        lead = _lead(draft, anchor) or ("\n" if _behind_standard(draft, anchor, texts) else "")
        before = texts.get(anchor, "")
        block = "\n".join(([before.strip("\n")] if before.strip() else []) + ([""] if before.strip() and lines else []) + lines)
        texts[anchor] = lead + block + "\n" if block else ""
    elif lines:
        gap = "\n" if anchor.imported and is_standard(anchor.imported[0].path) else ""
        texts[anchor] = texts.get(anchor, draft.text[anchor.start : anchor.end]) + gap + "\n".join(lines) + "\n"
    if helpers:
        last = max(
            (r for r in imports if r.start < _first_code(draft.regions) and (texts.get(r) != "" or r is anchor)),
            key=lambda r: r.start,
            default=anchor,
        )
        above = texts.get(last, draft.text[last.start : last.end]).rstrip("\n")
        texts[last] = (above + "\n\n" if above or draft.module is None else "\n") + "\n".join(helpers) + "\n"


def _lead(draft: Draft, region: Region) -> str:
    """The blank line above the first import of Airflow, if there was one."""
    above = draft.text[region.start : region.comment]
    return "\n" if "\n" in above else ""


def _behind_standard(draft: Draft, anchor: Region, texts: dict[Region, str]) -> bool:
    """Whether the import just above is one of the standard library."""
    above = [r for r in draft.regions if r.start < anchor.start and texts.get(r, draft.text[r.start : r.end]).strip()]
    return bool(above) and above[-1].kind == "import" and bool(above[-1].imported) and is_standard(above[-1].imported[0].path)


def _first_code(regions: Iterable[Region]) -> int:
    """Where the module's imports end and its code begins."""
    return next((r.start for r in regions if r.kind not in ("import", "docstring") and r.role != "airflow"), 1 << 60)


def _anchor(draft: Draft, imports: list[Region], top: list[Region]) -> Region:
    """The import at whose place Prefect's go: the first of Airflow's, else the last at the top."""
    for region in imports:
        if region.role == "airflow" and region.indent == 0:
            return region
    return top[-1] if top else (imports or list(draft.regions))[0]


def _order(statement: str) -> tuple[bool, str]:
    """isort's: plain imports first, then by module."""
    return statement.startswith("from "), statement.split()[1]


def _beside(text: str, own: list[Region], line: str, texts: dict[Region, str]) -> bool:
    """Put a statement among the user's imports of the standard library, in isort's order."""
    if not own:
        return False
    place = None
    for region in own:
        if _order(text[region.span.start : region.span.end]) < _order(line):
            place = region
    if place is None:
        first = own[0]
        old = texts.get(first, text[first.start : first.end])
        body = text[first.span.start : first.span.end]
        at = old.find(body) if body in old else len(old) - len(old.lstrip("\n"))
        texts[first] = old[:at] + line + "\n" + old[at:]
    else:
        texts[place] = texts.get(place, text[place.start : place.end]) + line + "\n"
    return True


def imports_on_top(draft: Draft, text: str) -> str:
    """A module that imported nothing, with what its new code needs behind its docstring."""
    wanted = _wanted(draft)
    standard = statements({module: names for module, names in wanted.items() if is_standard(module)})
    others = statements({module: names for module, names in wanted.items() if not is_standard(module)})
    helpers = [_from(module, sorted(names, key=_isort)) for module, names in sorted(draft.helpers.items())]
    block = "\n\n".join("\n".join(lines) for lines in (standard, others, helpers) if lines)
    if not block:
        return text
    first = draft.regions[0]
    at = first.end - first.start if first.kind == "docstring" else 0
    before, after = text[:at].rstrip(), text[at:].lstrip("\r\n")
    return f"{before}\n\n{block}\n\n\n{after}" if before else f"{block}\n\n\n{after}"


def _prepend(draft: Draft, imports: list[Region], top: list[Region], line: str, texts: dict[Region, str]) -> None:
    anchor = _anchor(draft, imports, top)
    if anchor.role == "airflow":
        texts[anchor] = texts.get(anchor, "") + line + "\n"
    elif _is_future(anchor):
        texts[anchor] = texts.get(anchor, draft.text[anchor.start : anchor.end]) + "\n" + line + "\n"
    else:
        texts[anchor] = line + "\n" + texts.get(anchor, draft.text[anchor.start : anchor.end])


def _is_future(region: Region) -> bool:
    return any(item.path.startswith("__future__.") for item in region.imported)
