"""Renders text with Jinja as Apache Airflow does: https://airflow.apache.org/docs/apache-airflow/1.10.15/macros-ref.html

render("{% for day in days %}{{ macros.ds_add(ds, day) }} {% endfor %}", ds="2021-06-15", days=[1, 2])
"""

import json
import random
import time
import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import dateutil.parser
import dateutil.relativedelta
import jinja2
from airflow_variables import variable
from dateutil.relativedelta import relativedelta


def render(
    text: Any,
    *,
    filters: Mapping[str, Callable[..., Any]] | None = None,
    folders: Iterable[str] = (),
    undefined: type[jinja2.Undefined] = jinja2.Undefined,
    **context: Any,
) -> Any:
    """The text with its Jinja rendered; in a list, tuple or dict that of each item.

    `context` are the names that it uses, `folders` those where `{% include %}` finds files. Names that are not given
    render as nothing, unless `undefined` is jinja2.StrictUndefined.
    """
    if isinstance(text, (list, tuple, dict)):
        again = partial(render, filters=filters, folders=folders, undefined=undefined, **context)
        return {key: again(item) for key, item in text.items()} if isinstance(text, dict) else type(text)(map(again, text))
    if not isinstance(text, str):
        return text
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(list(folders)), undefined=undefined, extensions=["jinja2.ext.do"], cache_size=0
    )
    environment.filters |= FILTERS | dict(filters or {})
    return environment.from_string(text).render({"macros": MACROS, "var": VAR} | _with_dates(context))


def _with_dates(names: Mapping[str, Any]) -> dict[str, Any]:
    """The names with Airflow's dates as such; the user's own datetimes stay what they are."""
    made = dict(names)
    for name, value in names.items():
        if name in DATES and isinstance(value, datetime):
            made[name] = Date.of(value)
        elif name in ("dag_run", "ti", "task_instance") and isinstance(value, dict):
            made[name] = _with_dates(value)
    return made


DATES = (
    "execution_date",
    "logical_date",
    "prev_execution_date",
    "next_execution_date",
    "data_interval_start",
    "data_interval_end",
)


class Date(datetime):
    """A datetime that prints as ISO 8601 and has the methods of Airflow's dates that templates use."""

    @classmethod
    def of(cls, moment: datetime) -> "Date":
        fields = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second, moment.microsecond)
        return cls(*fields, tzinfo=moment.tzinfo, fold=moment.fold)

    __str__ = datetime.isoformat

    def add(self, **units: int) -> "Date":
        return self + relativedelta(**units)

    def subtract(self, **units: int) -> "Date":
        return self - relativedelta(**units)

    def start_of(self, unit: str) -> "Date":
        day = self.replace(hour=0, minute=0, second=0, microsecond=0)
        match unit:
            case "hour":
                return self.replace(minute=0, second=0, microsecond=0)
            case "day":
                return day
            case "week":
                return day - timedelta(days=day.weekday())
            case "month":
                return day.replace(day=1)
            case "year":
                return day.replace(month=1, day=1)
        raise ValueError(f"no unit of time: {unit!r}")

    def end_of(self, unit: str) -> "Date":
        return self.start_of(unit) + relativedelta(**{f"{unit}s": 1}) - timedelta(microseconds=1)

    def in_timezone(self, name: str) -> "Date":
        return self.astimezone(ZoneInfo(name))

    in_tz = in_timezone
    format = datetime.strftime
    day_of_week = property(lambda self: self.isoweekday() % 7)
    day_of_year = property(lambda self: self.timetuple().tm_yday)
    week_of_year = property(lambda self: self.isocalendar()[1])
    quarter = property(lambda self: (self.month - 1) // 3 + 1)
    int_timestamp = property(lambda self: int(self.timestamp()))
    float_timestamp = property(datetime.timestamp)

    def to_date_string(self) -> str:
        return f"{self:%Y-%m-%d}"

    def to_datetime_string(self) -> str:
        return f"{self:%Y-%m-%d %H:%M:%S}"

    def to_time_string(self) -> str:
        return f"{self:%H:%M:%S}"

    def to_iso8601_string(self) -> str:
        return self.isoformat(timespec="seconds")

    to_atom_string = to_iso8601_string


class TaskInstance(SimpleNamespace):
    """`ti` of a template: XComs by (task_id, key), and what else it asks for."""

    def __init__(self, xcoms: Mapping[tuple[str, str], Any], **facts: Any) -> None:
        super().__init__(xcoms=xcoms, **_with_dates(facts))

    def xcom_pull(self, task_ids: Any = None, dag_id: str | None = None, key: str = "return_value", **_: Any) -> Any:
        if isinstance(task_ids, str):
            return self.xcoms.get((task_ids, key))
        return tuple(self.xcoms.get((task_id, key)) for task_id in task_ids)


def ds_add(ds: str, days: int) -> str:
    """The day, as YYYY-MM-DD, some days after the day `ds`."""
    return f"{datetime.strptime(ds, '%Y-%m-%d') + timedelta(days=days or 0):%Y-%m-%d}"


def ds_format(ds: str, input_format: str, output_format: str) -> str:
    """The date in `ds` written another way."""
    return datetime.strptime(ds, input_format).strftime(output_format)


class Variables:
    """`var.value` or `var.json`: Prefect Variables, read when the template asks for them."""

    def __init__(self, as_json: bool) -> None:
        self._as_json = as_json

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return variable(name, as_json=self._as_json)

    def get(self, name: str, default_var: Any = ...) -> Any:
        return variable(name, default_var, as_json=self._as_json)


VAR = {"value": Variables(as_json=False), "json": Variables(as_json=True)}
MACROS = SimpleNamespace(
    ds_add=ds_add,
    ds_format=ds_format,
    datetime=datetime,
    timedelta=timedelta,
    dateutil=dateutil,
    time=time,
    uuid=uuid,
    random=random.random,
    json=json,
)
FILTERS: dict[str, Callable[..., Any]] = {
    "ds": lambda date: date and f"{date:%Y-%m-%d}",
    "ds_nodash": lambda date: date and f"{date:%Y%m%d}",
    "ts": lambda date: date and date.isoformat(),
    "ts_nodash": lambda date: date and f"{date:%Y%m%dT%H%M%S}",
    "ts_nodash_with_tz": lambda date: date and date.isoformat().replace("-", "").replace(":", ""),
}
