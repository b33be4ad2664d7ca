"""A DAG file to its facts: one analysis and one conversion, the same that `convert` makes, and what they tell.

Where the conversion failed there are only its findings: what was not understood is not counted.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from airflow2prefect.convert import Converted, converted, no_collection
from airflow2prefect.findings import Finding, Level
from airflow2prefect.inventory import OUTCOMES, DagFacts, FileFacts, Outcome, Texts
from airflow2prefect.model import Dag, FlowPlan, Loader, Options, Schedule
from airflow2prefect.parse import Source
from airflow2prefect.plan.schedule import read_schedule
from airflow2prefect.survey.code import Code
from airflow2prefect.survey.gaps import retry_findings, xcom_findings
from airflow2prefect.survey.habits import dag_findings, module_findings, task_findings
from airflow2prefect.survey.matches import matches_of
from airflow2prefect.survey.needs import links_of, needs_of
from airflow2prefect.survey.shapes import as_read, parts_of_flow, shape_of
from airflow2prefect.survey.tasks import Tasks
from airflow2prefect.survey.xcoms import xcoms_of

# Findings of convert about XComs that report would tell of once more.
XCOM_CODES = frozenset(("A2P423", "A2P424", "A2P426", "A2P438"))


@no_collection()
def survey(
    data: bytes, path: str, options: Options, beside: frozenset[str] = frozenset(), *, texts: bool = False, loader: Loader | None = None
) -> FileFacts:
    """The facts of a file. `beside`: the modules in the folders of the DAGs; `texts`: with the file and its flow as text; `loader` finds the user's own modules."""
    made = converted(data, path, options, loader)
    conversion, source = made.conversion, made.source
    lines = data.count(b"\n") + (not data.endswith(b"\n") and bool(data))
    if source is None or not made.plans:
        return FileFacts(path, lines, findings=conversion.findings, converted=False, texts=_texts(made) if texts else None)
    code = Code(source.tree)
    tasks = Tasks(code, options, _Ends(source))
    dags: list[DagFacts] = []
    found: list[Finding] = []
    for plan in made.plans:
        facts, own = _dag(plan, tasks, options, made)
        dags.append(facts)
        found += own
    variables = frozenset(f.line for f in conversion.findings if f.code in ("A2P429", "A2P489"))
    found += module_findings(code, variables)
    file = FileFacts(
        path=path,
        lines=lines,
        dags=tuple(dags),
        findings=tuple(sorted(dict.fromkeys((*conversion.findings, *found)))),
        needs=needs_of(code, made.plans, conversion, beside),
        converted=bool(conversion.files),
        texts=_texts(made) if texts else None,
    )
    return replace(file, dags=tuple(replace(dag, converts=_outcome(file, dag)) for dag in dags))


def _outcome(file: FileFacts, dag: DagFacts) -> Outcome:
    level = max((found.level for found in file.findings_of(dag) if found.rule.shows == "both"), default=Level.NOTE)
    return OUTCOMES[level - Level.NOTE] if file.converted else "not at all"


def _dag(plan: FlowPlan, tasks: Tasks, options: Options, made: Converted) -> tuple[DagFacts, list[Finding]]:
    built, plan = plan, as_read(plan, made.dags)
    dag = plan.dag
    facts = tuple(tasks.facts(task, dag, plan) for task in dag.tasks)
    xcoms = xcoms_of(dag, plan, tasks)
    told = frozenset((f.line, f.task) for f in made.conversion.findings if f.code in XCOM_CODES)
    found = [
        *xcom_findings(dag, xcoms, told),
        *retry_findings(dag, facts, tasks, options),
        *task_findings(dag, facts, xcoms, tasks, options),
        *dag_findings(dag),
    ]
    schedule, _ = read_schedule(dag)
    return (
        DagFacts(
            dag_id=dag.dag_id,
            line=dag.span.line,
            end=tasks.end_line.get(dag.span.end, dag.span.line),
            schedule=_schedule(schedule, dag),
            start=f"{schedule.start:%Y-%m-%d}" if schedule.start is not None else "",
            catchup=schedule.catchup,
            airflow=dag.airflow,
            flow=plan.function,
            shape=shape_of(built),
            parts=parts_of_flow(built, made.conversion.files[0].text) if made.conversion.files else (),
            tasks=facts,
            edges=dag.edges,
            xcoms=xcoms,
            links=links_of(dag),
        ),
        found,
    )


def _schedule(schedule: Schedule, dag: Dag) -> str:
    match schedule.kind:
        case "cron":
            zone = "" if schedule.timezone == "UTC" else f" {schedule.timezone}"
            return schedule.cron + zone
        case "interval":
            return f"every {_duration(schedule.seconds)}"
        case "relative":
            return f"every {schedule.months} months" if schedule.months != 1 else "monthly"
        case "unknown":
            return "known at run time"
    return {"none": "none", "once": "once"}[schedule.kind]


def _duration(seconds: float) -> str:
    for unit, length in (("week", 604800), ("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= length and seconds % length == 0:
            count = int(seconds // length)
            return unit if count == 1 else f"{count} {unit}s"
    return f"{seconds:g} seconds"


class _Ends:
    """Lines by the offset at which something ends."""

    def __init__(self, source: Source) -> None:
        self.starts = source.line_starts

    def get(self, offset: int, default: int) -> int:
        return bisect_right(self.starts, max(offset - 1, 0)) or default


def _texts(made: Converted) -> Texts | None:
    if made.source is None:
        return None
    flow = made.conversion.files[0].text if made.conversion.files else ""
    return Texts(made.source.text, flow, matches_of(made.source.text, flow, made.dags) if flow else ())
