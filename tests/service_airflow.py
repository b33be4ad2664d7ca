"""Runs in Airflow's own Python: each task of a DAG file by itself, with the stand-ins of service_stubs.py.

    python service_airflow.py DAG_FILE OUT.json
"""

import json
import os
import sys
from datetime import datetime, timezone
from types import SimpleNamespace

import google_others
import service_stubs as stubs

for name, parts in stubs.CONNECTIONS.items():
    os.environ["AIRFLOW_CONN_" + name.upper()] = json.dumps(parts)

import airflow  # noqa: E402  it reads the connections

OLD = airflow.__version__.startswith("1.")
if OLD:
    from airflow.models import Connection

    for name, parts in stubs.CONNECTIONS.items():
        connection = Connection(conn_id=name, **parts)
        uri = connection.get_uri()
        os.environ["AIRFLOW_CONN_" + name.upper()] = uri

from airflow.models import DagBag, TaskInstance  # noqa: E402


def stub_kubernetes():
    api, shell = stubs.kubernetes()
    if OLD:
        from airflow.kubernetes import kube_client, pod_launcher

        kube_client.get_kube_client = lambda **kwargs: api()
        pod_launcher.kubernetes_stream = shell
        return
    from airflow.providers.cncf.kubernetes.hooks.kubernetes import KubernetesHook
    from airflow.providers.cncf.kubernetes.utils import pod_manager

    KubernetesHook.core_v1_client = property(lambda self: api())
    KubernetesHook.get_conn = lambda self: None
    KubernetesHook.is_in_cluster = property(lambda self: True)
    pod_manager.kubernetes_stream = shell


def stub_storage():
    """Databases, and what is uploaded to Cloud Storage by the hook of 1.10."""
    from types import ModuleType

    google_others.in_airflow(OLD)
    module = sys.modules["airflow.contrib.hooks.gcs_hook"] = ModuleType("airflow.contrib.hooks.gcs_hook")
    module.GoogleCloudStorageHook = stubs.GCSHook


def context_of(task):
    if hasattr(task, "prepare_template"):
        task.prepare_template()
    if OLD:
        instance = TaskInstance(task, datetime(2021, 6, 15, tzinfo=timezone.utc))
        instance.render_templates()
        return instance.get_template_context()
    day = datetime(2021, 6, 15, tzinfo=timezone.utc)
    instance = SimpleNamespace(
        dag_id=task.dag.dag_id, task_id=task.task_id, run_id="scheduled", map_index=-1, try_number=1, xcom_push=lambda **given: None
    )
    context = {
        "ds": "2021-06-15", "ds_nodash": "20210615", "ts": "2021-06-15T00:00:00+00:00", "ti": instance, "task_instance": instance,
        "run_id": "scheduled", "dag": task.dag, "task": task, "params": {}, "logical_date": day,
    }  # fmt: skip
    task.render_template_fields(context)
    return context


def main(file, out):
    import docker

    docker.APIClient = stubs.APIClient
    stub_kubernetes()
    if OLD:
        stub_storage()
        sys.modules.update(stubs.stores())
    bag = DagBag(file, include_examples=False)
    assert bag.dags, bag.import_errors
    (dag,) = bag.dags.values()
    import subprocess

    import requests

    subprocess.Popen = stubs.Popen
    requests.Session.send = stubs.send
    found = {}
    for task in dag.tasks:
        del stubs.calls[:]
        result = None
        try:
            context = context_of(task)
            if getattr(task, "deferrable", False):
                task.deferrable = False
            result = task.execute(context)
        except Exception as error:
            result = {"error": f"{type(error).__name__}: {error}"[:200]}
        found[task.task_id] = {"result": result, "calls": list(stubs.calls)}
    with open(out, "w") as file:
        json.dump(found, file, default=str)


if __name__ == "__main__":
    main(*sys.argv[1:])
