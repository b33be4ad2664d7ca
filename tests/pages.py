"""A page of `explain` as its tests read it: sections of files, and what the tool makes of them."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

from airflow2prefect.convert import convert
from airflow2prefect.migrate.exports import Exported
from airflow2prefect.migrate.plan import plan_of
from airflow2prefect.model import Options, WorkPool
from airflow2prefect.survey.survey import survey
from airflow2prefect.writing import Mode, run

HEAD = """\
from datetime import datetime, timedelta
from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.python_operator import PythonOperator

dag = DAG('d', start_date=datetime(2020, 1, 1), schedule_interval=None)
"""
MAIN = "etl.py"
SHOWS, BECOMES, NOT = "Shows", "Becomes", "Does not"
_SECTION = re.compile(r"^## ([\w ]+?)(?:, with `([^`]+)`)?\n", re.MULTILINE)
_BLOCK = re.compile(r"(?:^`([^`\n]+)`:\n\n)?^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Section:
    """Files by their name, and the options that they are converted with."""

    files: dict[str, str]
    flags: tuple[str, ...] = ()

    def options(self, *others: str) -> Options:
        """The section's options, and `others` where it says nothing of these."""
        flags = (*(f for f in others if f.split()[0] not in {own.split()[0] for own in self.flags}), *self.flags)
        given = {name.lstrip("-"): value for name, _, value in (flag.partition(" ") for flag in flags)}
        pool = WorkPool(type=given.get("work-pool-type", "process"), image=given.get("image", ""))  # type: ignore[arg-type]
        return Options(
            retries=int(given.get("retries", 2)),
            cache=given.get("cache", "resume"),  # type: ignore[arg-type]
            bridge="bridge" in given,
            pool=pool,
            task_runner=given.get("task-runner", "thread"),  # type: ignore[arg-type]
            subflows="subflows" in given,
        )

    def codes(self, folder: Path) -> set[str]:
        """What the tool says of the files; `folder` is where they can be written."""
        if any(not name.endswith(".py") for name in self.files):
            return {found.code for found in plan_of(self._exported()).findings}
        if len(self.files) == 1:
            return {found.code for found in survey(self.text().encode(), "dags/etl.py", self.options()).findings}
        for name, text in self.files.items():
            path = folder / "dags" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_whole(text) if name == MAIN else text)
        summary = run([str(folder / "dags")], self.options(), Mode(folder / "flows"))
        return {found.code for outcome in summary.outcomes for found in outcome.conversion.findings}

    def text(self) -> str:
        return _whole(self.files[MAIN])

    def flow(self) -> str:
        """The flow of a file, as pages show it: without its imports, added retries and cache. "" where there is none."""
        made = convert(self.text(), "dags/etl.py", self.options("--retries 0", "--cache none"))
        return shown(made.files[0].text) if made.files else ""

    def _exported(self) -> Exported:
        made = Exported()
        for name, text in self.files.items():
            kind, _, suffix = name.partition(".")
            getattr(made, f"add_{kind}")(text, f".{suffix}") if suffix != "env" else made.add_env_file(text)
        return made


def read_page(text: str) -> dict[str, Section]:
    """The sections of a page by their titles; a block is a file of the name that stands above it."""
    made: dict[str, Section] = {}
    parts = _SECTION.split(text)[1:]
    for title, flags, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        files = {name or MAIN: block for name, _, block in _BLOCK.findall(body)}
        assert title not in made and files, title
        made[title] = Section(files, tuple(f"--{flag.strip()}" for flag in (flags or "").split("--")[1:]))
    return made


def _whole(text: str) -> str:
    """What pages leave out: a DAG, where they have none."""
    return text if re.search(r"^from airflow.* import .*\b(?:DAG|dag)\b|^DAG_FOLDER", text, re.MULTILINE) else HEAD + text


def shown(flow: str) -> str:
    lines = flow.splitlines(keepends=True)
    body = [node for node in ast.parse(flow).body if not isinstance(node, (ast.Import, ast.ImportFrom))]
    body = [node for node in body if not (isinstance(node, ast.If) and "__name__" in ast.unparse(node.test))]
    if not body:
        return ""
    first = min([body[0].lineno, *(d.lineno for d in getattr(body[0], "decorator_list", ()))]) - 1
    while first and lines[first - 1].startswith("#"):
        first -= 1
    return "".join(lines[first : body[-1].end_lineno])
