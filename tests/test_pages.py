"""The pages of `explain`: the code of each shows its finding and becomes the flow beside it, a near miss does not show it.

The table of findings, the pages and what the tool says are compared each with the other. `pytest --update` writes the flows anew.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import airflow2prefect
from airflow2prefect.findings import RULES, Level
from airflow2prefect.resources import page_of
from tests.pages import BECOMES, NOT, SHOWS, read_page

PACKAGE = Path(airflow2prefect.__file__).parent
PAGES = sorted(path.stem for path in (PACKAGE / "pages").glob("*.md"))
# Those that no example of a few lines shows.
BARE = {
    "A2P105": "a file nested too deeply is long",
    "A2P112": "it is followed for seconds",
    "A2P901": "a mistake of ours, mended where it is known",
}
TOLD = {
    code
    for path in PACKAGE.rglob("*.py")
    if path.name != "findings.py"
    for code in re.findall(r"(?<![\w])[\"'](A2P\d{3})[\"']", path.read_text(encoding="utf-8"))
}


@pytest.mark.parametrize("code", [code for code in PAGES if code not in BARE and code in TOLD])
def test_a_page_shows_its_finding_and_a_near_miss(code: str, tmp_path: Path, update: bool) -> None:
    page = read_page(page_of(code))
    assert list(page) in ([SHOWS, NOT], [SHOWS, BECOMES, NOT])
    assert code in page[SHOWS].codes(tmp_path / "shows")
    found = page[NOT].codes(tmp_path / "not")
    assert code not in found and not any(RULES[c].level is Level.ERROR for c in found)
    if BECOMES in page:
        (written,), made = page[BECOMES].files.values(), page[SHOWS].flow()
        if update:
            path = PACKAGE / "pages" / f"{code}.md"
            path.write_text(
                path.read_text(encoding="utf-8").replace(f"```python\n{written}```\n\n## Does", f"```python\n{made}```\n\n## Does")
            )
        assert written == made


@pytest.mark.parametrize("code", [code for code in PAGES if RULES[code].shows == "both" and code in TOLD])
def test_a_page_shows_the_flow_where_there_is_one(code: str) -> None:
    page = read_page(page_of(code))
    alone = SHOWS in page and list(page[SHOWS].files) == ["etl.py"]
    assert (BECOMES in page) == (alone and bool(page[SHOWS].flow()))


def test_every_code_has_a_page() -> None:
    assert set(PAGES) == set(RULES)
    assert set(RULES) >= TOLD


@pytest.mark.parametrize("code", [code for code in PAGES if code in BARE or code not in TOLD])
def test_pages_without_an_example_say_why(code: str) -> None:
    text = page_of(code)
    assert len(text.split()) > 8 and not read_page(text)
    assert code in BARE or text.startswith("Not told any more:")
