"""TaskFlow (Airflow 2): @dag, @task, @task_group, .override, .partial, .expand."""

from __future__ import annotations

import re

import libcst as cst

from airflow2prefect.analyse.constants import NotKnown
from airflow2prefect.analyse.expressions import truth
from airflow2prefect.analyse.mapped_groups import mapped_group
from airflow2prefect.analyse.objects import (
    Called,
    Const,
    DagObject,
    DagParam,
    Dict,
    Environment,
    Function,
    Items,
    Named,
    Object,
    freeze,
)
from airflow2prefect.analyse.reader import Reader
from airflow2prefect.analyse.tasks import Over, comment_above, make_group, mapped_over, new_task
from airflow2prefect.model import Value

HOMES = ("airflow.decorators.", "airflow.sdk.")


def decorator_of(function: Function) -> tuple[str, dict[str, Object]] | None:
    """("task", "task.branch", "dag", "task_group", ...) and its keyword arguments, if `function` is of TaskFlow.

    What `@setup` and `@teardown` add to a task are the options `is_setup`, `is_teardown` and `on_failure_fail_dagrun`; what
    `@task.run_if` and `@task.skip_if` add is `run_if` or `skip_if`.
    """
    kind = ""
    options: dict[str, Object] = {}
    for thing in function.decorators:
        path = thing.path if isinstance(thing, (Named, Called)) else ""
        name = next((path[len(home) :] for home in HOMES if path.startswith(home)), "")
        if not name:
            continue
        kwargs = dict(thing.kwargs) if isinstance(thing, Called) else {}
        args = thing.args if isinstance(thing, Called) else []
        last = name.rpartition(".")[2]
        if last in ("setup", "teardown"):
            options |= {**kwargs, f"is_{last}": Const(True)}
            kind = kind or "task"
            continue
        if last in ("run_if", "skip_if"):
            options |= {last: args[0] if args else kwargs.get("condition", Const(None))}
            continue
        if args:
            kwargs.setdefault({"dag": "dag_id", "task_group": "group_id"}.get(name, "_"), args[0])
        kind = name.removesuffix(".python").removeprefix("task_group.")
        options |= kwargs
    return (kind, options) if kind else None


def taskflow_decorators(module: Environment, node: cst.FunctionDef) -> list[cst.Decorator]:
    """The decorators of TaskFlow's on a function of `module`: `@setup` above `@task`, say."""
    found: list[cst.Decorator] = []
    for decorator in node.decorators:
        head = decorator.decorator.func if isinstance(decorator.decorator, cst.Call) else decorator.decorator
        names: list[str] = []
        while isinstance(head, cst.Attribute):
            names.insert(0, head.attr.value)
            head = head.value
        thing = module.names.get(head.value) if isinstance(head, cst.Name) else None
        if isinstance(thing, Named) and (".".join((thing.path, *names)) + ".").startswith(HOMES):
            found.append(decorator)
    return found


def decorated_call(reader: Reader, node: cst.Call, function: Function, args: list[Object], kwargs: dict[str, Object]) -> Object | None:
    """The DAG, task or group that calling a decorated function makes; None if it is no TaskFlow function."""
    found = decorator_of(function)
    if found is None:
        return None
    kind, options = found
    if kind == "dag":
        return _dag(reader, node, function, options, args, kwargs)
    if kind == "task_group":
        return _group(reader, node, function, options, args, kwargs)
    return _task(reader, node, function, kind, options, args, kwargs)


def _dag(
    reader: Reader, node: cst.Call, function: Function, options: dict[str, Object], args: list[Object], kwargs: dict[str, Object]
) -> Object:
    from airflow2prefect.analyse.calls import inline

    given = options.get("dag_id")
    dag_id = given.value if isinstance(given, Const) and isinstance(given.value, str) else function.name
    defaults = options.get("default_args")
    assert isinstance(function.node, cst.FunctionDef)
    made = DagObject(
        dag_id,
        reader.source.span(function.node),
        {**_documented(function.node), **options},
        len(reader.dags),
        default_args=defaults if isinstance(defaults, Dict) else Dict({}),
        comment=comment_above(function.node),
    )
    made.depth = reader.depth + 1
    reader.dags.append(made)
    reader.touch()
    reader.touched.add(function.node)
    reader.dag_stack.append(made)
    try:
        inline(reader, Function(function.name, function.node, function.scope), *_parameters(reader, made, function, args, kwargs))
    finally:
        reader.dag_stack.pop()
    return made


def _documented(node: cst.FunctionDef) -> dict[str, Object]:
    """The docstring of the function documents its DAG."""
    text = node.get_docstring()
    return {"doc_md": Const(text)} if text else {}


def _parameters(
    reader: Reader, dag: DagObject, function: Function, args: list[Object], kwargs: dict[str, Object]
) -> tuple[list[Object], dict[str, Object]]:
    """The function's parameters are the DAG's params: what it is called with, or their defaults, until a run says otherwise.

    https://github.com/apache/airflow/blob/2.10.5/airflow/models/dag.py, `dag`
    """
    from airflow2prefect.analyse.calls import bound_arguments

    bound = bound_arguments(reader, function, args, kwargs)
    if not bound:
        return [], {}
    params = dag.arguments.get("params")
    known = Dict(dict(params.pairs)) if isinstance(params, Dict) else Dict({})
    for name, value in bound.items():
        known.set(Const(name), value)
    dag.arguments = {**dag.arguments, "params": known}
    return [], {name: DagParam(name) for name in bound}


def _group(
    reader: Reader, node: cst.Call, function: Function, options: dict[str, Object], args: list[Object], kwargs: dict[str, Object]
) -> Object:
    from airflow2prefect.analyse.calls import inline

    group = make_group(reader, node, options, _unique_group(reader, function.name))
    group.made_by = function.name
    group.above = comment_above(function.node)
    group.doc = group.doc or (function.node.get_docstring() or "" if isinstance(function.node, cst.FunctionDef) else "")
    reader.group_stack.append(group)
    try:
        result = inline(reader, Function(function.name, function.node, function.scope), args, kwargs)
    finally:
        reader.group_stack.pop()
    # https://github.com/apache/airflow/blob/2.10.5/airflow/decorators/task_group.py, `_create_task_group`
    return group if isinstance(result, Const) and result.value is None else result


def _unique_group(reader: Reader, name: str) -> str:
    dag = reader.dag
    prefix = reader.group.label(name) if reader.group else name
    if dag is None or not any(t == prefix or t.startswith(prefix + ".") for t in dag.tasks):
        return name
    taken = {m.group(1) for t in dag.tasks if (m := re.match(re.escape(prefix) + r"__(\d+)\.", t))}
    return f"{name}__{max(map(int, taken), default=0) + 1}"


def _task(
    reader: Reader,
    node: cst.Call,
    function: Function,
    kind: str,
    options: dict[str, Object],
    args: list[Object],
    kwargs: dict[str, Object],
    over: Over | None = None,
) -> Object:
    given = options.get("task_id")
    base = given.value if isinstance(given, Const) and isinstance(given.value, str) else function.name
    name = _unique(reader, base)
    task_id = given if isinstance(given, Const) and name == base else Const(name)
    keywords = {**options, "task_id": task_id, "python_callable": function, "op_args": Items("list", args)}
    keywords["op_kwargs"] = Dict({k: (Const(k), v) for k, v in kwargs.items()})
    if "multiple_outputs" not in keywords and _gives_mapping(function):
        keywords["multiple_outputs"] = Const(True)
    if kind == "task.bash":
        keywords["source"] = Const(reader.source.code(function.node))
    flags = {name: keywords.pop(name, None) for name in ("is_setup", "is_teardown", "on_failure_fail_dagrun")}
    if flags["is_teardown"] is not None:
        keywords["trigger_rule"] = Const("all_done_setup_success")
    values = {key: freeze(thing) for key, thing in keywords.items()}
    task = new_task(reader, node, f"airflow.decorators.{kind}", keywords, values, over=over)
    task.is_setup, task.is_teardown = flags["is_setup"] is not None, flags["is_teardown"] is not None
    task.fails_dag = truth(flags["on_failure_fail_dagrun"] or Const(False)) is not False
    task.inlined = reader.depth > (task.dag.depth if task.dag is not None else 0)
    return task


_MAPPING = re.compile(r"^(typing\.|t\.|collections\.abc\.)?(dict|Dict|Mapping|MutableMapping|OrderedDict|DefaultDict)(\[.*\])?$", re.DOTALL)


def _gives_mapping(function: Function) -> bool:
    """Whether the function says that it returns a mapping: Airflow then pushes its keys as well.

    https://github.com/apache/airflow/blob/2.10.5/airflow/decorators/base.py, `_infer_multiple_outputs`
    """
    node = function.node
    if not isinstance(node, cst.FunctionDef) or node.returns is None:
        return False
    return _MAPPING.match(cst.Module([]).code_for_node(node.returns.annotation).strip("\"'")) is not None


def _unique(reader: Reader, base: str) -> str:
    """Airflow adds __1, __2, ... to the id of a decorated function that is called again."""
    dag = reader.dag
    group = reader.group
    full = group.label(base) if group else base
    if dag is None or full not in dag.tasks:
        return base
    taken = [int(m.group(1)) for t in dag.tasks if (m := re.fullmatch(re.escape(full) + r"__(\d+)", t))]
    return f"{base}__{max(taken, default=0) + 1}"


def method(
    reader: Reader, node: cst.Call, function: Function, name: str, args: list[Object], kwargs: dict[str, Object], values: dict[str, Value]
) -> Object:
    """`f.override(...)`, `f.partial(...)`, `f.expand(...)` of a TaskFlow function."""
    found = decorator_of(function)
    if found is None:
        raise NotKnown
    kind, options = found
    if name in ("override", "partial"):
        head = Called(HOMES[0] + kind, [], {**options, **(kwargs if name == "override" else {})})
        bound = function.partial if name == "override" else (args, {**(function.partial or ((), {}))[1], **kwargs})
        return Function(function.name, function.node, function.scope, (head,), bound)
    if name in ("expand", "expand_kwargs"):
        fixed = function.partial[1] if function.partial else {}
        if kind == "task_group":
            return mapped_group(
                reader, node, name, args, kwargs, lambda own: _group(reader, node, function, options, [], {**fixed, **own})
            )
        return _task(reader, node, function, kind, options, [], fixed, mapped_over(name, args, kwargs, values))
    raise NotKnown
