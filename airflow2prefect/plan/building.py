"""DAGs whose graph only the run knows: one task for each call of an operator, with arguments as they are written there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from airflow2prefect.findings import finding
from airflow2prefect.model import Body, Call, Code, Dag, Literal, Order, Pairs, Reference, Sequence, Step, Task, Value, parts_of
from airflow2prefect.plan.order import plan_order


def is_plannable(dag: Dag) -> bool:
    """Whether steps and loops can say what the DAG's graph is, and its tasks' arguments."""
    if plan_order(dag).findings:
        return False
    return not any(_is_lost(value) for task in dag.tasks if task.iterations for value in (task.id_value, *task.arguments.values()))


def _is_lost(value: Value) -> bool:
    """Whether a value hangs on what only the building code knows, as a number that it counts."""
    if isinstance(value, Code):
        return value.text == "..." or any(_is_lost(inner) for inner in value.bound.values())
    return any(map(_is_lost, parts_of(value)))


def as_built(dag: Dag) -> Dag:
    """The DAG with its calls of operators for tasks, each as it says for itself what its arguments are."""
    if dag.building is None:
        return dag
    sites: dict[int, list[Task]] = {}
    for task in dag.tasks:
        sites.setdefault(task.site.start, []).append(task)
    names = dag.building.names
    ids: set[str] = set()
    tasks = []
    for task, *others in sites.values():
        id_value = _for_all(_written(task.id_value, names), [other.id_value for other in others], names)
        task_id = task.task_id if task.task_id not in ids else f"{task.task_id} (line {task.site.line})"
        ids.add(task_id)
        arguments = {
            key: _for_all(_written(value, names), [other.arguments.get(key, value) for other in others], names) for key, value in task.arguments.items()
        }
        gap = None
        if any(_kind(other) != _kind(task) for other in others):  # one task function cannot be all of them
            what = "another callable, operator, trigger_rule or default_args for each task"
            gap = finding("A2P206", task.site.line, task.site.column, task_id, argument="the call", what=what)
        tasks.append(replace(task, task_id=task_id, id_value=id_value, arguments=MappingProxyType(arguments), iterations=(), gap=gap))
    return replace(dag, tasks=tuple(tasks), edges=(), loops=MappingProxyType({}))


def _kind(task: Task) -> tuple[object, ...]:
    """What of a task is said by no argument of its call."""
    function = task.callable.span if task.callable is not None else None
    values = {key: getattr(value, "value", None) for key, value in task.inherited.items()}
    return task.operator, function, task.trigger_rule, values


def unordered(dag: Dag) -> Order:
    """A step for each task; what comes before what is decided when the flow runs."""
    steps = tuple(Step(n, (task,), (), (), leaf=True, collected=False) for n, task in enumerate(dag.tasks))
    return Order(steps, steps, line=False)


def without_lost_pulls(dag: Dag, bodies: Mapping[str, Body], pulled: Mapping[str, frozenset[str]]) -> dict[str, Body]:
    """Tasks that take XComs of others whose names only the run knows raise. `pulled`: what each takes, by its id."""
    known = {task.task_id for task in dag.tasks if isinstance(task.id_value, Literal)}
    made = dict(bodies)
    for task in dag.tasks:
        lost = sorted(pulled.get(task.task_id, frozenset()) - known)
        if lost and made[task.task_id].gap is None:
            made[task.task_id] = Body(gap=finding("A2P290", task.site.line, task.site.column, task.task_id, names=", ".join(lost)))
    return made


def _for_all(written: Value, others: list[Value], names: frozenset[str]) -> Value:
    """The value of a call for all the tasks that it makes; nothing that can be said where it is another for some and does not say so."""
    match written:
        case Code() if any(_told(_written(other, names)) != _told(written) for other in others):
            return replace(written, parts=())  # its text is put together when the flow runs
        case Literal() if any(not isinstance(other, Literal) or other.value != written.value for other in others):
            return Code("...")
        case Sequence(items=items):
            again = [other.items if isinstance(other, Sequence) and len(other.items) == len(items) else None for other in others]
            made = tuple(_for_all(item, [Code("...") if each is None else each[n] for each in again], names) for n, item in enumerate(items))
            return written if made == items else replace(written, items=made, code=None)
        case Pairs(items=items):
            known = [other.items if isinstance(other, Pairs) and len(other.items) == len(items) else None for other in others]
            pairs = tuple(
                (key, _for_all(item, [Code("...") if each is None else each[n][1] for each in known], names))
                for n, (key, item) in enumerate(items)
            )
            return written if pairs == items else replace(written, items=pairs, code=None)
    return written


def _told(value: Value) -> tuple[str, ...]:
    """The source of a value, with the text that it is put together of."""
    if not isinstance(value, Code):
        return (repr(value),)
    return value.text, *(part if isinstance(part, str) else part.text for part in value.parts)


def _written(value: Value, names: frozenset[str]) -> Value:
    """A value as the code says it, where that names what the code binds: it may be another each time."""
    code = value if isinstance(value, Code) else getattr(value, "code", None)
    displayed = code is not None and code.text[:1] in "[({"
    match value:
        case Sequence(items=items) if code is None or displayed:
            new = tuple(_written(item, names) for item in items)
            return value if new == items else replace(value, items=new, code=None)
        case Pairs(items=pairs) if code is None or displayed:
            made = tuple((_written(key, names), _written(item, names)) for key, item in pairs)
            return value if made == pairs else replace(value, items=made, code=None)
        case Literal() | Sequence() | Pairs() | Call() | Reference() if code is not None and any(
            name in names for _, _, name in code.names
        ):
            return code
    return value
