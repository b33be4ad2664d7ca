"""What emitted helpers take for true: rows of a SqlSensor and a BranchSQLOperator, moments of a BranchDateTimeOperator."""

from __future__ import annotations

from datetime import datetime, time, timezone
from types import ModuleType
from typing import Any

import pytest

from airflow2prefect.emit.helpers import helper_module

UTC = timezone.utc


def loaded(name: str, *uses: str) -> ModuleType:
    module = ModuleType(name)
    exec(helper_module(name, frozenset(uses)), module.__dict__)
    return module


@pytest.mark.parametrize(
    ("rows", "given", "wanted"),
    [
        ([], {}, False),
        ([], {"fail_on_empty": True}, ValueError),
        ([(0,)], {}, False),
        ([("",)], {}, False),
        ([("0",)], {}, True),
        ([(None,)], {}, False),
        ([(None,)], {"allow_null": True}, True),
        ([(3, 0)], {"success": lambda cell: cell > 5}, False),
        ([(7,)], {"success": lambda cell: cell > 5}, True),
        ([(7,)], {"failure": lambda cell: cell > 5}, ValueError),
        ([(0, 4)], {"selector": lambda row: row[1]}, True),
    ],
)
def test_rows_of_a_sensor(rows: list[tuple[Any, ...]], given: dict[str, Any], wanted: object) -> None:
    """https://github.com/apache/airflow/blob/1.10.15/airflow/sensors/sql_sensor.py"""
    met = loaded("airflow_sql", "met").met
    if wanted is ValueError:
        with pytest.raises(ValueError, match="returned"):
            met(rows, **given)
    else:
        assert met(rows, **given) is wanted


@pytest.mark.parametrize(
    ("row", "wanted"),
    [((1,), True), ((0,), False), (("Yes",), True), (("off",), False), ((True,), True), (("x",), None), ((2.5,), None), (None, None)],
)
def test_rows_of_a_branch(row: Any, wanted: bool | None) -> None:
    """https://github.com/apache/airflow/blob/2.10.5/airflow/providers/common/sql/operators/sql.py, BranchSQLOperator"""
    says_yes = loaded("airflow_sql", "says_yes").says_yes
    if wanted is None:
        with pytest.raises(ValueError, match="returned"):
            says_yes(row)
    else:
        assert says_yes(row) is wanted


@pytest.mark.parametrize(
    ("hour", "lower", "upper", "wanted"),
    [
        (12, time(9), time(17), True),
        (18, time(9), time(17), False),
        (17, None, time(17), True),
        (23, time(22), time(6), True),
        (3, time(22), time(6), False),  # the night that begins on that day, as in Airflow
        (12, datetime(2024, 3, 5), datetime(2024, 3, 6, 12, tzinfo=UTC), True),
        (12, datetime(2024, 3, 7), None, False),
    ],
)
def test_moments(hour: int, lower: Any, upper: Any, wanted: bool) -> None:
    """https://github.com/apache/airflow/blob/2.10.5/airflow/operators/datetime.py"""
    within = loaded("airflow_dates", "within").within
    assert within(datetime(2024, 3, 6, hour, tzinfo=UTC), lower, upper, UTC) is wanted
