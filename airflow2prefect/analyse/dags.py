"""A Source to its DAGs: the entry of `analyse`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import libcst as cst

from airflow2prefect.analyse.building import buildings_of, is_of, tells, use_building
from airflow2prefect.analyse.callables import Callables, with_callable, with_callbacks
from airflow2prefect.analyse.classes import Known, read_class
from airflow2prefect.analyse.derived_classes import read_derived_class
from airflow2prefect.analyse.modules import Loaded, Modules, view
from airflow2prefect.analyse.names import last_bindings, stable_names
from airflow2prefect.analyse.objects import Class, Const, DagObject, Environment, Function, GroupObject, Named, TaskObject, freeze
from airflow2prefect.analyse.pod_classes import read_pod_class
from airflow2prefect.analyse.reader import Reader, TooLong, path_of
from airflow2prefect.analyse.statements import execute
from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Building, Carried, Dag, Literal, Loader, Loop, OperatorClass, Task, TaskGroup, Value
from airflow2prefect.parse import Source


@dataclass(frozen=True, slots=True)
class Reading:
    """The DAGs of a file, with the reader that found them (for the rooms of `analyse` only).

    `building`: how the graphs of the DAGs are made, where parts of them are only known at run time.
    """

    dags: tuple[Dag, ...]
    reader: Reader
    findings: tuple[Finding, ...]
    classes: Mapping[str, OperatorClass]
    modules: tuple[Loaded, ...] = ()
    building: tuple[Building | None, ...] = ()


def read_dags(source: Source, airflow: int, loader: Loader | None = None) -> Reading:
    """Follow the statements of a file, and of the user's own modules that `loader` finds; never runs anything of them."""
    names = Environment({"__file__": Named("builtins.__file__"), "__name__": Const("airflow_dag_file")})
    names.stable, names.last = stable_names(source.module), last_bindings(source.module)
    reader = Reader(source, airflow, names)
    reader.modules = Modules(reader, loader) if loader is not None else None
    endless: tuple[Finding, ...] = ()
    try:
        execute(reader, source.module.body, reader.module)
    except (TooLong, RecursionError):
        endless = (finding("A2P112"),) if reader.dags else ()
    if reader.modules is not None:
        _only_own(reader, reader.modules)
    _tell_unbound(reader)
    reader.source.ids.update(_ids(reader))
    made = (task.arguments.get("python_callable") for dag in reader.dags for task in dag.tasks.values())
    reader.decorated = {thing.node for thing in made if isinstance(thing, Function)}
    callables = Callables(reader)
    classes = _classes(reader)
    dags = tuple(_dag(reader, dag, callables, classes) for dag in reader.dags if not dag.sub)
    loaded = tuple(each for each in reader.modules.loaded.values() if each is not None) if reader.modules is not None else ()
    return Reading(dags, reader, (*reader.findings, *endless), classes, loaded, buildings_of(reader))


def _ids(reader: Reader) -> Iterator[tuple[str, str]]:
    """What functions of the file read of the tasks and DAGs that its variables hold."""
    for name, thing in reader.module.names.items():
        if isinstance(thing, TaskObject) and thing.known_id and not thing.condition and thing.dag is not None and not thing.mapped:
            yield f"{name}.task_id", thing.task_id
        elif isinstance(thing, DagObject) and not thing.iterations:
            yield f"{name}.dag_id", thing.dag_id


def with_building(reading: Reading, wanted: frozenset[int]) -> Reading:
    """The reading with the building code of the DAGs that are `wanted`, or of whose graphs only the run knows parts."""
    told = [found for found in reading.findings if tells([found])]
    if not told and not wanted:
        return reading
    used = {
        n: building
        for n, building in enumerate(reading.building)
        if building is not None and (n in wanted or (told if len(reading.dags) == 1 else any(is_of(reading.reader, building, f) for f in told)))
    }
    if not used:
        return reading
    own = [dag for dag in reading.reader.dags if not dag.sub]
    use_building(reading.reader, [own[n] for n in used])
    gone = [f for f in told if len(reading.dags) == 1 or any(is_of(reading.reader, building, f) for building in used.values())]
    kept = [found for found in reading.findings if found not in gone]
    reading.reader.findings[:] = [found for found in reading.reader.findings if found not in gone]
    dags = tuple(replace(dag, building=used.get(n)) for n, dag in enumerate(reading.dags))
    return replace(reading, dags=dags, findings=tuple(kept))


def _only_own(reader: Reader, modules: Modules) -> None:
    """DAGs that a module makes for itself are this file's where a variable of it holds them; then its functions' imports are loaded."""
    bound = {id(thing) for thing in reader.module.names.values()}
    reader.dags[:] = [dag for dag in reader.dags if not dag.elsewhere or id(dag) in bound]
    if reader.dags:
        modules.load_rest()


def _classes(reader: Reader) -> Mapping[str, OperatorClass]:
    """The operators that the file and its modules define, by their names; those of modules by their full ones."""
    found: dict[str, OperatorClass] = {}
    known: dict[cst.ClassDef, Known | None] = {}
    loaded = reader.modules.loaded.values() if reader.modules is not None else ()
    for scope in (reader.module, *(each.names for each in loaded if each is not None)):
        for name, thing in scope.names.items():
            if isinstance(thing, Class) and thing.scope is scope and path_of(thing).startswith("airflow."):
                made = _known(reader, thing, known)
                if made is not None:
                    found[f"{scope.module}.{name}" if scope.module else name] = replace(made.made, module=scope.module)
    return MappingProxyType(found)


def _known(reader: Reader, thing: Class, known: dict[cst.ClassDef, Known | None]) -> Known | None:
    """The facts of a class, and before it of those that it derives from."""
    if thing.node not in known:
        known[thing.node] = None  # one that derives from itself is none
        own = [base for base in thing.bases if isinstance(base, Class)]
        base = _known(reader, own[0], known) if len(own) == 1 else None
        paths = tuple(base.path if isinstance(base, Named) else "" for base in thing.bases)
        imports = {name: each.path for name, each in thing.scope.root().names.items() if isinstance(each, Named)}
        if base is not None or not own:
            pod = read_pod_class(reader.source, thing.node, paths, imports, base, reader.airflow)
            pod = pod or read_derived_class(reader.source, thing.node, paths, imports, base, reader.airflow)
            known[thing.node] = pod or read_class(reader.source, thing.node, paths, imports, reader.airflow, base)
    return known[thing.node]


def of_module(reading: Reading, loaded: Loaded) -> Reading:
    """What there is to read in one module of the user's own."""
    own = {made.name: made for made in reading.classes.values() if made.module == loaded.module.name}
    return replace(reading, dags=(), reader=view(reading.reader, loaded), findings=(), classes=MappingProxyType(own), modules=())


def _tell_unbound(reader: Reader) -> None:
    """Airflow 1.10 loads the DAGs that are the module's variables when it has run.

    https://github.com/apache/airflow/blob/1.10.15/airflow/models/dagbag.py, `process_file`
    """
    bound = {id(thing) for thing in reader.module.names.values()}
    for dag in reader.dags if reader.airflow < 2 else ():
        if not (dag.sub or dag.bound or id(dag) in bound):
            dag.findings.append(finding("A2P113", dag.span.line, dag.span.column, dag_id=dag.dag_id))


def _dag(reader: Reader, dag: DagObject, callables: Callables, classes: Mapping[str, OperatorClass]) -> Dag:
    tasks = tuple(
        with_callable(made, task.arguments.get("python_callable"), callables) if made.made_of is None else made
        for task in dag.tasks.values()
        for made in (_task(reader, task, dag, callables, classes),)
    )
    edges = tuple((up.task_id, task.task_id) for task in dag.tasks.values() for up in task.upstream.values() if up.task_id in dag.tasks)
    around = () if dag.sub else tuple(reader.loops[i.loop] for i in dag.iterations if reader.loops[i.loop].count is None)
    outer = {loop.id for loop in around}
    tasks = tuple(replace(task, iterations=tuple(i for i in task.iterations if i.loop not in outer)) for task in tasks)
    used = {i.loop for task in tasks for i in task.iterations}
    loops = {key: loop for key, loop in reader.loops.items() if key in used}
    for task in dag.tasks.values():
        _after_last(task, loops)
    return Dag(
        dag_id=dag.dag_id,
        span=dag.span,
        arguments=with_callbacks({k: freeze(v) for k, v in dag.arguments.items() if k != "default_args"}, dag.arguments, callables),
        default_args=MappingProxyType({str(k): freeze(v) for k, (_, v) in dag.default_args.pairs.items() if isinstance(k, str)}),
        tasks=tasks,
        edges=edges,
        loops=MappingProxyType(loops),
        variable=dag.variable,
        comment=dag.comment,
        findings=tuple(found for found in dag.findings if not (dag.sub and found.code == "A2P110")),  # no flow has a sub-DAG's name
        airflow=reader.airflow,
        around=around,
        made_by=dag.made_by[0],
        doc=dag.made_by[1],
    )


def _after_last(task: TaskObject, loops: dict[int, Loop]) -> None:
    """Adds to loops the orders behind their last pass."""
    for up, initial in task.lasts.items():
        key = task.upstream[up].iterations[0].loop
        before = () if initial is None or initial.task_id in task.upstream else (initial.task_id,)
        loops[key] = replace(loops[key], carried=(*loops[key].carried, Carried(up, task.task_id, before, every=False)))


def _task(reader: Reader, task: TaskObject, dag: DagObject, callables: Callables, classes: Mapping[str, OperatorClass]) -> Task:
    airflow, subdag = reader.airflow, task.arguments.get("subdag")
    inherited = {k: v for k, (_, v) in dag.default_args.pairs.items() if isinstance(k, str)}
    inherited.update(task.inherited)
    values = {k: v for k, v in task.values.items() if k not in ("dag", "task_group", "task_id", "default_args", "subdag")}
    rule = task.arguments.get("trigger_rule") or inherited.get("trigger_rule")
    made_of = classes.get(task.operator.partition(":")[0]) if ":" in task.operator else None
    return Task(
        task_id=task.task_id,
        operator=task.operator,
        site=task.site,
        statement=task.statement,
        id_value=freeze(task.id_object),
        arguments=with_callbacks(values, task.arguments, callables, "python_callable" if made_of is not None and made_of.base else ""),
        inherited=with_callbacks({k: freeze(v) for k, v in inherited.items()}, inherited, callables),
        trigger_rule=rule.value if isinstance(rule, Const) and isinstance(rule.value, str) else "?" if rule is not None else "all_success",
        variable=task.variable,
        comment=task.comment,
        iterations=task.iterations,
        group=_group_id(task.group),
        outer=_outer(task.group),
        groups=_groups(task.group),
        mapped=task.mapped,
        role="setup" if task.is_setup else "teardown" if task.is_teardown else "",
        fails_dag=task.fails_dag or not task.is_teardown,
        over=MappingProxyType(task.over),
        inlined=task.inlined,
        gap=_gap(reader, task),
        airflow=airflow,
        subdag=_dag(reader, subdag, callables, classes) if isinstance(subdag, DagObject) and subdag is not dag else None,
        callable=made_of.does if made_of is not None and made_of.problem is None else None,
        made_of=made_of,
    )


def _gap(reader: Reader, task: TaskObject) -> Finding | None:
    for loop in (reader.loops[each.loop] for each in task.iterations):
        if loop.rebound and loop.count is None:
            return finding("A2P306", task.site.line, task.site.column, task.task_id, what=", ".join(loop.targets))
    if not task.condition:
        return None
    return finding("A2P304", task.site.line, task.site.column, task.task_id, what=task.condition)


def _outer(group: GroupObject | None) -> tuple[Value, ...]:
    """The ids of the groups whose prefix a task's id has, outermost first."""
    found: list[Value] = []
    while group is not None and group.prefix:
        found.insert(0, freeze(group.id_object) if group.id_object is not None else Literal(group.group_id))
        group = group.parent
    return tuple(found)


def _groups(group: GroupObject | None) -> tuple[TaskGroup, ...]:
    """The groups that a task is in, outermost first."""
    found: list[TaskGroup] = []
    while group is not None:
        loops = tuple(i.loop for i in group.iterations)
        id_value = freeze(group.id_object) if group.id_object is not None else Literal(group.group_id)
        assert group.statement is not None
        found.insert(0, TaskGroup(group.group_id, id_value, group.statement, loops, group.made_by, group.doc, group.comment, group.above))
        group = group.parent
    return tuple(found)


def _group_id(group: GroupObject | None) -> str:
    return group.group_id if group is not None else ""


# Modules of Airflow that came with 2.0 or later. https://airflow.apache.org/docs/apache-airflow/stable/release_notes.html
_NEWER = re.compile(
    r"""^[ \t]*(?:from|import)[ \t]+airflow\.(?:
        providers | decorators | sdk | datasets | timetables | notifications | hooks\.base\b | models\.(?:param|xcom_arg|dataset|dagparam)\b
      | operators\.(?:bash|branch|datetime|dummy|email|empty|generic_transfer|latest_only|python|smooth|subdag|trigger_dagrun|weekday)\b
      | sensors\.(?:base|bash|date_time|external_task|filesystem|python|time_delta|weekday)\b
      | utils\.(?:context|edgemodifier|session|setup_teardown|task_group)\b )""",
    re.MULTILINE | re.VERBOSE,
)
_OLDER = re.compile(r"^[ \t]*(?:from|import)[ \t]+airflow\.contrib\b", re.MULTILINE)
# `DAG(..., schedule=...)` came with 2.4; callables get the context without being asked for it since 2.0.
_SCHEDULE = re.compile(r"[(,]\s*schedule=")
_TAKES = re.compile(r"\b(?:kwargs|context|kw|ctx)\s*\[\s*['\"](?:ti|task_instance|dag_run|ds)['\"]\s*\]")


def airflow_version(text: str) -> int:
    """2 if the text of a file shows Airflow 2, else 1."""
    if _NEWER.search(text) or (_SCHEDULE.search(text) and "DAG(" in text):
        return 2
    asks = "provide_context" in text or _OLDER.search(text) is not None
    return 2 if not asks and "PythonOperator(" in text and _TAKES.search(text) else 1
