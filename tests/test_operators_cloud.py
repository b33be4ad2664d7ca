"""Operators of clouds: what the tasks of tests/cases ask of the service, by the service's own client.

The requests are those that the hooks of Airflow's providers make by the same client library; they were written down from their sources
(apache-airflow-providers-google 10.26.0, hooks/bigquery.py), for no environment of these tests has them installed.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from airflow2prefect import convert
from airflow2prefect.model import Options
from tests.flow_runs import _imported

CASES = Path(__file__).parent / "cases"


class Google:
    """Answers a client of google-cloud with what it was sent, and keeps the requests."""

    is_mtls = False

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, Any]] = []

    def request(self, method: str, url: str, data: Any = None, **kwargs: Any) -> Any:
        import requests

        body = json.loads(data) if data and not (isinstance(data, bytes) and data.startswith(b"--")) else data
        path = re.sub(r"https://[^/]+/(bigquery/v2/projects/|storage/v1/|(?=upload/))|[?&]prettyPrint=false", "", url)
        self.asked.append((method, path, body))
        response = requests.Response()
        response.status_code = 200
        told = {
            **(body if isinstance(body, dict) else {}),
            "status": {"state": "DONE"},
            "jobComplete": True,
            "totalRows": "0",
            "schema": {"fields": []},
        }
        if "jobReference" not in told:
            told["jobReference"] = {"projectId": "own", "jobId": "made", "location": "EU"}
        response._content = json.dumps(told).encode()
        response.headers["Content-Type"] = "application/json"
        return response


@pytest.fixture
def flow(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The flow's module of a case, with blocks that give clients of ours."""
    bigquery = pytest.importorskip("google.cloud.bigquery")
    storage = pytest.importorskip("google.cloud.storage")
    prefect_gcp = pytest.importorskip("prefect_gcp")
    from google.auth.credentials import AnonymousCredentials

    service = Google()
    loaded: list[str] = []

    class Credentials:
        def get_bigquery_client(self, project: str | None = None, location: str | None = None) -> Any:
            return bigquery.Client(project=project or "own", credentials=AnonymousCredentials(), _http=service, location=location)

        def get_cloud_storage_client(self, project: str | None = None) -> Any:
            return storage.Client(project=project or "own", credentials=AnonymousCredentials(), _http=service)

    def load(name: str) -> Credentials:
        loaded.append(name)
        return Credentials()

    monkeypatch.setattr(prefect_gcp.GcpCredentials, "load", load)
    made = convert((CASES / request.param / "dag.py").read_text(), "dag.py", Options(cache="none"))
    for file in made.files:
        (tmp_path / file.path).write_text(file.text)
    with _imported(tmp_path) as module:
        yield module, service, loaded
    sys.modules.pop("dag", None)


def asked(flow: tuple[ModuleType, Google, list[str]], task: str, *arguments: str) -> tuple[Any, str, list[tuple[str, str, Any]]]:
    """What a task gave, the block that it loaded, and what it asked for."""
    module, service, loaded = flow
    service.asked.clear()
    loaded.clear()
    value = getattr(module, task).fn(*arguments)
    (block,) = loaded
    return value, block, service.asked


@pytest.mark.parametrize("flow", ["bigquery"], indirect=True)
def test_bigquery_datasets_and_tables(flow: Any) -> None:
    made = {"datasetReference": {"projectId": "own", "datasetId": "pets"}, "labels": {}, "location": "EU"}
    assert asked(flow, "make") == (None, "lake", [("POST", "own/datasets", made)])
    fields = [{"name": "name", "type": "STRING", "mode": "REQUIRED"}, {"name": "born", "type": "DATE"}]
    table = {
        "tableReference": {"projectId": "own", "datasetId": "pets", "tableId": "cats_20240306"},
        "schema": {"fields": fields},
        "timePartitioning": {"type": "DAY", "field": "born"},
    }
    _, block, ((method, path, body),) = asked(flow, "table", "20240306")
    assert (block, method, path) == ("google-cloud-default", "POST", "own/datasets/pets/tables")
    assert {key: body[key] for key in table} == table
    _, _, ((_, path, body),) = asked(flow, "view", "2024-03-06")
    assert path == "zoo/datasets/pets/tables"
    assert body["view"] == {"query": "SELECT * FROM `pets.cats` WHERE born > '2024-03-06'", "useLegacySql": False}
    assert asked(flow, "drop")[1:] == ("bigquery-default", [("DELETE", "zoo/datasets/pets/tables/old", None)])
    assert asked(flow, "clear")[2] == [("DELETE", "own/datasets/pets?deleteContents=true", None)]


@pytest.mark.parametrize("flow", ["bigquery"], indirect=True)
def test_bigquery_jobs(flow: Any) -> None:
    value, _, requests = asked(flow, "job", "2024-03-06")
    method, path, body = requests[0]
    assert (method, path, body["configuration"]) == (
        "POST", "own/jobs", {"query": {"query": "INSERT pets.cats VALUES ('Tom', '2024-03-06')", "useLegacySql": False}},
    )  # fmt: skip
    assert body["jobReference"]["location"] == "EU" and value == body["jobReference"]["jobId"]
    value, block, requests = asked(flow, "query", "2024-03-05")
    assert requests[0][2]["configuration"] == {
        "query": {
            "query": "SELECT * FROM pets.cats WHERE born < '2024-03-05'",
            "useLegacySql": False,
            "destinationTable": {"projectId": "own", "datasetId": "pets", "tableId": "old"},
            "writeDisposition": "WRITE_TRUNCATE",
            "createDisposition": "CREATE_IF_NEEDED",
            "priority": "BATCH",
        }
    }
    assert value is None and block == "lake"
    assert asked(flow, "legacy")[2][0][2]["configuration"]["query"] == {"query": "SELECT 1", "useLegacySql": True}


@pytest.mark.parametrize("flow", ["gcs"], indirect=True)
def test_gcs(flow: Any, tmp_path: Path) -> None:
    _, block, requests = asked(flow, "make")
    method, path, body = requests[0]
    assert (block, method, path.partition("?")[0]) == ("google-cloud-default", "POST", "b") and "project=own" in path
    assert body == {"name": "pets", "storageClass": "STANDARD", "labels": {"team": "a"}, "location": "EU"}
    listed = [path for _, path, _ in asked(flow, "names")[2] if path.startswith("b/pets/o")]  # the client also asks for the bucket
    assert listed == ["b/pets/o?projection=noAcl&prefix=in%2F"]
    deleted = [request[:2] for request in asked(flow, "few", "2024-03-06")[2] if request[0] == "DELETE"]
    assert deleted == [
        ("DELETE", "b/pets/o/a"), ("DELETE", "b/pets/o/in%2F2024-03-06.csv"),
    ]  # fmt: skip
    assert asked(flow, "drop")[2][-1][:2] == ("DELETE", "b/pets")
    Path("/tmp/2024-03-06.csv").write_text("a,b")
    _, block, requests = asked(flow, "up", "2024-03-06")
    method, path, body = next(request for request in requests if request[0] == "POST")
    assert block == "lake" and method == "POST" and path.startswith("upload/storage/v1/b/pets/o?uploadType=multipart")
    assert b'"name": "in/2024-03-06.csv"' in body and b"application/octet-stream" in body and b"a,b" in body
