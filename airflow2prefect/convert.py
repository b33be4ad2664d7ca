"""The pipeline, read this first: parse -> analyse -> plan -> emit -> check.

The stages know the model and not each other; this is where they meet. Nothing here touches the disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Code, Conversion, Dag, File, FlowPlan, Options, Region, Value, WorkPool, parts_of
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


def convert(text: str, path: str, options: Options = Options()) -> Conversion:
    """Convert the text of a DAG file. `path` names it in findings; nothing is read from there.

    Never raises for bad input: what is no DAG file comes back without files, with an ERROR (or the NOTE that it has no DAG).
    """
    return converted(text, path, options).conversion


def convert_bytes(data: bytes, path: str, options: Options = Options()) -> Conversion:
    """The same for the bytes of a file, in whatever encoding it declares."""
    return converted(data, path, options).conversion


def analyse_text(text: str, path: str) -> tuple[Dag, ...]:
    """The DAGs of a file as Airflow would make them, as far as they can be known without running it."""
    from airflow2prefect.analyse.dags import airflow_version, read_dags
    from airflow2prefect.parse import parse

    source = parse(text, path)
    return read_dags(source, airflow_version(source.module)).dags


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


def converted(data: str | bytes, path: str, options: Options = Options()) -> Converted:
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
        reading = _read(source, options)
        return _write(source, reading, options)
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


def _read(source: Source, options: Options) -> Reading:
    from airflow2prefect.analyse.dags import airflow_version, read_dags

    version = int(options.airflow) if options.airflow != "auto" else airflow_version(source.module)
    return read_dags(source, version)


def _write(source: Source, reading: Reading, options: Options) -> Converted:
    from airflow2prefect import check, module
    from airflow2prefect.analyse.airflow_code import airflow_code
    from airflow2prefect.analyse.jinja import read_template
    from airflow2prefect.analyse.layout import read_layout
    from airflow2prefect.plan.subdags import with_subdags

    if any(found.level.name == "ERROR" for found in reading.findings):
        return Converted(_nothing(source.path, *reading.findings), source, reading.dags)
    if not reading.dags:
        return Converted(_nothing(source.path, *reading.findings, finding("A2P101")), source)
    name = source.path.replace("\\", "/").rpartition("/")[2] or "flow.py"
    code = airflow_code(reading, read_layout(reading.reader))
    origin = module.Source(
        source.text, source.newline, name, tuple(map(with_subdags, reading.dags)), code.regions, code.edits, code.helpers
    )
    written = module.write_module(origin, options, read_template)
    lost = [found for found in code.findings if not _is_rebuilt(found, code.regions, written.plans)]
    findings = tuple(sorted(dict.fromkeys((*reading.findings, *lost, *written.findings))))
    problems = check.problems(written.files, written.kept)
    if problems:
        raise AssertionError(problems[0])
    files = (replace(written.files[0], encoding=source.encoding), *written.files[1:])
    drivers = frozenset(body.driver for plan in written.plans for body in plan.bodies.values() if body.gap is None)
    needed = requirements_of(files[0].text, [file.text for file in files[1:]], drivers)
    bodies = (body for plan in written.plans for body in plan.bodies.values())
    bridged = sorted(body.words["operator"] for body in bodies if body.template == "bridge")
    needed += airflow_requirements(bridged, max((dag.airflow for dag in reading.dags), default=1))
    made = Conversion(source.path, tuple(dag.dag_id for dag in reading.dags), files, written.deployments, findings, needed)
    return Converted(made, source, reading.dags, written.plans)
