"""Sensors that wait for a moment: of the day, of the run, of the week."""

from __future__ import annotations

from types import MappingProxyType

from airflow2prefect.findings import finding
from airflow2prefect.model import Body, Code, Literal, Need, Piece, Reference, Sequence, Task, Template, Value
from airflow2prefect.operators.polling import context, sensor, true
from airflow2prefect.operators.registry import missing

DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
NOW = ("datetime.datetime", "datetime.timezone")
PASSED = (("airflow_sensors", "passed"),)


def _paths(old: str, new: str, *names: str) -> tuple[str, ...]:
    homes = (f"airflow.sensors.{old}", f"airflow.sensors.{new}", f"airflow.providers.standard.sensors.{new.removesuffix('_sensor')}")
    return tuple(dict.fromkeys((*(f"{home}.{name}" for home in homes for name in names), f"airflow.operators.sensors.{names[0]}")))


@sensor(*_paths("time_sensor", "time_sensor", "TimeSensor", "TimeSensorAsync"))
def time_of_day(task: Task, *, target_time: Value | None = None) -> Body:
    """Today's clock in the timezone of the DAG. https://github.com/apache/airflow/blob/1.10.15/airflow/sensors/time_sensor.py"""
    if target_time is None:
        return missing(task, "target_time")
    zone = Template("", (Piece("{0}", (Need("context", "timezone"),), is_string=True),))
    return Body(template="time_sensor", fields=MappingProxyType({"target": target_time, "zone": zone}), imports=("datetime.datetime",))


@sensor(*_paths("time_delta_sensor", "time_delta", "TimeDeltaSensor", "TimeDeltaSensorAsync"))
def time_delta(task: Task, *, delta: Value | None = None) -> Body:
    """So long after the end of the interval. https://github.com/apache/airflow/blob/1.10.15/airflow/sensors/time_delta_sensor.py"""
    if delta is None:
        return missing(task, "delta")
    fields = {"end": context("data_interval_end"), "delta": delta}
    return Body(template="time_delta_sensor", fields=MappingProxyType(fields), helpers=PASSED)


@sensor(*_paths("date_time_sensor", "date_time", "DateTimeSensor", "DateTimeSensorAsync"))
def date_time(task: Task, *, target_time: Value | None = None) -> Body:
    """https://github.com/apache/airflow/blob/1.10.15/airflow/sensors/date_time_sensor.py"""
    if target_time is None:
        return missing(task, "target_time")
    return Body(
        template="date_time_sensor", fields=MappingProxyType({"target": target_time}), templated=frozenset(["target"]), helpers=PASSED
    )


@sensor(
    "airflow.contrib.sensors.weekday_sensor.DayOfWeekSensor",
    "airflow.sensors.weekday.DayOfWeekSensor",
    "airflow.providers.standard.sensors.weekday.DayOfWeekSensor",
)
def day_of_week(
    task: Task,
    *,
    week_day: Value | None = None,
    use_task_execution_day: Value | None = None,
    use_task_logical_date: Value | None = None,
) -> Body:
    """https://github.com/apache/airflow/blob/1.10.15/airflow/contrib/sensors/weekday_sensor.py"""
    if week_day is None:
        return missing(task, "week_day")
    days = weekdays(week_day)
    if days is None:
        what = week_day.value if isinstance(week_day, Literal) else "a value that only the run knows"
        gap = finding("A2P210", task.site.line, task.site.column, task.task_id, operator="DayOfWeekSensor", argument="week_day", what=what)
        return Body(gap=gap)
    own = true(use_task_execution_day) or true(use_task_logical_date)
    day = context("logical_date") if own else Code("datetime.now(timezone.utc)")
    fields = {"day": day, "days": Code("{" + ", ".join(map(str, days)) + "}")}
    return Body(template="weekday_sensor", fields=MappingProxyType(fields), imports=() if own else NOW)


def weekdays(value: Value) -> list[int] | None:
    """The numbers (Monday is 1) of days given by name, by WeekDay, or as a set of these."""
    items = value.items if isinstance(value, Sequence) else (value,)
    names = [
        item.path.rpartition(".")[2] if isinstance(item, Reference) and item.path else item.value if isinstance(item, Literal) else None
        for item in items
    ]
    known = [name.upper() for name in names if isinstance(name, str) and name.upper() in DAYS]
    return sorted(DAYS.index(name) + 1 for name in known) if len(known) == len(names) and known else None
