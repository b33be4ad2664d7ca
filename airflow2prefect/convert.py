"""The pipeline, read this first: parse -> analyse -> plan -> emit -> check.

The stages know the model and not each other; this is where they meet. Nothing here touches the disk.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Code, Conversion, Dag, File, FlowPlan, Loader, ModuleUse, Options, Region, Value, WorkPool, parts_of
from airflow2prefect.packages import airflow_requirements, requirements_of

if TYPE_CHECKING:
    from airflow2prefect.analyse.dags import Reading
    from airflow2prefect.parse import Source

# The stages are imported when first used: `airflow2prefect --version` must not pay for LibCST.


@dataclass(frozen=True, slots=True)
class Converted:
    """A conversion, and what it was made of: the file, its DAGs and the plans of their flows, as far as it came."""

    conversion: Conversion
    source: Source | None = None
    dags: tuple[Dag, ...] = ()
    plans: tuple[FlowPlan, ...] = ()


def convert(text: str, path: str, options: Options = Options(), loader: Loader | None = None) -> Conversion:
    """Convert the text of a DAG file. `path` names it in findings; nothing is read from there. `loader` finds the user's own modules.

    Never raises for bad input: what is no DAG file comes back without files, with an ERROR (or the NOTE that it has no DAG).
    """
    with no_collection():
        return converted(text, path, options, loader).conversion


def convert_bytes(data: bytes, path: str, options: Options = Options(), loader: Loader | None = None) -> Conversion:
    """The same for the bytes of a file, in whatever encoding it declares."""
    with no_collection():
        return converted(data, path, options, loader).conversion


@contextmanager
def no_collection() -> Iterator[None]:
    """Hundreds of thousands of nodes are made and dropped as a whole: to look for cycles among them meanwhile is a tenth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def analyse_text(text: str, path: str) -> tuple[Dag, ...]:
    """The DAGs of a file as Airflow would make them, as far as they can be known without running it."""
    from airflow2prefect.analyse.dags import airflow_version, read_dags
    from airflow2prefect.parse import parse

    source = parse(text, path)
    return read_dags(source, airflow_version(source.text)).dags


def deployment_files(conversions: Sequence[tuple[str, Conversion]], pool: WorkPool = WorkPool()) -> tuple[File, ...]:
    """prefect.yaml for a folder of flows, and a Dockerfile where it builds an image. None where there is no flow.

    `conversions`: (path of the flow in the folder, its conversion) each.
    """
    from airflow2prefect.emit.deployment import dockerfile, prefect_yaml

    deployments = [(path, deployment) for path, conversion in conversions for deployment in conversion.deployments]
    if not deployments:
        return ()
    image = (File("Dockerfile", dockerfile()),) if pool.build else ()
    return (File("prefect.yaml", prefect_yaml(deployments, pool)), *image)


def helper_file(name: str, uses: Iterable[str]) -> File:
    """A helper module for all flows beside it: `uses` are those of its File in their conversions."""
    from airflow2prefect.module import helper_file

    return helper_file(name, frozenset(uses))


def helper_names() -> frozenset[str]:
    """The helper modules that there are."""
    from airflow2prefect.emit.helpers import helper_names

    return helper_names()


def converted(data: str | bytes, path: str, options: Options = Options(), loader: Loader | None = None) -> Converted:
    """The same with what the conversion was made of: `report` tells of that."""
    from airflow2prefect.parse import Unreadable, parse

    if b"DAG" not in data and b"dag" not in data if isinstance(data, bytes) else "DAG" not in data and "dag" not in data:
        return Converted(_nothing(path, finding("A2P101")))
    try:
        source = parse(data, path)
    except Unreadable as unreadable:
        return Converted(_nothing(path, unreadable.finding))
    reading = None
    try:
        reading = _read(source, options, loader)
        return _write(source, reading, options, loader)
    except RecursionError:
        found = finding("A2P105")
    except Exception as error:
        # A mistake of ours: nothing is written for this file, the others go on.
        told = f"{type(error).__name__}: {error}".splitlines()[0]
        found = finding("A2P901", error=told[:200])
    return Converted(_nothing(path, found), source, reading.dags if reading else ())


def _nothing(path: str, *findings: Finding) -> Conversion:
    return Conversion(path, (), (), (), findings)


def _is_rebuilt(found: Finding, regions: Sequence[Region], plans: Sequence[FlowPlan]) -> bool:
    """Whether module-level code that was left out made what bridged operators take: there it is built again."""
    if found.code != "A2P421" or not any(body.template == "bridge" for plan in plans for body in plan.bodies.values()):
        return False
    bridged = (task for plan in plans for task in plan.dag.tasks if plan.bodies[task.task_id].template == "bridge")
    taken = {name for task in bridged for value in task.arguments.values() for name in _names(value)}
    region = next((region for region in regions if region.span.line == found.line), None)
    return region is not None and region.kind == "assign" and bool(region.defines) and taken.issuperset(region.defines)


def _names(value: Value) -> set[str]:
    """The names in how the user wrote a value, and in how its parts are written."""
    code = value if isinstance(value, Code) else getattr(value, "code", None)
    found = {name for _, _, name in code.names} if code is not None else set()
    return found.union(*map(_names, parts_of(value)))


def merged_use(uses: Sequence[ModuleUse]) -> ModuleUse | None:
    """What several flows need of a module; None where they need it changed in different ways."""
    from airflow2prefect.emit.modules import merged

    return merged(uses)


def module_file(use: ModuleUse) -> File:
    """The copy of a module."""
    from airflow2prefect.emit.modules import module_text

    return File(use.module.path, module_text(use), use.encoding)


def _read(source: Source, options: Options, loader: Loader | None) -> Reading:
    from airflow2prefect.analyse.dags import airflow_version, read_dags

    version = int(options.airflow) if options.airflow != "auto" else airflow_version(source.text)
    reading = read_dags(source, version, loader)
    if options.airflow == "auto" and version == 1 and any(airflow_version(each.source.text) == 2 for each in reading.modules):
        return read_dags(source, 2, loader)
    return reading


def _modules(reading: Reading, loader: Loader | None) -> tuple[ModuleUse, ...]:
    """The user's own modules, with Airflow taken out of what stays of them."""
    from airflow2prefect.analyse.airflow_code import airflow_code
    from airflow2prefect.analyse.dags import of_module
    from airflow2prefect.analyse.layout import read_layout
    from airflow2prefect.emit.helpers import home_of

    made = []
    for each in reading.modules:
        inner = of_module(reading, each)
        code = airflow_code(inner, read_layout(inner.reader))
        needs = frozenset(path for own in inner.classes.values() if own.problem is None for path in own.needs if not path.startswith("airflow_"))
        helpers = frozenset(map(home_of, code.helpers))
        source = each.source
        made.append(ModuleUse(
            each.module, source.text, source.newline, source.encoding, code.regions, code.edits, code.stuck,
            imports=needs, helpers=helpers, findings=code.findings, line=each.line, base=each.base,
            settled=loader.settled.get(each.module.name) if loader is not None else None,
        ))  # fmt: skip
    return tuple(made)


def _write(source: Source, reading: Reading, options: Options, loader: Loader | None) -> Converted:
    from airflow2prefect import check, module
    from airflow2prefect.analyse.airflow_code import airflow_code
    from airflow2prefect.analyse.dags import with_building
    from airflow2prefect.analyse.jinja import read_template
    from airflow2prefect.analyse.layout import read_layout
    from airflow2prefect.plan.building import as_built, is_plannable
    from airflow2prefect.plan.subdags import with_subdags

    if any(found.level.name == "ERROR" for found in reading.findings):
        return Converted(_nothing(source.path, *reading.findings), source, reading.dags)
    if not reading.dags:
        return Converted(_nothing(source.path, *reading.findings, finding("A2P101")), source)
    if reading.building:
        reading = with_building(reading, frozenset(n for n, dag in enumerate(reading.dags) if not is_plannable(dag)))
    name = source.path.replace("\\", "/").rpartition("/")[2] or "flow.py"
    code = airflow_code(reading, read_layout(reading.reader))
    origin = module.Source(
        reading.reader.source.text, source.newline, name, tuple(as_built(with_subdags(dag)) for dag in reading.dags), code.regions, code.edits, code.helpers,
        _modules(reading, loader), loader.depth if loader is not None else 0,
    )  # fmt: skip
    written = module.write_module(origin, options, read_template)
    lost = [
        replace(found, code="A2P489") if found.code == "A2P429" and found.line in written.late else found
        for found in code.findings
        if not _is_rebuilt(found, code.regions, written.plans)
    ]
    findings = tuple(sorted(dict.fromkeys((*reading.findings, *lost, *written.findings))))
    copies = [module_file(use) for use in written.modules if use.module.path]
    problems = check.problems((*written.files, *copies), written.kept)
    if problems:
        raise AssertionError(problems[0])
    files = (replace(written.files[0], encoding=source.encoding), *written.files[1:])
    drivers = frozenset(body.driver for plan in written.plans for body in plan.bodies.values() if body.gap is None)
    texts = [file.text for file in (*files[1:], *copies)]
    own = {f"?{use.module.name.partition('.')[0]}" for use in written.modules}
    needed = tuple(line for line in requirements_of(files[0].text, texts, drivers) if line not in own)
    bodies = (body for plan in written.plans for body in plan.bodies.values())
    bridged = sorted(body.words["operator"] for body in bodies if body.template == "bridge")
    needed += airflow_requirements(bridged, max((dag.airflow for dag in reading.dags), default=1))
    names = tuple(dag.dag_id for dag in reading.dags)
    made = Conversion(source.path, names, files, written.deployments, findings, needed, written.modules)
    return Converted(made, source, reading.dags, written.plans)
