"""A DAG's schedule and settings as an entry of prefect.yaml.

https://docs.prefect.io/v3/how-to-guides/deployments/prefect-yaml
"""

from __future__ import annotations

from collections.abc import Mapping

from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Dag, Deployment, Literal, Options, Schedule, Sequence, Value
from airflow2prefect.plan.datasets import condition_of, trigger_of
from airflow2prefect.plan.work_pool import plan_work_pool


def plan_deployment(
    dag: Dag, schedule: Schedule, options: Options, entrypoint: str, parameters: Mapping[str, object]
) -> tuple[Deployment, tuple[Finding, ...]]:
    """`entrypoint` is relative to the folder of prefect.yaml: `etl.py:etl`."""
    given = dag.arguments.get("dag_id")
    name = entrypoint.rpartition(":")[2] if given is not None and not isinstance(given, Literal) else dag.dag_id
    entries: dict[str, object] = {"name": name, "entrypoint": entrypoint}
    description = dag.arguments.get("description")
    if isinstance(description, Literal) and isinstance(description.value, str):
        entries["description"] = description.value
    tags = dag.arguments.get("tags")
    if isinstance(tags, Sequence):
        entries["tags"] = [item.value for item in tags.items if isinstance(item, Literal) and isinstance(item.value, str)]
    if parameters:
        entries["parameters"] = dict(parameters)
    runs = dag.arguments.get("max_active_runs")
    if isinstance(runs, Literal) and isinstance(runs.value, int) and runs.value > 0:
        entries["concurrency_limit"] = {"limit": runs.value, "collision_strategy": "ENQUEUE"}
    entries["schedules"] = _schedules(dag, schedule, options)
    condition = condition_of(dag.arguments.get("schedule"))
    if condition is not None:
        entries["triggers"] = [dict(trigger_of(condition, paused=options.paused or _true(dag.arguments.get("is_paused_upon_creation"))))]
    entries["work_pool"], found = plan_work_pool(dag, options.pool)
    return Deployment(entrypoint, entries), (*_findings(dag, schedule), *found)


def _schedules(dag: Dag, schedule: Schedule, options: Options) -> list[dict[str, object]]:
    active = {"active": False} if options.paused or _true(dag.arguments.get("is_paused_upon_creation")) else {}
    zone = {"timezone": schedule.timezone}
    anchor = {"anchor_date": schedule.start.isoformat()} if schedule.start is not None else {}
    match schedule.kind:
        case "cron":
            return [{"cron": schedule.cron, **zone, **active}]
        case "interval":
            seconds = int(schedule.seconds) if schedule.seconds == int(schedule.seconds) else schedule.seconds
            return [{"interval": seconds, **anchor, **zone, **active}]
        case "relative":
            start = f"DTSTART:{schedule.start:%Y%m%dT%H%M%S}\n" if schedule.start is not None else ""
            return [{"rrule": f"{start}RRULE:FREQ=MONTHLY;INTERVAL={schedule.months}", **zone, **active}]
    return []


def _findings(dag: Dag, schedule: Schedule) -> list[Finding]:
    line, column = dag.span.line, dag.span.column
    found: list[Finding] = []
    scheduled = schedule.kind in ("cron", "interval", "relative")
    if scheduled and schedule.catchup:
        found.append(finding("A2P501", line, column))
    if "end_date" in dag.arguments or "end_date" in dag.default_args:
        found.append(finding("A2P503", line, column))
    if schedule.kind == "once":
        found.append(finding("A2P511", line, column))
    return found


def _true(value: Value | None) -> bool:
    return isinstance(value, Literal) and bool(value.value)
