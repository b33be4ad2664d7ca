"""Operators and DAGs as they are made: arguments, default_args, ids, groups."""

from __future__ import annotations

from collections.abc import Iterable

import libcst as cst

from airflow2prefect.analyse.constants import NotKnown
from airflow2prefect.analyse.expressions import evaluate
from airflow2prefect.analyse.objects import (
    Class,
    Const,
    DagObject,
    Dict,
    Environment,
    GroupObject,
    Items,
    Object,
    TaskObject,
    XComMade,
    XComObject,
    freeze,
)
from airflow2prefect.analyse.presets import handed_on, is_preset
from airflow2prefect.analyse.reader import Reader, path_of
from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Code as ModelCode
from airflow2prefect.model import Value

DAG_PATHS = frozenset(("airflow.DAG", "airflow.models.DAG", "airflow.models.dag.DAG", "airflow.sdk.DAG", "airflow.sdk.definitions.dag.DAG"))
Over = tuple[dict[str, Object], dict[str, Value]]
GROUP_PATHS = frozenset(("airflow.utils.task_group.TaskGroup", "airflow.sdk.TaskGroup"))
# The order of DAG's positional arguments in 1.10.15 (2.x: the same up to start_date).
# https://github.com/apache/airflow/blob/1.10.15/airflow/models/dag.py
DAG_POSITIONS = [
    "dag_id",
    "description",
    "schedule_interval",
    "start_date",
    "end_date",
    "full_filepath",
    "template_searchpath",
    "template_undefined",
    "user_defined_macros",
    "user_defined_filters",
    "default_args",
    "concurrency",
    "max_active_runs",
    "dagrun_timeout",
    "sla_miss_callback",
    "default_view",
    "orientation",
    "catchup",
    "on_success_callback",
    "on_failure_callback",
    "doc_md",
    "params",
]


def arguments_of(reader: Reader, args: Iterable[cst.Arg], scope: Environment) -> tuple[list[Object], dict[str, Object], dict[str, Value]]:
    """Positional and keyword arguments of a call, and the latter as the user wrote them. `**known` is spread."""
    positional: list[Object] = []
    keywords: dict[str, Object] = {}
    values: dict[str, Value] = {}
    for arg in args:
        thing = evaluate(reader, arg.value, scope)
        if arg.star == "**":
            if not isinstance(thing, Dict):
                reader.note("A2P204", arg.value, what="**" + reader.source.code(arg.value)[:40])
                continue
            for key, (_, item) in thing.pairs.items():
                if isinstance(key, str):
                    keywords[key], values[key] = item, freeze(item)
        elif arg.star == "*":
            if isinstance(thing, Items):
                positional.extend(thing.items)
            else:
                reader.note("A2P204", arg.value, what="*" + reader.source.code(arg.value)[:40])
        elif arg.keyword is not None:
            name = arg.keyword.value
            keywords[name] = reader.located(thing, arg.value, scope)
            values[name] = reader.frozen(thing, arg.value, scope)
        else:
            positional.append(reader.located(thing, arg.value, scope))
    return positional, keywords, values


OPERATORS = ("Operator", "Sensor")


def is_operator(thing: Object, call: cst.Call) -> bool:
    """Whether calling `thing` makes a task: an operator of Airflow's, or any class called with a task_id."""
    path = path_of(thing)
    name = thing.name if isinstance(thing, Class) else path.rpartition(".")[2]
    if not name[:1].isupper() or path in DAG_PATHS or path in GROUP_PATHS:
        return False
    if path.startswith("airflow.") and (name.endswith(OPERATORS) or (isinstance(thing, Class) and path.endswith(OPERATORS))):
        return True
    return any(arg.keyword is not None and arg.keyword.value == "task_id" for arg in call.args)


RENDERS = ("template_fields", "template_ext")


def is_plain(thing: Class) -> bool:
    """Whether a class only says how Airflow shows it and what it renders: then it is what it derives from."""
    shows = ("ui_color", "ui_fgcolor", *RENDERS)
    for line in thing.node.body.body:
        for small in line.body if isinstance(line, cst.SimpleStatementLine) else (line,):
            match small:
                case cst.Pass() | cst.Expr(value=cst.SimpleString() | cst.ConcatenatedString()):
                    continue
                case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))]) if name in shows:
                    continue
                case cst.AnnAssign(target=cst.Name(value=name)) if name in shows:
                    continue
            return False
    return len(thing.bases) == 1 and path_of(thing) != ""


def _tell_rendered(reader: Reader, node: cst.Call, thing: Class, operator: str) -> None:
    """A finding where a class, or one that it derives from, says for itself what Airflow renders."""
    each: Object | None = thing
    while isinstance(each, Class):
        for line in each.node.body.body:
            for small in line.body if isinstance(line, cst.SimpleStatementLine) else ():
                if isinstance(small, (cst.Assign, cst.AnnAssign)) and (what := reader.source.code(small)).startswith(RENDERS):
                    reader.note("A2P127", node, name=thing.name, what=what[:80], base=operator.rpartition(".")[2])
        each = each.bases[0] if each.bases else None


def make_task(
    reader: Reader, node: cst.Call, thing: Object, scope: Environment, args: Iterable[cst.Arg] | None = None, over: Over | None = None
) -> TaskObject:
    """The task of an operator's call, made with `args` if they are not those of the call alone."""
    positional, keywords, values = arguments_of(reader, node.args if args is None else args, scope)
    operator = path_of(thing) or (thing.name if isinstance(thing, Class) else "")
    plain = isinstance(thing, Class) and is_plain(thing)
    if isinstance(thing, Class) and plain and not operator.endswith((".DummyOperator", ".EmptyOperator")):
        _tell_rendered(reader, node, thing, operator)
    if isinstance(thing, Class) and not plain and over is None and is_preset(thing):
        try:
            keywords, values = handed_on(reader, thing, positional, keywords)
            plain = True
            _tell_rendered(reader, node, thing, operator)
        except NotKnown:
            pass
    if isinstance(thing, Class) and not plain:
        module = thing.scope.root().module
        operator = f"{module}.{thing.name}:{operator}" if module else f"{thing.name}:{operator}"
    return new_task(reader, node, operator, keywords, values, over=over)


def mapped_over(name: str, positional: list[Object], keywords: dict[str, Object], values: dict[str, Value]) -> Over:
    """What `.expand(...)` or `.expand_kwargs(...)` maps over: objects and values by parameter, "**" for the latter."""
    if name == "expand":
        return keywords, values
    found = [*positional, *(thing for key, thing in keywords.items() if key != "strict")]
    return {"**": found[0]}, {"**": freeze(found[0])}


def new_task(
    reader: Reader, node: cst.CSTNode, operator: str, keywords: dict[str, Object], values: dict[str, Value], *, over: Over | None = None
) -> TaskObject:
    reader.step()
    reader.touch()
    dag = keywords.get("dag")
    group = keywords.get("task_group") or reader.group
    group = group if isinstance(group, GroupObject) else None
    owner = dag if isinstance(dag, DagObject) else (group.dag if group else None) or reader.dag
    id_object = keywords.get("task_id") or Const(operator.rpartition(".")[2])
    known_id = isinstance(id_object, Const) and isinstance(id_object.value, str)
    task_id = id_object.value if isinstance(id_object, Const) and isinstance(id_object.value, str) else _id_text(id_object, values)
    if group is not None:
        task_id = group.label(task_id)
    own_defaults = keywords.get("default_args")
    statement = reader.statements[-1] if reader.statements else node
    task = TaskObject(
        task_id=task_id,
        id_object=id_object,
        operator=operator,
        site=reader.source.span(node),
        statement=reader.source.span(statement),
        arguments=keywords,
        values=values,
        inherited=dict(_defaults(own_defaults if isinstance(own_defaults, Dict) else None, group)),
        dag=None,
        iterations=reader.iterations,
        group=group,
        comment=comment_above(statement),
        mapped=over is not None,
        over=over[1] if over else {},
        inlined=reader.depth > 0,
        known_id=known_id,
        condition=reader.condition,
    )
    while group is not None:
        group.members.append(task)
        group = group.parent
    if owner is not None:
        adopt(reader, task, owner)
    else:
        reader.loose.append(task)
    if reader.setup_stack:
        reader.setup_stack[-1].made.append(task)
    if "subdag" in keywords and isinstance(keywords["subdag"], DagObject):
        keywords["subdag"].sub = True
    for producer in producers([*keywords.values(), *(over[0] if over else {}).values()]):
        if producer is not task:
            task.upstream[producer.task_id] = producer
    return task


def _defaults(own: Dict | None, group: GroupObject | None) -> dict[str, Object]:
    merged: dict[str, Object] = {}
    while group is not None:
        merged = {**_plain(group.default_args), **merged}
        group = group.parent
    return {**merged, **(_plain(own) if own else {})}


def _plain(defaults: Dict) -> dict[str, Object]:
    return {key: value for key, (_, value) in defaults.pairs.items() if isinstance(key, str)}


def _id_text(thing: Object, values: dict[str, Value]) -> str:
    value = values.get("task_id")
    return " ".join((value.text if isinstance(value, ModelCode) else _text(thing)).split())


def _text(thing: Object) -> str:
    return thing.code.text if thing.code else "?"


def adopt(reader: Reader, task: TaskObject, dag: DagObject) -> None:
    """Put a task into a DAG. A second task of the same id is refused, as Airflow 1.10.15 does in effect."""
    if task.dag is not None:
        return
    task.dag = dag
    if task in reader.loose:
        reader.loose.remove(task)
    known = dag.tasks.get(task.task_id)
    number = 2
    while known is not None and (not (task.known_id and known.known_id) or (task.condition and known.condition and task.site != known.site)):
        # Ids that only the run knows are not the same for being written alike, and of two branches it runs one.
        task.task_id = f"{task.task_id.partition(' #')[0]} #{number}"
        known, number = dag.tasks.get(task.task_id), number + 1
    if known is not None and known is not task:
        dag.findings.append(_duplicate(task))
        return
    dag.tasks[task.task_id] = task


def _duplicate(task: TaskObject):  # type: ignore[no-untyped-def]
    return finding("A2P205", task.site.line, task.site.column, task.task_id, task_id=task.task_id)


def producers(things: Iterable[Object]) -> list[TaskObject]:
    """Tasks whose output is among the values: Airflow 2 orders them before the task that takes them."""
    found: list[TaskObject] = []
    for thing in things:
        match thing:
            case XComObject():
                found.append(thing.task)
            case TaskObject():
                found.append(thing)
            case Items():
                found.extend(producers(thing.items))
            case XComMade():
                found.extend(producers(thing.sources))
            case Dict():
                found.extend(producers(value for _, value in thing.pairs.values()))
    return found


def make_dag(reader: Reader, node: cst.Call | cst.CSTNode, args: Iterable[cst.Arg], scope: Environment, name: str = "") -> DagObject:
    """The DAG of a `DAG(...)` call, or of a `@dag` function called `name`."""
    positional, keywords, _ = arguments_of(reader, args, scope)
    for key, thing in zip(DAG_POSITIONS, positional, strict=False):
        keywords.setdefault(key, thing)
    given = keywords.get("dag_id")
    dag_id = given.value if isinstance(given, Const) and isinstance(given.value, str) else name or (_text(given) if given else "")
    known = all(reader.loops[i.loop].count is not None for i in reader.iterations)
    unknown: list[Finding] = []
    if given is not None and not isinstance(given, Const) and known:
        unknown.append(reader.found("A2P110", node, what=_text(given)[:60]))
    defaults = keywords.get("default_args")
    reader.touch()
    statement = reader.statements[-1] if reader.statements else node
    made = DagObject(
        dag_id,
        reader.source.span(node),
        keywords,
        len(reader.dags),
        iterations=reader.iterations,
        comment=comment_above(statement),
        default_args=Dict(dict(defaults.pairs)) if isinstance(defaults, Dict) else Dict({}),
        elsewhere=reader.modules is not None and reader.modules.importing > 0,
        made_by=maker(reader),
        maker=reader.functions[0] if len(reader.functions) == 1 == scope.depth else None,
        given=scope.given,
        findings=unknown,
    )
    if defaults is not None and not isinstance(defaults, Dict) and not (isinstance(defaults, Const) and defaults.value is None):
        reader.note("A2P111", node, what=_text(defaults)[:60])
    reader.dags.append(made)
    return made


def make_group(reader: Reader, node: cst.CSTNode, keywords: dict[str, Object], name: str = "") -> GroupObject:
    """A TaskGroup; its id carries the prefix of the groups around it."""
    given = keywords.get("group_id")
    text = given.value if isinstance(given, Const) and isinstance(given.value, str) else name or (_text(given) if given else "?")
    prefix = keywords.get("prefix_group_id")
    parent = keywords.get("parent_group")
    outer = parent if isinstance(parent, GroupObject) else reader.group
    defaults = keywords.get("default_args")
    dag = keywords.get("dag")
    owner = dag if isinstance(dag, DagObject) else reader.dag
    statement = reader.statements[-1] if reader.statements else node
    made_by, doc = (name, "") if name else maker(reader)
    tooltip = keywords.get("tooltip")
    reader.touch()
    return GroupObject(
        outer.label(text) if outer else text,
        owner,
        outer,
        prefix=not (isinstance(prefix, Const) and prefix.value is False),
        default_args=defaults if isinstance(defaults, Dict) else Dict({}),
        id_object=given or Const(text),
        iterations=reader.iterations,
        statement=reader.source.span(statement),
        made_by=made_by,
        doc=tooltip.value if isinstance(tooltip, Const) and isinstance(tooltip.value, str) else doc,
        comment=comment_above(statement),
    )


def maker(reader: Reader) -> tuple[str, str]:
    """The function of the user's that is being followed, and what its docstring says."""
    if not reader.functions:
        return "", ""
    node = reader.functions[-1]
    return node.name.value, node.get_docstring() or ""


def comment_above(statement: cst.CSTNode) -> str:
    """Comment lines directly above a statement and the one behind it, one a line, without indentation."""
    lines = [line.comment.value for line in getattr(statement, "leading_lines", ()) if line.comment is not None]
    tail = getattr(statement, "trailing_whitespace", None)
    if tail is not None and tail.comment is not None:
        lines.append(tail.comment.value)
    return "\n".join(lines)
