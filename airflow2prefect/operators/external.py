"""ExternalTaskSensor and ExternalTaskMarker: the run of another flow for the same logical date, or a task in it."""

from __future__ import annotations

from types import MappingProxyType

from airflow2prefect.findings import finding
from airflow2prefect.model import Body, Call, Literal, Reference, Sequence, Task, Value
from airflow2prefect.operators.connections import refused
from airflow2prefect.operators.context_calls import called_with_context
from airflow2prefect.operators.polling import context, sensor, true
from airflow2prefect.operators.registry import missing, operator

_HOMES = ("airflow.sensors.external_task_sensor", "airflow.sensors.external_task", "airflow.providers.standard.sensors.external_task")


@sensor(*(f"{home}.ExternalTaskSensor" for home in _HOMES), "airflow.operators.sensors.ExternalTaskSensor")
def external(
    task: Task,
    *,
    external_dag_id: Value | None = None,
    external_task_id: Value | None = None,
    external_task_ids: Value | None = None,
    external_task_group_id: Value | None = None,
    allowed_states: Value | None = None,
    skipped_states: Value | None = None,
    failed_states: Value | None = None,
    execution_delta: Value | None = None,
    execution_date_fn: Value | None = None,
    check_existence: Value | None = None,
    poll_interval: Value | None = None,
) -> Body:
    """`poll_interval` is how often Airflow's triggerer asks, for a deferred sensor.

    https://github.com/apache/airflow/blob/1.10.15/airflow/sensors/external_task_sensor.py
    https://github.com/apache/airflow/blob/2.10.5/airflow/sensors/external_task.py
    """
    if external_dag_id is None:
        return missing(task, "external_dag_id")
    given = {"allowed_states": allowed_states, "skipped_states": skipped_states, "failed_states": failed_states}
    known = {name: states(value) for name, value in given.items() if _is_set(value)}
    for name, value in (("external_task_group_id", external_task_group_id), ("check_existence", check_existence)):
        if _is_set(value) and not (name == "check_existence" and isinstance(value, Literal)):
            return refused(task, name)
    for name, words in known.items():
        if words is None:
            return refused(task, name)
    chosen = _dates(task, execution_date_fn) if _is_set(execution_date_fn) and execution_date_fn else None
    if _is_set(execution_date_fn) and chosen is None:
        return refused(task, "execution_date_fn")
    fields: dict[str, Value] = {"dag": external_dag_id, "date": context("logical_date")}
    fields |= {"dates": chosen} if chosen is not None else {}
    fields |= {"delta": execution_delta} if _is_set(execution_delta) and execution_delta else {}
    tasks = next((value for value in (external_task_id, external_task_ids) if value is not None and _is_set(value)), None)
    fields |= {"tasks": tasks} if tasks is not None else {}
    skips = bool(known.get("skipped_states"))
    soft = task.argument("soft_fail")
    if true(soft) and known.get("failed_states"):  # these skip as well
        known["skipped_states"] = [*(known.get("skipped_states") or []), *(known.pop("failed_states") or [])]
        skips = True
    fields |= {name: _listed(words) for name, words in known.items() if words and not (name == "allowed_states" and words == ["success"])}
    name = named(external_dag_id)
    return Body(
        template="external_task",
        fields=MappingProxyType(fields),
        templated=frozenset(("dag", "tasks")),
        flags=MappingProxyType({"skipping": skips, "existing": true(check_existence)}),
        helpers=(("airflow_external", "external_done_or_skip" if skips else "external_done"),),
        skips=skips,
        findings=(finding("A2P224", task.site.line, task.site.column, task.task_id, operator="ExternalTaskSensor", flow=name),),
    )


@operator(*(f"{home}.ExternalTaskMarker" for home in _HOMES))
def marker(
    task: Task,
    *,
    external_dag_id: Value | None = None,
    external_task_id: Value | None = None,
    execution_date: Value | None = None,
    logical_date: Value | None = None,
    recursion_depth: Value | None = None,
) -> Body:
    """It does nothing when it runs: clearing it clears the other task as well."""
    name = named(external_dag_id)
    told = finding("A2P225", task.site.line, task.site.column, task.task_id, flow=name)
    return Body(template="dummy", passive=True, findings=(told,))


def states(value: Value | None) -> list[str] | None:
    """Airflow's words in a list of them, given as strings, State.X or DagRunState.X; None if they are not known."""
    if not isinstance(value, Sequence):
        return None
    made: list[str] = []
    for item in value.items:
        if isinstance(item, Reference) and item.path and ".state." in item.path:
            made.append(item.path.removesuffix(".value").rpartition(".")[2].lower())
        elif isinstance(item, Literal) and isinstance(item.value, str):
            made.append(item.value)
        else:
            return None
    return made


def named(dag_id: Value | None) -> str:
    """The dag_id for a message."""
    return str(dag_id.value) if isinstance(dag_id, Literal) and "{{" not in str(dag_id.value) else "with a computed dag_id"


def _is_set(value: Value | None) -> bool:
    empty = isinstance(value, Literal) and not value.value
    return value is not None and not empty and not (isinstance(value, Sequence) and not value.items)


def _dates(task: Task, value: Value) -> Value | None:
    """The call of the function that gives the dates; None where it is not known to take what it is given."""
    function = value.callable if isinstance(value, Reference) else None
    if function is None or function.kind == "imported":
        return None
    date = context("logical_date")
    if task.airflow >= 2:
        return called_with_context(value, date, frozenset(("execution_date", "logical_date")))
    # 1.10 counts all parameters, and gives the context to the second.
    return Call("", (value, date), MappingProxyType({})) if [p.kind for p in function.parameters] == ["positional"] else None


def _listed(words: list[str]) -> Value:
    return Sequence("list", tuple(map(Literal, words)))
