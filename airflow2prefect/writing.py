"""From files on disk to flows on disk: read, convert side by side, and write what is ours to write."""

from __future__ import annotations

import difflib
import os
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from airflow2prefect.convert import convert_bytes, deployment_files, helper_file, helper_names
from airflow2prefect.copies import Copies, absent
from airflow2prefect.discovery import Found, find
from airflow2prefect.findings import finding
from airflow2prefect.loading import loader_for
from airflow2prefect.manifest import NAME as MANIFEST
from airflow2prefect.manifest import Manifest, hash_of, located
from airflow2prefect.model import Conversion, Deployment, File, Options, Settled, WorkPool
from airflow2prefect.packages import ALWAYS, airflow_requirements_file, requirements_file
from airflow2prefect.report.summary import Outcome, Summary
from airflow2prefect.selection import Selection
from airflow2prefect.workers import each

REQUIREMENTS = "requirements.txt"
REQUIREMENTS_THERE = "requirements-airflow.txt"  # of the environment that bridged operators run in
# Modules that flows import besides our own: a flow of such a name would stand before them.
RESERVED = frozenset(
    ("prefect", "prefect_shell", "prefect_sqlalchemy", "prefect_email", "prefect_gcp", "prefect_slack", "slack_sdk", "google", "prefect_dask", "prefect_ray",
     "dask", "distributed", "ray", "requests", "airflow", "sys", "datetime", "dateutil", "jinja2", "cronsim")
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
    copies = Copies()
    work = partial(convert_file, options=options, selection=mode.selection)
    conversions = copies.settle(found, each(found, work, mode.jobs, "Converting"), lambda item, settled: work(item, settled=settled))
    if mode.output is None:
        conversions = [_told_of_modules(made, copies.wanted.get(item.relative, ())) for item, made in zip(found, conversions, strict=True)]
        outcomes = tuple(Outcome(made, changed=bool(made.files)) for made in conversions)
        return Summary(outcomes, errors, to_stdout=True)
    output = _Output(mode.output, mode, options.pool, Manifest.read(mode.output), copies)
    return output.write(tuple(zip(found, conversions, strict=True)), errors)


# ---------------------------------------------------------------------------------------------- converting


def convert_file(
    item: Found, options: Options, selection: Selection = Selection(), settled: Mapping[str, Settled] | None = None
) -> Conversion:
    """Read and convert one file; `-` is stdin. `settled`: what other flows have made of modules that it imports."""
    path = item.path
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        return Conversion(path, (), (), (), (finding("A2P104", error=error.strerror or str(error)),))
    loader = loader_for(item)
    if loader is not None:
        loader.settled.update(settled or {})
    made = convert_bytes(data, path, options, loader)
    return replace(made, findings=selection.kept(data, made.findings))


def _told_of_modules(made: Conversion, wanted: Sequence[tuple[str, frozenset[str]]]) -> Conversion:
    """A flow that goes to stdout leaves its modules where they are."""
    if not wanted:
        return made
    names = dict.fromkeys(path.partition("/")[0].removesuffix(".py") for path, _ in wanted)
    found = finding("A2P114", what=", ".join(names))
    return replace(made, findings=(found, *made.findings))


# ---------------------------------------------------------------------------------------------- writing


@dataclass(frozen=True, slots=True)
class _Flow:
    """A flow to write, `path` in the folder of the flows; `error`: what stands in the way."""

    item: Found
    made: Conversion
    path: str
    error: str

    @property
    def key(self) -> str:
        return self.path.replace(os.sep, "/")

    @property
    def place(self) -> str:
        return os.path.dirname(self.path)


@dataclass(slots=True)
class _Output:
    """The folder of the flows, and what we wrote into it before."""

    folder: Path
    mode: Mode
    pool: WorkPool
    manifest: Manifest
    copies: Copies
    notes: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def write(self, pairs: tuple[tuple[Found, Conversion], ...], errors: tuple[str, ...]) -> Summary:
        known = self.manifest.text()
        flows = [self._flow(item, made) for item, made in pairs]
        helpers = self._helpers([flow for flow in flows if flow.made.files and not flow.error])
        texts = {flow.key: flow.made.files[0].text for flow in flows if flow.made.files}
        outcomes = tuple(self._one(flow, helpers, texts) for flow in flows)
        for path in sorted(self.copies.uses.keys() - texts.keys()):
            self._copy(path, texts)
        self._deploy()
        self._require()
        if self.manifest.text() != known and not (self.mode.check or self.mode.diff):
            self._write_manifest()
        return Summary(outcomes, (*errors, *self.errors), self.mode.check, tuple(self.changed), notes=tuple(self.notes))

    def _flow(self, item: Found, made: Conversion) -> _Flow:
        path = module_path(item.relative)
        return _Flow(item, made, path, self._in_the_way(path, made.files[0]) if made.files else "")

    def _helpers(self, flows: list[_Flow]) -> dict[str, tuple[str, str]]:
        """Write the helper modules for these flows and those beside them; by path what `_file` says of each."""
        places: dict[str, dict[str, set[str]]] = {}
        for flow in flows:
            for name in self.manifest.uses.get(flow.key, ()):
                place, module = located(flow.place, name)
                places.setdefault(place, {}).setdefault(module, set())
            for file in flow.made.files[1:]:
                place, module = located(flow.place, file.path[:-3])
                places.setdefault(place, {}).setdefault(module, set()).update(file.uses)
        known = {flow.key for flow in flows} | self.copies.uses.keys()
        made: dict[str, tuple[str, str]] = {}
        for place, uses in places.items():
            known |= {os.path.join(place, f"{module}.py").replace(os.sep, "/") for module in helper_names()}
            for module, more in self.manifest.used_beside(place, uses, known).items():
                if uses[module] | more:
                    file = helper_file(module, uses[module] | more)
                    made[os.path.join(place, file.path)] = self._file(os.path.join(place, file.path), file)
        return made

    def _one(self, flow: _Flow, helpers: dict[str, tuple[str, str]], texts: Mapping[str, str]) -> Outcome:
        """Write a flow whose helper modules are there. A change to one of these is told with the first flow that needs it."""
        made, path = flow.made, flow.path
        if not made.files:
            return Outcome(made)
        own = [os.path.normpath(os.path.join(flow.place, file.path)) for file in made.files[1:]]
        error = flow.error or next((helpers[helper][0] for helper in own if helpers[helper][0]), "")
        before = len(self.changed)
        if not error:
            error, diff = self._file(path, made.files[0])
        if error:
            return Outcome(made, path, error=error)
        diffs = [helpers[helper][1] for helper in own]
        helpers.update(dict.fromkeys(own, ("", "")))
        wanted = self.copies.wanted.get(flow.item.relative, ())
        for module, names in wanted:
            gone = absent(names, texts[module]) if module in texts else []
            if gone:
                made = replace(made, findings=(finding("A2P136", module=module, names=", ".join(gone)), *made.findings))
        copied = {part.removesuffix(".py") for module, _ in wanted for part in (module.partition("/")[0], os.path.basename(module))}
        missing = [name for name in local_modules(flow.item, made.files[0].text, self.folder / flow.place) if name not in copied]
        if missing:
            found = finding("A2P114", what=", ".join(missing))
            made = replace(made, findings=(found, *made.findings))
        self.manifest.deployments[flow.key] = [[deployment.flow, dict(deployment.entries)] for deployment in made.deployments]
        self.manifest.uses[flow.key] = {file.path[:-3]: list(file.uses) for file in made.files[1:]}
        self.manifest.requirements[flow.key] = self._needed(flow.item, made, self.folder / flow.place)
        return Outcome(made, str(self.folder / path), len(self.changed) > before, diff="".join([diff, *diffs]))

    def _copy(self, path: str, flows: Mapping[str, str]) -> None:
        """Write the copy of a module."""
        file = self.copies.file(path)
        mine = {_key(module_path(flow)) for flow in self.copies.flows[path]}
        others = [flow for flow in self.manifest.modules.get(path, ()) if flow not in mine and flow not in flows and self._is_there(flow)]
        if others and self.manifest.hashes.get(path) != hash_of(file.text.encode(file.encoding)):
            self.errors.append(f"{self.folder / path} would change for {others[0]}, which imports it too; convert them together")
            return
        error, diff = self._file(path.replace("/", os.sep), file)
        if error:
            self.errors.append(error)
        else:
            self.manifest.modules[path] = sorted({*others, *mine})
        sys.stdout.write(diff)

    def _in_the_way(self, relative: str, file: File) -> str:
        """Why a file cannot be written: it is there, and nobody knows that it is ours."""
        target, key = self.folder / relative, relative.replace(os.sep, "/")
        try:
            old = target.read_bytes() if target.exists() else None
        except OSError as error:
            return f"cannot write {target}: {error.strerror or error}"
        if old is None or self.mode.force or old == file.text.encode(file.encoding) or self.manifest.is_ours(key, old):
            return ""
        what = "was edited since it was written" if key in self.manifest.hashes else "is not ours"
        return f"{target} {what}; --force overwrites it"

    def _file(self, relative: str, file: File) -> tuple[str, str]:
        """Write one file, if it is new or ours; (what stood in the way, what --diff shows)."""
        obstacle = self._in_the_way(relative, file)
        if obstacle:
            return obstacle, ""
        target = self.folder / relative
        data = file.text.encode(file.encoding)
        try:
            old = target.read_bytes() if target.exists() else None
            if old != data:
                self.changed.append(str(target))
                if self.mode.check or self.mode.diff:
                    return "", _diff(old, data, str(target)) if self.mode.diff else ""
                write_atomically(target, data)
        except OSError as error:
            return f"cannot write {target}: {error.strerror or error}", ""
        self.manifest.hashes[relative.replace(os.sep, "/")] = hash_of(data)
        return "", ""

    def _is_there(self, path: str) -> bool:
        """Whether a flow was written, or would be."""
        return path in self.manifest.hashes or self.mode.check or self.mode.diff

    def _needed(self, item: Found, made: Conversion, target: Path) -> list[str]:
        """Lines of requirements.txt, without the modules that lie beside the DAG or the flow."""
        return [line for line in made.requirements if not (line.startswith("?") and is_local(item, line[1:], target))]

    def _require(self) -> None:
        """requirements.txt for all flows of the folder, also those of earlier runs. One of somebody else's stays as it is."""
        alive = {path: lines for path, lines in self.manifest.requirements.items() if self._is_there(path)}
        if not alive:
            return
        there = airflow_requirements_file(line for lines in alive.values() for line in lines)
        if there:
            error, diff = self._file(REQUIREMENTS_THERE, File(REQUIREMENTS_THERE, there))
            self.notes += [f"{error}; bridged operators need what else would stand there"] if error else []
            sys.stdout.write(diff)
        error, diff = self._file(REQUIREMENTS, File(REQUIREMENTS, requirements_file(sorted(alive.items()))))
        if error:
            self.notes.append(
                f"{error}; the flows need {', '.join(sorted({line for lines in alive.values() for line in lines} | {*ALWAYS}))}"
            )
        sys.stdout.write(diff)

    def _deploy(self) -> None:
        """prefect.yaml for all flows of the folder, also those of earlier runs."""
        alive = {path: rows for path, rows in self.manifest.deployments.items() if self._is_there(path)}
        pairs = [(path, Conversion(path, (), (), tuple(_deployment(row) for row in rows), ())) for path, rows in sorted(alive.items())]
        for made in deployment_files(pairs, self.pool):
            error, diff = self._file(made.path, made)
            if error:
                self.errors.append(error)
            sys.stdout.write(diff)

    def _write_manifest(self) -> None:
        target = self.folder / MANIFEST
        try:
            write_atomically(target, self.manifest.text().encode())
        except OSError as error:
            self.errors.append(f"cannot write {target}: {error.strerror or error}")


def _key(path: str) -> str:
    """A path as the manifest has it."""
    return path.replace(os.sep, "/")


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


def is_reserved(name: str) -> bool:
    """Whether a file of this name would stand before a module that flows import."""
    return name[:-3] in RESERVED | helper_names()


def module_path(relative: str) -> str:
    """Where a flow goes: as the DAG file, unless that name would hide a module that flows import."""
    folder, name = os.path.split(relative)
    return os.path.join(folder, f"{name[:-3]}_flow.py") if is_reserved(name) else relative


def _deployment(row: list[object]) -> Deployment:
    flow, entries = row
    assert isinstance(entries, Mapping)
    return Deployment(str(flow), dict(entries))


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
