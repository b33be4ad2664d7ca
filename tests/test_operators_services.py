"""Operators of services that no machine of ours has: what a flow asks of the client library, beside what real Airflow asked of it.

`data/services.json` is what real operators asked (`python -m tests.make_service_truth`); service_stubs.py stands for the services.
"""

from __future__ import annotations

import difflib
import inspect
import json
import logging
import sys
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from airflow2prefect import convert
from airflow2prefect.model import Options
from tests import google_others
from tests import service_stubs as stubs
from tests.flow_runs import _imported

CASES = Path(__file__).parent / "cases"
TRUTH = json.loads((Path(__file__).parent / "data/services.json").read_text())
POD = """\
apiVersion: v1
kind: Pod
metadata: {name: from-file, labels: {app: x}}
spec:
  nodeSelector: {pool: small}
  containers:
  - name: base
    image: other
    env: [{name: A, value: "1"}]
"""
CONTEXT: dict[str, Any] = {"ds": "2021-06-15", "ds_nodash": "20210615"}
CONTEXT["context"] = {**CONTEXT, "execution_date": datetime(2021, 6, 15, tzinfo=timezone.utc)}
# Tasks that only raise in the flow, with the code of their finding.
REFUSED = {
    "kubernetes_2": {"skips": "A2P220"}, "docker_2": {"skips": "A2P220"}, "hadoop": {"translated": "A2P220"}, "databricks_2": {"repaired": "A2P220"},
    "dbt_cloud": {"named": "A2P220"},
}  # fmt: skip
LIBRARIES = {"exports": ["google.cloud.storage", "prefect_sqlalchemy"], "kubernetes": ["kubernetes"], "databricks": ["prefect_databricks"]}
TEMPLATES = Path("/tmp/airflow2prefect_pod.yaml")


@pytest.fixture
def flow(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The module of a case, with stand-ins for what it asks."""
    TEMPLATES.write_text(POD)
    for library in LIBRARIES.get(request.param.partition("_")[0], ()):
        pytest.importorskip(library)
    for path in (CASES / request.param).iterdir():
        if path.name not in ("dag.py", "flow.py", "findings.txt"):
            (tmp_path / path.name).write_bytes(path.read_bytes())
    made = convert((CASES / request.param / "dag.py").read_text(), "dag.py", Options(cache="none"))
    for file in made.files:
        (tmp_path / file.path).write_text(file.text)
    for name, stand_in in stubs.stores().items() if request.param == "hooks_stores" else ():
        monkeypatch.setitem(sys.modules, name, stand_in)
    import requests

    monkeypatch.setattr(requests.Session, "send", stubs.send)
    with _imported(tmp_path) as module:
        helpers = [each for name, each in sys.modules.items() if name.startswith("airflow_")]
        for helper in (module, *helpers):
            if hasattr(helper, "get_run_logger"):
                monkeypatch.setattr(helper, "get_run_logger", lambda: logging.getLogger("quiet"))
            if hasattr(helper, "task_run"):
                monkeypatch.setattr(helper, "task_run", SimpleNamespace(task_name="", run_count=1, id=None))
            if hasattr(helper, "get_connection"):
                monkeypatch.setattr(helper, "get_connection", connection)
            for name in STUBBED.get(helper.__name__, ()):
                name(helper, monkeypatch)
        yield request.param, module


def connection(name: str) -> Any:
    if name not in stubs.CONNECTIONS:
        raise ValueError(name)
    return sys.modules["airflow_connections"].Connection(name, **stubs.CONNECTIONS[name])


def kubernetes(helper: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    api, shell = stubs.kubernetes()
    monkeypatch.setattr(helper.client, "CoreV1Api", api)
    monkeypatch.setattr(helper.KubernetesPod, "api_client", lambda self: None)
    monkeypatch.setattr(helper, "stream", shell)


def commands(helper: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helper, "subprocess", SimpleNamespace(Popen=stubs.Popen, PIPE=None, STDOUT=None))


def docker(helper: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helper, "APIClient", stubs.APIClient)


def databricks(helper: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    block = SimpleNamespace(databricks_instance="acme.cloud.databricks.com", token=SimpleNamespace(get_secret_value=lambda: "dapi1"))
    monkeypatch.setattr(helper.DatabricksCredentials, "load", lambda name: {"databricks-default": block}[name])


def exports(helper: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    google_others.in_prefect()
    monkeypatch.setattr(helper, "GCSHook", stubs.GCSHook)


STUBBED = {
    "airflow_kubernetes": [kubernetes], "airflow_commands": [commands], "airflow_docker": [docker], "airflow_databricks": [databricks],
    "airflow_contrib_exports": [exports],
}  # fmt: skip


def told(calls: list[Any]) -> list[Any]:
    """Calls, for comparing: pods without what differs each time."""
    # what is only for the log, and Airflow's context, which it sets in Hive
    calls = [call for call in calls if call[0] != "list_namespaced_event" and "airflow.ctx." not in str(call[1])]
    return [[*call[:2], stubs.plain_pod(call[2])] if call[0] == "create_namespaced_pod" else call for call in calls]


def pretty(calls: list[Any]) -> list[str]:
    return json.dumps(calls, indent=1, sort_keys=True).splitlines()


@pytest.mark.parametrize("flow", sorted(TRUTH), indirect=True)
def test_the_same_calls(flow: tuple[str, Any]) -> None:
    case, module = flow
    for task_id, expected in TRUTH[case].items():
        if not expected["calls"] and task_id not in REFUSED.get(case, {}):
            continue  # a task of Python
        task = getattr(module, task_id, None) or getattr(module, f"{task_id}_task")
        given = {name: CONTEXT[name] for name in inspect.signature(task.fn).parameters}
        stubs.calls.clear()
        for helper in (each for name, each in sys.modules.items() if name.startswith("airflow_") and hasattr(each, "task_run")):
            helper.task_run.task_name = task_id
        if (code := REFUSED.get(case, {}).get(task_id)) is not None:
            with pytest.raises(NotImplementedError, match=code):
                task.fn(**given)
            continue
        failed, value = False, None
        try:
            value = task.fn(**given)
        except NotImplementedError:
            raise
        except Exception as error:
            failed, value = True, repr(error)
        result = expected["result"]
        difference = difflib.unified_diff(pretty(told(expected["calls"])), pretty(told(stubs.calls)), "Airflow", "Prefect", lineterm="", n=2)
        assert not (text := "\n".join(difference)), f"{task_id}: {value}\n{text}"
        assert failed == (isinstance(result, dict) and "error" in result), (task_id, value)
        assert failed or json.loads(json.dumps(value, default=str)) == result, task_id
