"""Dates with their time zone, as the functions of airflow.utils.timezone make them where Airflow's own zone is UTC.

https://github.com/apache/airflow/blob/1.10.15/airflow/utils/timezone.py
"""

from datetime import datetime, timezone, tzinfo
from typing import Any

import dateutil.parser

utc = timezone.utc


def utcnow() -> datetime:
    return datetime.now(utc)


def aware_datetime(*args: Any, **kwargs: Any) -> datetime:
    """A datetime, in UTC if no `tzinfo` is given."""
    return datetime(*args, **{"tzinfo": utc, **kwargs})


def is_localized(value: datetime) -> bool:
    return value.utcoffset() is not None


def is_naive(value: datetime) -> bool:
    return value.utcoffset() is None


def make_aware(value: datetime, zone: Any = None) -> datetime:
    """The naive datetime in a time zone, of pytz as well."""
    if is_localized(value):
        raise ValueError(f"make_aware expects a naive datetime, got {value}")
    value = value.replace(fold=1)  # of an hour that is there twice, the second
    return zone.localize(value) if hasattr(zone, "localize") else value.replace(tzinfo=zone or utc)


def make_naive(value: datetime, zone: tzinfo | None = None) -> datetime:
    if is_naive(value):
        raise ValueError("make_naive() cannot be applied to a naive datetime")
    return value.astimezone(zone or utc).replace(tzinfo=None, fold=0)


def convert_to_utc(value: Any) -> Any:
    if not value:
        return value
    return (value if is_localized(value) else value.replace(tzinfo=utc)).astimezone(utc)


def parse_datetime(text: str, zone: tzinfo | None = None) -> datetime:
    """The datetime of a text, in UTC if neither it nor `zone` says more."""
    value = dateutil.parser.parse(text)
    return value if is_localized(value) else value.replace(tzinfo=zone or utc)
