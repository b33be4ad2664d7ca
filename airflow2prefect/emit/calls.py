"""Python calls laid out as `ruff format` would leave them, at 120 columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 120
LINE_END = "\ue00a"  # a line end inside a string, which indenting must leave alone; `assemble` turns it into one


@dataclass(frozen=True, slots=True)
class Group:
    """`open item, item close`, broken over lines where it does not fit. `after` is text behind it that must fit as well."""

    open: str
    items: tuple[str | Group, ...]
    close: str

    def flat(self) -> str:
        return self.open + ", ".join(item if isinstance(item, str) else item.flat() for item in self.items) + self.close

    def __str__(self) -> str:
        return self.flat()


def lay_out(group: Group, indent: str = "", after: str = "") -> str:
    """The text of `group` at `indent`; the first line is not indented.

    In order: on one line; what is inside on a line of its own; an item a line with a trailing comma.
    """
    flat = group.flat()
    if ("\n" not in flat and len(indent) + len(flat) + len(after) <= WIDTH) or not group.items:
        return flat
    inner = indent + "    "
    body = ", ".join(item if isinstance(item, str) else item.flat() for item in group.items)
    if "\n" not in body and len(inner) + len(body) <= WIDTH:
        return f"{group.open}\n{inner}{body}\n{indent}{group.close}"
    comma = "," if len(group.items) > 1 else ""
    lines = [inner + (item if isinstance(item, str) else lay_out(item, inner, comma)) + comma for item in group.items]
    return f"{group.open}\n" + "\n".join(lines) + f"\n{indent}{group.close}"


def chained(head: str, target: str | Group, call: Group, indent: str) -> str:
    """`head target call`, where `target` may be a call itself: that is broken if its line would not fit, else `call` is."""
    flat = target if isinstance(target, str) else target.flat()
    whole = Group(head + flat + call.open, call.items, call.close)
    if isinstance(target, str) or len(indent) + len(whole.flat()) <= WIDTH or len(indent) + len(whole.open) <= WIDTH:
        return lay_out(whole, indent)
    broken = Group(head + target.open, target.items, target.close)
    inner = ", ".join(item if isinstance(item, str) else item.flat() for item in target.items)
    lines = (
        [inner]
        if len(indent) + 4 + len(inner) <= WIDTH
        else [f"{item if isinstance(item, str) else item.flat()}," for item in target.items]
    )
    body = "".join(f"\n{indent}    {line}" for line in lines)
    return f"{broken.open}{body}\n{indent}" + lay_out(Group(broken.close + call.open, call.items, call.close), indent)


def arguments(pairs: Sequence[tuple[str, str | Group]]) -> tuple[str | Group, ...]:
    """Arguments of a call from (name, value); positional where the name is empty."""
    made: list[str | Group] = []
    for name, value in pairs:
        prefix = f"{name}=" if name else ""
        made.append(prefix + value if isinstance(value, str) else Group(prefix + value.open, value.items, value.close))
    return tuple(made)


def listing(items: Sequence[str]) -> Group:
    return Group("[", tuple(items), "]")
