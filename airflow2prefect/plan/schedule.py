"""`schedule_interval`, `start_date` and their like, as a Schedule.

https://github.com/apache/airflow/blob/1.10.15/airflow/models/dag.py
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Call, Code, Dag, Literal, Reference, Schedule, Sequence, Value
from airflow2prefect.plan.datasets import condition_of, described

# https://github.com/apache/airflow/blob/1.10.15/airflow/utils/dates.py
PRESETS = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@quarterly": "0 0 1 */3 *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
DAYS = {"SUN": 0, "MON": 1, "TUE": 2, "WED": 3, "THU": 4, "FRI": 5, "SAT": 6}


def read_schedule(dag: Dag) -> tuple[Schedule, tuple[Finding, ...]]:
    """When the DAG runs. What is only known at run time is a finding, and no schedule."""
    value = next((dag.arguments[name] for name in ("schedule_interval", "schedule", "timetable") if name in dag.arguments), None)
    start = _moment(_argument(dag, "start_date"))
    zone = _zone(start)
    common: dict[str, object] = {"timezone": zone, "start": start, "end": _moment(_argument(dag, "end_date")), "catchup": _catchup(dag)}
    condition = condition_of(value)
    if condition is not None:
        found = finding("A2P326", dag.span.line, dag.span.column, what=described(condition))
        return Schedule("none", **common), (found,)  # type: ignore[arg-type]
    datasets = _datasets(value)
    if datasets:
        found = finding("A2P123", dag.span.line, dag.span.column, what=", ".join(datasets))
        return Schedule("none", **common), (found,)  # type: ignore[arg-type]
    made = _read(value, common)
    if made.kind != "unknown":
        return made, ()
    what = _text(value)
    return made, (finding("A2P506", dag.span.line, dag.span.column, what=what),)


def _datasets(value: Value | None) -> list[str]:
    """The datasets whose updates start the DAG, by their URIs; none if it has another schedule."""
    items = value.items if isinstance(value, Sequence) else (value,)
    made = [
        item for item in items if isinstance(item, Call) and item.path.startswith("airflow.") and item.path.endswith((".Dataset", ".Asset"))
    ]
    if not made or len(made) != len(items):
        return []
    given = [item.args[0] if item.args else item.kwargs.get("uri", item.kwargs.get("name")) for item in made]
    return [str(uri.value) if isinstance(uri, Literal) else _text(uri) for uri in given]


def _read(value: Value | None, common: dict[str, object]) -> Schedule:
    match value:
        case None:
            return Schedule("interval", seconds=86400.0, **common)  # type: ignore[arg-type]
        case Literal(value=None) | Literal(value="None"):
            return Schedule("none", **common)  # type: ignore[arg-type]
        case Literal(value="@once"):
            return Schedule("once", **common)  # type: ignore[arg-type]
        case Literal(value=timedelta() as delta) if delta > timedelta(0):
            return Schedule("interval", seconds=delta.total_seconds(), **common)  # type: ignore[arg-type]
        case Literal(value=str() as text) if text in PRESETS or is_cron(text):
            return Schedule("cron", cron=PRESETS.get(text, " ".join(text.split())), **common)  # type: ignore[arg-type]
        case Call(path=path, args=(), kwargs=given) if path.endswith("relativedelta"):
            return _relative({name: item.value for name, item in given.items() if isinstance(item, Literal)}, given, common)
    return Schedule("unknown", **common)  # type: ignore[arg-type]


def _relative(known: dict[str, object], given: object, common: dict[str, object]) -> Schedule:
    numbers = {name: n for name, n in known.items() if isinstance(n, int)}
    if (len(numbers) == len(given) and set(numbers) == {"months"}) or set(numbers) == {"years"}:  # type: ignore[arg-type]
        return Schedule("relative", months=numbers.get("months", 0) + 12 * numbers.get("years", 0), **common)  # type: ignore[arg-type]
    if len(numbers) == len(given) and set(numbers) <= {"weeks", "days", "hours", "minutes", "seconds"}:  # type: ignore[arg-type]
        return Schedule("interval", seconds=timedelta(**numbers).total_seconds(), **common)  # type: ignore[arg-type]
    return Schedule("unknown", **common)  # type: ignore[arg-type]


def is_cron(text: str) -> bool:
    """Whether it is a cron expression of five fields, as far as its form tells."""
    fields = text.split()
    item = r"(\*|\?|[A-Za-z0-9]+)(-[A-Za-z0-9]+)?(/\d+)?(#\d)?"
    return len(fields) == 5 and all(re.fullmatch(rf"{item}(,{item})*", field) for field in fields)


def fixed_period(schedule: Schedule) -> timedelta | None:
    """The length between any two ticks, if it is always the same (in the local time of the schedule)."""
    if schedule.kind == "interval":
        return timedelta(seconds=schedule.seconds)
    if schedule.kind != "cron":
        return None
    minute, hour, day, month, weekday = schedule.cron.split()
    if (day, month) != ("*", "*") or (weekday not in ("*", "?") and not _single(weekday, 7)):
        return None
    every = re.fullmatch(r"(?:\*|0)/(\d+)", minute)
    if hour == "*" and weekday == "*":
        if minute == "*" or (every and 60 % int(every[1]) == 0):
            return timedelta(minutes=int(every[1]) if every else 1)
        return timedelta(hours=1) if _single(minute, 59) else None
    if not _single(minute, 59):
        return None
    every = re.fullmatch(r"(?:\*|0)/(\d+)", hour)
    if every and 24 % int(every[1]) == 0 and weekday == "*":
        return timedelta(hours=int(every[1]))
    if not _single(hour, 23):
        return None
    return timedelta(days=1) if weekday in ("*", "?") else timedelta(days=7)


def _single(field: str, last: int) -> bool:
    return (field.isdigit() and int(field) <= last) or field.upper() in DAYS


def _argument(dag: Dag, name: str) -> Value | None:
    return dag.arguments.get(name) or dag.default_args.get(name)


def _moment(value: Value | None) -> datetime | None:
    return value.value if isinstance(value, Literal) and isinstance(value.value, datetime) else None


def _zone(start: datetime | None) -> str:
    """Airflow takes the timezone of a DAG from its start_date."""
    zone = start.tzinfo if start is not None else None
    return zone.key if isinstance(zone, ZoneInfo) else "UTC"


def _catchup(dag: Dag) -> bool:
    value = dag.arguments.get("catchup")
    return not (isinstance(value, Literal) and value.value is False)


def _text(value: Value | None) -> str:
    match value:
        case Literal():
            return repr(value.value)
        case Code():
            return value.text[:60]
        case Call() | Reference() if value.code is not None:
            return value.code.text[:60]
    return "?"
