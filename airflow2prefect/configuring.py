"""From Airflow's exports to Prefect's blocks, Variables and limits: read, show, make, compare with what flows need."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from airflow2prefect.convert import convert_bytes
from airflow2prefect.discovery import find
from airflow2prefect.findings import Finding, Level
from airflow2prefect.migrate.exports import BadFile, Exported
from airflow2prefect.migrate.needs import CONNECTION, Need, needs_of
from airflow2prefect.migrate.plan import Item, Plan, plan_of
from airflow2prefect.migrate.prefect_side import NoPrefect, ask
from airflow2prefect.writing import is_reserved

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Mode:
    """Where Airflow's things are, and what to do: show them, make them (`apply`), see what the flows of `paths` lack (`check`).

    `force`: what is different in Prefect is changed. `python`: the interpreter that has prefect.
    """

    connections: tuple[Path, ...] = ()
    variables: tuple[Path, ...] = ()
    pools: tuple[Path, ...] = ()
    env_files: tuple[Path, ...] = ()
    from_env: bool = False
    apply: bool = False
    check: bool = False
    force: bool = False
    airflow: int = 2
    python: str = sys.executable
    paths: tuple[str, ...] = ()


class Failed(Exception):
    """Something could not be done at all: a line for stderr."""


def run(mode: Mode) -> int:
    """0 done, 1 something is missing, different or was left out, 2 something could not be done at all."""
    from airflow2prefect.report import config as report

    try:
        plan = plan_of(read_exports(mode))
        left = any(found.level >= Level.GAP for found in plan.findings)
        if not mode.check and not mode.apply:
            report.show_plan([(item.source, item.kind, item.name, item.what, "") for item in plan.items])
        report.show_findings(plan.findings)
        if mode.apply:
            left |= _apply(plan, mode)
        if mode.check:
            left |= _check(plan, mode)
    except (Failed, NoPrefect) as error:
        print(error, file=sys.stderr)
        return 2
    return int(left)


# ---------------------------------------------------------------------------------------------- reading


def read_exports(mode: Mode) -> Exported:
    made = Exported(airflow=mode.airflow)
    for path in mode.connections:
        _from_file(path, lambda text, suffix: made.add_connections(text, suffix))
    for path in mode.variables:
        _from_file(path, lambda text, suffix: made.add_variables(text, suffix))
    for path in mode.pools:
        _from_file(path, lambda text, suffix: made.add_pools(text, suffix))
    for path in mode.env_files:
        _from_file(path, lambda text, suffix: made.add_env_file(text))
    if mode.from_env:
        made.add_environment(os.environ)
    return made


def _from_file(path: Path, add: Callable[[str, str], Read]) -> Read:
    try:
        return add(path.read_text(encoding="utf-8"), ".env" if path.name == ".env" else path.suffix.lower())
    except OSError as error:
        raise Failed(f"{path}: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise Failed(f"{path}: no UTF-8 text") from None
    except BadFile as error:
        raise Failed(f"{path}: {error}") from None


# ---------------------------------------------------------------------------------------------- making


def _apply(plan: Plan, mode: Mode) -> bool:
    """Make it; whether something of it is not as it should be."""
    from airflow2prefect.report import config as report

    api, answers = ask([item.as_data() for item in plan.items], "apply", mode.python, force=mode.force)
    rows = []
    for item, answer in zip(plan.items, answers, strict=True):
        why = answer.why or ("--force changes it" if answer.did == "different" else "")
        rows.append((item.source, item.kind, item.name, answer.did, why))
    report.show_applied(rows, api)
    return any(answer.did in ("failed", "different") for answer in answers)


# ---------------------------------------------------------------------------------------------- needs


def _check(plan: Plan, mode: Mode) -> bool:
    """Tell what the flows need; whether something is missing."""
    from airflow2prefect.report import config as report

    needed: dict[tuple[str, str], list[tuple[str, Need]]] = {}
    for path, need in _needs(mode.paths):
        needed.setdefault((need.kind, need.name), []).append((path, need))
    known = [users[0] for (_, name), users in sorted(needed.items()) if name]
    api, answers = ask([_looked(need) for _, need in known], "look", mode.python)
    planned = {(item.kind, item.name): item for item in plan.items}
    rows = []
    for (path, need), answer in zip(known, answers, strict=True):
        made_by = planned.get((need.kind, need.name)) or next((i for i in plan.items if need.kind == CONNECTION and _serves(i, need)), None)
        advice = answer.why or (f"--apply makes it of the {made_by.source}" if made_by else _advice(need, plan.items))
        more = len({user for user, _ in needed[need.kind, need.name]}) - 1
        place = f"{path}:{need.line}" + (f" and {more} more" if more else "")
        rows.append((place, need.kind, need.name, answer.did, advice))
    for (kind, name), users in sorted(needed.items()):
        rows += [(f"{path}:{need.line}", kind, "?", "unknown", "its name is only known at run time") for path, need in users if not name]
    report.show_needs(rows, api)
    return any(row[3] in ("missing", "failed") for row in rows)


def _advice(need: Need, items: tuple[Item, ...]) -> str:
    """What is nearest to it among the exports."""
    same = next((item for item in items if item.name == need.name and need.kind not in ("Variable", "tag limit")), None)
    if same is not None:
        return f"the {same.source} becomes a {same.kind}"
    return "make it in Prefect" if need.kind != "tag limit" else "without it the tasks are not limited"


def _serves(item: Item, need: Need) -> bool:
    return item.name == need.name and item.slug in need.slug.split("|")


def _looked(need: Need) -> dict[str, object]:
    return {"kind": need.kind, "name": need.name, "path": need.path, "slug": need.slug, "package": "", "value": None}


def _needs(paths: tuple[str, ...]) -> Iterator[tuple[str, Need]]:
    """What the flows at `paths` need: flows as they are, DAGs as they convert."""
    found, errors = find(list(paths), None)
    for error in errors:
        raise Failed(error)
    for item in found:
        if is_reserved(Path(item.path).name):
            continue
        try:
            data = Path(item.path).read_bytes()
        except OSError as error:
            raise Failed(f"{item.path}: {error.strerror or error}") from None
        made = convert_bytes(data, item.path)
        if made.files:
            text: str | bytes = made.files[0].text
        elif _is_flow(made.findings):
            text = data
        else:
            raise Failed(f"{item.path}: not converted; `airflow2prefect convert` says why")
        try:
            yield from ((item.path, need) for need in needs_of(text))
        except (SyntaxError, ValueError):
            raise Failed(f"{item.path}: no Python that can be read") from None


def _is_flow(findings: tuple[Finding, ...]) -> bool:
    return [found.code for found in findings] == ["A2P101"]
