"""Pods that run to their end, by the official client: https://github.com/kubernetes-client/python

The arguments are those of Airflow's KubernetesPodOperator.
"""

import json
import re
import time
import uuid
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from airflow_connections import Connection, get_connection
from google.auth.transport.requests import AuthorizedSession
from kubernetes import client, config
from kubernetes.stream import stream
from prefect import get_run_logger
from prefect.runtime import flow_run, task_run
from prefect_gcp import GcpCredentials

SIDECAR, XCOM_FOLDER, NO_XCOM = "airflow-xcom-sidecar", "/airflow/xcom", "__airflow_xcom_result_empty__"
# What a pod template and the arguments both have is put together; all else of the template gives way to the arguments.
LISTS = ("env", "envFrom", "initContainers", "ports", "volumeDevices", "volumeMounts", "volumes")


class KubernetesPod:
    """A pod with one container, `base`; `run` waits until it has ended, and raises unless it succeeded.

    With `do_xcom_push` the container's /airflow/xcom/return.json is what `run` returns. A retry finds the pod of the try before.
    """

    base = "base"
    defaults: Mapping[str, Any] = {}
    template_fields: tuple[str, ...] = (
        "image", "cmds", "arguments", "env_vars", "config_file", "name", "namespace", "labels", "annotations", "node_selector", "cluster_context",
    )  # fmt: skip
    empty_xcom_fails = False
    secrets_first = False

    def __init__(self, *, default_args: Mapping[str, Any] | None = None, **arguments: Any) -> None:
        """`default_args` stand for arguments that are not given."""
        self.configure(**{**self.defaults, **(default_args or {}), **arguments})

    def configure(
        self,
        *,
        task_id: str | None = None,
        kubernetes_conn_id: str | None = "kubernetes_default",
        namespace: str | None = None,
        image: str | None = None,
        name: str | None = None,
        random_name_suffix: bool = True,
        cmds: list[str] | None = None,
        arguments: list[str] | None = None,
        ports: Iterable[Any] | None = None,
        volume_mounts: Iterable[Any] | None = None,
        volumes: Iterable[Any] | None = None,
        env_vars: Mapping[str, str] | Iterable[Any] | None = None,
        env_from: Iterable[Any] | None = None,
        configmaps: Iterable[str] | None = None,
        secrets: Iterable[Any] | None = None,
        pod_runtime_info_envs: Iterable[Any] | None = None,
        in_cluster: bool | None = None,
        cluster_context: str | None = None,
        config_file: str | None = None,
        labels: Mapping[str, str] | None = None,
        annotations: Mapping[str, str] | None = None,
        reattach_on_restart: bool = True,
        startup_timeout_seconds: float = 120,
        startup_check_interval_seconds: float = 1,
        get_logs: bool = True,
        log_events_on_failure: bool = False,
        base_container_name: str | None = None,
        image_pull_policy: str | None = None,
        image_pull_secrets: str | Iterable[Any] | None = None,
        resources: Any = None,
        container_resources: Any = None,
        affinity: Any = None,
        tolerations: Iterable[Any] | None = None,
        node_selector: Mapping[str, str] | None = None,
        node_selectors: Mapping[str, str] | None = None,
        service_account_name: str | None = None,
        security_context: Any = None,
        container_security_context: Any = None,
        hostnetwork: bool = False,
        host_aliases: Iterable[Any] | None = None,
        hostname: str | None = None,
        subdomain: str | None = None,
        dnspolicy: str | None = None,
        dns_config: Any = None,
        schedulername: str | None = None,
        priority_class_name: str | None = None,
        termination_grace_period: int | None = None,
        termination_message_policy: str | None = None,
        active_deadline_seconds: int | None = None,
        init_containers: Iterable[Any] | None = None,
        full_pod_spec: Any = None,
        pod_template_file: str | None = None,
        pod_template_dict: Mapping[str, Any] | None = None,
        do_xcom_push: bool = False,
        is_delete_operator_pod: bool | None = None,
        on_finish_action: str | None = None,
    ) -> None:
        self.task_id, self.kubernetes_conn_id = task_id, kubernetes_conn_id
        self.image, self.name, self.namespace, self.random_name_suffix = image, name, namespace, random_name_suffix
        self.cmds, self.arguments = cmds or [], arguments or []
        self.env_vars: Any = env_vars if env_vars is not None else {}
        self.env_from, self.configmaps = env_from or [], configmaps or []
        self.ports, self.volumes, self.volume_mounts, self.secrets = ports or [], volumes or [], volume_mounts or [], secrets or []
        self.pod_runtime_info_envs = pod_runtime_info_envs or []
        self.in_cluster, self.cluster_context, self.config_file = in_cluster, cluster_context, config_file
        self.labels, self.annotations = dict(labels or {}), dict(annotations or {})
        self.reattach_on_restart = reattach_on_restart
        self.startup_timeout_seconds, self.startup_check_interval_seconds = startup_timeout_seconds, startup_check_interval_seconds
        self.get_logs, self.log_events_on_failure = get_logs, log_events_on_failure
        self.base = base_container_name or self.base
        self.image_pull_policy, self.image_pull_secrets = image_pull_policy, image_pull_secrets or []
        self.resources = container_resources or resources
        self.affinity, self.tolerations, self.node_selector = affinity, tolerations, node_selector or node_selectors
        self.service_account_name = service_account_name
        self.security_context, self.container_security_context = security_context, container_security_context
        self.hostnetwork, self.host_aliases, self.hostname, self.subdomain = hostnetwork, host_aliases, hostname, subdomain
        self.dnspolicy, self.dns_config, self.schedulername = dnspolicy, dns_config, schedulername
        self.priority_class_name, self.termination_grace_period = priority_class_name, termination_grace_period
        self.termination_message_policy, self.active_deadline_seconds = termination_message_policy, active_deadline_seconds
        self.init_containers, self.full_pod_spec = init_containers, full_pod_spec
        self.pod_template_file, self.pod_template_dict = pod_template_file, pod_template_dict
        self.do_xcom_push = do_xcom_push
        if on_finish_action is None:
            on_finish_action = "keep_pod" if is_delete_operator_pod is False else "delete_pod"
        if on_finish_action not in ("delete_pod", "delete_succeeded_pod", "keep_pod"):
            raise ValueError(f"on_finish_action={on_finish_action!r}")
        self.on_finish_action = on_finish_action

    # ------------------------------------------------------------------ the cluster

    def connection(self) -> Connection:
        if self.kubernetes_conn_id is None:
            return Connection("")
        try:
            return get_connection(self.kubernetes_conn_id)
        except ValueError:
            if self.kubernetes_conn_id != "kubernetes_default":
                raise
            return Connection(self.kubernetes_conn_id)

    def api_client(self) -> client.ApiClient:
        """By the arguments, by the connection, from inside the cluster, or by the kubeconfig of the machine."""
        extra = self._extra
        path = self.config_file or extra.get("kube_config_path")
        context = self.cluster_context or extra.get("cluster_context")
        content = extra.get("kube_config")
        inside = extra.get("in_cluster") if self.in_cluster is None else self.in_cluster
        if inside is True or str(inside).lower() == "true":
            return _inside()
        if path:
            return config.new_client_from_config(config_file=path, context=context)
        if content:
            content = json.loads(content) if isinstance(content, str) else content
            return config.new_client_from_config_dict(content, context=context)
        try:
            return _inside()
        except config.ConfigException:
            return config.new_client_from_config(context=context)

    # ------------------------------------------------------------------ the pod

    def pod(self) -> dict[str, Any]:
        """What is asked of the API."""
        container = {
            "name": self.base,
            "image": self.image,
            "command": list(self.cmds),
            "args": list(self.arguments),
            "env": [*_env(self.env_vars), *self.pod_runtime_info_envs],
            "envFrom": [*self.env_from, *({"configMapRef": {"name": name}} for name in self.configmaps)],
            "ports": [*self.ports],
            "volumeMounts": [*self.volume_mounts],
            "resources": _resources(self.resources),
            "imagePullPolicy": self.image_pull_policy,
            "securityContext": self.container_security_context,
            "terminationMessagePolicy": self.termination_message_policy,
        }
        spec = {
            "containers": [container],
            "initContainers": self.init_containers,
            "volumes": [*self.volumes],
            "restartPolicy": "Never",
            "nodeSelector": self.node_selector,
            "affinity": self.affinity,
            "tolerations": self.tolerations,
            "imagePullSecrets": _image_pull_secrets(self.image_pull_secrets),
            "serviceAccountName": self.service_account_name,
            "securityContext": self.security_context,
            "hostNetwork": self.hostnetwork,
            "hostAliases": self.host_aliases,
            "hostname": self.hostname,
            "subdomain": self.subdomain,
            "dnsPolicy": self.dnspolicy,
            "dnsConfig": self.dns_config,
            "schedulerName": self.schedulername,
            "priorityClassName": self.priority_class_name,
            "activeDeadlineSeconds": self.active_deadline_seconds,
        }
        metadata = {"name": self._wanted_name(), "namespace": self.namespace, "labels": self.labels, "annotations": self.annotations}
        made = _plain({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec})
        made = _merged(self._template(), made)
        metadata, spec = made.setdefault("metadata", {}), made["spec"]
        name = metadata.get("name") or _name(self.task_id or task_run.task_name or "pod")
        metadata["name"] = f"{name[:220]}-{uuid.uuid4().hex[:8]}" if self.random_name_suffix else name
        metadata["namespace"] = metadata.get("namespace") or self._namespace()
        for secret in self.secrets:
            secret.attach(spec)
        if self.secrets_first and "envFrom" in spec["containers"][0]:
            spec["containers"][0]["envFrom"].sort(key=lambda source: "secretRef" not in source)
        if self.do_xcom_push:
            self._add_sidecar(spec)
        metadata["labels"] = {**metadata.get("labels", {}), **self._own_labels(), "try_number": str(task_run.run_count or 1)}
        return made

    def _wanted_name(self) -> str | None:
        return _name(self.name) if self.name else None

    def _template(self) -> dict[str, Any]:
        base: dict[str, Any] = {}
        if self.pod_template_file:
            base = yaml.safe_load(Path(self.pod_template_file).read_text(encoding="utf-8"))
        elif self.pod_template_dict:
            base = _plain(self.pod_template_dict)
        return _merged(base, _plain(self.full_pod_spec)) if self.full_pod_spec else base

    def _namespace(self) -> str:
        own = Path("/var/run/secrets/kubernetes.io/serviceaccount/namespace")
        return self._extra.get("namespace") or (own.read_text().strip() if own.exists() else "default")

    def _add_sidecar(self, spec: dict[str, Any]) -> None:
        """A container that keeps the XCom's file until it is read."""
        mount = {"name": "xcom", "mountPath": XCOM_FOLDER}
        spec["volumes"] = [{"name": "xcom", "emptyDir": {}}, *spec.get("volumes", [])]
        spec["containers"][0]["volumeMounts"] = [mount, *spec["containers"][0].get("volumeMounts", [])]
        sidecar = {
            "name": SIDECAR,
            "image": self._extra.get("xcom_sidecar_container_image") or "alpine",
            "command": ["sh", "-c", 'trap "exit 0" INT; while true; do sleep 1; done;'],
            "volumeMounts": [mount],
            "resources": {"requests": {"cpu": "1m", "memory": "10Mi"}},
        }
        spec["containers"].append(sidecar)

    def _own_labels(self) -> dict[str, str]:
        """What a pod of this task is found by. Airflow's names for them, so that what looks for its pods finds these."""
        found = {"dag_id": flow_run.flow_name, "task_id": task_run.task_name, "run_id": flow_run.id, "task_run_id": task_run.id}
        return {name: _label(str(value)) for name, value in found.items() if value}

    # ------------------------------------------------------------------ running it

    def run(self, render: Callable[[str], str] | None = None) -> Any:
        """`render` is for the templates in what Airflow renders, where a class puts them there."""
        for name in self.template_fields if render is not None else ():
            setattr(self, name, _rendered(getattr(self, name), render))
        self._extra = self.connection().extra_dejson
        api = client.CoreV1Api(self.api_client())
        wanted = self.pod()
        name, namespace = wanted["metadata"]["name"], wanted["metadata"]["namespace"]
        left = self._left_by_a_try_before(api, namespace) if self.reattach_on_restart else None
        if left is not None:
            name = left
            get_run_logger().info("Following the pod %s, which an earlier try has started", name)
        else:
            api.create_namespaced_pod(namespace=namespace, body=wanted)
            get_run_logger().info("Pod %s created", name)
        ended = None
        try:
            self._await_start(api, name, namespace)
            self._follow(api, name, namespace)
            result = self._xcom(api, name, namespace) if self.do_xcom_push else None
            ended = self._await_end(api, name, namespace)
        except Exception:
            if self.log_events_on_failure:
                self._log_events(api, name, namespace)
            self._clean(api, name, namespace, failed=True)
            raise
        except BaseException:  # cancelled, or out of time
            self._delete(api, name, namespace, self.termination_grace_period)
            raise
        failed = not self._succeeded(ended)
        if failed and self.log_events_on_failure:
            self._log_events(api, name, namespace)
        self._clean(api, name, namespace, failed=failed)
        if failed:
            raise RuntimeError(f"Pod {name} returned a failure: {self._told(ended)}")
        return result

    execute = run

    def _left_by_a_try_before(self, api: client.CoreV1Api, namespace: str) -> str | None:
        """The pod of this task run, if one is there whose end no try has seen."""
        labels = self._own_labels()
        if "task_run_id" not in labels:
            return None
        selector = ",".join([*(f"{name}={value}" for name, value in sorted(labels.items())), "already_checked!=True"])
        found = api.list_namespaced_pod(namespace=namespace, label_selector=selector).items
        if len(found) > 1:
            raise RuntimeError(f"More than one pod running with labels {selector}")
        return found[0].metadata.name if found else None

    def _await_start(self, api: client.CoreV1Api, name: str, namespace: str) -> None:
        began = time.monotonic()
        while api.read_namespaced_pod(name=name, namespace=namespace).status.phase == "Pending":
            if time.monotonic() - began >= self.startup_timeout_seconds:
                raise RuntimeError(f"Pod {name} took longer than {self.startup_timeout_seconds} seconds to start")
            time.sleep(self.startup_check_interval_seconds)

    def _follow(self, api: client.CoreV1Api, name: str, namespace: str) -> None:
        """The container's log until it has ended; a stream that breaks is opened again where it broke."""
        asked: dict[str, Any] = {"name": name, "namespace": namespace, "container": self.base}
        seen = time.monotonic()
        since: dict[str, Any] = {}
        while self.get_logs:
            try:
                for line in api.read_namespaced_pod_log(**asked, **since, follow=True, _preload_content=False):
                    get_run_logger().info("%s", line.decode("utf-8", errors="backslashreplace").rstrip("\n"))
                    seen = time.monotonic()
            except Exception as error:
                if not self._is_running(api, name, namespace, self.base):
                    raise
                get_run_logger().warning("Reading the log was interrupted: %s", error)
            if not self._is_running(api, name, namespace, self.base):
                break
            since = {"since_seconds": max(1, int(time.monotonic() - seen) + 1)}
            time.sleep(1)
        while self._is_running(api, name, namespace, self.base):
            time.sleep(1)

    def _is_running(self, api: client.CoreV1Api, name: str, namespace: str, container: str) -> bool:
        status = api.read_namespaced_pod(name=name, namespace=namespace).status
        return any(each.name == container and each.state.running is not None for each in status.container_statuses or ())

    def _await_end(self, api: client.CoreV1Api, name: str, namespace: str) -> Any:
        while True:
            found = api.read_namespaced_pod(name=name, namespace=namespace)
            proxied = any(each.name == "istio-proxy" for each in found.spec.containers)
            if found.status.phase in ("Succeeded", "Failed") or (proxied and _ended(found, self.base) is not None):
                return found
            time.sleep(2)

    def _succeeded(self, found: Any) -> bool:
        end = _ended(found, self.base)
        if any(each.name == "istio-proxy" for each in found.spec.containers):
            return end is not None and end.exit_code == 0
        return found.status.phase == "Succeeded"

    def _told(self, found: Any) -> str:
        end = _ended(found, self.base)
        if end is None:
            return found.status.phase
        return f"{found.status.phase}, exit code {end.exit_code}" + (f", {end.message}" if end.message else "")

    def _xcom(self, api: client.CoreV1Api, name: str, namespace: str) -> Any:
        """The file's content, and the end of the container that kept it."""
        began = time.monotonic()
        while not self._is_running(api, name, namespace, SIDECAR):
            if time.monotonic() - began > 900:
                raise RuntimeError("Xcom sidecar container did not start within 15 minutes.")
            time.sleep(1)
        file = f"{XCOM_FOLDER}/return.json"
        try:
            text = _shell(api, name, namespace, f"if [ -s {file} ]; then cat {file}; else echo {NO_XCOM}; fi")
        finally:
            _shell(api, name, namespace, "kill -s INT 1")
        if text is None or (text.strip() == NO_XCOM and self.empty_xcom_fails):
            raise RuntimeError(f"Failed to extract xcom from pod: {name}")
        return None if text.strip() == NO_XCOM else json.loads(text)

    def _log_events(self, api: client.CoreV1Api, name: str, namespace: str) -> None:
        for event in api.list_namespaced_event(namespace=namespace, field_selector=f"involvedObject.name={name}").items:
            get_run_logger().error("Pod event: %s - %s", event.reason, event.message)

    def _clean(self, api: client.CoreV1Api, name: str, namespace: str, *, failed: bool) -> None:
        if self.on_finish_action == "delete_pod" or (self.on_finish_action == "delete_succeeded_pod" and not failed):
            self._delete(api, name, namespace)
        else:  # the next try is to start one of its own
            api.patch_namespaced_pod(name=name, namespace=namespace, body={"metadata": {"labels": {"already_checked": "True"}}})

    def _delete(self, api: client.CoreV1Api, name: str, namespace: str, grace: int | None = None) -> None:
        try:
            api.delete_namespaced_pod(name=name, namespace=namespace, **({} if grace is None else {"grace_period_seconds": grace}))
        except client.ApiException as error:
            if error.status != 404:
                raise


AIRFLOW_1 = {
    "kubernetes_conn_id": None,
    "image_pull_policy": "IfNotPresent",
    "service_account_name": "default",
    "is_delete_operator_pod": False,
}


class Airflow1KubernetesPod(KubernetesPod):
    """As in Airflow 1.10: pods stay, images are not pulled again, and an XCom must be there."""

    defaults = AIRFLOW_1
    template_fields = ("image", "cmds", "arguments", "env_vars", "config_file", "pod_template_file")
    empty_xcom_fails = True
    secrets_first = True


class GKEPod(KubernetesPod):
    """A pod on a cluster of Google's; `gcp_credentials` names a GcpCredentials block."""

    def configure(
        self,
        *,
        project_id: str | None,
        location: str,
        cluster_name: str,
        gcp_credentials: str,
        use_internal_ip: bool = False,
        **arguments: Any,
    ) -> None:
        super().configure(**{**arguments, "kubernetes_conn_id": None})
        self.project_id, self.location, self.cluster_name = project_id, location, cluster_name
        self.gcp_credentials, self.use_internal_ip = gcp_credentials, use_internal_ip

    def api_client(self) -> client.ApiClient:
        """https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters/get"""
        block = GcpCredentials.load(self.gcp_credentials)
        credentials = block.get_credentials_from_service_account()
        project = self.project_id or block.project
        path = f"projects/{project}/locations/{self.location}/clusters/{self.cluster_name}"
        response = AuthorizedSession(credentials).get(f"https://container.googleapis.com/v1/{path}")
        response.raise_for_status()
        cluster = response.json()
        address = cluster["privateClusterConfig"]["privateEndpoint"] if self.use_internal_ip else cluster["endpoint"]
        access = {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "gke",
            "contexts": [{"name": "gke", "context": {"cluster": "gke", "user": "gke"}}],
            "clusters": [
                {
                    "name": "gke",
                    "cluster": {
                        "server": f"https://{address}",
                        "certificate-authority-data": cluster["masterAuth"]["clusterCaCertificate"],
                    },
                }
            ],
            "users": [{"name": "gke", "user": {"token": credentials.token}}],
        }
        made = config.new_client_from_config_dict(access)

        def refresh(configuration: client.Configuration) -> None:
            if not credentials.valid:
                AuthorizedSession(credentials).get(f"https://container.googleapis.com/v1/{path}")
            configuration.api_key["authorization"] = f"Bearer {credentials.token}"

        made.configuration.refresh_api_key_hook = refresh
        return made


class Airflow1GKEPod(GKEPod):
    """As in Airflow 1.10: pods stay, images are not pulled again, and an XCom must be there."""

    defaults = AIRFLOW_1
    template_fields = ("image", "cmds", "arguments", "env_vars", "config_file", "pod_template_file")
    empty_xcom_fails = True
    secrets_first = True


class Secret:
    """A secret of Kubernetes', as an environment variable (or all of its keys as such) or as files in a folder."""

    def __init__(
        self, deploy_type: str, deploy_target: str | None, secret: str, key: str | None = None, items: Iterable[Any] | None = None
    ) -> None:
        if deploy_type not in ("env", "volume"):
            raise ValueError("deploy_type must be env or volume")
        if deploy_type == "env" and key is not None and deploy_target is None:
            raise ValueError("If `key` is set, `deploy_target` should not be None")
        self.deploy_type, self.secret, self.key, self.items = deploy_type, secret, key, list(items or [])
        self.deploy_target = deploy_target.upper() if deploy_target is not None and deploy_type == "env" else deploy_target

    def attach(self, spec: dict[str, Any]) -> None:
        container = spec["containers"][0]
        if self.deploy_type == "volume":
            name = f"secretvol{uuid.uuid4()}"
            volume = _plain({"name": name, "secret": {"secretName": self.secret, "items": self.items}})
            spec["volumes"] = [*spec.get("volumes", []), volume]
            if self.deploy_target:
                mount = {"name": name, "mountPath": self.deploy_target, "readOnly": True}
                container["volumeMounts"] = [*container.get("volumeMounts", []), mount]
        elif self.key is not None:
            source = {"secretKeyRef": {"name": self.secret, "key": self.key}}
            container["env"] = [*container.get("env", []), {"name": self.deploy_target, "valueFrom": source}]
        else:
            container["envFrom"] = [*container.get("envFrom", []), {"secretRef": {"name": self.secret}}]


class Volume(dict[str, Any]):
    """A volume of the pod: `configs` says what it is by the names of the API, or with underscores."""

    def __init__(self, name: str, configs: Mapping[str, Any]) -> None:
        super().__init__(name=name, **{re.sub("_([a-z])", lambda mark: mark[1].upper(), key): value for key, value in configs.items()})


class VolumeMount(dict[str, Any]):
    """Where a volume is in the container."""

    def __init__(self, name: str, mount_path: str, sub_path: str | None, read_only: bool) -> None:
        super().__init__(name=name, mountPath=mount_path, subPath=sub_path, readOnly=read_only)


class Port(dict[str, Any]):
    def __init__(self, name: str | None = None, container_port: int | None = None) -> None:
        super().__init__(name=name, containerPort=container_port)


class PodRuntimeInfoEnv(dict[str, Any]):
    """What the pod knows of itself, as an environment variable."""

    def __init__(self, name: str, field_path: str) -> None:
        super().__init__(name=name, valueFrom={"fieldRef": {"fieldPath": field_path}})


class Resources(dict[str, Any]):
    """What the container asks for, and what it may use."""

    def __init__(self, **amounts: Any) -> None:
        super().__init__(**amounts)


def _inside() -> client.ApiClient:
    configuration = client.Configuration()
    config.load_incluster_config(client_configuration=configuration)
    return client.ApiClient(configuration)


def _plain(value: Any) -> Any:
    """The JSON of the client's objects, of dicts and lists, without what is not set."""
    value = client.ApiClient(client.Configuration()).sanitize_for_serialization(value)
    return _without_nothing(value)


def _without_nothing(value: Any) -> Any:
    if isinstance(value, dict):
        cleaned = {key: _without_nothing(item) for key, item in value.items()}
        return {key: item for key, item in cleaned.items() if key == "emptyDir" or item not in (None, [], {})}
    return [_without_nothing(item) for item in value] if isinstance(value, list) else value


def _merged(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """A pod with what a template has and the arguments do not say."""
    if not base:
        return own
    merged = {**base, **own}
    for part in ("metadata", "spec"):
        first, second = base.get(part) or {}, own.get(part) or {}
        merged[part] = _joined(first, second)
        if part == "metadata":
            for name in ("labels", "annotations"):
                if first.get(name) or second.get(name):
                    merged[part][name] = {**(first.get(name) or {}), **(second.get(name) or {})}
    containers, own_containers = (each.get("spec", {}).get("containers", []) for each in (base, own))
    if containers and own_containers:
        merged["spec"]["containers"] = [_joined(containers[0], own_containers[0]), *containers[1:]]
    return merged


def _joined(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    made = {**first, **{name: value for name, value in second.items() if value or name not in first}}
    for name in LISTS:
        if first.get(name) and second.get(name):
            made[name] = [*first[name], *second[name]]
    return made


def _rendered(value: Any, render: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return render(value) if "{" in value else value
    if isinstance(value, Mapping):
        return {name: _rendered(item, render) for name, item in value.items()}
    if isinstance(value, client.V1EnvVar):
        return client.V1EnvVar(name=value.name, value=_rendered(value.value, render), value_from=value.value_from)
    return [_rendered(item, render) for item in value] if isinstance(value, (list, tuple)) else value


def _env(given: Any) -> list[Any]:
    return [{"name": name, "value": value} for name, value in given.items()] if isinstance(given, Mapping) else list(given)


def _image_pull_secrets(given: Any) -> list[Any]:
    return [{"name": name} for name in given.split(",")] if isinstance(given, str) else list(given)


def _resources(given: Any) -> Any:
    """Requests and limits; Airflow's flat names (`request_memory`, `limit_cpu`, `limit_gpu`) as well."""
    if not isinstance(given, Mapping) or not any(re.match("(request|limit)_", name) for name in given):
        return given
    made: dict[str, dict[str, Any]] = {"requests": {}, "limits": {}}
    for name, amount in given.items():
        kind, _, what = name.partition("_")
        if amount:
            made[f"{kind}s"][{"gpu": "nvidia.com/gpu", "ephemeral_storage": "ephemeral-storage"}.get(what, what)] = amount
    return made


def _name(text: str) -> str:
    """A name for a pod: https://kubernetes.io/docs/concepts/overview/working-with-objects/names"""
    return re.sub(r"[^a-z0-9.-]+", "-", text.lower()).strip("-.")


def _label(text: str) -> str:
    """At most 63 letters, digits and `-_.`, with a hash of what was cut off."""
    safe = re.sub(r"^[^a-z0-9A-Z]*|[^a-zA-Z0-9_\-.]|[^a-z0-9A-Z]*$", "", text)
    if len(safe) <= 63 and safe == text:
        return safe
    return f"{safe[:53]}-{uuid.uuid5(uuid.NAMESPACE_OID, text).hex[:9]}"


def _ended(pod: Any, container: str) -> Any:
    """How a container has ended; None while it has not."""
    found = next((each for each in pod.status.container_statuses or () if each.name == container), None)
    return found.state.terminated if found is not None and found.state is not None else None


def _shell(api: client.CoreV1Api, name: str, namespace: str, command: str) -> str | None:
    """What a command prints in the container that keeps the XCom."""
    connection = stream(
        api.connect_get_namespaced_pod_exec,
        name,
        namespace,
        container=SIDECAR,
        command=["/bin/sh", "-c", command],
        stdin=False,
        stdout=True,
        stderr=True,
        tty=False,
        _preload_content=False,
    )
    try:
        connection.run_forever(timeout=60)
        return connection.read_stdout() or None
    finally:
        connection.close()
