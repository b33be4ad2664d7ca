"""Where a DAG's flow runs: work pool, queue and job variables, from what the user chose and from queue and executor_config.

https://docs.prefect.io/v3/concepts/work-pools
https://airflow.apache.org/docs/apache-airflow/1.10.15/kubernetes.html
"""

from __future__ import annotations

from collections.abc import Mapping

from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Dag, Literal, Pairs, Sequence, Value, WorkPool

BUILT = "{{ build-image.image }}"  # what the build step of prefect.yaml gives
# Keys of KubernetesExecutor's config of 1.10, and the job variables of a kubernetes pool that they are.
_KUBERNETES = {
    "request_cpu": "cpu_request",
    "limit_cpu": "cpu_limit",
    "request_memory": "memory_request",
    "limit_memory": "memory_limit",
    "namespace": "namespace",
    "service_account_name": "service_account_name",
    "labels": "labels",
    "annotations": "annotations",
}
_IMAGE = ("image", "image_pull_policy", "image_pull_secrets")


def plan_work_pool(dag: Dag, pool: WorkPool) -> tuple[dict[str, object], tuple[Finding, ...]]:
    """The entry `work_pool` of a deployment."""
    line, column = dag.span.line, dag.span.column
    entry: dict[str, object] = {"name": pool.name}
    found: list[Finding] = []
    queue = queue_of(dag)
    if queue is not None:
        entry["work_queue_name"] = queue
        found.append(finding("A2P550", line, column, queue=queue, pool=pool.name))
    variables = _job_variables(pool)
    config = executor_config_of(dag, pool)
    if config is not None:
        own = {_KUBERNETES[key]: value for key, value in config.items() if key in _KUBERNETES}
        variables |= own
        if own:
            found.append(finding("A2P551", line, column, names=", ".join(own)))
        if any(key in _IMAGE for key in config):
            found.append(finding("A2P552", line, column, image=config.get("image", "?")))
    if variables:
        entry["job_variables"] = variables
    return entry, tuple(found)


def placed(dag: Dag, pool: WorkPool) -> frozenset[str]:
    """The arguments of tasks that the deployment takes."""
    taken = {"queue": queue_of(dag), "executor_config": executor_config_of(dag, pool)}
    return frozenset(name for name, value in taken.items() if value is not None)


def _job_variables(pool: WorkPool) -> dict[str, object]:
    """As the default templates of Prefect's docker and kubernetes pools call them."""
    made: dict[str, object] = {}
    if pool.image:
        made["image"] = BUILT if pool.build else pool.image
    if pool.type == "docker":
        made |= {"container_create_kwargs": {"nano_cpus": int(float(pool.cpu) * 1e9)}} if pool.cpu else {}
        made |= {"mem_limit": pool.memory} if pool.memory else {}
    else:
        made |= {"cpu_request": pool.cpu, "cpu_limit": pool.cpu} if pool.cpu else {}
        made |= {"memory_request": pool.memory, "memory_limit": pool.memory} if pool.memory else {}
    return made


def queue_of(dag: Dag) -> str | None:
    """The queue of all tasks of a DAG: one run of its flow is in one place. None where they differ, or Airflow's own is meant."""
    value = _shared(dag, "queue")
    if isinstance(value, Literal) and isinstance(value.value, str) and value.value not in ("", "default"):
        return value.value
    return None


def executor_config_of(dag: Dag, pool: WorkPool) -> Mapping[str, object] | None:
    """What executor_config says to the KubernetesExecutor, if it does so for all tasks alike and all of it can be said to the pool."""
    value = plain(_shared(dag, "executor_config")) if pool.type == "kubernetes" else None
    config = value.get("KubernetesExecutor") if isinstance(value, dict) and len(value) == 1 else None
    if not isinstance(config, dict) or not config or not config.keys() <= {*_KUBERNETES, *_IMAGE}:
        return None
    return config


def _shared(dag: Dag, name: str) -> Value | None:
    """The argument that all tasks of a DAG have alike."""
    values = [task.argument(name) for task in dag.tasks]
    return values[0] if values and all(plain(value) == plain(values[0]) is not None for value in values) else None


def plain(value: Value | None) -> object:
    """A value as data; None for what is only known at run time."""
    match value:
        case Literal(value=known):
            return known
        case Sequence(items=items):
            made = [plain(item) for item in items]
            return made if all(item is not None for item in made) else None
        case Pairs(items=pairs):
            both = [(plain(key), plain(item)) for key, item in pairs]
            return dict(both) if all(isinstance(key, str) and item is not None for key, item in both) else None
    return None
