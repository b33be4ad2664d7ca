"""The report as SARIF 2.1.0, which code-review tools show beside the lines.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath
from typing import TextIO
from urllib.parse import quote

from airflow2prefect import __version__
from airflow2prefect.findings import RULES, Finding, Level, Rule
from airflow2prefect.inventory import FileFacts
from airflow2prefect.report.totals import Totals, general, in_order

LEVELS = {Level.NOTE: "note", Level.CHECK: "warning", Level.GAP: "error", Level.ERROR: "error"}
PLACES = {code: number for number, code in enumerate(RULES)}


def show(files: Iterable[FileFacts], totals: Totals, stream: TextIO) -> None:
    """Write the log to `stream`, result by result; `totals` is filled on the way."""
    driver = {"name": "airflow2prefect", "semanticVersion": __version__, "rules": [_rule(rule) for rule in RULES.values()]}
    stream.write('{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [{\n')
    stream.write(f'"tool": {_json({"driver": driver})},\n"columnKind": "unicodeCodePoints",\n"results": [')
    first = True
    for file in files:
        totals.add(file)
        same: Counter[tuple[str, str, str]] = Counter()
        for found in in_order(file.findings):
            told = (found.code, found.task, found.message)
            stream.write(("\n" if first else ",\n") + _json(_result(file.path, found, same[told])))
            same[told] += 1
            first = False
    stream.write("\n]}]}\n")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.code,
        "shortDescription": {"text": general(rule.code)},
        "help": {"text": rule.advice},
        "defaultConfiguration": {"level": LEVELS[rule.level]},
    }


def _result(path: str, found: Finding, before: int) -> dict[str, object]:
    """`before`: how many of the file say the same, on lines above; a finding is known again by that when lines move."""
    place: dict[str, object] = {"artifactLocation": {"uri": _uri(path)}}
    if found.line:
        place["region"] = {"startLine": found.line, **({"startColumn": found.column} if found.column else {})}
    location: dict[str, object] = {"physicalLocation": place}
    if found.task:
        location["logicalLocations"] = [{"name": found.task, "kind": "function"}]
    mark = "\n".join((PurePath(path).as_posix(), found.code, found.task, found.message, str(before)))
    return {
        "ruleId": found.code,
        "ruleIndex": PLACES[found.code],
        "level": LEVELS[found.level],
        "message": {"text": f"{found.message}. {found.advice}"},
        "locations": [location],
        "partialFingerprints": {"finding/v2": hashlib.sha256(mark.encode()).hexdigest()[:32]},
    }


def _uri(path: str) -> str:
    """A path as a URI reference; absolute ones with their scheme."""
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix())
