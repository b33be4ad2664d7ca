"""KubernetesPodOperator and its kin: a pod through KubernetesPod of templates/airflow_kubernetes.py, which is the official client."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Body, Call, Code, Literal, OperatorClass, Pairs, Sequence, Task, Value
from airflow2prefect.model.pods import POD_ARGUMENTS, POD_OPERATORS, pod_class, pod_fields
from airflow2prefect.operators.connections import block_needed, block_of, is_literal, is_set, name_of, refused, set_value
from airflow2prefect.operators.polling import context
from airflow2prefect.operators.registry import BASE, missing, operator

REFUSED = ("skip_on_exit_code", "callbacks", "progress_callback", "init_container_logs", "container_logs")
# How an operator waits and what it logs, of no account where the task waits itself.
WAITING = ("deferrable", "poll_interval", "logging_interval", "log_pod_spec_on_failure", "xcom_push")
HOME = "airflow_kubernetes"
CLUSTER = ("project_id", "location", "cluster_name", "use_internal_ip")
GKE_REFUSED = ("impersonation_chain", "regional")


@operator(*POD_OPERATORS, takes=(*POD_ARGUMENTS, *REFUSED, *WAITING))
def pod(task: Task, **given: Value) -> Body:
    """A pod until it has ended; with do_xcom_push its return.json is the XCom.

    https://github.com/apache/airflow/blob/1.10.15/airflow/contrib/operators/kubernetes_pod_operator.py
    https://github.com/apache/airflow/blob/2.10.5/providers/src/airflow/providers/cncf/kubernetes/operators/pod.py
    """
    connection = set_value(given.get("kubernetes_conn_id"))
    own = connection is not None and not is_literal(connection, "kubernetes_default")
    return _pod(task, given, {}, "KubernetesPod", (block_needed(task, connection, "Secret"),) if own and connection is not None else ())


@operator(
    "airflow.contrib.operators.gcp_container_operator.GKEPodOperator",
    "airflow.providers.google.cloud.operators.kubernetes_engine.GKEStartPodOperator",
    takes=(*POD_ARGUMENTS, *REFUSED, *WAITING, *CLUSTER, *GKE_REFUSED, "gcp_conn_id"),
)
def gke_pod(task: Task, **given: Value) -> Body:
    """The same on a cluster of Google's, whose address and certificate are asked for.

    https://github.com/apache/airflow/blob/1.10.15/airflow/contrib/operators/gcp_container_operator.py
    """
    for name in ("location", "cluster_name"):
        if name not in given:
            return missing(task, name)
    for name in (*GKE_REFUSED, "in_cluster", "config_file"):
        if is_set(given.get(name)):
            return refused(task, name)
    connection = set_value(given.get("gcp_conn_id")) or Literal("google_cloud_default")
    fields = {name: given.get(name) or Literal(None) for name in CLUSTER[:3]}
    if is_set(given.get("use_internal_ip")):
        fields["use_internal_ip"] = given["use_internal_ip"]
    fields["gcp_credentials"] = block_of(connection)
    given = {name: value for name, value in given.items() if name not in ("in_cluster", "kubernetes_conn_id")}
    body = _pod(task, given, fields, "GKEPod", (block_needed(task, connection, "GcpCredentials"),))
    return replace(body, templated=body.templated | {"project_id", "location", "cluster_name"})


def _pod(task: Task, given: dict[str, Value], first: dict[str, Value], kind: str, found: tuple[Finding, ...]) -> Body:
    for name in REFUSED:
        if is_set(given.get(name)) and not (name == "container_logs" and is_literal(given[name], "base")):
            return refused(task, name)
    if is_set(given.get("deferrable")):
        found = (*found, finding("A2P209", task.site.line, task.site.column, task.task_id, operator=name_of(task)))
    fields = first | {name: owned(value) for name, value in given.items() if name in POD_ARGUMENTS and set_value(value) is not None}
    if "env_vars" in fields:
        fields["env_vars"] = _by_name(fields["env_vars"])
    if "on_finish_action" in fields:
        fields.pop("is_delete_operator_pod", None)
    runs = pod_class(task.airflow, kind)
    return Body(
        template="run",
        fields=MappingProxyType(fields),
        templated=pod_fields(task.operator) & fields.keys(),
        words=MappingProxyType({"runs": runs, "after": ".run()"}),
        helpers=((HOME, runs),),
        returns=is_set(given.get("do_xcom_push")),
        findings=found,
    )


def pod_of_class(task: Task, made_of: OperatorClass) -> Body:
    """A class of the user's that derives from the operator: it is built with what the task gives."""
    given = {name: value for name, value in task.arguments.items() if name in made_of.parameters}
    given |= {name: value for name, value in task.inherited.items() if name in made_of.named and name not in given}
    # Airflow gives these to the class that takes them, unless the user's has handed it something else.
    rest = {name: value for name, value in task.inherited.items() if name in POD_ARGUMENTS and name not in given}
    if rest:
        given["default_args"] = Pairs(tuple((Literal(name), owned(value)) for name, value in rest.items()))
    if "task_id" in made_of.parameters:
        given["task_id"] = task.id_value
    unknown = [name for name in task.arguments if name not in made_of.parameters and name not in (*BASE, *WAITING)]
    pushes = task.arguments.get("do_xcom_push")
    line, column = task.site.line, task.site.column
    fields = {name: owned(value) for name, value in given.items()}
    found = [finding("A2P202", line, column, task.task_id, argument=name, operator=made_of.name) for name in unknown]
    if made_of.renders:
        fields["context"] = context("*")
        found.append(finding("A2P253", line, column, task.task_id, operator=made_of.name))
    return Body(
        template="run_rendered" if made_of.renders else "run",
        fields=MappingProxyType(fields),
        templated=(made_of.templated | {"default_args"}) & given.keys(),
        words=MappingProxyType({"after": ".run()"}),
        builds=f"{made_of.module}.{made_of.name}" if made_of.module else made_of.name,
        # What it pushes without being told so by the task is up to the class.
        returns=pushes is None or is_set(pushes),
        imports=("jinja2.StrictUndefined",) if made_of.renders else (),
        helpers=(("airflow_templates", "render"),) if made_of.renders else (),
        findings=tuple(found),
    )


# Parts of pods that Airflow has classes for, by their names; those of the helper module have the same.
PARTS = frozenset(("Secret", "Volume", "VolumeMount", "PodRuntimeInfoEnv", "Port", "Resources"))


def owned(value: Value) -> Value:
    """The value with Airflow's parts of pods as those of the helper module, where they are made on the spot."""
    match value:
        case Call(path=path, code=code) if path.startswith("airflow.") and path.rpartition(".")[2] in PARTS:
            if code is not None and code.text.isidentifier():
                return value
            return Call(f"{HOME}.{path.rpartition('.')[2]}", value.args, value.kwargs)
        case Sequence(items=items) if (made := tuple(map(owned, items))) != items:
            return Sequence(value.kind, made)
    return value


def _by_name(value: Value) -> Value:
    """Environment variables as a dict, where Airflow renders what is in their objects."""
    if not isinstance(value, Sequence) or not value.items:
        return value
    pairs = []
    for item in value.items:
        plain = isinstance(item, Call) and item.path.endswith(".V1EnvVar") and not item.args and item.kwargs.keys() == {"name", "value"}
        if not isinstance(item, Call) or not plain or not isinstance(item.kwargs["name"], Literal):
            return value
        pairs.append((item.kwargs["name"], item.kwargs["value"]))
    rendered = any(
        "{{" in str(text.value if isinstance(text, Literal) else text.text if isinstance(text, Code) else "") for _, text in pairs
    )
    return Pairs(tuple(pairs)) if rendered else value
