"""Values of Airflow arguments as Python text that can stand in the flow."""

from __future__ import annotations

import ast
import builtins
import json
import re
from collections.abc import Callable
from collections.abc import Sequence as Many
from dataclasses import dataclass, field

from airflow2prefect.emit.calls import LINE_END, Group, arguments
from airflow2prefect.emit.draft import Draft
from airflow2prefect.emit.items import picked
from airflow2prefect.emit.strings import fstring, literal, rendering
from airflow2prefect.findings import Level
from airflow2prefect.model import (
    WHOLE_CONTEXT,
    Call,
    Code,
    Literal,
    Need,
    Pairs,
    Piece,
    Reference,
    Sequence,
    Template,
    Value,
    XComOf,
)

# Helper modules that values of the user's may name once they are read.
HELPERS = frozenset(("airflow_variables",))


@dataclass(slots=True)
class Scope:
    """Where an expression will stand: loop variables in reach, and how it gets at Airflow's context.

    `variables`: names of the kept loops around. `need`: the text for a need, None if there is none here.
    `captured`: loop variables that the text used (they become parameters of a generated task).
    """

    draft: Draft
    variables: frozenset[str]
    need: Callable[[Need], str | None]
    captured: dict[str, None] = field(default_factory=dict)


def text_of(value: Value, scope: Scope) -> str | None:
    """Python source of `value` on one line or as the user laid it out; None if it cannot stand here."""
    laid = layout_of(value, scope)
    return None if laid is None else laid if isinstance(laid, str) else laid.flat()


def layout_of(value: Value, scope: Scope) -> str | Group | None:
    """The same, as something that can be broken over lines. Line ends inside strings are LINE_END, for indenting to leave alone."""
    laid = _layout(value, scope)
    return laid.replace("\n", LINE_END) if isinstance(laid, str) else laid


def _layout(value: Value, scope: Scope) -> str | Group | None:
    match value:
        case Template():
            return template_text(value, scope)
        case Literal():
            return _literal(value, scope)
        case Code():
            return code_text(value, scope)
        case Sequence():
            return _sequence(value, scope)
        case Pairs():
            return _pairs(value, scope)
        case XComOf():
            return scope.need(Need("xcom", value.task_id, value.key))
        case Reference():
            return code_text(value.code, scope) if value.code else _kept(value, scope)
        case Call():
            return code_text(value.code, scope) if value.code else _call(value, scope)
    return None


def _call(value: Call, scope: Scope) -> Group | None:
    """A call that a converter made: of a function of a helper module or of the standard library, or of its first argument."""
    module, _, name = value.path.rpartition(".")
    args = value.args if name else value.args[1:]
    pairs = [(key, layout_of(item, scope)) for key, item in (*(("", item) for item in args), *value.kwargs.items())]
    known = [(key, text) for key, text in pairs if text is not None]
    callee = name or text_of(value.args[0], scope)
    if len(known) < len(pairs) or callee is None:
        return None
    if not name:
        return Group(f"({callee})(" if callee.startswith("lambda") else f"{callee}(", arguments(known), ")")
    if module.startswith("airflow_"):
        scope.draft.helper(module, name)
    else:
        scope.draft.need(value.path)
    return Group(f"{name}(", arguments(known), ")")


def _kept(value: Reference, scope: Scope) -> str | None:
    """A function or class of the file by its name; what is imported by an import of its own."""
    module, _, name = (value.path or "").rpartition(".")
    if module in HELPERS:
        scope.draft.helper(module, name)
        return name
    if value.path is not None:
        return scope.draft.reference(value.path)
    if value.name not in scope.draft.kept:
        return None
    scope.draft.used.add(value.name)
    return value.name


def _literal(value: Literal, scope: Scope) -> str | None:
    if value.code is not None and value.code.names and not _spells_out(value.code, scope):
        kept = code_text(value.code, scope)
        if kept is not None:
            return kept
    if isinstance(value.value, str) and value.value.strip("\n").count("\n") > 0:
        if value.code is not None and value.code.text.endswith(('"""', "'''")) and _is_string(value.code.text, value.value):
            return value.code.text  # as the user laid it out
        return fstring(Template(value.value, (value.value,)), {})
    text, imports = literal(value.value), imports_of(value.value)
    scope.draft.need(*imports)
    return text


def _spells_out(code: Code, scope: Scope) -> bool:
    """Whether the user's expression would begin with a whole list or dict, as `{"id": 1, ...}["id"]`: what comes of it says it better."""
    bound = [value for name in {name for _, _, name in code.names} - scope.variables if isinstance(value := code.bound.get(name), (Sequence, Pairs))]
    return any(_constant(value, scope) is None for value in bound) and not _varies(code, scope)


def _is_string(text: str, value: str) -> bool:
    """Whether source is one plain string of that value."""
    try:
        return ast.literal_eval(text) == value and text.count(text[-3:]) == 2
    except (ValueError, SyntaxError):
        return False


def imports_of(value: object) -> tuple[str, ...]:
    """What `literal(value)` needs imported."""
    from datetime import date, datetime, time, timedelta, tzinfo
    from zoneinfo import ZoneInfo

    found: list[str] = []
    if isinstance(value, ZoneInfo):
        found.append("zoneinfo.ZoneInfo")
    elif isinstance(value, tzinfo):
        found.append("datetime.timezone")
    elif isinstance(value, (datetime, date, time, timedelta)):
        found.append(f"datetime.{type(value).__name__}")
        zone = getattr(value, "tzinfo", None)
        if zone is not None:
            found.extend(imports_of(zone))
    elif isinstance(value, (list, tuple, set)):
        for item in value:
            found.extend(imports_of(item))
    return tuple(found)


def code_text(code: Code, scope: Scope) -> str | None:
    """The user's expression, its names replaced by what they stood for where they mean nothing in the flow."""
    if code.span is None and code.text == "...":
        return None
    if code.parts and not all(_in_reach(name, scope) for _, _, name in code.names):
        return _formatted(code.parts, scope)
    if code.parts and any(name in scope.variables for _, _, name in code.names):
        return _formatted(code.parts, scope)
    if code.names == ((0, len(code.text), code.text),) and code.text in code.bound and code.text not in {*scope.variables, "__file__"}:
        return text_of(code.bound[code.text], scope)
    out, at = "", 0
    for start, end, name in sorted(code.names):
        item, behind = picked(code, name, end) if name not in scope.variables else (None, end)
        new = _name(code, name, scope) if item is None else text_of(item, scope)
        if item is not None and new is not None:
            end = behind
            new = new if _atomic(item) or new.isidentifier() else f"({new})"
        if new is None:
            return None
        out += code.text[at:start] + new
        at = end
    return out + code.text[at:]


def _in_reach(name: str, scope: Scope) -> bool:
    return name in scope.variables or name in scope.draft.kept


def _name(code: Code, name: str, scope: Scope) -> str | None:
    if name in scope.variables:
        scope.captured[name] = None
        return name
    if name == "__file__":
        return name
    if name in code.bound:
        inner = text_of(code.bound[name], scope)
        tight = inner is None or inner.isidentifier() or _atomic(code.bound[name]) or name.startswith("=") or _CALL.fullmatch(inner)
        return inner if tight else f"({inner})"
    if name in scope.draft.kept:
        scope.draft.used.add(name)
        return name
    return name if name in _BUILT_IN and name not in scope.draft.lost else None


_CALL = re.compile(r"[\w.]+\([^()]*\)")
# What every module has, unless its own code gave the name to something else.
_BUILT_IN = frozenset(name for name in vars(builtins) if not name.startswith("_")) - {"locals", "globals", "vars", "dir"}


def _atomic(value: Value) -> bool:
    return isinstance(value, (Literal, Sequence, Pairs))


def joined(values: Many[Value], between: str, scope: Scope) -> str | None:
    """Texts and expressions as one f-string, with `between` between them."""
    parts: list[str | Code] = []
    for value in values:
        parts += [between] if parts else []
        code = value if isinstance(value, Code) else getattr(value, "code", None)
        if isinstance(value, Literal) and not _varies(value, scope):
            parts.append(str(value.value))
        elif code is not None:
            parts += code.parts or (code,)
        else:
            return None
    return _formatted(tuple(parts), scope)


def _formatted(parts: tuple[str | Code, ...], scope: Scope) -> str | None:
    """Text and expressions as an f-string."""
    pieces: list[str | Piece] = []
    for part in parts:
        if isinstance(part, str):
            pieces.append(part)
            continue
        made = _part(part, scope)
        if made is None:
            return None
        pieces.append(made)
    return fstring(Template("", tuple(pieces)), {})


def _constant(value: Sequence | Pairs, scope: Scope) -> str | None:
    """The name of the user's list or dict, where all that is in it is known: what has a template is written out, as rendered."""
    code = value.code
    if code is None or code.names != ((0, len(code.text), code.text),) or code.text in code.bound or code.text in scope.variables:
        return None
    return _name(code, code.text, scope) if _is_known(value) else None


def _is_known(value: Value) -> bool:
    match value:
        case Sequence(items=items):
            return all(map(_is_known, items))
        case Pairs(items=items):
            return all(_is_known(key) and _is_known(item) for key, item in items)
    return isinstance(value, Literal)


def _part(part: Code, scope: Scope) -> str | Piece | None:
    """What an f-string has for an expression: its text where that is known and does not hang on a loop."""
    known = part.bound.get(part.text)
    if known is None and part.names and part.names[0][0] == 0 and part.names[0][2] not in scope.variables:
        item, behind = picked(part, part.names[0][2], part.names[0][1])
        known = item if behind == len(part.text) else None
    if isinstance(known, Literal) and part.text not in scope.variables and not _varies(known, scope):
        return str(known.value)
    inner = code_text(part, scope)
    return None if inner is None else Piece(inner.replace("{", "{{").replace("}", "}}"))


def _varies(value: Value, scope: Scope) -> bool:
    """Whether a value is made of a loop's variables: `key = name.lower()` is another in each pass."""
    code = value if isinstance(value, Code) else value.code if isinstance(value, Literal) else None
    if code is None:
        return False
    return any(name in scope.variables or (name in code.bound and _varies(code.bound[name], scope)) for _, _, name in code.names)


def _sequence(value: Sequence, scope: Scope) -> Group | str | None:
    if (name := _constant(value, scope)) is not None:
        return name
    items = [layout_of(item, scope) for item in value.items]
    if any(item is None for item in items):
        return None
    known = tuple(item for item in items if item is not None)
    if value.kind == "set" and not known:
        return "set()"
    if value.kind == "tuple" and len(known) == 1:
        return Group("(", (*known, ""), ")")
    opening, closing = {"list": ("[", "]"), "tuple": ("(", ")"), "set": ("{", "}")}[value.kind]
    return Group(opening, known, closing)


def _pairs(value: Pairs, scope: Scope) -> Group | str | None:
    if (name := _constant(value, scope)) is not None:
        return name
    items: list[str | Group] = []
    for key, item in value.items:
        name, inner = text_of(key, scope), layout_of(item, scope)
        if name is None or inner is None:
            return None
        items.append(f"{name}: {inner}" if isinstance(inner, str) else Group(f"{name}: {inner.open}", inner.items, inner.close))
    return Group("{", tuple(items), "}") if items else "{}"


def template_text(template: Template, scope: Scope) -> str | None:
    """An f-string, or a call of the emitted `render` where only Jinja can tell."""
    if any(found.level >= Level.GAP for found in template.findings):
        return None
    if template.file or template.source is not None:
        return _rendered_text(template, scope)
    names: dict[Need, str] = {}
    for need in needs_of(template):
        found = scope.need(need)
        if found is None:
            return None
        names[need] = found
    scope.draft.note(*template.findings)
    if template.parts is None:
        scope.draft.helper("airflow_templates", "render")
        for _, piece in template.context:
            _import_pieces(scope, piece)
        return rendering(template, names)
    parts: list[str | Piece] = []
    for part in template.parts:
        if isinstance(part, Code):
            made = _part(part, scope)
            if made is None:
                return None
            parts.append(made)
        else:
            if isinstance(part, Piece):
                _import_pieces(scope, part)
            parts.append(part)
    return fstring(Template(template.text, tuple(parts)), names)


def _rendered_text(template: Template, scope: Scope) -> str | None:
    """A template of which nothing is known, rendered with all that a flow knows; names that it does not know are errors."""
    context = scope.need(WHOLE_CONTEXT)
    source = text_of(template.source, scope) if template.source is not None else None
    if context is None or (source is None and not template.file):
        return None
    scope.draft.note(*template.findings)
    scope.draft.helper("airflow_templates", "render")
    scope.draft.need("jinja2.StrictUndefined")
    if not template.file and not template.includes:
        return f"render({source}, undefined=StrictUndefined, **{context})"
    scope.draft.need("pathlib.Path")
    folders = ", ".join([*(literal(folder) for folder in template.includes if folder), "Path(__file__).parent"])
    if not template.file:
        return f"render({source}, folders=[{folders}], undefined=StrictUndefined, **{context})"
    varies = source is not None and source[0] not in "'\""
    include = literal("{% include file %}" if varies else "{% include " + json.dumps(template.file) + " %}")
    file = f", file={source}" if varies else ""
    return f"render({include}, folders=[{folders}], undefined=StrictUndefined{file}, **{context})"


def _import_pieces(scope: Scope, piece: Piece) -> None:
    for path in piece.imports:
        if path.startswith("airflow_templates."):
            scope.draft.helper("airflow_templates", path.rpartition(".")[2])
        else:
            scope.draft.need(path)


def needs_of(template: Template) -> tuple[Need, ...]:
    if template.file or template.source is not None:
        return (WHOLE_CONTEXT,)
    if template.parts is None:
        return tuple(dict.fromkeys(need for _, piece in template.context for need in piece.needs))
    return tuple(dict.fromkeys(need for part in template.parts if isinstance(part, Piece) for need in part.needs))


def pieces_of(value: Value | None) -> tuple[Piece, ...]:
    """All expressions in the templates inside a value."""
    match value:
        case Template(parts=None):
            return tuple(piece for _, piece in value.context)
        case Template():
            return tuple(part for part in value.parts or () if isinstance(part, Piece))
        case Sequence():
            return tuple(piece for item in value.items for piece in pieces_of(item))
        case Pairs():
            return tuple(piece for pair in value.items for item in pair for piece in pieces_of(item))
    return ()


def value_needs(value: Value | None) -> tuple[Need, ...]:
    """All needs inside a value."""
    match value:
        case Template():
            return needs_of(value)
        case Sequence():
            return tuple(need for item in value.items for need in value_needs(item))
        case Pairs():
            return tuple(need for pair in value.items for item in pair for need in value_needs(item))
        case XComOf():
            return (Need("xcom", value.task_id, value.key),)
        case Call(code=None):
            return tuple(need for item in (*value.args, *value.kwargs.values()) for need in value_needs(item))
    return ()


def fixed_text(value: Value) -> str:
    """The literal text in a computed id: "load" of "load_%s" % table."""
    code = value.code if isinstance(value, Literal) else value if isinstance(value, Code) else None
    if code is not None and code.text in code.bound and isinstance(value, Code):
        return fixed_text(code.bound[code.text])
    if code is not None and code.parts:
        return "".join(part for part in code.parts if isinstance(part, str)).strip("_-. ")
    return ""
