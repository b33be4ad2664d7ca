"""Python source of strings with expressions in them, for Python 3.10 and newer."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Mapping
from dataclasses import dataclass

from airflow2prefect.emit.literals import better_quote, escaped, literal
from airflow2prefect.model import Code, Need, Piece, Template

__all__ = ["docstring", "expression", "fstring", "literal", "rendering"]

_NO_IMPORTS: Mapping[str, str] = {}


# ---------------------------------------------------------------------------------------------- templates


@dataclass(frozen=True, slots=True)
class _Field:
    code: str
    suffix: str = ""  # conversion and format spec: "!r", ":%Y"


def expression(piece: Piece, names: Mapping[Need, str], imports: Mapping[str, str] = _NO_IMPORTS) -> str:
    """A piece as a Python expression, without its format spec.

    `names` are expressions for the needs. `imports` tells what names of `piece.imports` are called in the module,
    `{"datetime.timedelta": "dt.timedelta"}`; those left out are called by the last part of their path.
    """
    text = _renamed(piece.text, {path: imports[path] for path in piece.imports if path in imports})
    operands = (names[need] if piece.text == "{0}" else _atom(names[need]) for need in piece.needs)
    return text.format(*operands)


def fstring(
    template: Template,
    names: Mapping[Need, str],
    imports: Mapping[str, str] = _NO_IMPORTS,
    *,
    multiline: bool = True,
) -> str:
    """The string that Airflow would render, as an expression: a literal, the one piece itself, or an f-string.

    With `multiline`, text of several lines is triple-quoted: such source must not be indented afterwards.
    Raises ValueError for a template that is rendered at run time.
    """
    if template.parts is None:
        raise ValueError("this template is rendered at run time")
    if len(template.parts) == 1 and isinstance(piece := template.parts[0], Piece) and piece.is_string and not piece.spec:
        return _quotes(expression(piece, names, imports), '"') or expression(piece, names, imports)
    parts: list[str | _Field] = []
    for part in template.parts:
        match part:
            case Piece(text="{0}", spec="") if (known := _text_of_literal(expression(part, names, imports))) is not None:
                parts.append(known)
            case Piece():
                parts += _fields(part, names, imports)
            case Code():
                parts.append(_field(part.text))
            case _:
                parts.append(part)
    parts = _merged(parts)
    fields = [part for part in parts if isinstance(part, _Field)]
    text = "".join(part for part in parts if isinstance(part, str))
    long = multiline and text.strip("\n").count("\n") > 0 and all(char.isprintable() or char in "\n\t" for char in text)
    if not fields:
        return _written([text], '"""', '"') if long else literal(text)
    better = better_quote(text)
    choices = [('"""', "'"), ("'''", '"')] if long else [(better, _other(better)), (_other(better), better), ('"""', "'")]
    for outer, inner in choices:
        codes = [_quotes(field.code, inner) for field in fields]
        if all(code is not None and _fits(code, field.suffix, outer) for code, field in zip(codes, fields, strict=True)):
            return f"f{_written(parts, outer, inner)}"
    return _formatted(parts)


def rendering(
    template: Template,
    names: Mapping[Need, str],
    imports: Mapping[str, str] = _NO_IMPORTS,
    *,
    function: str = "render",
    multiline: bool = True,
) -> str:
    """The call that renders a template at run time: `render("...", ds=ds)`, of templates/airflow_templates.py."""
    plain = Template(template.text, (template.text,))
    given = [fstring(plain, {}, multiline=multiline)]
    given += [f"{name}={_quotes(code, DOUBLE) or code}" for name, code in _arguments(template, names, imports)]
    return f"{function}({', '.join(given)})"


DOUBLE = '"'


def docstring(text: str) -> list[str]:
    """The lines of a docstring, without indentation."""
    safe = text.replace("\\", "\\\\").replace(DOUBLE * 3, '\\"' * 3)
    if "\n" not in safe and not safe.endswith(DOUBLE):
        return [f'"""{safe}"""']
    return [f'"""{safe.splitlines()[0]}', *safe.splitlines()[1:], '"""']


def _arguments(template: Template, names: Mapping[Need, str], imports: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(name, expression(piece, names, imports)) for name, piece in template.context]


def _text_of_literal(code: str) -> str | None:
    """The text of a plain string literal."""
    if code[:1] not in ("'", '"'):
        return None
    try:
        return str(ast.literal_eval(code))
    except (ValueError, SyntaxError):
        return None  # it only begins with one


def _fields(piece: Piece, names: Mapping[Need, str], imports: Mapping[str, str]) -> list[str | _Field]:
    """The fields of a piece. A piece that is given as an f-string is taken apart: `f"{day:%Y}"` becomes its field."""
    code = expression(piece, names, imports)
    suffix = f":{piece.spec}" if piece.spec else ""
    tree = ast.parse(code, mode="eval").body
    if isinstance(tree, ast.JoinedStr) and not suffix:
        return [_part(value) for value in tree.values]
    return [_field(code, suffix)]


def _field(code: str, suffix: str = "") -> _Field:
    tree = ast.parse(code, mode="eval").body
    loose = (ast.Lambda, ast.NamedExpr, ast.Dict, ast.Set, ast.DictComp, ast.SetComp)
    bare = (isinstance(tree, loose) and not code.startswith("(")) or code.startswith("{")
    return _Field(f"({code})" if bare else code, suffix)


def _merged(parts: list[str | _Field]) -> list[str | _Field]:
    merged: list[str | _Field] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        else:
            merged.append(part)
    return merged


def _part(value: ast.expr) -> str | _Field:
    if isinstance(value, ast.Constant):
        return str(value.value)
    assert isinstance(value, ast.FormattedValue)
    suffix = f"!{chr(value.conversion)}" if value.conversion > 0 else ""
    if value.format_spec is not None:
        # `f"{x:{width}}"`: the spec reads as the f-string that it is in the tree.
        suffix += ":" + ast.unparse(value.format_spec)[2:-1]
    return _Field(ast.unparse(value.value), suffix)


def _other(quote: str) -> str:
    return "'" if quote == '"' else '"'


def _fits(code: str | None, suffix: str, outer: str) -> bool:
    """Whether Python before 3.12 reads the field: no backslash, comment sign or quote of the string's own in it."""
    field = (code or "") + suffix
    return outer not in field and not any(char in field for char in "\\#\n") and not (len(outer) == 3 and field.endswith(outer[0]))


def _written(parts: list[str | _Field], outer: str, inner: str) -> str:
    """The parts between quotes; with fields, the text's braces are doubled."""
    braces = any(isinstance(part, _Field) for part in parts)
    made = ""
    for part in parts:
        if isinstance(part, _Field):
            code = _quotes(part.code, inner) or part.code
            made += f"{{{code}{part.suffix}}}"
            continue
        if len(outer) == 3:
            # Quotes at the very end would end the string early.
            body = part.rstrip(outer[0]) if part is parts[-1] else part
            text = escaped(body, "\\", keep="\n\t").replace(outer, f"\\{outer[0]}" * 3)
            text += f"\\{outer[0]}" * (len(part) - len(body))
        else:
            text = escaped(part, outer)
        made += text.replace("{", "{{").replace("}", "}}") if braces else text
    return f"{outer}{made}{outer}"


def _formatted(parts: list[str | _Field]) -> str:
    """`"...{}...".format(x)`, for fields that no f-string can hold before Python 3.12."""
    fields = [part for part in parts if isinstance(part, _Field)]
    text = "".join(f"{{{part.suffix}}}" if isinstance(part, _Field) else part.replace("{", "{{").replace("}", "}}") for part in parts)
    return f"{literal(text)}.format({', '.join(field.code for field in fields)})"


# ---------------------------------------------------------------------------------------------- code


def _atom(code: str) -> str:
    """The expression as one that an operator or a dot may follow."""
    tree = ast.parse(code, mode="eval").body
    tight = (ast.Name, ast.Attribute, ast.Call, ast.Subscript, ast.List, ast.Dict, ast.JoinedStr)
    is_text = isinstance(tree, ast.Constant) and isinstance(tree.value, str)
    return code if isinstance(tree, tight) or is_text else f"({code})"


def _tokens(code: str) -> list[tokenize.TokenInfo]:
    return list(tokenize.generate_tokens(io.StringIO(code).readline))


def _replaced(code: str, changes: list[tuple[tokenize.TokenInfo, str]]) -> str:
    lines = code.splitlines(keepends=True)
    for token, text in reversed(changes):
        (row, start), (_, end) = token.start, token.end
        lines[row - 1] = lines[row - 1][:start] + text + lines[row - 1][end:]
    return "".join(lines)


def _renamed(code: str, imports: Mapping[str, str]) -> str:
    names = {path.rpartition(".")[2]: name for path, name in imports.items()}
    if not names:
        return code
    tokens = _tokens(code)
    changes = []
    for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        if token.type == tokenize.NAME and token.string in names:
            is_member, is_keyword = (
                before is not None and before.string == ".",
                after is not None and after.string == "=",
            )
            if not is_member and not is_keyword:
                changes.append((token, names[token.string]))
    return _replaced(code, changes)


def _quotes(code: str, quote: str) -> str | None:
    """The expression with its strings in these quotes where they need no escape; None if it cannot be read."""
    try:
        tokens = [token for token in _tokens(code) if token.type == tokenize.STRING]
    except (tokenize.TokenError, SyntaxError):
        return None
    changes = []
    for token in tokens:
        if token.string[0] not in "'\"" or token.start[0] != token.end[0]:
            continue
        value = ast.literal_eval(token.string)
        if value.isprintable() and not set(value) & {quote, "\\"}:
            changes.append((token, f"{quote}{value}{quote}"))
    return _replaced(code, changes)
