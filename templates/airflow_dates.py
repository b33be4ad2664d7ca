"""The ticks of a cron schedule, as Airflow's scheduler counts them."""

from datetime import datetime, timezone
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
