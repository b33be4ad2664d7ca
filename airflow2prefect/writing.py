"""From files on disk to flows on disk: read, convert side by side, and write what is ours to write."""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import re
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from airflow2prefect.convert import convert_bytes, deployment_file
from airflow2prefect.discovery import Found, find
from airflow2prefect.findings import finding
from airflow2prefect.model import Conversion, Deployment, File, Options
from airflow2prefect.packages import ALWAYS, requirements_file
from airflow2prefect.report.summary import Outcome, Summary
from airflow2prefect.selection import Selection
from airflow2prefect.workers import each

# What we wrote into a folder, so that nobody's edits are overwritten.
MANIFEST = ".airflow2prefect.json"
REQUIREMENTS = "requirements.txt"
# Modules that flows import: a flow of such a name would stand before them.
RESERVED = frozenset(
    ("prefect.py", "prefect_shell.py", "airflow_rules.py", "airflow_resume.py", "airflow_templates.py", "airflow_dates.py",
     "airflow_context.py", "airflow_variables.py", "airflow.py", "sys.py", "datetime.py", "dateutil.py", "jinja2.py", "cronsim.py",
     "airflow_sql.py", "airflow_bridge.py", "prefect_sqlalchemy.py")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mode:
    """What to do with the flows. `output`: their folder. `jobs`: processes, 0 for as many as are worth it."""

    output: Path | None
    check: bool = False
    diff: bool = False
    force: bool = False
    jobs: int = 0
    selection: Selection = field(default_factory=Selection)


def run(paths: list[str], options: Options, mode: Mode) -> Summary:
    """Convert what is behind `paths`. One file's failure never stops another's."""
    if mode.output is None and (len(paths) != 1 or os.path.isdir(paths[0])):
        return Summary((), ("-o DIR is needed for a folder or several files; a single file without it goes to stdout",))
    found, errors = find(paths, mode.output)
    conversions = list(each(found, partial(convert_file, options=options, selection=mode.selection), mode.jobs, "Converting"))
    if mode.output is None:
        outcomes = tuple(Outcome(made, changed=bool(made.files)) for made in conversions)
        return Summary(outcomes, errors, to_stdout=True)
    return _Output(mode.output, mode).write(tuple(zip(found, conversions, strict=True)), errors)


# ---------------------------------------------------------------------------------------------- converting


def convert_file(path: str, options: Options, selection: Selection = Selection()) -> Conversion:
    """Read and convert one file; `-` is stdin."""
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        return Conversion(path, (), (), (), (finding("A2P104", error=error.strerror or str(error)),))
    made = convert_bytes(data, path, options)
    return replace(made, findings=selection.kept(data, made.findings))


# ---------------------------------------------------------------------------------------------- writing


@dataclass(slots=True)
class _Output:
    """The folder of the flows, and what we wrote into it before."""

    folder: Path
    mode: Mode
    hashes: dict[str, str] = field(default_factory=dict)
    deployments: dict[str, list[list[object]]] = field(default_factory=dict)
    requirements: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def write(self, pairs: tuple[tuple[Found, Conversion], ...], errors: tuple[str, ...]) -> Summary:
        self._read_manifest()
        outcomes = tuple(self._one(item, made) for item, made in pairs)
        self._deploy()
        self._require()
        if self.changed and not (self.mode.check or self.mode.diff):
            self._write_manifest()
        return Summary(outcomes, (*errors, *self.errors), self.mode.check, tuple(self.changed), notes=tuple(self.notes))

    def _one(self, item: Found, made: Conversion) -> Outcome:
        if not made.files:
            return Outcome(made)
        relative = module_path(item.relative)
        folder = os.path.dirname(relative)
        before, diffs = len(self.changed), []
        for file in made.files:
            path = relative if file is made.files[0] else os.path.join(folder, file.path)
            error, diff = self._file(path, file)
            if error:
                return Outcome(made, relative, error=error)
            diffs.append(diff)
        missing = local_modules(item, made.files[0].text, self.folder / folder)
        if missing:
            found = finding("A2P114", what=", ".join(missing))
            made = replace(made, findings=(found, *made.findings))
        key = relative.replace(os.sep, "/")
        self.deployments[key] = [[deployment.flow, dict(deployment.entries)] for deployment in made.deployments]
        self.requirements[key] = self._needed(item, made, self.folder / folder)
        return Outcome(made, str(self.folder / relative), len(self.changed) > before, diff="".join(diffs))

    def _file(self, relative: str, file: File) -> tuple[str, str]:
        """Write one file, if it is new or ours; (what stood in the way, what --diff shows)."""
        target = self.folder / relative
        key = relative.replace(os.sep, "/")
        data = file.text.encode(file.encoding)
        try:
            old = target.read_bytes() if target.exists() else None
            if old == data:
                self.hashes[key] = _hash(data)
                return "", ""
            if old is not None and not self.mode.force and self.hashes.get(key) != _hash(old):
                what = "was edited since it was written" if key in self.hashes else "is not ours"
                return f"{target} {what}; --force overwrites it", ""
            self.changed.append(str(target))
            if self.mode.check or self.mode.diff:
                return "", _diff(old, data, str(target)) if self.mode.diff else ""
            write_atomically(target, data)
        except OSError as error:
            return f"cannot write {target}: {error.strerror or error}", ""
        self.hashes[key] = _hash(data)
        return "", ""

    def _needed(self, item: Found, made: Conversion, target: Path) -> list[str]:
        """Lines of requirements.txt, without the modules that lie beside the DAG or the flow."""
        return [line for line in made.requirements if not (line.startswith("?") and is_local(item, line[1:], target))]

    def _require(self) -> None:
        """requirements.txt for all flows of the folder, also those of earlier runs. One of somebody else's stays as it is."""
        alive = {path: lines for path, lines in self.requirements.items() if path in self.hashes or self.mode.check or self.mode.diff}
        if not alive:
            return
        error, diff = self._file(REQUIREMENTS, File(REQUIREMENTS, requirements_file(sorted(alive.items()))))
        if error:
            self.notes.append(
                f"{error}; the flows need {', '.join(sorted({line for lines in alive.values() for line in lines} | {*ALWAYS}))}"
            )
        sys.stdout.write(diff)

    def _deploy(self) -> None:
        """prefect.yaml for all flows of the folder, also those of earlier runs."""
        alive = {path: rows for path, rows in self.deployments.items() if path in self.hashes or self.mode.check or self.mode.diff}
        pairs = [(path, Conversion(path, (), (), tuple(_deployment(row) for row in rows), ())) for path, rows in sorted(alive.items())]
        made = deployment_file(pairs)
        if made is None:
            return
        error, diff = self._file(made.path, made)
        if error:
            self.errors.append(error)
        sys.stdout.write(diff)

    def _read_manifest(self) -> None:
        try:
            known = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
            self.hashes = {str(k): str(v) for k, v in known["files"].items()}
            self.deployments = {path: rows for path, rows in known["deployments"].items() if (self.folder / path).exists()}
            self.requirements = {path: rows for path, rows in known.get("requirements", {}).items() if (self.folder / path).exists()}
        except (OSError, ValueError, KeyError, AttributeError):
            return

    def _write_manifest(self) -> None:
        # By path; within, in the order of prefect.yaml: a run that converts other files writes these as they were.
        parts: dict[str, Mapping[str, object]] = {"files": self.hashes, "deployments": self.deployments, "requirements": self.requirements}
        text = json.dumps({name: dict(sorted(part.items())) for name, part in parts.items()}, indent=1)
        try:
            write_atomically(self.folder / MANIFEST, text.encode() + b"\n")
        except OSError as error:
            self.errors.append(f"cannot write {self.folder / MANIFEST}: {error.strerror or error}")


def local_modules(item: Found, text: str, target: Path) -> list[str]:
    """Modules of the DAGs' folder that a flow imports and that are not beside it."""
    names = dict.fromkeys(re.findall(r"^\s*(?:from|import)\s+([A-Za-z_]\w*)", text, re.MULTILINE))
    return [name for name in names if is_local(item, name) and not _there(target, name)]


def is_local(item: Found, name: str, *more: Path) -> bool:
    """Whether a module lies beside the DAG file, at the top of the folder that was named, or in one of `more`."""
    beside = Path(item.path).resolve().parent
    root = beside.parents[item.relative.count(os.sep) - 1] if os.sep in item.relative else beside
    return any(_there(folder, name) for folder in (beside, root, *more))


def _there(folder: Path, name: str) -> bool:
    return (folder / f"{name}.py").is_file() or (folder / name).is_dir()


def module_path(relative: str) -> str:
    """Where a flow goes: as the DAG file, unless that name would hide a module that flows import."""
    folder, name = os.path.split(relative)
    return os.path.join(folder, f"{name[:-3]}_flow.py") if name in RESERVED else relative


def _deployment(row: list[object]) -> Deployment:
    flow, entries = row
    assert isinstance(entries, Mapping)
    return Deployment(str(flow), dict(entries))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _diff(old: bytes | None, new: bytes, path: str) -> str:
    before = [] if old is None else old.decode("utf-8", "replace").splitlines(keepends=True)
    after = new.decode("utf-8", "replace").splitlines(keepends=True)
    return "".join(difflib.unified_diff(before, after, path if old is not None else "/dev/null", path))


def write_atomically(target: Path, data: bytes) -> None:
    """Write a file that is there as a whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        os.chmod(temporary, mode)
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
