"""The edits that take Airflow out of a callable: parameters for its context, returned values for its XComs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from airflow2prefect.emit.calls import Group, lay_out
from airflow2prefect.emit.edits import apart
from airflow2prefect.emit.helpers import home_of
from airflow2prefect.emit.names import Names
from airflow2prefect.emit.strings import literal
from airflow2prefect.model import Callable, Edit, Need, Parameter, Pull, Push, Return, Span

# Parameters that Airflow fills with objects that a flow does not have.
OBJECTS = frozenset(
    ["ti", "task_instance", "dag_run", "dag", "task", "conf", "var", "conn", "macros", "tables", "params", "inlets", "outlets"]
)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """`parameters` are those that can be given by position, in order; `keywords` those that cannot."""

    edits: tuple[Edit, ...]
    parameters: tuple[str, ...]
    helpers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rewriting:
    """What a rewrite is made from.

    `values`: what stands for each need in the body. `added`: parameters to add, in order. `given`: keywords that the DAG
    passes (op_kwargs). `pushes`: the task returns all its XComs as a dict. `stand_in`: an object stands for Airflow's task
    instance, made of these XComs (items of a dict as Python source), where a pull is in no `pulls`; with `handed` the function
    hands it on, and pushes go to it. `bare`: parameters that lose their default, since the call gives them. `sparse`: the pulls from
    several tasks of which some may have nothing to give.
    """

    function: Callable
    text: str
    values: Mapping[Need, str]
    added: tuple[str, ...]
    given: frozenset[str] = frozenset()
    pushes: bool = False
    context: bool = False
    stand_in: tuple[str, ...] | None = None
    handed: bool = False
    bare: frozenset[str] = frozenset()
    pulls: Mapping[Pull, tuple[Need, ...]] = field(default_factory=dict)
    sparse: frozenset[Pull] = frozenset()


def rewrite(what: Rewriting) -> Rewritten:
    """The edits of a `def`. Those of returns and pushes leave the text inside them to other edits."""
    function = what.function
    edits: list[Edit] = [*function.edits]
    helpers = helpers_of(function)
    keep = _kept_parameters(what)
    signature, positional = _signature(what, keep)
    if signature is not None and function.parameter_list is not None:
        edits.append(Edit(function.parameter_list.start, function.parameter_list.end, signature))
    for span, text in function.replacements:
        if text != "return" or not what.pushes:  # else the return has an edit of its own
            edits.append(_replacement(what.text, span, text))
    if what.context:
        edits += _uses(what)
    if what.stand_in is not None:
        edits += _standing_in(what, keep)
        helpers["airflow_context"] = (*helpers.get("airflow_context", ()), "TaskInstance")
    if what.pushes and not what.handed:
        edits += _collecting(what)
    return Rewritten(tuple(edits), positional, helpers)


def helpers_of(function: Callable) -> dict[str, tuple[str, ...]]:
    """The names of helper modules, by module, that a function uses once Airflow is out of it."""
    found: dict[str, tuple[str, ...]] = {}
    for module, name in sorted(map(home_of, function.helpers)):
        found[module] = (*found.get(module, ()), name)
    return found


# ---------------------------------------------------------------------------------------------- signature


def _kept_parameters(what: Rewriting) -> tuple[Parameter, ...]:
    function = what.function
    named = {p.name for p in function.parameters if p.kind in ("positional", "keyword")}
    spare = what.given - named
    kept: list[Parameter] = []
    for p in function.parameters:
        if p.kind == "kwargs":
            if not what.context or spare or function.own_keys or _escapes(what):
                kept.append(p)
        elif p.name == function.context and (function.bound or function.led):
            if _escapes(what):
                kept.append(p)
        elif not (what.context and p.name in OBJECTS and p.name not in what.given and p.name not in what.added):
            kept.append(p)
    return tuple(kept)


def _escapes(what: Rewriting) -> bool:
    return what.context and any(kind == "context" for _, kind in what.function.escapes)


def _signature(what: Rewriting, keep: tuple[Parameter, ...]) -> tuple[str | None, tuple[str, ...]]:
    """The new text between the parentheses (None: as it was), and what can be given by position."""
    function = what.function
    own = {p.name for p in keep}
    new = [name for name in what.added if name not in own]
    keep = tuple(replace(p, default=None) if p.name in what.bare else p for p in keep)
    plain = [p for p in keep if p.kind == "positional"]
    positional = tuple(p.name for p in plain)
    if len(keep) == len(function.parameters) and not new and not what.bare:
        return None, positional
    texts = [p.name if p.name in what.bare else what.text[p.span.start : p.span.end] for p in plain]
    star = [what.text[p.span.start : p.span.end] for p in keep if p.kind == "args"]
    keywords = [what.text[p.span.start : p.span.end] for p in keep if p.kind == "keyword"]
    rest = [_double(what.text[p.span.start : p.span.end]) for p in keep if p.kind == "kwargs"]
    if not star and not any(p.default is not None for p in plain):
        texts += new
        positional += tuple(new)
    else:
        keywords += new
    if keywords and not star:
        star = ["*"]
    stars = [text if text.startswith("*") else f"*{text}" for text in star]
    items = tuple(text.strip().rstrip(",") for text in (*texts, *stars, *keywords, *rest))
    line = ", ".join(items)
    start = what.text.rfind("\n", 0, function.span.start) + 1
    if len(line) + len(function.name) + 7 <= 115:
        return line, positional
    indent = re.match(r"\s*", what.text[start:])
    laid = lay_out(Group("(", items, ")"), indent[0] if indent else "")
    return laid[1:-1], positional


def _double(text: str) -> str:
    return text if text.startswith("**") else f"**{text}"


# ---------------------------------------------------------------------------------------------- uses


def _uses(what: Rewriting) -> Iterator[Edit]:
    """Reads and pulls become names, and statements that only fetched them go."""
    function, text = what.function, what.text
    for span in function.removals:
        yield _without(text, span)
    for read in function.reads:
        if read.need in what.values:
            yield _named(text, read.span, what.values[read.need])
    ti = task_instance_name(what)
    for pull in function.pulls:
        if pull in what.pulls:
            yield _named(text, pull.span, pull_text(pull, what))
        else:
            yield _owner(text, pull.span, ".xcom_pull", ti)
    for span, kind in function.escapes:
        if kind == "ti" and what.stand_in is not None:
            yield Edit(span.start, span.end, ti)
    for push in function.pushes if what.handed else ():
        yield _owner(text, push.span, ".xcom_push", ti)


def task_instance_name(what: Rewriting) -> str:
    """What the stand-in is called: as the function called Airflow's."""
    function, text = what.function, what.text
    own = next((p.name for p in function.parameters if p.name in ("ti", "task_instance")), None)
    if own is not None:
        return own
    for span in function.removals:
        found = re.match(r"(\w+)\s*=.*(['\"])(?:ti|task_instance)\2", text[span.start : span.end])
        if found:
            return found[1]
    return Names(set(function.locals) - {"ti"}).claim("ti", "task_instance")


def _owner(text: str, span: Span, method: str, name: str) -> Edit:
    end = text.index(method, span.start)
    return Edit(span.start, end, name)


def pull_text(pull: Pull, what: Rewriting) -> str:
    """What stands for a pull: the value of a task, or the list of several."""
    values = [what.values[need] for need in what.pulls[pull]]
    if not pull.many or pull.pattern is not None:
        return values[0]
    given = ", ".join(values)
    # Airflow 2 leaves out the tasks that have given nothing.
    return f"[each for each in [{given}] if each is not None]" if pull in what.sparse else f"[{given}]"


def _named(text: str, span: Span, value: str) -> Edit:
    """`value` instead of the span; `x = x` goes as a whole."""
    if assigned(text, span) == value:
        return _without(text, span)
    return Edit(span.start, span.end, value)


def assigned(text: str, span: Span) -> str:
    """The name to which a statement of one line assigns the span, and nothing else; "" for none."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    line = text[start : end if end >= 0 else len(text)]
    found = re.fullmatch(r"\s*(\w+)\s*=\s*", text[start : span.start])
    return (
        found[1]
        if found
        and line.rstrip().endswith(text[span.start : span.end][-1])
        and text[span.end : span.end + len(line)].split("\n")[0].strip() == ""
        else ""
    )


def _without(text: str, span: Span) -> Edit:
    """Takes the lines of a statement away; leaves `pass` where its block would be empty."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end + 1
    indent = re.match(r"[ \t]*", text[start:end])
    margin = indent[0] if indent else ""
    if _opens(text, start) and not _continues(text, end, margin):
        return Edit(start, end, f"{margin}pass\n")
    return Edit(start, end, "")


def _opens(text: str, start: int) -> bool:
    before = text[:start].rstrip()
    return before.endswith(":")


def _continues(text: str, end: int, margin: str) -> bool:
    for line in text[end:].splitlines():
        if line.strip() and not line.strip().startswith("#"):
            return (line.startswith(margin) and line[: len(margin) + 1].strip() != "") or (
                line.startswith(margin) and line[len(margin) :].strip() != ""
            )
    return False


def _replacement(text: str, span: Span, new: str) -> Edit:
    """An expression for another; `sys.exit(...)` as a statement becomes `raise`."""
    if new.startswith("(_ for _"):
        start = text.rfind("\n", 0, span.start) + 1
        if not text[start : span.start].strip():
            return Edit(span.start, span.end, "raise " + new.removeprefix("(_ for _ in ()).throw(").removesuffix(")"))
    return Edit(span.start, span.end, new)


# ---------------------------------------------------------------------------------------------- pushes


def _collecting(what: Rewriting) -> Iterator[Edit]:
    """Pushed values are collected in a dict, which the task returns with its own value."""
    function, text = what.function, what.text
    name = Names(set(function.locals) | set(what.values.values())).claim("xcoms", "xcoms_")
    first = function.first_statement
    if first is not None:
        yield _before(text, first, [f"{name} = {{}}"], function.indent)
    for push in function.pushes:
        yield from _push(text, push, name)
    yield from _returns(what, f"{name} | ", name)


def _before(text: str, statement: Span, lines: list[str], indent: str) -> Edit:
    """Lines above a statement, which may itself go."""
    start = text.rfind("\n", 0, statement.start) + 1
    return Edit(start, start, "".join(f"{indent}{line}\n" for line in lines))


def _push(text: str, push: Push, name: str) -> Iterator[Edit]:
    named = push.key_text.isidentifier() or push.key is None  # a constant of the module's
    key = (push.key_text or '"return_value"') if named else literal(push.key or "")
    if not push.statement:
        yield Edit(push.span.start, push.value_span.start, f"{name}.update({{{key}: ")
        yield Edit(push.value_span.end, push.span.end, "})")
        return
    opening, closing = ("(", ")") if "\n" in push.value_text and not _closed(push.value_text) else ("", "")
    yield Edit(push.span.start, push.value_span.start, f"{name}[{key}] = {opening}")
    yield Edit(push.value_span.end, push.span.end, closing)


def _closed(text: str) -> bool:
    """Whether an expression of several lines is one without parentheses around it."""
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def _returns(what: Rewriting, before: str, bare: str) -> Iterator[Edit]:
    function, text = what.function, what.text
    for statement in function.returns:
        if statement.value is None or statement.is_none:
            yield Edit(statement.span.start, statement.span.end, f"return {bare}")
            continue
        opening, closing = ("(", ")") if _loose(text, statement) else ("", "")
        yield Edit(statement.value.start, statement.value.start, f'{before}{{"return_value": {opening}')
        yield Edit(statement.value.end, statement.value.end, f"{closing}}}")
    if function.ends_open and function.body is not None:
        end = text.find("\n", len(text[: function.body.end].rstrip()))
        end = len(text) if end < 0 else end
        yield Edit(end, end, f"\n{function.indent}return {bare}")


def _loose(text: str, statement: Return) -> bool:
    """A tuple without parentheses, or what else must not stand bare in a dict."""
    assert statement.value is not None
    value = text[statement.value.start : statement.value.end]
    try:
        tree = ast.parse(f"({value}\n)", mode="eval").body
    except SyntaxError:
        return True
    return isinstance(tree, (ast.Tuple, ast.NamedExpr, ast.Yield, ast.Starred)) and not value.startswith("(")


# ---------------------------------------------------------------------------------------------- a stand-in


def _standing_in(what: Rewriting, keep: tuple[Parameter, ...]) -> Iterator[Edit]:
    """The function goes on with a task instance of ours, for helpers that it is handed to and pulls known at run time."""
    function = what.function
    first = function.first_statement
    assert what.stand_in is not None and first is not None
    ti = task_instance_name(what)
    made = lay_out(Group(f"{ti} = TaskInstance(", (Group("{", what.stand_in, "}"),) if what.stand_in else (), ")"), function.indent)
    lines = [made]
    mapping = next((p.name for p in keep if p.kind == "kwargs"), None)
    if mapping is not None and any(kind == "context" for _, kind in function.escapes):
        lines.append(f'{mapping} |= {{"ti": {ti}, "task_instance": {ti}}}')
    yield _before(what.text, first, lines, function.indent)
    if what.pushes and what.handed:
        yield from _returns(what, f"{ti}.pushed | ", f"{ti}.pushed")


# ---------------------------------------------------------------------------------------------- lambdas


def rewrite_lambda(what: Rewriting, name: str) -> tuple[str, tuple[str, ...]]:
    """A lambda as a function called `name`, and its parameters that can be given by position."""
    function, text = what.function, what.text
    assert function.body is not None
    out, at = "", function.body.start
    edits = [Edit(r.span.start, r.span.end, what.values[r.need]) for r in function.reads if r.need in what.values]
    edits += [Edit(pull.span.start, pull.span.end, pull_text(pull, what)) for pull in what.pulls]
    edits += [Edit(span.start, span.end, new) for span, new in function.replacements]
    edits += function.edits
    for edit in apart(edits):
        out += text[at : edit.start] + edit.text
        at = edit.end
    body = out + text[at : function.body.end]
    keep = _kept_parameters(what)
    changed, positional = _signature(what, keep)
    if changed is None:
        changed = ", ".join(_starred(p, text[p.span.start : p.span.end].strip().rstrip(",")) for p in keep)
    head = f"def {name}({changed}):"
    if "\n" in body:
        return f"{head}\n    return (\n        {body}\n    )\n", positional
    return f"{head}\n    return {body}\n", positional


def _starred(parameter: Parameter, text: str) -> str:
    stars = {"args": "*", "kwargs": "**"}.get(parameter.kind, "")
    return text if text.startswith("*") else stars + text
