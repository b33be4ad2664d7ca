"""TriggerDagRunOperator: a run of the deployment of another DAG."""

from __future__ import annotations

from types import MappingProxyType

from airflow2prefect.findings import finding
from airflow2prefect.model import Body, Call, Literal, Sequence, Task, Value
from airflow2prefect.operators.connections import refused
from airflow2prefect.operators.external import named, states
from airflow2prefect.operators.polling import true
from airflow2prefect.operators.registry import missing, operator


@operator(
    "airflow.operators.dagrun_operator.TriggerDagRunOperator",
    "airflow.operators.trigger_dagrun.TriggerDagRunOperator",
    "airflow.operators.TriggerDagRunOperator",
    "airflow.providers.standard.operators.trigger_dagrun.TriggerDagRunOperator",
)
def trigger(
    task: Task,
    *,
    trigger_dag_id: Value | None = None,
    python_callable: Value | None = None,
    execution_date: Value | None = None,
    logical_date: Value | None = None,
    trigger_run_id: Value | None = None,
    conf: Value | None = None,
    reset_dag_run: Value | None = None,
    wait_for_completion: Value | None = None,
    poke_interval: Value | None = None,
    allowed_states: Value | None = None,
    failed_states: Value | None = None,
    skip_when_already_exists: Value | None = None,
    deferrable: Value | None = None,
) -> Body:
    """1.10 asks a callable whether to start the run and with which payload, 2.x has `conf`, and can wait for the run.

    https://github.com/apache/airflow/blob/1.10.15/airflow/operators/dagrun_operator.py
    https://github.com/apache/airflow/blob/2.10.5/airflow/operators/trigger_dagrun.py
    """
    if trigger_dag_id is None:
        return missing(task, "trigger_dag_id")
    if python_callable is not None and _is_set(python_callable):
        return _ordered(task, trigger_dag_id, python_callable, execution_date)
    switches = {
        "reset_dag_run": reset_dag_run,
        "wait_for_completion": wait_for_completion,
        "skip_when_already_exists": skip_when_already_exists,
    }
    for argument, value in switches.items():
        if value is not None and not isinstance(value, Literal):
            return refused(task, argument)
    fields: dict[str, Value] = {"dag": trigger_dag_id}
    optional = {"conf": conf, "logical_date": execution_date if _is_set(execution_date) else logical_date, "run_id": trigger_run_id}
    fields |= {argument: value for argument, value in optional.items() if value is not None and _is_set(value)}
    waits, skips = true(wait_for_completion), true(skip_when_already_exists) and not true(reset_dag_run)
    for argument, value in (("allowed_states", allowed_states), ("failed_states", failed_states)):
        if waits and value is not None and (_is_set(value) or (argument == "failed_states" and isinstance(value, Sequence))):
            words = states(value)
            if words is None:
                return refused(task, argument)
            fields[argument] = Sequence("list", tuple(map(Literal, words)))
    if waits and poke_interval is not None:
        fields["poke_interval"] = poke_interval
    at = (task.site.line, task.site.column, task.task_id)
    told = [finding("A2P223", *at, operator="TriggerDagRunOperator", flow=named(trigger_dag_id))]
    if waits and true(deferrable):
        told.append(finding("A2P209", *at, operator="TriggerDagRunOperator"))
    return Body(
        template="trigger_dag_run",
        fields=MappingProxyType(fields),
        templated=frozenset(("dag", "logical_date", "run_id", "conf")),
        flags=MappingProxyType({"waits": waits, "resets": true(reset_dag_run), "skipping": skips, "overrides": task.airflow >= 2}),
        locals=("run",),
        helpers=(
            ("airflow_external", "trigger_dag_run"),
            *((("airflow_external", "wait_for_run"),) if waits else ()),
            *((("airflow_rules", "Skip"),) if skips else ()),
        ),
        skips=skips,
        findings=tuple(told),
    )


def _ordered(task: Task, dag_id: Value, function: Value, date: Value | None) -> Body:
    """1.10: a function of the context and an order fills the order and returns it, or None to start nothing."""
    facts = task.callable
    if facts is None or not facts.led:
        return refused(task, "python_callable")
    at = (task.site.line, task.site.column, task.task_id)
    fields = {"dag": dag_id} | ({"logical_date": date} if date is not None and _is_set(date) else {})
    return Body(
        around="trigger_ordered",
        args=Sequence("list", (Call("airflow_external.DagRunOrder", (), {}),)),
        fields=MappingProxyType(fields),
        templated=frozenset(("dag", "logical_date")),
        helpers=(("airflow_external", "trigger_ordered"),),
        findings=(finding("A2P223", *at, operator="TriggerDagRunOperator", flow=named(dag_id)),),
    )


def _is_set(value: Value | None) -> bool:
    return value is not None and not (isinstance(value, Literal) and value.value is None)
