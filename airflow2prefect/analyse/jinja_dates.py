"""Airflow's dates in templates, which are pendulum's, as expressions of `datetime`: methods, attributes, `macros.*`.

Pendulum's behaviour is that of 1.4.4, which Airflow 1.10.15 uses: `format` is strftime, `str` is isoformat.
https://airflow.apache.org/docs/apache-airflow/1.10.15/macros-ref.html
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from airflow2prefect.analyse.jinja_values import (
    ATOM,
    OR,
    PRODUCT,
    SUM,
    Expr,
    Kind,
    Unsure,
    build,
    call,
    constant,
    days_only,
    isoformat,
    method,
    need,
    of,
    strftime,
)

Keywords = Sequence[tuple[str, Expr]]

DAY = "%Y-%m-%d"
TIMEDELTA = ("datetime.timedelta",)
DATETIME = ("datetime.datetime",)
RELATIVEDELTA = ("dateutil.relativedelta.relativedelta",)

# The dates that the strings of the context are made of: (name of the date, days to add, format).
STRINGS: dict[str, tuple[str, int, str]] = {
    "ds": ("execution_date", 0, DAY),
    "yesterday_ds": ("execution_date", -1, DAY),
    "tomorrow_ds": ("execution_date", 1, DAY),
    "next_ds": ("next_execution_date", 0, DAY),
    "prev_ds": ("prev_execution_date", 0, DAY),
}
STRINGS |= {f"{name}_nodash": (source, days, "%Y%m%d") for name, (source, days, _) in STRINGS.items()}
_FIELDS = ("year", "month", "day", "hour", "minute", "second", "microsecond")
_TIMES = ("weeks", "days", "hours", "minutes", "seconds", "microseconds")
_FORMATS = {"to_date_string": DAY, "to_datetime_string": "%Y-%m-%d %H:%M:%S", "to_time_string": "%H:%M:%S"}
_NUMBERS = ("weekday", "isoweekday", "toordinal")
# Of pendulum 2's tokens, those with a strftime directive that prints the same.
_TOKENS = {
    "YYYY": "%Y", "YY": "%y", "MMMM": "%B", "MMM": "%b", "MM": "%m", "DDDD": "%j", "DD": "%d",
    "dddd": "%A", "ddd": "%a", "HH": "%H", "hh": "%I", "mm": "%M", "ss": "%S", "SSSSSS": "%f", "A": "%p",
}  # fmt: skip
_TOKEN = re.compile(r"\[([^\]]*)\]|([A-Za-z])\2*")


def attribute(owner: Expr, name: str) -> Expr | None:
    """`owner.name` for a date, day, datetime or delta; None if it has no counterpart that is surely the same."""
    if owner.kind == "delta":
        return build(f"@.{name}", (owner, ATOM), kind="int") if name in ("days", "seconds", "microseconds") else None
    if name in (_FIELDS[:3] if owner.kind == "day" else _FIELDS):
        return build(f"@.{name}", (owner, ATOM), kind="int")
    if owner.kind != "date":
        return None
    match name:
        case "day_of_week":
            return build("@.isoweekday() % 7", (owner, ATOM), kind="int", level=PRODUCT)
        case "day_of_year":
            return build("@.timetuple().tm_yday", (owner, ATOM), kind="int")
        case "week_of_year":
            return build("@.isocalendar()[1]", (owner, ATOM), kind="int")
        case "quarter":
            return build("(@.month - 1) // 3 + 1", (owner, ATOM), kind="int", level=SUM)
        case "int_timestamp":
            return build("int(@.timestamp())", (owner, ATOM), kind="int")
        case "float_timestamp":
            return build("@.timestamp()", (owner, ATOM), kind="float")
    return None


def member_call(owner: Expr, name: str, args: Sequence[Expr], keywords: Keywords) -> Expr | None:
    """`owner.name(...)` likewise."""
    plain = not args and not keywords
    if owner.kind == "delta":
        return method(owner, name, kind="float") if name == "total_seconds" and plain else None
    if name == "strftime" and len(args) == 1 and not keywords:
        return strftime(owner, str(args[0].value)) if args[0].literal else method(owner, name, args, kind="str")
    if name == "isoformat" and owner.kind != "date":
        return method(owner, name, args, keywords, kind="str")
    if name == "isoformat" and plain:
        return method(owner, name, kind="str")
    if name == "replace" and not args:
        return method(owner, name, (), keywords, kind=owner.kind)
    if plain and (name in _NUMBERS or name == "isocalendar"):
        called = method(owner, name, kind="int")
        return called if name in _NUMBERS else call("tuple", (called,), (), "list")
    if plain and owner.kind != "day" and name in ("date", "timestamp"):
        return method(owner, name, kind="day" if name == "date" else "float")
    return _pendulum(owner, name, args, keywords) if owner.kind == "date" else None


def _pendulum(owner: Expr, name: str, args: Sequence[Expr], keywords: Keywords) -> Expr | None:
    match name, len(args), len(keywords):
        case (("to_date_string" | "to_datetime_string" | "to_time_string"), 0, 0):
            return strftime(owner, _FORMATS[name])
        case (("to_iso8601_string" | "to_atom_string"), 0, 0):
            return method(owner, "isoformat", (), (("timespec", constant("seconds")),), kind="str")
        case "format", 1, 0 if args[0].literal:
            spec = _format(str(args[0].value))
            return strftime(owner, spec) if spec else None
        case (("add" | "subtract"), 0, _) if keywords:
            return _moved(owner, "+" if name == "add" else "-", keywords)
        case (("start_of" | "end_of"), 1, 0) if args[0].literal:
            return _edge(owner, str(args[0].value), last=name == "end_of")
        case (("in_timezone" | "in_tz"), 1, 0) if args[0].literal and args[0].kind == "str":
            zone = call("ZoneInfo", args, (), "any", ("zoneinfo.ZoneInfo",))
            return method(owner, "astimezone", (zone,), kind="date")
    return None


def _format(spec: str) -> str | None:
    """A format of pendulum as one of strftime: 1.x has its directives already, 2.x has tokens."""
    if "%" in spec:
        return None if re.search("%_[zt]", spec) else spec
    made, at = "", 0
    for found in _TOKEN.finditer(spec):
        literal = found[1]
        directive = _TOKENS.get(found[0]) if literal is None else literal
        if directive is None:
            return None
        made += spec[at : found.start()] + directive
        at = found.end()
    return made + spec[at:]


def _moved(owner: Expr, sign: str, keywords: Keywords) -> Expr | None:
    units = {name for name, _ in keywords}
    if units <= set(_TIMES):
        step = call("timedelta", (), keywords, "delta", TIMEDELTA)
    elif units <= {"years", "months", *_TIMES} and all(value.kind == "int" for _, value in keywords):
        step = call("relativedelta", (), keywords, "delta", RELATIVEDELTA)
    else:
        return None
    return build(f"@ {sign} @", (owner, SUM), (step, PRODUCT), kind="date", level=SUM)


def _edge(owner: Expr, unit: str, *, last: bool) -> Expr | None:
    """The first, or the last, moment of the unit of time that the date is in."""
    zeros = {"year": _FIELDS[1:], "month": _FIELDS[2:], "week": _FIELDS[3:], "day": _FIELDS[3:], "hour": _FIELDS[4:]}
    if unit not in zeros:
        return None
    start = owner
    if unit == "week":
        start = build("@ - timedelta(days=@.weekday())", (owner, SUM), (owner, ATOM), kind="date", level=SUM, imports=TIMEDELTA)
    fields = [(name, constant(1 if name in ("month", "day") else 0)) for name in zeros[unit]]
    start = method(start, "replace", (), fields, kind="date")
    if not last:
        return start
    step = call("relativedelta", (), ((f"{unit}s", constant(1)),), "delta", RELATIVEDELTA)
    tick = call("timedelta", (), (("microseconds", constant(1)),), "delta", TIMEDELTA)
    return build("@ + @ - @", (start, SUM), (step, PRODUCT), (tick, PRODUCT), kind="date", level=SUM)


# ---------------------------------------------------------------------------------------------- macros


def named_day(name: str) -> Expr:
    """A string of the context, such as `tomorrow_ds`, which knows the date that it is the day of."""
    source, days, spec = STRINGS[name]
    moment = shifted(of(need("context", source), "date"), days)
    text = of(need("context", name), "digits" if spec == "%Y%m%d" else "str", optional=name.startswith(("prev", "next")))
    return replace(text, moment=moment, spec=spec)


def shifted(moment: Expr, days: int) -> Expr:
    """A date some days on or back."""
    if not days:
        return moment
    step = call("timedelta", (), (("days", constant(abs(days))),), "delta", TIMEDELTA)
    return build(f"@ {'+' if days > 0 else '-'} @", (moment, SUM), (step, PRODUCT), kind=moment.kind, level=SUM)


def ds_add(text: Expr, days: Expr) -> Expr:
    """`macros.ds_add(text, days)`: the day, as text, some days after the day in `text`."""
    moment = parsed(text, DAY)
    if days.literal:
        if not isinstance(days.value, int):
            raise Unsure
        return strftime(shifted(moment, days.value), DAY)
    # Airflow takes None and 0 for no days.
    number = days if days.kind == "int" else build("@ or 0", (days, OR), kind="any", level=OR)
    step = call("timedelta", (), (("days", number),), "delta", TIMEDELTA)
    return strftime(build("@ + @", (moment, SUM), (step, PRODUCT), kind=moment.kind, level=SUM), DAY)


def ds_format(text: Expr, given: Expr, wanted: Expr) -> Expr:
    """`macros.ds_format(text, given, wanted)`: the date in `text` written another way."""
    if not (given.literal and wanted.literal):
        return method(call("datetime.strptime", (text, given), (), "datetime", DATETIME), "strftime", (wanted,), kind="str")
    # Only the day is in the text: the date behind it prints the same as long as the time is not asked for.
    spec = str(wanted.value)
    return strftime(parsed(text, str(given.value)) if days_only(spec) else _strptime(text, str(given.value)), spec)


def parsed(text: Expr, spec: str) -> Expr:
    """The date that `text` is written of, whose time of day may differ, else `datetime.strptime(text, spec)`."""
    if text.moment is not None and text.spec == spec:
        return text.moment
    return _strptime(text, spec)


def _strptime(text: Expr, spec: str) -> Expr:
    return call("datetime.strptime", (text, constant(spec)), (), "datetime", DATETIME)


_CONSTRUCTORS = ("now", "utcnow", "today", "strptime", "fromtimestamp", "utcfromtimestamp", "fromisoformat")
_MACROS: dict[str, tuple[str, Kind, tuple[str, ...]]] = {
    "timedelta": ("timedelta", "delta", TIMEDELTA),
    "datetime": ("datetime", "datetime", DATETIME),
    **{f"datetime.{name}": (f"datetime.{name}", "datetime", DATETIME) for name in _CONSTRUCTORS},
    "dateutil.parser.parse": ("parser.parse", "datetime", ("dateutil.parser",)),
    "dateutil.relativedelta.relativedelta": ("relativedelta", "delta", RELATIVEDELTA),
    "time.time": ("time.time", "float", ("time",)),
    "time.strftime": ("time.strftime", "str", ("time",)),
    "random": ("random", "float", ("random.random",)),
    "uuid.uuid4": ("uuid.uuid4", "any", ("uuid",)),
    "uuid.uuid1": ("uuid.uuid1", "any", ("uuid",)),
    "json.dumps": ("json.dumps", "str", ("json",)),
    "json.loads": ("json.loads", "json", ("json",)),
}


def has(path: str) -> bool:
    """Whether a flow has `macros.<path>`, or something in it."""
    return path in _PARAMETERS or any(name == path or name.startswith(f"{path}.") for name in _MACROS)


def macro(path: str, args: Sequence[Expr], keywords: Keywords) -> Expr | None:
    """A call of `macros.<path>`; None if a flow has no such thing."""
    named = _ordered(path, args, keywords)
    if path == "ds_add" and named and len(named) == 2:
        return ds_add(*named)
    if path == "ds_format" and named and len(named) == 3:
        return ds_format(*named)
    if path not in _MACROS or any(value.kind == "date" for value in (*args, *(value for _, value in keywords))):
        return None
    function, kind, imports = _MACROS[path]
    return call(function, args, keywords, kind, imports)


_PARAMETERS = {"ds_add": ("ds", "days"), "ds_format": ("ds", "input_format", "output_format")}


def _ordered(path: str, args: Sequence[Expr], keywords: Keywords) -> list[Expr] | None:
    names = _PARAMETERS.get(path, ())[len(args) :]
    given = dict(keywords)
    return [*args, *(given[name] for name in names)] if set(names) == set(given) else None


__all__ = ["STRINGS", "attribute", "isoformat", "macro", "member_call", "named_day"]
