"""The ticks of a cron schedule, as Airflow's scheduler counts them."""

from datetime import datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from cronsim import CronSim


def previous_tick(cron: str, moment: datetime, zone: str = "UTC") -> datetime:
    """The last tick before `moment`, in UTC; the schedule is in the local time of `zone`."""
    return _tick(cron, moment, zone, reverse=True)


def next_tick(cron: str, moment: datetime, zone: str = "UTC") -> datetime:
    """The first tick after `moment`, in UTC."""
    return _tick(cron, moment, zone, reverse=False)


def _tick(cron: str, moment: datetime, zone: str, *, reverse: bool) -> datetime:
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    local = moment.astimezone(ZoneInfo(zone))
    found: datetime = next(CronSim(cron, local, reverse=reverse))
    return found.astimezone(timezone.utc)


def within(moment: datetime, lower: datetime | time | None, upper: datetime | time | None, zone: tzinfo) -> bool:
    """Whether a moment is between two others, dates or times of its day (the second of the next day if it is the earlier).

    What has no timezone is in `zone`.
    """
    first, last = (datetime.combine(moment, each) if isinstance(each, time) else each for each in (lower, upper))
    timed = isinstance(lower, time) or isinstance(upper, time)
    if timed and first is not None and last is not None and last < first:
        last += timedelta(days=1)
    first, last = (each and each.replace(tzinfo=each.tzinfo or zone) for each in (first, last))
    return (first is None or first <= moment) and (last is None or moment <= last)
