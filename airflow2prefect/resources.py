"""Where the package's templates lie, installed or in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def templates_folder() -> Path:
    """The folder of templates: inside the installed package, else beside it in a checkout."""
    here = Path(__file__).resolve().parent
    inside = here / "templates"
    return inside if inside.is_dir() else here.parent / "templates"


def page_of(code: str) -> str:
    """What `explain` says of a finding besides its rule: why, code that shows it, code that does not. "" where there is no page."""
    page = Path(__file__).resolve().parent / "pages" / f"{code}.md"
    return page.read_text(encoding="utf-8") if page.is_file() else ""
