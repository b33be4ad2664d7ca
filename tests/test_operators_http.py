"""HTTP operators and hooks: the same DAG in real Airflow 1.10.15 and 2.10.5, its flow in Prefect, one server that notes what it is asked."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.operator_runs import in_airflow, in_prefect, values

HEADERS = ("authorization", "content-type", "x-team", "x-one", "accept")
DAG = """
import json
from datetime import datetime

from airflow import DAG
from airflow.hooks.{base} import BaseHook
from {hooks} import HttpHook
from {operators} import SimpleHttpOperator
from airflow.operators.{python} import PythonOperator


def ok(response):
    return response.status_code == 200


def hooked(ds, **kwargs):
    hook = HttpHook(method="GET", http_conn_id="api")
    missing = hook.run("missing", data={{"day": ds}}, extra_options={{"check_response": False}})
    session = hook.get_conn({{"x-one": "1"}})
    connection = BaseHook.get_connection("api")
    answer = session.get(hook.base_url + "/direct")
    return [missing.status_code, answer.json()["path"], connection.login, connection.password, connection.port, connection.extra_dejson]


with DAG("http", start_date=datetime(2024, 1, 1), schedule_interval="@daily", catchup=False) as dag:
    defaults = SimpleHttpOperator(task_id="defaults", endpoint="a/b"{push})
    post = SimpleHttpOperator(
        task_id="post", http_conn_id="api", endpoint="/post", data=json.dumps({{"day": "{{{{ ds }}}}"}}),
        headers={{"Content-Type": "application/json", "x-one": "{{{{ ts_nodash }}}}"}}{push},
        response_check=lambda response: json.loads(response.json()["body"])["day"] == "2024-03-06")
    get = SimpleHttpOperator(
        task_id="get", http_conn_id="api", method="get", endpoint="get/{{{{ ds_nodash }}}}", data={{"q": "a b", "many": ["1", "2"]}}{push},
        log_response=True, response_check=ok, extra_options={{"timeout": 9}})
    head = SimpleHttpOperator(task_id="head", http_conn_id="api", method="HEAD", data={{"q": "1"}}, endpoint="head"{push})
    form = SimpleHttpOperator(task_id="form", http_conn_id="api", method="PUT", endpoint="", data={{"a": "1", "b": "{{{{ ds }}}}"}}{push})
    redirect = SimpleHttpOperator(task_id="redirect", http_conn_id="api", method="GET", endpoint="redirect"{push})
    stay = SimpleHttpOperator(
        task_id="stay", http_conn_id="api", method="GET", endpoint="redirect"{push}, extra_options={{"allow_redirects": False}})
    missing = SimpleHttpOperator(task_id="missing", http_conn_id="api", method="GET", endpoint="missing"{push})
    allowed = SimpleHttpOperator(
        task_id="allowed", http_conn_id="api", method="GET", endpoint="missing", extra_options={{"check_response": False}}{push})
    refused = SimpleHttpOperator(
        task_id="refused", http_conn_id="api", method="GET", endpoint="x"{push}, response_check=lambda r: "no such" in r.text)
    slow = SimpleHttpOperator(task_id="slow", http_conn_id="api", method="GET", endpoint="slow", extra_options={{"timeout": 1.5}}{push})
    silent = SimpleHttpOperator(task_id="silent", http_conn_id="api", method="GET", endpoint="silent"{quiet})
    hooks = PythonOperator(task_id="hooks", python_callable=hooked{context})
{more}
    defaults >> post >> get >> head >> form
"""
OF_2 = """
    filtered = SimpleHttpOperator(
        task_id="filtered", http_conn_id="api", method="GET", endpoint="json", response_filter=lambda response: response.json()["method"])
    options = SimpleHttpOperator(task_id="options", http_conn_id="options", method="GET", endpoint="redirect")
    keys = SimpleHttpOperator(task_id="keys", http_conn_id="api", endpoint="keys", request_kwargs={"json": {"a": 1}}) if {new} else None
"""
VERSIONS: dict[int, dict[str, str]] = {
    1: {
        "base": "base_hook", "hooks": "airflow.hooks.http_hook", "operators": "airflow.operators.http_operator", "python": "python_operator",
        "push": ", xcom_push=True", "quiet": "", "context": ", provide_context=True", "more": "",
    },
    2: {
        "base": "base", "hooks": "airflow.providers.http.hooks.http", "operators": "airflow.providers.http.operators.http",
        "python": "python", "push": "", "quiet": ", do_xcom_push=False", "context": "",
        "more": OF_2.replace("SimpleHttpOperator", "HttpOperator").replace(" if {new} else None", ""),
    },
}  # fmt: skip


class Server(ThreadingHTTPServer):
    asked: list[dict[str, Any]]


class Handler(BaseHTTPRequestHandler):
    server: Server

    def answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name: self.headers[name] for name in HEADERS if self.headers.get(name)}
        told = {"method": self.command, "path": self.path, "body": self.rfile.read(length).decode(), "headers": headers}
        self.server.asked.append(told)
        if self.path == "/slow":
            threading.Event().wait(3)
        path = self.path.partition("?")[0]
        count = sum(each["path"] == self.path for each in self.server.asked)
        status = {"/missing": 404, "/redirect": 302, "/error": 500, "/later": 404 if count < 3 else 200, "/busy": 503 if count < 2 else 200}
        status = status.get(path, 200)
        told |= {"count": count} if path == "/counted" else {}
        text = json.dumps({**told, "headers": sorted(headers)}).encode() if self.command != "HEAD" else b""
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/get")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        with contextlib.suppress(BrokenPipeError):
            self.wfile.write(text)

    do_GET = do_POST = do_PUT = do_HEAD = answer

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server(("127.0.0.1", 0), Handler)
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


@pytest.mark.flows
@pytest.mark.parametrize("version", [1, 2])
def test_the_same_requests(version: int, server: Server, tmp_path: Path, prefect_api: dict[str, str]) -> None:
    source = DAG.format(**VERSIONS[version])
    if version == 2:
        source = source.replace("import SimpleHttpOperator", "import HttpOperator").replace(" SimpleHttpOperator(", " HttpOperator(")
        source = source.replace("schedule_interval", "schedule")
    here = f"127.0.0.1:{server.server_port}"
    env = {
        "AIRFLOW_CONN_API": f"http://joe:s3cret%2F@{here}/?x-team=blue",
        "AIRFLOW_CONN_HTTP_DEFAULT": f"http://{here}",
        "AIRFLOW_CONN_OPTIONS": f"http://{here}/?__extra__=%7B%22allow_redirects%22%3A+false%2C+%22x-team%22%3A+%22red%22%7D",
    }
    expected = values(in_airflow(version, source, tmp_path, env))
    theirs, server.asked = server.asked, []
    found = values(in_prefect(version, source, tmp_path, {**env, **prefect_api}))
    assert found == expected
    ours, expected_requests = (sorted(map(json.dumps, asked)) for asked in (server.asked, theirs))
    assert ours == expected_requests
    assert {name for name, value in expected.items() if value == "failed"} == {"missing", "refused", "slow"}


SENSORS = """
from datetime import datetime

from airflow import DAG
from {home} import HttpSensor


def three(response):
    return response.json()["count"] >= 3


def broken(response):
    raise ValueError("no")


with DAG("sensors", start_date=datetime(2024, 1, 1), schedule_interval="@daily", catchup=False) as dag:
    common = dict(http_conn_id="api", poke_interval=0.1, timeout=20)
    defaults = HttpSensor(task_id="defaults", endpoint="", poke_interval=0.1)
    counted = HttpSensor(task_id="counted", endpoint="counted", request_params={{"day": "{{{{ ds }}}}"}}, response_check=three, **common)
    inline = HttpSensor(task_id="inline", endpoint="inline", response_check=lambda r: "GET" in r.text, headers={{"x-one": "1"}}, **common)
    post = HttpSensor(task_id="post", endpoint="/post/{{{{ ds_nodash }}}}", method="POST", request_params={{"a": "b"}}, **common)
    head = HttpSensor(task_id="head", endpoint="head", method="HEAD", extra_options={{"timeout": 9}}, **common)
    later = HttpSensor(task_id="later", endpoint="later", **common)
    never = HttpSensor(task_id="never", http_conn_id="api", endpoint="missing", poke_interval=0.1, timeout=0.4)
    soft = HttpSensor(task_id="soft", http_conn_id="api", endpoint="missing", poke_interval=0.1, timeout=0.4, soft_fail=True)
    error = HttpSensor(task_id="error", endpoint="error", **common)
    raises = HttpSensor(task_id="raises", endpoint="raises", response_check=broken, **common)
    unchecked = HttpSensor(task_id="unchecked", endpoint="missing", extra_options={{"check_response": False}}, **common)
{more}
    defaults >> counted >> inline >> post >> head >> later >> unchecked
"""
SENSORS_OF_2 = """
    busy = HttpSensor(task_id="busy", endpoint="busy", response_error_codes_allowlist=["404", "503"], **common)
    strict = HttpSensor(task_id="strict", endpoint="missing", response_error_codes_allowlist=[], **common)
    json = HttpSensor(task_id="json", endpoint="json", method="POST", request_kwargs={"json": {"a": 1}}, **common)
    keyed = HttpSensor(task_id="keyed", endpoint="keyed", response_check=lambda response, **kwargs: True, **common)
"""


@pytest.mark.flows
@pytest.mark.parametrize("version", [1, 2])
def test_sensors_ask_the_same(version: int, server: Server, tmp_path: Path, prefect_api: dict[str, str]) -> None:
    """404 is no answer yet; other errors, and those of the check, end the task at once."""
    home = {1: "airflow.sensors.http_sensor", 2: "airflow.providers.http.sensors.http"}[version]
    source = SENSORS.format(home=home, more=SENSORS_OF_2 if version == 2 else "")
    source = source.replace("schedule_interval", "schedule") if version == 2 else source
    here = f"127.0.0.1:{server.server_port}"
    env = {"AIRFLOW_CONN_API": f"http://joe:s3cret@{here}/", "AIRFLOW_CONN_HTTP_DEFAULT": f"http://{here}"}
    expected = values(in_airflow(version, source, tmp_path, env))
    theirs, server.asked = server.asked, []
    found = values(in_prefect(version, source, tmp_path, {**env, **prefect_api}))
    assert found == expected
    # How often a sensor asks in its time is not the same in two runs.
    ours, expected_requests = ([json.dumps(each) for each in asked if each["path"] != "/missing"] for asked in (server.asked, theirs))
    assert sorted(ours) == sorted(expected_requests)
    failed = {"never", "error", "raises"} | ({"strict"} if version == 2 else set())
    assert {name for name, value in expected.items() if value == "failed"} == failed
