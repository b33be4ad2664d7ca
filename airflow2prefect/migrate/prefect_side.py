"""Makes and looks for things in Prefect, through in_prefect.py in a process of its own."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal as OneOf

SCRIPT = Path(__file__).with_name("in_prefect.py")
# In the environment of the flows there may be no airflow2prefect, and no file may be written there.
_PROBE = "import importlib.util as u, sys; sys.exit(0 if u.find_spec('prefect') else 3)"
LIMIT = 600  # seconds for all of it


class NoPrefect(Exception):
    """Prefect cannot be reached; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an item: made, unchanged, changed, different, failed; there or missing when only looked for."""

    did: str
    why: str


def ask(
    items: Sequence[Mapping[str, object]], action: OneOf["apply", "look"], python: str, *, force: bool = False
) -> tuple[str, tuple[Answer, ...]]:
    """The URL of Prefect's API, and an answer for each item. The items go through a pipe: no argument, variable or file holds a secret."""
    _probe(python)
    order = json.dumps({"action": action, "force": force, "items": list(items)})
    try:
        done = subprocess.run(
            [python, "-B", str(SCRIPT)], input=order, capture_output=True, text=True, encoding="utf-8", timeout=LIMIT, check=False
        )
    except subprocess.TimeoutExpired:
        raise NoPrefect(f"Prefect did not answer within {LIMIT} seconds") from None
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if not lines:
        # What it printed may hold anything: only the type of the error is told.
        last = done.stderr.strip().splitlines()[-1:] or [""]
        raise NoPrefect(f"Prefect's API cannot be reached ({last[0].partition(':')[0][:80]}); see `prefect config view`")
    answers = [Answer(line["did"], line["why"]) for line in lines[1:]]
    answers += [Answer("failed", "Prefect stopped before it")] * (len(items) - len(answers))
    return str(lines[0]["api"]), tuple(answers)


def _probe(python: str) -> None:
    try:
        there = subprocess.run([python, "-c", _PROBE], capture_output=True, check=False).returncode
    except OSError as error:
        raise NoPrefect(f"cannot run {python}: {error.strerror or error}") from None
    if there != 0:
        raise NoPrefect(f"prefect is not installed for {python}: install it, or name the Python of the flows with --python")
