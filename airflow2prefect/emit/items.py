"""Items that the user's code picks out of dicts and lists that the flow does not have."""

from __future__ import annotations

import ast
import re

from airflow2prefect.model import Code, Literal, Pairs, Sequence, Value

_ITEM = re.compile(r"""\[\s*(?:'([^'\\]*)'|"([^"\\]*)"|(\d+))\s*\]|\.get\(\s*(?:'([^'\\]*)'|"([^"\\]*)")\s*(?:,([^(),]*))?\)""")


def picked(code: Code, name: str, end: int) -> tuple[Value | None, int]:
    """What `config["name"]` picks out of a dict or list that the name stands for, and where that ends: instead of the whole of it."""
    value, found = code.bound.get(name), None
    while value is not None and (match := _ITEM.match(code.text, end)):
        key = next((text for text in match.groups()[:5] if text is not None), "")
        if match[3] is not None and isinstance(value, Sequence):
            value = value.items[int(key)] if int(key) < len(value.items) else None
        elif match[3] is None and isinstance(value, Pairs):
            items = [item for known, item in value.items if isinstance(known, Literal) and known.value == key]
            value = items[-1] if items else _default(match[6]) if match[0].startswith(".get") else None
        else:
            break
        if value is not None:
            found, end = value, match.end()
    return found, end


def _default(text: str | None) -> Value | None:
    try:
        return Literal(ast.literal_eval((text or "None").strip()))
    except (ValueError, SyntaxError):
        return None
