"""The flow module: the user's file with the DAGs replaced by flows, every other byte as it was."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterable
from dataclasses import replace

from airflow2prefect.emit.calls import LINE_END, Group, lay_out
from airflow2prefect.emit.draft import Draft
from airflow2prefect.emit.edits import apart, apply_edits, dedent, words
from airflow2prefect.emit.flow import FlowWriter
from airflow2prefect.emit.imports import import_texts
from airflow2prefect.emit.late import read_late
from airflow2prefect.emit.strings import docstring, literal
from airflow2prefect.emit.values import Scope, code_text
from airflow2prefect.model import FlowPlan, Region
from airflow2prefect.syntax import below


def flow_text(writer: FlowWriter) -> str:
    """The `@flow` function of one DAG."""
    plan, draft = writer.plan, writer.draft
    body = writer.body_lines()
    draft.need("prefect.flow", *plan.prelude_imports)
    for helper in plan.prelude_helpers:
        draft.helper(*helper)
    name = literal(plan.function) if plan.dag.around else plan.name
    options = [f"name={name}"] + [f"{key}={text}" for key, text in plan.options.items()]
    parameters = []
    for p in plan.parameters:
        default = f" = {p.default}" if p.default else ""
        parameters.append(f"{p.name}: {p.annotation}{default}" if p.annotation else p.name)
        draft.need(*p.imports)
        if "datetime" in p.annotation:
            draft.need("datetime.datetime")
    lines = [line for line in plan.dag.comment.split("\n") if line]
    lines += lay_out(Group("@flow(", tuple(options), ")")).split("\n")
    lines += lay_out(Group(f"def {plan.function}(", tuple(parameters), "):")).split("\n")
    inner: list[str] = []
    if plan.docstring:
        inner += docstring(plan.docstring)
    inner += plan.prelude
    shown: set[str] = set()
    for need, name in writer.locals.items():
        if name not in shown:
            shown.add(name)
            inner += f"{name} = {plan.expressions[need].text}".split("\n")
    if (plan.prelude or shown or (inner and body and body[0].startswith("def "))) and body:
        inner.append("")
    inner += body or ([] if inner else ["pass"])
    lines += [f"    {line}" if line else "" for line in inner]
    return "\n\n".join([*writer.texts, "\n".join(lines) + "\n"])


def main_text(draft: Draft, plans: Iterable[FlowPlan]) -> str:
    """`if __name__ == "__main__":`, which fails where the DAG run would have failed."""
    plans = list(plans)
    lines = ['if __name__ == "__main__":']
    if any(plan.dag.around for plan in plans):
        draft.need("sys")
        lines.append("    states = []")
        lines += [f"    {line}" for plan in plans for line in _runs(draft, plan)]
        lines.append(f"    sys.exit({_unknown(draft, plans) or 'not all(state.is_completed() for state in states)'})")
    elif len(plans) == 1 and plans[0].order.line:
        lines.append(f"    {plans[0].function}()")
    elif len(plans) == 1:
        draft.need("sys")
        lines.append(f"    sys.exit(not {plans[0].function}(return_state=True).is_completed())")
    else:
        draft.need("sys")
        flows = ", ".join(plan.function for plan in plans)
        lines.append(f"    states = [each(return_state=True) for each in ({flows})]")
        lines.append("    sys.exit(not all(state.is_completed() for state in states))")
    return "\n".join(lines) + "\n"


def _runs(draft: Draft, plan: FlowPlan) -> list[str]:
    """Run a flow, or one that takes the variables of a loop for each of its passes."""
    lines: list[str] = []
    known: frozenset[str] = frozenset()
    for loop in plan.dag.around:
        iterable = code_text(loop.iterable, Scope(draft, known, lambda need: None))
        if iterable is None:
            return []
        lines.append("    " * len(lines) + f"for {loop.target_text} in {iterable}:")
        known |= set(loop.targets)
    names = [name for loop in plan.dag.around for name in loop.targets]
    named = f".with_options(name={plan.name})" if names else ""
    run = f"{plan.function}{named}({', '.join([*names, 'return_state=True'])})"
    return [*lines, "    " * len(lines) + f"states.append({run})"]


def _unknown(draft: Draft, plans: list[FlowPlan]) -> str:
    """The message of a module with a flow whose parameters nothing in it can tell, as a literal."""
    unknown = [plan for plan in plans if plan.dag.around and not _runs(draft, plan)]
    told = [f"{plan.function} takes {', '.join(n for loop in plan.dag.around for n in loop.targets)}" for plan in unknown]
    return literal("; ".join(told)) if told else ""


def assemble(draft: Draft, flows: list[str], main: str, newline: str) -> str:
    """The whole text of the module."""
    draft.edits = apart(draft.edits)
    dead = dead_regions(draft)
    generated = "\n\n".join([*draft.above, *flows]).replace(LINE_END, "\n")
    draft.edits = [replace(edit, text=edit.text.replace(LINE_END, "\n")) for edit in draft.edits]
    generated, main = _without_clashes(draft, generated, main)
    imports = import_texts(draft, *_names_after(draft, dead, generated + main), _named(draft, dead, generated + main))
    spot = insertion_point(draft)
    pieces: list[str] = []
    gap = placed = False  # gap: something was left out since the last kept text
    for region in draft.regions:
        if not placed and region.start >= spot:
            _append(pieces, generated)
            placed = gap = True
        text = imports.get(region)
        if text is None:
            gone = region.role != "keep" or region in dead or _starts_airflow(draft, region)
            text = "" if gone else dedent(apply_edits(draft.text, region.start, region.end, draft.edits), region.indent)
        if not text:
            gap = True
            continue
        moved = gap or region.indent > 0
        pieces.append(_respaced(pieces, text, region) if moved and region.role == "keep" else text)
        gap = False
    if not placed:
        _append(pieces, generated)
    _append(pieces, main)
    head = draft.text[draft.base : draft.regions[0].start] if draft.regions else ""
    body = (head + "".join(pieces)).replace("\r\n", "\n").lstrip("\n")
    if draft.module is None:  # what others import of a module has to be there
        body, draft.late = read_late(body)
    return body if newline == "\n" else body.replace("\n", newline)


def _without_clashes(draft: Draft, generated: str, main: str) -> tuple[str, str]:
    """Names that the user has for something else: what we import under them gets another name."""
    own = {name: imported.path for r in draft.regions if r.role == "keep" for imported in r.imported for name in (imported.local,)}
    own |= {name: "" for r in draft.regions if r.role == "keep" and r.kind != "import" for name in r.defines}
    ours = [*sorted(draft.imports), *(f"{module}.{name}" for module, names in sorted(draft.helpers.items()) for name in sorted(names))]
    clashes = {path: name for path in ours if own.get(name := path.rpartition(".")[2], path) != path}
    if not clashes:
        return generated, main
    renamed: dict[str, str] = {}
    for path, name in clashes.items():
        module = path.rpartition(".")[0]
        through = next((local for local, imported in own.items() if imported == module), None)
        renamed[name] = f"{through}.{name}" if through else f"{module.partition('.')[0]}_{name}"
        draft.imports.discard(path)
        if module in draft.helpers:
            draft.helpers[module] = (draft.helpers[module] - {name}) | {f"{name} as {renamed[name]}"}
        elif through is None:
            draft.aliases[path] = renamed[name]
        else:
            draft.used.add(through)
    draft.edits = [replace(edit, text=rename(edit.text, renamed)) if edit.text.startswith("@") else edit for edit in draft.edits]
    return rename(generated, renamed), rename(main, renamed)


def _is_ours(tokens: list[tokenize.TokenInfo], n: int) -> bool:
    """Whether a name in generated code is the one that we import, and no function or keyword of the user's."""
    name, before, after = tokens[n].string, tokens[n - 1].string if n else "", tokens[n + 1].string
    if name in ("flow", "task"):
        return before == "@" or (before == "=" and after == "(")
    called = after == "." and tokens[n + 2].string in ("submit", "with_options", "map")
    keyword = after == "=" and not tokens[n].line.startswith(name)
    return before not in (".", "def") and not called and not keyword


def rename(code: str, names: dict[str, str]) -> str:
    """Python source with other names, also in the fields of f-strings."""
    # `datetime.timedelta` is the user's, of the module that is named as our class.
    of_module = {name for name, new in names.items() if new == f"{name}.{name}"}
    wanted = "|".join(re.escape(name) + (r"(?!\.)" if name in of_module else "") for name in names)
    lines = code.splitlines(keepends=True)
    tokens = list(tokenize.generate_tokens(io.StringIO(code).readline))
    for n in range(len(tokens) - 1, -1, -1):
        token = tokens[n]
        (row, start), (last, end) = token.start, token.end
        if token.type == tokenize.NAME and token.string in names:
            if _is_ours(tokens, n) and not (token.string in of_module and tokens[n + 1].string == "."):
                lines[row - 1] = lines[row - 1][:start] + names[token.string] + lines[row - 1][end:]
        elif token.type == tokenize.STRING and row == last and token.string[:1] in "fF":
            made = re.sub(
                r"\{[^{}]*\}", lambda field: re.sub(rf"(?<![\w.\"'])({wanted})(?![\w\"'])", lambda m: names[m[1]], field[0]), token.string
            )
            lines[row - 1] = lines[row - 1][:start] + made + lines[row - 1][end:]
    return "".join(lines)


def _starts_airflow(draft: Draft, region: Region) -> bool:
    """`if __name__ == "__main__": dag.cli()`: it goes with the DAG."""
    return region.kind == "main" and any(region.uses & set(r.defines) for r in draft.regions if r.role == "dag")


def _names_after(draft: Draft, dead: set[Region], generated: str) -> tuple[set[str], set[str]]:
    """Names that the finished module uses, and those that what went had used."""
    used = words(generated)
    needed: set[str] = set()
    for region in draft.regions:
        if region.kind == "import" or region.role == "airflow":
            continue
        if region.role == "keep" and region not in dead:
            used |= live_uses(draft, region)
            needed |= region.uses
        else:
            needed |= region.uses
    return used, needed


def _named(draft: Draft, dead: set[Region], generated: str) -> set[str]:
    """Names that the finished module looks up, told by Python where it matters."""
    if not draft.stuck:
        return set()
    found = {node.id for node in ast.walk(ast.parse(generated)) if isinstance(node, ast.Name)} | draft.used
    return found.union(*(live_uses(draft, r) for r in draft.regions if r.role == "keep" and r.kind != "import" and r not in dead))


def _respaced(pieces: list[str], text: str, region: Region) -> str:
    """Kept text behind text that went: at most two blank lines, and two around functions."""
    stripped = text.lstrip("\r\n")
    if not pieces:
        return stripped
    blank = 2 if region.kind in ("function", "class") or pieces[-1].lstrip().startswith(("def ", "class ", "@")) else 1
    if region.kind == "import":
        blank = min(len(text) - len(stripped), 1)
    return "\n" * blank + stripped


def _append(pieces: list[str], text: str) -> None:
    """Generated text with two blank lines above it."""
    if not text:
        return
    if pieces:
        pieces[-1] = pieces[-1].rstrip("\r\n") + "\n"
        text = "\n\n" + text
    pieces.append(text)


def insertion_point(draft: Draft) -> int:
    """Where the flows go: behind the last statement that made DAGs, and behind all that they use."""
    last = max((r.end for r in draft.regions if r.role == "dag" or r.cuts), default=0)
    used = [r.end for r in draft.regions if r.role == "keep" and set(r.defines) & draft.used and r.kind != "main"]
    return max([last, *used], default=len(draft.text))


def dead_regions(draft: Draft) -> set[Region]:
    """Kept statements that only what is gone has used: pure assignments and imports."""
    alive = [r for r in draft.regions if r.role == "keep"]
    gone_uses = {name for r in draft.regions if r.role != "keep" for name in r.uses}
    for edit in draft.edits:
        gone_uses |= words(draft.text[edit.start : edit.end])
    generated = set(draft.used)
    for edit in draft.edits:
        if not any(region.start <= edit.start and edit.end <= region.end for region in alive):
            generated |= words(edit.text)
    for text in draft.above:
        generated |= words(text)
    dead: set[Region] = set()
    while True:
        counts: dict[str, int] = {}
        for region in alive:
            if region not in dead:
                for name in live_uses(draft, region) - set(region.defines):
                    counts[name] = counts.get(name, 0) + 1
        newly = {
            r for r in alive
            if r not in dead and r.kind in ("assign", "other") and r.pure and r.defines
            and not any(counts.get(name) or name in generated for name in r.defines)
            and any(name in gone_uses for name in r.defines)
        }  # fmt: skip
        if not newly:
            return dead
        for region in newly:
            gone_uses |= region.uses
        dead |= newly


def live_uses(draft: Draft, region: Region) -> frozenset[str]:
    """Names that a region uses after its edits."""
    inside = [e for e in draft.edits if region.start <= e.start and e.end <= region.end]
    if not inside:
        return region.uses
    text = dedent(apply_edits(draft.text, region.start, region.end, inside), region.indent)
    return frozenset(_looked_up(text) if region.kind == "function" else words(text))


def _looked_up(text: str) -> set[str]:
    """The names that a function of the module may look up there: not its parameters, which may be called like what is gone."""
    (function,) = ast.parse(text).body
    assert isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef))
    outside = [*function.decorator_list, *function.args.defaults, *filter(None, function.args.kw_defaults)]
    own = {node.arg for node in below(function.args) if isinstance(node, ast.arg)}
    around = {node.id for node in below(*outside) if isinstance(node, ast.Name)}
    return (words(text) - own) | around
