"""Python expressions over needs, with what is known of their values: what a Jinja expression becomes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal as OneOf
from typing import TypeAlias

from airflow2prefect.findings import Finding
from airflow2prefect.model import Need, Piece

Kind: TypeAlias = OneOf[
    "str",
    "digits",  # a str of digits only
    "date",  # Airflow's pendulum date, an aware datetime in the flow
    "day",  # datetime.date
    "datetime",  # a plain datetime, printed as such
    "delta",
    "int",
    "float",
    "bool",
    "none",
    "list",
    "dict",
    "json",  # what JSON can hold: an attribute of it is an item
    "any",
]

# How tightly Python binds, loosest first; an operand that binds looser than its place needs parentheses.
TERNARY, OR, AND, NOT, COMPARE, SUM, PRODUCT, SIGN, POWER, ATOM = range(10)


class Unsure(Exception):
    """Python may not print what Jinja prints: let jinja2 render the template."""


class Refused(Exception):
    """No flow can give the value; `finding` says what and why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


@dataclass(frozen=True, slots=True)
class Expr:
    """A Python expression: text and the needs between it.

    `moment` and `spec`: the value is `moment.strftime(spec)`, and `is_field`: it is best written so. `at_least`: a
    list of str, how many at least. `optional`: may be None. `literal` holds the value of a constant. `missing`: Jinja may have
    nothing here, where Python raises, or gives an empty string ("blank").
    """

    parts: tuple[str | Need, ...]
    kind: Kind = "any"
    level: int = ATOM
    imports: tuple[str, ...] = ()
    moment: Expr | None = None
    spec: str = ""
    is_field: bool = False
    at_least: int = 0
    optional: bool = False
    missing: OneOf["", "raises", "blank"] = ""
    literal: tuple[object, ...] = ()
    notes: tuple[Finding, ...] = ()

    def sure(self) -> Expr:
        """The value where both Jinja and Python fail if it is missing: its methods are called, its items taken."""
        return replace(self, missing="", notes=tuple(note for note in self.notes if note.code != "A2P435"))

    @property
    def value(self) -> object:
        """The value of a constant; raises Unsure for other expressions."""
        if not self.literal:
            raise Unsure
        return self.literal[0]

    @property
    def is_string(self) -> bool:
        return self.kind in ("str", "digits") and not self.optional

    def piece(self) -> Piece:
        """The expression as a field of an f-string."""
        if self.is_field and self.moment is not None and _plain_spec(self.spec):
            return _piece(self.moment, self.spec, is_string=False)
        return _piece(self, "", is_string=self.is_string)


def _plain_spec(spec: str) -> bool:
    """Whether text after the colon of a field means itself, in Python 3.10 and to pendulum, which wants a `%` in it."""
    return "%" in spec and spec.isprintable() and not set(spec) & set("{}\"'\\")


def _piece(expr: Expr, spec: str, *, is_string: bool) -> Piece:
    needs: list[Need] = []
    text = ""
    for part in expr.parts:
        if isinstance(part, Need):
            if part not in needs:
                needs.append(part)
            text += f"{{{needs.index(part)}}}"
        else:
            text += part.replace("{", "{{").replace("}", "}}")
    return Piece(text, tuple(needs), spec, expr.imports, is_string)


def need(kind: OneOf["context", "param", "conf", "xcom", "variable", "macro", "filter"], name: str, key: str = "") -> Need:
    return Need(kind, name, key)


def of(wanted: Need, kind: Kind = "any", *, optional: bool = False) -> Expr:
    """The value of a need."""
    return Expr((wanted,), kind, optional=optional)


def constant(value: object) -> Expr:
    """A literal; raises Unsure for what has none."""
    if value is None:
        return Expr(("None",), "none", literal=(value,))
    if isinstance(value, bool):
        return Expr((str(value),), "bool", literal=(value,))
    if isinstance(value, int):
        return Expr((str(value),), "int", SIGN if value < 0 else ATOM, literal=(value,))
    if isinstance(value, float) and value - value == 0:
        return Expr((repr(value),), "float", SIGN if value < 0 else ATOM, literal=(value,))
    if isinstance(value, str):
        return Expr((repr(value),), "digits" if value.isascii() and value.isdigit() else "str", literal=(value,))
    raise Unsure


def build(pattern: str, *operands: tuple[Expr, int], kind: Kind, level: int = ATOM, imports: Iterable[str] = ()) -> Expr:
    """`build("@ + @", (a, SUM), (b, PRODUCT), kind="int", level=SUM)`: operands by place, with the level it needs."""
    parts: list[str | Need] = []
    found = list(imports)
    notes: tuple[Finding, ...] = ()
    for text, operand in zip(pattern.split("@"), (*operands, None), strict=True):
        parts.append(text)
        if operand is not None:
            expr, least = operand
            wrap = expr.level < least
            parts += ["("] * wrap + list(expr.parts) + [")"] * wrap
            found += expr.imports
            notes += expr.notes
    return Expr(joined(parts), kind, level, tuple(dict.fromkeys(found)), notes=notes)


def call(
    function: Expr | str,
    arguments: Iterable[Expr],
    keywords: Iterable[tuple[str, Expr]],
    kind: Kind,
    imports: Iterable[str] = (),
) -> Expr:
    """`function(arguments, name=keyword)`; a function given as text is a name."""
    target = Expr((function,)) if isinstance(function, str) else function
    given = [*(("@", value) for value in arguments), *((f"{name}=@", value) for name, value in keywords)]
    pattern = f"@({', '.join(text for text, _ in given)})"
    return build(pattern, (target, ATOM), *((value, TERNARY) for _, value in given), kind=kind, imports=imports)


def method(owner: Expr, name: str, arguments: Iterable[Expr] = (), keywords: Iterable[tuple[str, Expr]] = (), *, kind: Kind) -> Expr:
    """`owner.name(arguments)`."""
    pattern = "(@)" if owner.literal and owner.kind == "int" else "@"
    return call(build(f"{pattern}.{name}", (owner, ATOM), kind="any"), arguments, keywords, kind)


def strftime(moment: Expr, spec: str, kind: Kind = "str") -> Expr:
    """`moment.strftime(spec)`, which a field writes as `{moment:spec}`."""
    digits = bool(spec) and all(piece in _DIGITS for piece in _directives(spec))
    return replace(
        method(moment, "strftime", (constant(spec),), kind="digits" if digits else kind),
        moment=moment,
        spec=spec,
        is_field=True,
    )


_DIGITS = frozenset(("%Y", "%m", "%d", "%H", "%M", "%S", "%f", "%j", "%y", "%s", "%u", "%w", *"0123456789"))


def _directives(spec: str) -> list[str]:
    found, at = [], 0
    while at < len(spec):
        width = 2 if spec[at] == "%" else 1
        found.append(spec[at : at + width])
        at += width
    return found


def isoformat(moment: Expr) -> Expr:
    """How pendulum prints a date; `moment` may be None if it says so."""
    text = method(moment, "isoformat", kind="str")
    if moment.optional:
        return replace(build("@ and @", (moment, AND), (text, NOT), kind="str", level=AND), optional=True)
    return text


def days_only(spec: str) -> bool:
    """Whether a format says nothing of the time of day."""
    return all(len(piece) == 1 or piece[1] in "YmdyjbBaAUWuwGV%" for piece in _directives(spec))


def joined(parts: list[str | Need]) -> tuple[str | Need, ...]:
    merged: list[str | Need] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        elif part != "":
            merged.append(part)
    return tuple(merged)
