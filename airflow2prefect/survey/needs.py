"""What flows need around them: connections, Variables, pools, modules, packages; and links to other DAGs and datasets."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache

from airflow2prefect.inventory import Link, Needs
from airflow2prefect.model import Call, Conversion, Dag, FlowPlan, Literal, Value, parts_of
from airflow2prefect.operators.bridge import known_operators
from airflow2prefect.operators.registry import entries
from airflow2prefect.packages import third_party
from airflow2prefect.survey.code import Code
from airflow2prefect.survey.tasks import POOL, texts

SCHEDULES = ("schedule", "schedule_interval", "timetable")
BASES = ("operators.branch_operator", "sensors.base_sensor_operator")  # they hold classes to derive from, and no operator
_VARIABLE = re.compile(r"\bvar\.(?:value|json)\.(?:get\(\s*['\"](?P<got>[^'\"]+)|(?P<name>\w+))")
_CONNECTION = re.compile(r"\bconn\.(?:get\(\s*['\"](?P<got>[^'\"]+)|(?P<name>\w+))")


def needs_of(code: Code, plans: Iterable[FlowPlan], made: Conversion, beside: frozenset[str]) -> Needs:
    """`beside`: names of the modules that lie in the folders of the DAGs; a loader may have found more."""
    tasks = [task for plan in plans for task in plan.dag.tasks]
    strings = [
        text for task in tasks for value in (*task.arguments.values(), *task.inherited.values()) for text in texts(value) if "{{" in text
    ]
    connections = {*_connections(code), *_names(_CONNECTION, strings)}
    for task in tasks:
        connections |= {
            t for name, value in (*task.arguments.items(), *task.inherited.items()) if name.endswith("conn_id") for t in texts(value)
        }
    variables = {*_variables(code), *_names(_VARIABLE, strings)}
    pools = {text for task in tasks for text in texts(task.argument("pool")) if text != POOL}
    beside |= {use.module.name.partition(".")[0] for use in made.modules}
    third = third_party(made.files[0].text) if made.files else []
    packages = {re.split(r"[\[<>=!~; ]", line)[0] for line in made.requirements if line[:1] not in "?@"}
    packages |= {line[1:] for line in made.requirements if line[:1] == "?" and line[1:] not in beside}
    plugins = {use.module.name for use in made.modules if use.module.origin.startswith("plugins/")} | set(_plugins(code))
    return Needs(
        connections=tuple(sorted(connections)),
        variables=tuple(sorted(variables)),
        pools=tuple(sorted(pools)),
        modules=tuple(root for root in third if root in beside),
        packages=tuple(sorted((name for name in packages if not name.startswith("prefect-")), key=str.lower)),
        integrations=tuple(sorted(name for name in packages if name.startswith("prefect-"))),
        helpers=tuple(file.path for file in made.files[1:]),
        plugins=tuple(sorted(plugins)),
        airflow=tuple(line[1:] for line in made.requirements if line[:1] == "@"),
    )


def _plugins(code: Code) -> Iterator[str]:
    """Modules below `airflow.operators` and `airflow.sensors` that are not Airflow's own: those of plugins, in 1.10."""
    for path in code.imports.values():
        if path.startswith(("airflow.operators.", "airflow.sensors.")):
            modules, classes = _own_modules()
            parts = path.split(".")
            if parts[2] not in classes and ".".join(parts[:3]) not in modules:
                yield ".".join(parts[:-1] if len(parts) > 3 else parts)


@cache
def _own_modules() -> tuple[frozenset[str], frozenset[str]]:
    """Airflow's modules of operators, and the names of their classes."""
    paths = {*known_operators(), *entries()}
    modules = frozenset(path.rpartition(".")[0] for path in paths) | {f"airflow.{module}" for module in BASES}
    return modules, frozenset(path.rpartition(".")[2] for path in paths)


def _names(pattern: re.Pattern[str], strings: Iterable[str]) -> Iterator[str]:
    for text in strings:
        for found in pattern.finditer(text):
            name = found["got"] or found["name"]
            if name != "get":
                yield name


def _connections(code: Code) -> Iterator[str]:
    """Connections that code names: `hook(conn_id="x")`, `get_connection("x")`."""
    for node in code.calls:
        for keyword in node.keywords:
            if (keyword.arg or "").endswith("conn_id") and isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, str):
                yield keyword.value.value
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if name == "get_connection" and node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
            yield node.args[0].value


def _variables(code: Code) -> Iterator[str]:
    for node in code.calls:
        path = code.path(node.func, {})
        if path.startswith("airflow.") and path.endswith(("Variable.get", "Variable.set", "Variable.setdefault")) and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


# ---------------------------------------------------------------------------------------------- links


def links_of(dag: Dag) -> tuple[Link, ...]:
    """Other DAGs and datasets that the tasks of a DAG, or its schedule, name."""
    made: list[Link] = []
    for task in dag.tasks:
        name = task.operator.partition(":")[0].rpartition(".")[2]
        given = "trigger_dag_id" if name.startswith("TriggerDagRun") else "external_dag_id" if name.startswith("ExternalTask") else ""
        if given:
            target = next(texts(task.argument(given)), "?")
            made.append(Link(task.task_id, task.site.line, "triggers" if given == "trigger_dag_id" else "waits for", target))
        elif name == "SubDagOperator":
            made.append(Link(task.task_id, task.site.line, "contains", f"{dag.dag_id}.{task.task_id}"))
        made += [Link(task.task_id, task.site.line, "writes", uri) for uri in _datasets(task.argument("outlets"))]
        made += [Link(task.task_id, task.site.line, "reads", uri) for uri in _datasets(task.argument("inlets"))]
    made += [Link("", dag.span.line, "reads", uri) for name in SCHEDULES for uri in _datasets(dag.arguments.get(name))]
    return tuple(made)


def _datasets(value: Value | None) -> Iterator[str]:
    """The URIs of datasets in a value, also in conditions on them and in timetables."""
    if isinstance(value, Call) and value.path.rpartition(".")[2] in ("Dataset", "Asset", "File"):
        given = value.args[0] if value.args else value.kwargs.get("uri") or value.kwargs.get("url") or value.kwargs.get("name")
        if isinstance(given, Literal) and isinstance(given.value, str):
            yield given.value
        return
    for part in parts_of(value) if value is not None else ():
        yield from _datasets(part)
