"""Operators of clouds: what the tasks of tests/cases ask of the service, by the service's own client.

The requests are those that the hooks of Airflow's providers make by the same client library; they were written down from their sources
(apache-airflow-providers-google 10.26.0, hooks/bigquery.py), for no environment of these tests has them installed.
"""

from __future__ import annotations

import json
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

        body = json.loads(data) if data else None
        path = url.partition("/bigquery/v2/projects/")[2].replace("&prettyPrint=false", "").replace("?prettyPrint=false", "")
        self.asked.append((method, path, body))
        response = requests.Response()
        response.status_code = 200
        told = {**(body or {}), "status": {"state": "DONE"}, "jobComplete": True, "totalRows": "0", "schema": {"fields": []}}
        if "jobReference" not in told:
            told["jobReference"] = {"projectId": "own", "jobId": "made", "location": "EU"}
        response._content = json.dumps(told).encode()
        response.headers["Content-Type"] = "application/json"
        return response


@pytest.fixture
def bigquery(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The flow's module of tests/cases/bigquery, with blocks that give clients of ours."""
    bigquery = pytest.importorskip("google.cloud.bigquery")
    prefect_gcp = pytest.importorskip("prefect_gcp")
    from google.auth.credentials import AnonymousCredentials

    service = Google()
    loaded: list[str] = []

    class Credentials:
        def get_bigquery_client(self, project: str | None = None, location: str | None = None) -> Any:
            return bigquery.Client(project=project or "own", credentials=AnonymousCredentials(), _http=service, location=location)

    def load(name: str) -> Credentials:
        loaded.append(name)
        return Credentials()

    monkeypatch.setattr(prefect_gcp.GcpCredentials, "load", load)
    made = convert((CASES / "bigquery" / "dag.py").read_text(), "dag.py", Options(cache="none"))
    for file in made.files:
        (tmp_path / file.path).write_text(file.text)
    with _imported(tmp_path) as module:
        yield module, service, loaded
    sys.modules.pop("dag", None)


def asked(bigquery: tuple[ModuleType, Google, list[str]], task: str, *arguments: str) -> tuple[Any, str, list[tuple[str, str, Any]]]:
    """What a task gave, the block that it loaded, and what it asked for."""
    module, service, loaded = bigquery
    service.asked.clear()
    loaded.clear()
    value = getattr(module, task).fn(*arguments)
    (block,) = loaded
    return value, block, service.asked


def test_bigquery_datasets_and_tables(bigquery: Any) -> None:
    made = {"datasetReference": {"projectId": "own", "datasetId": "pets"}, "labels": {}, "location": "EU"}
    assert asked(bigquery, "make") == (None, "lake", [("POST", "own/datasets", made)])
    fields = [{"name": "name", "type": "STRING", "mode": "REQUIRED"}, {"name": "born", "type": "DATE"}]
    table = {
        "tableReference": {"projectId": "own", "datasetId": "pets", "tableId": "cats_20240306"},
        "schema": {"fields": fields},
        "timePartitioning": {"type": "DAY", "field": "born"},
    }
    _, block, ((method, path, body),) = asked(bigquery, "table", "20240306")
    assert (block, method, path) == ("google-cloud-default", "POST", "own/datasets/pets/tables")
    assert {key: body[key] for key in table} == table
    _, _, ((_, path, body),) = asked(bigquery, "view", "2024-03-06")
    assert path == "zoo/datasets/pets/tables"
    assert body["view"] == {"query": "SELECT * FROM `pets.cats` WHERE born > '2024-03-06'", "useLegacySql": False}
    assert asked(bigquery, "drop")[1:] == ("bigquery-default", [("DELETE", "zoo/datasets/pets/tables/old", None)])
    assert asked(bigquery, "clear")[2] == [("DELETE", "own/datasets/pets?deleteContents=true", None)]


def test_bigquery_jobs(bigquery: Any) -> None:
    value, _, requests = asked(bigquery, "job", "2024-03-06")
    method, path, body = requests[0]
    assert (method, path, body["configuration"]) == (
        "POST", "own/jobs", {"query": {"query": "INSERT pets.cats VALUES ('Tom', '2024-03-06')", "useLegacySql": False}},
    )  # fmt: skip
    assert body["jobReference"]["location"] == "EU" and value == body["jobReference"]["jobId"]
    value, block, requests = asked(bigquery, "query", "2024-03-05")
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
    assert asked(bigquery, "legacy")[2][0][2]["configuration"]["query"] == {"query": "SELECT 1", "useLegacySql": True}
