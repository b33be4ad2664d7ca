"""Airflow's checks of data: each raises where the database does not answer what it should."""

import logging
from datetime import date, timedelta
from typing import Any

log = logging.getLogger("prefect.airflow_checks")


def check_row(record: Any) -> None:
    """A row, all of whose values are true: not 0, not empty, not NULL."""
    log.info("Record: %s", record)
    if not record:
        raise RuntimeError("the query returned no row")
    if not all(record.values() if isinstance(record, dict) else record):
        raise RuntimeError(f"test failed: {record!s}")


def check_value(record: Any, pass_value: Any, tolerance: float | None = None) -> None:
    """A row, all of whose values are `pass_value`; for a number, within `tolerance` (0.1: ten percent)."""
    if not record:
        raise RuntimeError("the query returned no row")
    wanted, share = number_if_it_is_one(str(pass_value)), number_if_it_is_one(tolerance)
    if isinstance(wanted, float):
        found = [float(value) for value in record]
        low, high = (wanted * (1 - share), wanted * (1 + share)) if isinstance(share, float) else (wanted, wanted)
        passed = all(low <= value <= high for value in found)
    else:
        passed = all(str(value) == wanted for value in record)
    if not passed:
        raise RuntimeError(f"test failed: {record!s} is not {wanted}" + (f" with a tolerance of {share:.1%}" if share else ""))


def check_threshold(hook: Any, sql: str, min_threshold: Any, max_threshold: Any) -> None:
    """The first value of a query lies between two bounds; each is a number, or a query for one."""
    record = hook.get_first(sql)
    if not record:
        raise RuntimeError(f"the query returned no row: {sql}")
    bounds = [number_if_it_is_one(bound) for bound in (min_threshold, max_threshold)]
    low, high = (bound if isinstance(bound, float) else hook.get_first(bound)[0] for bound in bounds)
    log.info("%s <= %s <= %s", low, record[0], high)
    if not low <= record[0] <= high:
        raise RuntimeError(f"{record[0]} is not within {low} and {high}: {sql}")


def check_interval(
    hook: Any,
    table: str,
    metrics_thresholds: dict[str, float],
    ds: str,
    *,
    date_filter_column: str = "ds",
    days_back: int = -7,
    ratio_formula: str = "max_over_min",
    ignore_zero: bool = True,
) -> None:
    """Metrics, SQL expressions, of the day `ds` and of some days before differ by less than their thresholds.

    The ratio is max/min of the two, or with relative_diff the difference by the value before.
    """
    metrics = sorted(metrics_thresholds)
    before = f"{date.fromisoformat(ds) - timedelta(days=abs(days_back)):%Y-%m-%d}"
    rows = []
    for day in (before, ds):
        sql = f"SELECT {', '.join(metrics)} FROM {table} WHERE {date_filter_column}='{day}'"
        record = hook.get_first(sql)
        if not record:
            raise RuntimeError(f"the query returned no row: {sql}")
        rows.append(record)
    failed = []
    for metric, reference, current in zip(metrics, *rows, strict=True):
        if current == 0 or reference == 0:
            passed = ignore_zero
        else:
            relative = ratio_formula == "relative_diff"
            ratio = abs(current - reference) / reference if relative else max(current, reference) / min(current, reference)
            passed = ratio < metrics_thresholds[metric]
        log.info("%s: %s now, %s before, threshold %s", metric, current, reference, metrics_thresholds[metric])
        if not passed:
            failed.append(metric)
    if failed:
        raise RuntimeError(f"these tests have failed: {', '.join(failed)}")


def number_if_it_is_one(value: Any) -> Any:
    try:
        return float(value)
    except (TypeError, ValueError):
        return value
