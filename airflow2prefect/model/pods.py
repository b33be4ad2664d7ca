"""KubernetesPodOperator: its import paths, and the arguments that a flow has for it. Of both sides: classes of the user's derive from it."""

from __future__ import annotations

POD_OPERATORS = (
    "airflow.contrib.operators.kubernetes_pod_operator.KubernetesPodOperator",
    "airflow.providers.cncf.kubernetes.operators.kubernetes_pod.KubernetesPodOperator",
    "airflow.providers.cncf.kubernetes.operators.pod.KubernetesPodOperator",
)
POD_ARGUMENTS = (
    "kubernetes_conn_id", "namespace", "image", "name", "random_name_suffix", "cmds", "arguments", "ports", "volume_mounts", "volumes",
    "env_vars", "env_from", "configmaps", "secrets", "pod_runtime_info_envs", "in_cluster", "cluster_context", "config_file", "labels",
    "annotations", "reattach_on_restart", "startup_timeout_seconds", "startup_check_interval_seconds", "get_logs", "log_events_on_failure",
    "base_container_name", "image_pull_policy", "image_pull_secrets", "resources", "container_resources", "affinity", "tolerations",
    "node_selector", "node_selectors", "service_account_name", "security_context", "container_security_context", "hostnetwork",
    "host_aliases", "hostname", "subdomain", "dnspolicy", "dns_config", "schedulername", "priority_class_name",
    "termination_grace_period", "termination_message_policy", "active_deadline_seconds", "init_containers", "full_pod_spec",
    "pod_template_file", "pod_template_dict", "do_xcom_push", "is_delete_operator_pod", "on_finish_action",
)  # fmt: skip
_RENDERED = frozenset(("image", "cmds", "arguments", "env_vars", "config_file", "pod_template_file"))  # in 1.10
_RENDERED_LATER = frozenset(
    ("name", "namespace", "labels", "annotations", "env_from", "node_selector", "container_resources", "volumes", "volume_mounts",
     "cluster_context", "pod_template_dict", "kubernetes_conn_id")
)  # fmt: skip


def pod_fields(path: str) -> frozenset[str]:
    """The arguments that Airflow renders."""
    return _RENDERED if path.startswith("airflow.contrib.") else _RENDERED | _RENDERED_LATER


def pod_class(airflow: int, kind: str = "KubernetesPod") -> str:
    """What stands for the operator in flows, of templates/airflow_kubernetes.py. `airflow`: the major version that a file is written for."""
    return f"Airflow1{kind}" if airflow < 2 else kind
