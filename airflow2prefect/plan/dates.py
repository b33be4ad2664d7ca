"""Airflow's dates of a run as expressions of the flow's `logical_date`.

https://airflow.apache.org/docs/apache-airflow/1.10.15/macros-ref.html
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from airflow2prefect.model import Expression, Schedule
from airflow2prefect.plan.schedule import fixed_period

_TIMEDELTA = ("datetime.timedelta",)
_FORMATS = {
    "ds": "%Y-%m-%d",
    "ds_nodash": "%Y%m%d",
    "ts_nodash": "%Y%m%dT%H%M%S",
    "ts_nodash_with_tz": "%Y%m%dT%H%M%S%z",
}
_SAME = {"END_DATE": "ds", "end_date": "ds", "latest_date": "ds"}
RUN = ("prefect.runtime.flow_run",)


@dataclass(frozen=True, slots=True)
class Prelude:
    """Statements that give `logical_date` its value, what they import, and the helper module and name they use."""

    lines: tuple[str, ...]
    imports: tuple[str, ...]
    helpers: tuple[tuple[str, str], ...] = ()


def logical_date_line(schedule: Schedule, *, aware: bool, pendulum: bool = False, airflow: int = 1) -> Prelude:
    """By default the start of the interval that the scheduled run closes. `aware`: a date without a timezone is in UTC.

    `pendulum`: tasks call methods of pendulum's on the dates; Airflow 1.10 has an older one than Prefect.
    """
    before = scheduled_date(schedule)
    lines: tuple[str, ...] = (f"logical_date = logical_date or {before.text}",)
    imports: tuple[str, ...] = (*RUN, *before.imports)
    if aware:
        lines += ("logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)",)
        imports += ("datetime.timezone",)
    helpers: tuple[tuple[str, str], ...] = (before.helper,) if before.helper is not None else ()
    if pendulum and airflow >= 2:
        lines += ("logical_date = pendulum.instance(logical_date)",)
        imports += ("pendulum",)
    elif pendulum:
        lines += ("logical_date = Date.of(logical_date)",)
        helpers += (("airflow_templates", "Date"),)
    return Prelude(lines, imports, helpers)


def scheduled_date(schedule: Schedule) -> Expression:
    """The logical date of a run that was given none; it needs RUN imported."""
    return _moved("flow_run.scheduled_start_time", schedule, -1)


def _moved(moment: str, schedule: Schedule, ticks: int) -> Expression:
    """`moment`, a tick of the schedule, that many ticks later (1 or -1)."""
    period = fixed_period(schedule)
    sign = "+" if ticks > 0 else "-"
    name = "next_execution_date" if ticks > 0 else "prev_execution_date"
    local = schedule.timezone != "UTC" and period is not None and period % timedelta(days=1) == timedelta(0) and schedule.kind == "cron"
    if schedule.kind in ("none", "once", "unknown"):
        return Expression(moment, name)
    if period is not None and not local:
        return Expression(f"{moment} {sign} {delta_text(period)}", name, _TIMEDELTA)
    if schedule.kind == "relative":
        return Expression(f"{moment} {sign} relativedelta(months={schedule.months})", name, ("dateutil.relativedelta.relativedelta",))
    zone = f', "{schedule.timezone}"' if schedule.timezone != "UTC" else ""
    function = "next_tick" if ticks > 0 else "previous_tick"
    return Expression(f'{function}("{schedule.cron}", {moment}{zone})', name, (), ("airflow_dates", function))


def delta_text(delta: timedelta) -> str:
    """`timedelta(days=1)`, in the largest unit that divides it."""
    seconds = delta.total_seconds()
    for unit, size in (("weeks", 604800), ("days", 86400), ("hours", 3600), ("minutes", 60)):
        if unit != "weeks" and seconds % size == 0:
            return f"timedelta({unit}={int(seconds // size)})"
    return f"timedelta(seconds={int(seconds) if seconds == int(seconds) else seconds})"


def context_expression(name: str, schedule: Schedule, dag_id: str) -> Expression | None:
    """The flow's expression for a key of Airflow's context; None if a flow has no such thing."""
    name = _SAME.get(name, name)
    if name in _FORMATS:
        return Expression(f'f"{{logical_date:{_FORMATS[name]}}}"', name)
    match name:
        case "execution_date" | "logical_date" | "data_interval_start":
            return Expression("logical_date", "logical_date")
        case "ts":
            return Expression("logical_date.isoformat()", "ts")
        case "next_execution_date" | "prev_execution_date" | "data_interval_end":
            if schedule.kind == "once" and name != "data_interval_end":
                return Expression("None", name)
            moved = _moved("logical_date", schedule, -1 if name.startswith("prev") else 1)
            return Expression(moved.text, name, moved.imports, moved.helper)
        case "next_data_interval_end":
            after = _moved(_moved("logical_date", schedule, 1).text, schedule, 1)
            period = fixed_period(schedule) if after.helper is None else None
            twice = f"logical_date + {delta_text(2 * period)}" if period is not None else after.text
            return Expression(twice, name, after.imports, after.helper)
        case "run_id":
            return Expression("flow_run.id", "run_id", RUN)
        case "airflow_run_id":  # https://github.com/apache/airflow/blob/2.10.5/airflow/utils/types.py, `DagRunType`
            kind = "'scheduled' if 'auto-scheduled' in flow_run.tags else 'manual'"
            return Expression(f'f"{{{kind}}}__{{logical_date.isoformat()}}"', name, RUN)
        case "test_mode":
            return Expression("False", "test_mode")
    return _day(name, schedule)


def _day(name: str, schedule: Schedule) -> Expression | None:
    """`yesterday_ds`, `next_ds_nodash`, ...: a day near the logical date as text."""
    day, _, nodash = name.partition("_ds")
    spec = {"": "%Y-%m-%d", "_nodash": "%Y%m%d"}.get(nodash)
    if spec is None:
        return None
    if day in ("yesterday", "tomorrow"):
        sign = "-" if day == "yesterday" else "+"
        return Expression(f'f"{{logical_date {sign} timedelta(days=1):{spec}}}"', name, _TIMEDELTA)
    if day not in ("prev", "next"):
        return None
    if schedule.kind == "once":
        return Expression("None", name)
    moved = _moved("logical_date", schedule, -1 if day == "prev" else 1)
    text = f"{{{moved.text}:{spec}}}"
    quote = "'" if '"' in moved.text else '"'
    return Expression(f"f{quote}{text}{quote}", name, moved.imports, moved.helper)
