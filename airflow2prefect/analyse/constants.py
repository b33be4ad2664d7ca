"""Calls and operators on known values: what may be computed without running the user's file."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from zoneinfo import ZoneInfo

from airflow2prefect.analyse.objects import Const, Dict, Items, Named, Object

LARGEST = 100_000  # items or characters that a computed value may have

BINARY: dict[str, Callable[..., object]] = {
    "Add": operator.add,
    "Subtract": operator.sub,
    "Multiply": operator.mul,
    "Divide": operator.truediv,
    "FloorDivide": operator.floordiv,
    "Modulo": operator.mod,
    "BitOr": operator.or_,
    "BitAnd": operator.and_,
}
COMPARE: dict[str, Callable[..., object]] = {
    "Equal": operator.eq,
    "NotEqual": operator.ne,
    "LessThan": operator.lt,
    "LessThanEqual": operator.le,
    "GreaterThan": operator.gt,
    "GreaterThanEqual": operator.ge,
    "In": lambda a, b: a in b,
    "NotIn": lambda a, b: a not in b,
    "Is": operator.is_,
    "IsNot": operator.is_not,
}
STR_METHODS = frozenset(
    [
        "capitalize",
        "casefold",
        "count",
        "endswith",
        "find",
        "format",
        "index",
        "isalnum",
        "isalpha",
        "isdigit",
        "islower",
        "isupper",
        "join",
        "ljust",
        "lower",
        "lstrip",
        "partition",
        "removeprefix",
        "removesuffix",
        "replace",
        "rjust",
        "rpartition",
        "rsplit",
        "rstrip",
        "split",
        "splitlines",
        "startswith",
        "strip",
        "swapcase",
        "title",
        "upper",
        "zfill",
    ]
)
DATE_METHODS = frozenset(["isoformat", "strftime", "date", "time", "replace", "weekday", "isoweekday", "total_seconds", "timestamp"])


class NotKnown(Exception):
    """The value cannot be computed here."""


def plain(thing: Object) -> object:
    """The Python value of a wholly known object; raises NotKnown."""
    match thing:
        case Const():
            return thing.value
        case Items():
            items = [plain(item) for item in thing.items]
            return tuple(items) if thing.kind == "tuple" else set(items) if thing.kind == "set" else items
        case Dict():
            return {plain(k): plain(v) for k, v in thing.pairs.values()}
    raise NotKnown


def wrap(value: object) -> Object:
    """An object for a Python value; raises NotKnown for types that have none."""
    if value is None or isinstance(value, (bool, int, float, complex, str, bytes, datetime, date, time, timedelta, timezone, ZoneInfo)):
        if isinstance(value, (str, bytes)) and len(value) > LARGEST:
            raise NotKnown
        if isinstance(value, int) and abs(value) > 10**40:
            raise NotKnown
        return Const(value)
    if isinstance(value, (list, tuple, set, frozenset)):
        if len(value) > LARGEST:
            raise NotKnown
        kind = "tuple" if isinstance(value, tuple) else "set" if isinstance(value, (set, frozenset)) else "list"
        return Items(kind, [wrap(item) for item in (sorted(value, key=repr) if kind == "set" else value)])
    if isinstance(value, dict):
        made = Dict({})
        for key, item in value.items():
            made.set(wrap(key), wrap(item))
        return made
    raise NotKnown


def binary(name: str, left: object, right: object) -> object:
    """`left <op> right`; raises NotKnown where it fails or would grow too large."""
    if name not in BINARY:
        raise NotKnown
    if name == "Multiply":
        sizes = [len(x) for x in (left, right) if isinstance(x, (str, bytes, list, tuple))]
        factors = [x for x in (left, right) if isinstance(x, int)]
        if sizes and factors and sizes[0] * factors[0] > LARGEST:
            raise NotKnown
    try:
        return BINARY[name](left, right)
    except Exception as error:
        raise NotKnown from error


def method(owner: object, name: str, args: list[object], kwargs: dict[str, object]) -> object:
    """A pure method of a known str, date or timedelta."""
    allowed = STR_METHODS if isinstance(owner, str) else DATE_METHODS if isinstance(owner, (date, time, timedelta)) else frozenset()
    if name not in allowed:
        raise NotKnown
    try:
        return getattr(owner, name)(*args, **kwargs)
    except Exception as error:
        raise NotKnown from error


def _timezone(name: object = "UTC", **_: object) -> object:
    if not isinstance(name, str):
        raise NotKnown
    return timezone.utc if name.upper() in ("UTC", "ETC/UTC") else ZoneInfo(name)


def _pendulum(*args: object, tz: object = "UTC", **kwargs: object) -> object:
    zone = _timezone(tz) if isinstance(tz, str) else tz
    return datetime(*args, **{**kwargs, "tzinfo": zone})  # type: ignore[arg-type]


FUNCTIONS: dict[str, Callable[..., object]] = {
    "datetime.datetime": datetime,
    "datetime.date": date,
    "datetime.time": time,
    "datetime.timedelta": timedelta,
    "datetime.timezone": timezone,
    "datetime.datetime.combine": datetime.combine,
    "datetime.datetime.strptime": datetime.strptime,
    "datetime.datetime.fromisoformat": datetime.fromisoformat,
    "airflow.utils.timezone.datetime": lambda *a, **k: datetime(*a, **{"tzinfo": timezone.utc, **k}),
    "pendulum.datetime": _pendulum,
    "pendulum.DateTime": datetime,
    "pendulum.timezone": _timezone,
    "pendulum.tz.timezone": _timezone,
    "pendulum.duration": timedelta,
    "pytz.timezone": _timezone,
    "zoneinfo.ZoneInfo": _timezone,
    "builtins.str": str,
    "builtins.int": int,
    "builtins.float": float,
    "builtins.bool": bool,
    "builtins.len": len,
    "builtins.min": min,
    "builtins.max": max,
    "builtins.sum": sum,
    "builtins.abs": abs,
    "builtins.round": round,
    "builtins.repr": repr,
    "builtins.chr": chr,
    "builtins.ord": ord,
    "builtins.any": any,
    "builtins.all": all,
}
ATTRIBUTES: dict[str, object] = {
    "pytz.utc": timezone.utc,
    "pytz.UTC": timezone.utc,
    "datetime.timezone.utc": timezone.utc,
    "pendulum.UTC": timezone.utc,
    "airflow.utils.timezone.utc": timezone.utc,
}


def call(path: str, args: list[Object], kwargs: dict[str, Object]) -> Object:
    """The result of a known pure function on known values; raises NotKnown."""
    function = FUNCTIONS.get(path)
    if function is None:
        raise NotKnown
    try:
        return wrap(function(*map(plain, args), **{k: plain(v) for k, v in kwargs.items()}))
    except NotKnown:
        raise
    except Exception as error:
        raise NotKnown from error


def attribute(path: str) -> Object:
    """An imported constant: timezones, and Airflow's enumerations of strings."""
    if path in ATTRIBUTES:
        return Const(ATTRIBUTES[path])
    head, _, name = path.rpartition(".")
    if head.endswith((".TriggerRule", ".WeightRule", ".State")) and head.startswith("airflow."):
        return Const(name.lower())
    return imported(path)


def imported(path: str) -> Object:
    """What an import path names: a constant of Airflow's packages as the text that it is."""
    if path.startswith("airflow.") and path.rpartition(".")[2].isupper() and (text := _texts().get(path)) is not None:
        return Const(text)
    return Named(path)


@cache
def _texts() -> MappingProxyType[str, str]:
    """Constants of Airflow's hooks and operators, from airflow_constants.tsv."""
    lines = (files("airflow2prefect.analyse") / "airflow_constants.tsv").read_text(encoding="utf-8").splitlines()
    return MappingProxyType(dict(line.split("\t", 1) for line in lines))
