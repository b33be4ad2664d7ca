"""The command line: the only room that touches the disk, prints, or knows exit codes."""

from __future__ import annotations

import re
import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

if TYPE_CHECKING:
    from airflow2prefect.model import WorkPool
    from airflow2prefect.report.summary import Summary
    from airflow2prefect.selection import Selection

DONE, FOUND, FAILED = 0, 1, 2
app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)


class FailOn(str, Enum):
    note = "note"
    check = "check"
    gap = "gap"
    error = "error"


class Format(str, Enum):
    text = "text"
    json = "json"


class ReportFormat(str, Enum):
    text = "text"
    json = "json"
    md = "md"
    html = "html"
    sarif = "sarif"


class Cache(str, Enum):
    resume = "resume"
    inputs = "inputs"
    none = "none"


class PoolType(str, Enum):
    process = "process"
    docker = "docker"
    kubernetes = "kubernetes"


class Runner(str, Enum):
    thread = "thread"
    process = "process"
    dask = "dask"
    ray = "ray"


class Airflow(str, Enum):
    auto = "auto"
    one = "1"
    two = "2"


def _version(wanted: bool) -> None:
    if wanted:
        from airflow2prefect import __version__

        print(f"airflow2prefect {__version__}")
        raise typer.Exit(DONE)


@app.callback()
def main(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Turn Apache Airflow DAG files into Prefect 3 flows that run. Nothing of yours is imported or executed.

    Options may stand in pyproject.toml, under [tool.airflow2prefect].
    """
    from airflow2prefect.config import read_config

    try:
        context.default_map = read_config(Path.cwd())
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        raise typer.Exit(FAILED) from error


Select = Annotated[
    Optional[list[str]], typer.Option("--select", help="Tell only findings whose code begins so: A2P4,A2P52.", show_default=False)
]
Ignore = Annotated[
    Optional[list[str]],
    typer.Option("--ignore", help="Tell no findings whose code begins so. The closer prefix counts.", show_default=False),
]


Bridge = Annotated[bool, typer.Option("--bridge", help="Run operators that are not converted in an environment with Airflow.")]


def _selection(select: Optional[list[str]], ignore: Optional[list[str]]) -> Selection:
    from airflow2prefect.selection import Selection, prefixes

    return Selection(prefixes(select or ()), prefixes(ignore or ()))


@app.command()
def convert(
    paths: Annotated[list[str], typer.Argument(help="DAG files, folders (searched for them), or - for stdin.", show_default=False)],
    output: Annotated[
        Optional[Path], typer.Option("--output", "-o", help="Folder for the flows. A single file without it goes to stdout.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if something would change.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Write nothing; show what would change.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that are not ours or were edited since.")] = False,
    fail_on: Annotated[FailOn, typer.Option(help="Exit 1 on findings of this level and above.")] = FailOn.gap,
    format: Annotated[Format, typer.Option(help="How to print findings.")] = Format.text,
    retries: Annotated[int, typer.Option(min=0, max=50, help="Retries for tasks whose DAG sets none, with backoff and jitter.")] = 2,
    cache: Annotated[Cache, typer.Option(help="Keep results: the same logical date resumes; the same inputs; none.")] = Cache.resume,
    paused: Annotated[bool, typer.Option("--paused", help="Deployments with inactive schedules.")] = False,
    airflow: Annotated[Airflow, typer.Option(help="The Airflow that the files are written for.")] = Airflow.auto,
    bridge: Bridge = False,
    work_pool: Annotated[str, typer.Option(help="The work pool of the deployments.")] = "default",
    work_pool_type: Annotated[PoolType, typer.Option(help="Its type.")] = PoolType.process,
    image: Annotated[str, typer.Option(help="The image with the flows, for docker and kubernetes.", show_default=False)] = "",
    cpu: Annotated[str, typer.Option(help="What a run gets: 500m for kubernetes, 0.5 for docker.", show_default=False)] = "",
    memory: Annotated[str, typer.Option(help="What a run gets: 512Mi for kubernetes, 512m for docker.", show_default=False)] = "",
    docker_build: Annotated[bool, typer.Option("--docker-build", help="Deploying builds the image, of a Dockerfile.")] = False,
    docker_push: Annotated[bool, typer.Option("--docker-push", help="And pushes it.")] = False,
    task_runner: Annotated[
        Runner, typer.Option(help="Where tasks run: in threads of the flow, processes, on Dask or Ray.")
    ] = Runner.thread,
    subflows: Annotated[bool, typer.Option("--subflows", help="Groups and sub-DAGs as flows that the flow runs.")] = False,
    select: Select = None,
    ignore: Ignore = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="Processes; 0: one a core for many files.")] = 0,
) -> None:
    """Write a Prefect flow for every DAG file."""
    from airflow2prefect.model import Options, WorkPool
    from airflow2prefect.writing import Mode, run

    pool = WorkPool(work_pool, work_pool_type.value, image, cpu, memory, docker_build, docker_push)
    if problem := _unfit(pool):
        print(problem, file=sys.stderr)
        raise typer.Exit(FAILED)
    options = Options(retries, cache.value, paused, airflow.value, bridge, pool, task_runner.value, subflows)
    mode = Mode(output, check=check, diff=diff, force=force, jobs=jobs, selection=_selection(select, ignore))
    raise typer.Exit(_told(run(paths, options, mode), format, fail_on))


def _unfit(pool: WorkPool) -> str:
    """What of a work pool cannot be, "" if all can."""
    if pool.type == "process":
        given = [name for name in ("image", "cpu", "memory", "build", "push") if getattr(pool, name)]
        return f"a process pool has no {given[0]}: choose --work-pool-type docker or kubernetes" if given else ""
    if not pool.image:
        return f"--work-pool-type {pool.type} needs --image: the image with the flows and what they need"
    if pool.push and not pool.build:
        return "--docker-push goes with --docker-build"
    if pool.type == "docker" and pool.cpu and not re.fullmatch(r"\d+(\.\d+)?", pool.cpu):
        return f"--cpu {pool.cpu}: docker takes a number of processors, 0.5"
    return ""


def _told(summary: Summary, format: Format, fail_on: FailOn) -> int:
    """Print what there is to say; the exit code."""
    from airflow2prefect.report import summary as report

    if format is Format.json:
        print(report.as_json(summary))
    else:
        report.as_text(summary)
    return report.exit_code(summary, fail_on.value)


@app.command("report")
def report_command(
    paths: Annotated[list[str], typer.Argument(help="DAG files, folders (searched for them), or - for stdin.", show_default=False)],
    format: Annotated[ReportFormat, typer.Option(help="How to show it.")] = ReportFormat.text,
    output: Annotated[Optional[Path], typer.Option("--output", "-o", help="The file to write; stdout without it.")] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show each DAG: tasks, XComs, findings.")] = False,
    fail_on: Annotated[FailOn, typer.Option(help="Exit 1 on findings of this level and above.")] = FailOn.gap,
    retries: Annotated[int, typer.Option(min=0, max=50, help="Retries that convert is to add; as there.")] = 2,
    cache: Annotated[Cache, typer.Option(help="What convert is to keep of results; as there.")] = Cache.resume,
    airflow: Annotated[Airflow, typer.Option(help="The Airflow that the files are written for.")] = Airflow.auto,
    bridge: Bridge = False,
    select: Select = None,
    ignore: Ignore = None,
    baseline: Annotated[
        Optional[Path], typer.Option(help="Findings that are known and not told; the file is written where there is none.")
    ] = None,
    update_baseline: Annotated[bool, typer.Option("--update-baseline", help="Write the baseline anew.")] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="Processes; 0: one a core for many files.")] = 0,
) -> None:
    """Tell what is there and what converting it will bring; writes no flow."""
    from airflow2prefect.model import Options
    from airflow2prefect.reporting import Mode, run

    options = Options(retries, cache.value, airflow=airflow.value, bridge=bridge)
    chosen = _selection(select, ignore)
    mode = Mode(format.value, output, verbose, fail_on.value, jobs, chosen, baseline, update_baseline)
    raise typer.Exit(run(paths, options, mode))


@app.command("config")
def config_command(
    paths: Annotated[
        Optional[list[str]], typer.Argument(help="Flows, DAG files or folders of them, for --check.", show_default=False)
    ] = None,
    connections: Annotated[Optional[list[Path]], typer.Option(help="What `airflow connections export` wrote: .json, .yaml, .env.")] = None,
    variables: Annotated[Optional[list[Path]], typer.Option(help="What `airflow variables export` wrote.")] = None,
    pools: Annotated[Optional[list[Path]], typer.Option(help="What `airflow pools export` wrote.")] = None,
    env_file: Annotated[Optional[list[Path]], typer.Option(help="Lines of AIRFLOW_CONN_* and AIRFLOW_VAR_*.")] = None,
    from_env: Annotated[bool, typer.Option("--from-env", help="Take AIRFLOW_CONN_* and AIRFLOW_VAR_* of this environment.")] = False,
    apply: Annotated[bool, typer.Option("--apply", help="Make it in the Prefect that is configured; twice changes nothing.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Tell what the flows need that is not there; exit 1 if something is.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Change what is there with other contents.")] = False,
    airflow: Annotated[Airflow, typer.Option(help="The Airflow whose rules for URIs hold; auto: 2.")] = Airflow.auto,
    python: Annotated[Optional[str], typer.Option(help="The Python that has prefect, if it is not this one.", show_default=False)] = None,
) -> None:
    """Show the blocks, Variables and limits that Airflow's connections, Variables and pools become; make them. Shows no secret."""
    from airflow2prefect.configuring import Mode, run

    if bool(paths) != check:
        print("PATHS and --check go together" if paths else "--check needs the paths of flows or DAG files", file=sys.stderr)
        raise typer.Exit(FAILED)
    mode = Mode(
        connections=tuple(connections or ()),
        variables=tuple(variables or ()),
        pools=tuple(pools or ()),
        env_files=tuple(env_file or ()),
        from_env=from_env,
        apply=apply,
        check=check,
        force=force,
        airflow=1 if airflow is Airflow.one else 2,
        python=python or sys.executable,
        paths=tuple(paths or ()),
    )
    if not (mode.connections or mode.variables or mode.pools or mode.env_files or from_env or check):
        print("nothing to read: give --connections, --variables, --pools, --env-file or --from-env", file=sys.stderr)
        raise typer.Exit(FAILED)
    raise typer.Exit(run(mode))


@app.command()
def explain(code: Annotated[str, typer.Argument(help="A finding's code, A2P201.", show_default=False)]) -> None:
    """Say what a finding means and what to do about it."""
    from airflow2prefect.findings import RULES
    from airflow2prefect.resources import page_of

    rule = RULES.get(code.upper())
    if rule is None:
        print(f"no finding has the code {code}; they are {', '.join(RULES)}", file=sys.stderr)
        raise typer.Exit(FAILED)
    print(f"{rule.code} {rule.level.name}: {rule.message}\n\n{rule.advice}")
    page = page_of(rule.code)
    if page:
        print(f"\n{page}", end="")
    if "## Becomes" in page:
        print("\n(The flow stands there without the retries and the cache that convert adds.)")
