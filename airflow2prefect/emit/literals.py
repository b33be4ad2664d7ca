"""Python source of plain values."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo


def literal(value: object) -> str:
    """The value as `ruff format` would leave its repr: `eval(literal(value)) == value`.

    Takes None, bool, int, float, str, bytes, datetime, date, time, timedelta and tuples, lists, dicts and sets of them;
    raises TypeError for others. Dates use the names `datetime`, `date`, `time`, `timedelta`, `timezone` and `ZoneInfo`.
    """
    match value:
        case None | bool():
            return str(value)
        case int():
            # Python refuses to read or write a decimal number of more digits than this.
            return repr(int(value)) if value.bit_length() < 10_000 else hex(value)
        case float():
            return repr(float(value)) if value - value == 0 else f'float("{float(value)!r}")'
        case str():
            return _quoted(str.__str__(value), better_quote(value))
        case bytes():
            return f"b{_quoted_bytes(value)}"
        case datetime() | date() | time() | timedelta():
            return _time(value)
        case dict():
            return f"{{{', '.join(f'{literal(key)}: {literal(item)}' for key, item in value.items())}}}"
        case list():
            return f"[{', '.join(map(literal, value))}]"
        case tuple():
            return f"({', '.join(map(literal, value))}{',' if len(value) == 1 else ''})"
        case set() | frozenset():
            items = ", ".join(sorted(map(literal, value)))
            if isinstance(value, frozenset):
                return f"frozenset({{{items}}})" if items else "frozenset()"
            return f"{{{items}}}" if items else "set()"
    raise TypeError(f"no literal for {type(value).__name__}")


def better_quote(text: str) -> str:
    return "'" if text.count('"') > text.count("'") else '"'


def _quoted(text: str, quote: str) -> str:
    return f"{quote}{escaped(text, quote)}{quote}"


def escaped(text: str, quote: str, keep: str = "") -> str:
    """Text that can stand between quotes; the characters of `keep` stay as they are."""
    if text.isprintable() and "\\" not in text and quote not in text:
        return text
    made = []
    for char in text:
        if char in ("\\", quote):
            made.append(f"\\{char}")
        else:
            made.append(char if char.isprintable() or char in keep else repr(char)[1:-1])
    return "".join(made)


def _quoted_bytes(value: bytes) -> str:
    quote = "'" if value.count(b'"') > value.count(b"'") else '"'
    made = ("\\" + chr(byte) if chr(byte) == quote else repr(bytes([byte]))[2:-1] for byte in value)
    return f"{quote}{''.join(made)}{quote}".replace("\\'" if quote == '"' else '\\"', "'" if quote == '"' else '"')


def _time(value: datetime | date | time | timedelta) -> str:
    if isinstance(value, timedelta):
        hours, rest = divmod(value.seconds, 3600)
        parts = {"days": value.days, "hours": hours, "minutes": rest // 60, "seconds": rest % 60}
        parts["microseconds"] = value.microseconds
        return f"timedelta({', '.join(f'{name}={number}' for name, number in parts.items() if number) or '0'})"
    if isinstance(value, datetime):
        return _clock("datetime", (value.year, value.month, value.day), value, value.tzinfo, value.fold)
    if isinstance(value, date):
        return f"date({value.year}, {value.month}, {value.day})"
    return _clock("time", (), value, value.tzinfo, value.fold)


def _clock(name: str, first: tuple[int, ...], value: datetime | time, zone: tzinfo | None, fold: int) -> str:
    numbers = [value.hour, value.minute, value.second, value.microsecond]
    while numbers and not numbers[-1]:
        numbers.pop()
    given = [str(number) for number in (*first, *numbers)]
    if zone is not None:
        given.append(f"tzinfo={_zone(zone)}")
    if fold:
        given.append(f"fold={fold}")
    return f"{name}({', '.join(given)})"


def _zone(zone: tzinfo) -> str:
    if isinstance(zone, ZoneInfo) and zone.key:
        return f"ZoneInfo({literal(zone.key)})"
    if isinstance(zone, timezone):
        return "timezone.utc" if zone is timezone.utc else f"timezone({literal(zone.utcoffset(None))})"
    raise TypeError(f"no literal for {type(zone).__name__}")
