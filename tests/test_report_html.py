"""The HTML report in headless Chromium: it opens, filters, draws, and no error shows in its console."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from airflow2prefect.model import Options
from airflow2prefect.report import html
from airflow2prefect.report.totals import Totals
from airflow2prefect.survey.survey import survey
from tests.browser import Page, browser
from tests.environments import Unavailable
from tests.test_report import HEAD, XCOMS

EXAMPLE = Path(__file__).parent.parent / "examples" / "airflow_dags" / "fraud_detection.py"
HOSTILE = (
    HEAD.replace("DAG('d'", "DAG('</script><script>alert(1)</script>'") + "BashOperator(task_id='<b>\"&', bash_command='<!--', dag=dag)\n"
)


def page_of(*texts: str) -> str:
    stream = io.StringIO()
    html.show((survey(text.encode(), f"dags/d{n}.py", Options(), texts=True) for n, text in enumerate(texts)), Totals(), stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """500 DAGs, some of them of note."""
    many = [HEAD.replace("'d'", f"'dag_{n}'") + f"BashOperator(task_id='t{n}', bash_command='echo', dag=dag)\n" for n in range(497)]
    gap = "from acme import AcmeOperator\n" + XCOMS.replace("'d'", "'with_gap'").replace(
        "BashOperator(task_id='tell'", "AcmeOperator(task_id='tell'"
    )
    target = tmp_path_factory.mktemp("html") / "report.html"
    target.write_text(page_of(EXAMPLE.read_text(), gap, HOSTILE, *many), encoding="utf-8")
    return target


@pytest.fixture(scope="module")
def page(report: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    try:
        with browser(tmp_path_factory.mktemp("chromium")) as opened:
            yield opened
    except Unavailable as reason:
        pytest.skip(f"no browser: {reason}")


@pytest.fixture
def opened(page: Page, report: Path) -> Iterator[Page]:
    page.open(report)
    yield page
    assert page.errors == []
    assert not [url for url in page.requests if not url.startswith(("file:", "about:", "data:"))], "the report uses the network"


VISIBLE = "[...document.querySelectorAll('#dags li')].filter(li => !li.hidden).length"


def test_it_opens_on_an_overview(opened: Page) -> None:
    assert opened.run(VISIBLE) == 500
    assert opened.run("document.querySelector('main h2').textContent") == "What is there"
    assert "500 DAGs" in opened.run("document.getElementById('totals').textContent")


def test_it_filters(opened: Page) -> None:
    def search(text: str) -> int:
        opened.run(f"(e => {{ e.value = {text!r}; e.dispatchEvent(new Event('input')); }})(document.getElementById('search'))")
        return int(opened.run(VISIBLE))

    assert search("fraud") == 1 and search("T49") == 8 and search("nothing of this") == 0 and search("") == 500
    opened.run("document.querySelectorAll('#outcomes input')[0].click(); document.querySelectorAll('#outcomes input')[1].click()")
    assert opened.run(VISIBLE) == 1
    assert "1 of 500" in opened.run("document.getElementById('shown').textContent")
    opened.run("document.querySelectorAll('#outcomes input').forEach(box => box.checked || box.click())")
    opened.run("(e => { e.value = 'A2P450'; e.dispatchEvent(new Event('change')); })(document.getElementById('code'))")
    assert opened.run(VISIBLE) == 2


def test_it_draws_the_graph(page: Page, report: Path) -> None:
    page.open(report, "#fraud_detection")
    assert page.run("document.querySelectorAll('.node[data-id]').length") == 11
    assert page.run("document.querySelectorAll('.edge.data[data-a]').length") == 17
    boxes = page.run(
        "[...document.querySelectorAll('.node[data-id] rect')].map(r => r.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom])"
    )
    for n, (left, top, right, bottom) in enumerate(boxes):
        for other_left, other_top, other_right, other_bottom in boxes[:n]:
            assert right <= other_left or other_right <= left or bottom <= other_top or other_bottom <= top, "two tasks overlap"
    forward = "e => document.querySelector(`[data-id=${e.dataset.a}]`).getBoundingClientRect().right < document.querySelector(`[data-id=${e.dataset.b}]`).getBoundingClientRect().left"
    assert page.run(f"[...document.querySelectorAll('.edge[data-a]')].every({forward})")
    assert page.run("document.querySelector('[data-id=train_model]').classList.contains('check')")
    assert page.errors == []


def test_code_stands_beside_the_flow(page: Page, report: Path) -> None:
    page.open(report, "#fraud_detection")
    page.run("document.getElementById('tab-code').click()")
    page.run("new Promise(done => setTimeout(done, 200))")
    source = "[...document.querySelectorAll('.pane')[0].querySelectorAll('.ln')].map(l => l.children[1].textContent).join('\\n') + '\\n'"
    assert page.run(source) == EXAMPLE.read_text()
    line = "[...document.querySelectorAll('.pane')[0].querySelectorAll('.ln')].find(l => l.textContent.includes(\"task_id='evaluate'\"))"
    page.run(f"{line}.click()")
    lit = page.run("[...document.querySelectorAll('.pane')[1].querySelectorAll('.on')].map(l => l.children[1].textContent)")
    assert len(lit) == 1 and "evaluate.submit(" in lit[0]
    assert "A2P453" in page.run("document.querySelectorAll('.pane')[0].textContent")


def test_a_task_is_chosen_with_the_keyboard(page: Page, report: Path) -> None:
    page.open(report, "#fraud_detection")
    page.run("document.getElementById('tab-findings').click(); document.querySelector('[data-id=ingest]').focus()")
    page.key("Enter")
    assert page.run("document.querySelector('[data-id=ingest]').getAttribute('aria-pressed')") == "true"
    assert page.run("[...document.querySelectorAll('.finding')].every(f => f.textContent.includes('ingest'))")
    page.key("Escape")
    assert page.run("document.querySelector('[data-id=ingest]').getAttribute('aria-pressed')") == "false"
    page.key("/", "/")
    assert page.run("document.activeElement.id") == "search"
    page.run("document.querySelector('#dags button').focus()")
    page.key("ArrowDown")
    assert page.run("document.activeElement.textContent").startswith("with_gap")


def test_gaps_and_xcoms_show(page: Page, report: Path) -> None:
    page.open(report, "#with_gap")
    assert page.run("document.querySelector('[data-id=tell]').classList.contains('gap')")
    assert page.run("[...document.querySelectorAll('.edge.bad[data-a]')].map(e => e.dataset.a).sort()") == ["beside", "push"]
    page.run("document.getElementById('tab-xcoms').click()")
    assert "no producer" in page.run("document.getElementById('panel').textContent")


def test_names_are_text(page: Page, report: Path) -> None:
    page.open(report)
    page.run("select(2)")
    assert page.run("document.querySelector('main h2').textContent") == "</script><script>alert(1)</script>"
    assert page.errors == []


def test_everything_has_a_name(page: Page, report: Path) -> None:
    """Controls can be reached and are named for who does not see them."""
    page.open(report, "#fraud_detection")
    nameless = page.run(
        "[...document.querySelectorAll('button, input, select, [role=button], [role=tab]')]"
        ".filter(e => !(e.getAttribute('aria-label') || e.textContent.trim() || e.closest('label')?.textContent.trim())).map(e => e.outerHTML)"
    )
    assert nameless == []
    assert page.run("[...document.querySelectorAll('[role=tab]')].filter(t => t.tabIndex === 0).length") == 1
    assert page.run("document.documentElement.lang + document.title") == "enairflow2prefect report"


def test_light_and_dark(page: Page, report: Path) -> None:
    page.open(report)
    colour = "getComputedStyle(document.body).backgroundColor"
    page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    dark = page.run(colour)
    page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "light"}])
    light = page.run(colour)
    page.run("document.getElementById('theme').click()")
    assert dark != light and page.run(colour) == dark


def test_the_page_is_one_file_and_the_same_twice() -> None:
    text = page_of(XCOMS)
    assert text == page_of(XCOMS)
    assert not re.search(r"""(?:src|href)=["'](?!data:|#)""", text) and "@import" not in text and "url(http" not in text
