"""The pages of `explain`: the code of each shows its finding, the code beside it does not; the table and the pages name the same codes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import airflow2prefect
from airflow2prefect.findings import RULES
from airflow2prefect.resources import page_of
from tests.test_report import HEAD, facts_of

PAGES = sorted(path.stem for path in (Path(airflow2prefect.__file__).parent / "pages").glob("*.md"))


def codes_of(text: str) -> set[str]:
    return {found.code for found in facts_of(HEAD + text).findings}


@pytest.mark.parametrize("code", PAGES)
def test_a_page_shows_its_finding_and_a_near_miss(code: str) -> None:
    shows, does_not = re.findall(r"```python\n(.*?)```", page_of(code), re.DOTALL)
    assert code in codes_of(shows)
    found = codes_of(does_not)
    assert code not in found and not any(RULES[c].level.name == "ERROR" for c in found)


def test_every_code_of_report_has_a_page() -> None:
    assert set(PAGES) <= RULES.keys()
    assert {code for code, rule in RULES.items() if rule.shows == "report"} <= set(PAGES)
