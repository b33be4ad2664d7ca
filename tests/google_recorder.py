"""Run in an environment with Airflow 2.10.5 and apache-airflow-providers-google: what each task of a DAG file asks of Google, by the real
operator and by the converted task, at the clients' transports (gRPC, httplib2, requests). Prints JSON. Nothing leaves the process.

    GOOGLE_PYTHON tests/google_recorder.py dag.py FOLDER_OF_THE_FLOW
"""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import json
import os
import re
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

warnings.simplefilter("ignore")
os.environ.setdefault("AIRFLOW_HOME", tempfile.mkdtemp())
os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "False"
os.environ["AIRFLOW__LOGGING__LOGGING_LEVEL"] = "CRITICAL"

import google.api_core.exceptions as errors  # noqa: E402
import google.api_core.grpc_helpers  # noqa: E402
import google.api_core.operation  # noqa: E402
import google.auth.transport.requests  # noqa: E402
import google_auth_httplib2  # noqa: E402
import google_others  # noqa: E402
import grpc  # noqa: E402
import httplib2  # noqa: E402
import requests  # noqa: E402
from google.auth.credentials import AnonymousCredentials  # noqa: E402
from google.longrunning import operations_pb2  # noqa: E402
from google.protobuf import json_format  # noqa: E402

FAULTS = {"": None, "exists": errors.AlreadyExists, "missing": errors.NotFound}
STATUS = {"exists": 409, "missing": 404}


class Credentials(AnonymousCredentials):
    project_id = "own"

    def with_scopes(self, scopes: Any) -> Credentials:
        return self


class Recorder:
    """The requests of one run; the first one fails where `fault` says so."""

    def __init__(self) -> None:
        self.calls: list[Any] = []
        self.fault = ""

    def start(self, fault: str) -> None:
        self.calls, self.fault = [], fault
        google_others.SFTPHook.calls = self.calls

    def failing(self) -> str:
        fault, self.fault = self.fault, ""
        return fault


RECORDER = Recorder()


# ---------------------------------------------------------------------------------------------- gRPC


def filled(message: Any, depth: int = 0) -> Any:
    """A message whose fields of texts say something."""
    pb = type(message).pb(message) if hasattr(type(message), "pb") else message
    if isinstance(pb, operations_pb2.Operation):
        pb.name, pb.done = "operations/made", True
        pb.response.value = b""
        pb.metadata.SetInParent()
        return message
    for field in pb.DESCRIPTOR.fields:
        many = field.is_repeated if hasattr(field, "is_repeated") else field.label == field.LABEL_REPEATED
        if callable(many):
            many = many()
        if field.type == field.TYPE_STRING and not many and (field.containing_oneof is None) and "token" not in field.name:
            setattr(pb, field.name, "projects/own/locations/eu/things/made" if field.name == "name" else f"made-{field.name}")
        elif field.type == field.TYPE_BYTES and not many and field.containing_oneof is None:
            setattr(pb, field.name, b"made")
        elif field.type == field.TYPE_MESSAGE and many and depth < 1 and not field.message_type.GetOptions().map_entry:
            filled(getattr(pb, field.name).add(), depth + 1)
    return message


class Call:
    """A method of a service. Interceptors ask for its outcome."""

    def __init__(self, path: str, serialize: Any, deserialize: Any) -> None:
        self.path, self.deserialize = path, deserialize

    def __call__(self, request: Any, timeout: Any = None, metadata: Any = None, **kwargs: Any) -> Any:
        return self.with_call(request, timeout, metadata)[0]

    def with_call(self, request: Any, timeout: Any = None, metadata: Any = None, **kwargs: Any) -> Any:
        pb = type(request).pb(request) if hasattr(type(request), "pb") else request
        RECORDER.calls.append([self.path, json_format.MessageToDict(pb, preserving_proto_field_name=True)])
        if error := FAULTS[RECORDER.failing()]:
            raise error("told to")
        return filled(self.deserialize(b"")), mock.MagicMock()

    def future(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError


class Channel(grpc.Channel):
    def unary_unary(self, path: str, request_serializer: Any = None, response_deserializer: Any = None, *args: Any, **kwargs: Any) -> Call:
        return Call(path, request_serializer, response_deserializer)

    unary_stream = stream_unary = stream_stream = unary_unary

    def subscribe(self, callback: Any, try_to_connect: bool = False) -> None: ...

    def unsubscribe(self, callback: Any) -> None: ...

    def close(self) -> None: ...


def from_any(kind: Any, message: Any) -> Any:
    return filled(kind())


# ---------------------------------------------------------------------------------------------- HTTP

ANSWER = {
    "name": "operations/made", "totalBytesRewritten": "1", "objectSize": "1", "serviceAccountEmailAddress": "made", "status": "DONE", "done": True, "state": "DONE", "id": "made", "selfLink": "made", "jobComplete": True, "totalRows": "1", "rows": [{"f": [{"v": "1"}]}],
    "schema": {"fields": [{"name": "a", "type": "INTEGER"}]}, "jobReference": {"projectId": "own", "jobId": "made", "location": "EU"},
    "datasetReference": {"projectId": "own", "datasetId": "made"}, "tableReference": {"projectId": "own", "datasetId": "made", "tableId": "made"},
    "metadata": {"status": "SUCCESS", "common": {"state": "SUCCESSFUL"}}, "currentState": "JOB_STATE_DONE", "keys": ["made"], "transaction": "made", "batch": {}, "job": {"id": "made"}, "settings": {"settingsVersion": "1"}, "response": {"name": "made", "outputUrl": "gs://made/made"}, "operation": {"name": "made"},
    "files": [{"id": "found", "name": "n", "mimeType": "text/csv"}], "sheets": [{"properties": {"title": "made"}}, {"properties": {"title": "more"}}],
    "properties": {"title": "a title"}, "values": [["a", "b, c"], ["1"]], "spreadsheetId": "new", "spreadsheetUrl": "http://new",
}  # fmt: skip


def recorded(method: str, url: str, body: Any, kind: str) -> tuple[int, bytes]:
    path = re.sub(r"https?://", "", url)
    path, _, query = path.partition("?")
    if method == "GET" and re.fullmatch(r"storage.googleapis.com/storage/v1/b/[^/]+", path):
        return 200, b"{}"  # the client's own, in a thread of its own
    wanted = sorted(
        part for part in query.split("&") if part and not part.startswith(("prettyPrint", "alt=json", "requestId", "upload_id"))
    )
    content = body
    if isinstance(body, bytes):
        content = body.decode("utf-8", "replace")
    if isinstance(content, str) and content[:1] in "{[":
        content = json.loads(content)
    if isinstance(content, str):
        content = re.sub(r"=+\d+==|--===+[\d=]+", "--", content)
    made = json.dumps(content, sort_keys=True, default=str)
    made = re.sub(r"airflow_[\w-]+?_[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "JOB", made)
    RECORDER.calls.append(
        [f"{method} {re.sub(r'airflow_[^/]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'JOB', path)}", wanted, json.loads(made)]
    )
    fault = RECORDER.failing()
    if fault:
        return STATUS[fault], json.dumps({"error": {"code": STATUS[fault], "message": "told to", "errors": [{"reason": "told"}]}}).encode()
    named = {"name": "projects/own/operations/made"} if "datastore" in path else {}
    if "datafusion" in path:
        named = {"name": "projects/own/locations/eu/operations/made" if method != "GET" else "projects/own/locations/eu/instances/made"}
        named["response"] = {"name": "projects/own/locations/eu/instances/made"}  # type: ignore[assignment]
    answer = {**ANSWER, **named, **(content if isinstance(content, dict) else {})}
    if "configuration" in answer and isinstance(content, dict):
        answer["status"] = {"state": "DONE"}
        answer["jobReference"] = ANSWER["jobReference"]
    elif kind == "requests" and "/jobs/" in path:
        answer |= {"status": {"state": "DONE"}, "configuration": {"query": {"query": "", "destinationTable": ANSWER["tableReference"]}}}
    elif kind == "requests":
        answer.pop("status", None)
    if method == "GET" and re.search(r"/(acl|entries)$", path):
        answer = {"items": [{"entity": "allUsers", "role": "OWNER"}]}
    elif method == "GET" and path.endswith("/o"):
        answer = {"items": [{"name": f"{dict(p.split('=') for p in wanted).get('prefix', '')}made", "crc32c": path}]}
    elif "/data" in path and method == "GET":
        answer = {"rows": [{"f": [{"v": "x"}]}], "totalRows": "1"}
    elif path.endswith("/tables") and method == "GET":
        answer = {"tables": [{"tableReference": ANSWER["tableReference"], "id": "made"}]}
    return 200, b'[{"name": "a", "type": "STRING"}]' if "alt=media" in wanted and "/download/" in path else json.dumps(answer).encode()


def by_httplib2(self: Any, uri: str, method: str = "GET", body: Any = None, headers: Any = None, *args: Any, **kwargs: Any) -> Any:
    status, content = recorded(method, uri, body, "httplib2")
    return httplib2.Response({"status": status, "content-type": "application/json"}), content


def by_requests(self: Any, method: str, url: str, data: Any = None, *args: Any, **kwargs: Any) -> requests.Response:
    response = requests.Response()
    response.status_code, response._content = recorded(method, url, kwargs.get("json") or data, "requests")
    response.headers["Content-Type"] = "application/json"
    response.raw = mock.MagicMock()
    response.raw.stream = lambda *args, **kwargs: iter([response._content])
    response.url = url
    response.request = mock.MagicMock(method=method, url=url)
    return response


# ---------------------------------------------------------------------------------------------- both sides


class XCom(str):
    """What another task gave, whole or by key."""

    def __new__(cls, task_id: str) -> XCom:
        made = super().__new__(cls, f"xcom/{task_id}/return_value")
        made.task_id = task_id  # type: ignore[attr-defined]
        return made

    def __getitem__(self, key: Any) -> Any:
        return f"xcom/{self.task_id}/{key}"  # type: ignore[attr-defined]

    def get(self, key: str, default: Any = None) -> Any:
        return self[key] if key != "return_value" else str(self)


class Instance:
    """The task instance of a run."""

    task_id, dag_id, run_id, try_number, map_index = "t", "d", "r", 1, -1

    def __init__(self) -> None:
        self.pushed: dict[str, Any] = {}

    def xcom_push(self, key: str, value: Any, *args: Any, **kwargs: Any) -> None:
        self.pushed[key] = value

    def xcom_pull(self, task_ids: Any = None, key: str = "return_value", *args: Any, **kwargs: Any) -> Any:
        xcom = XCom(task_ids if isinstance(task_ids, str) else str(task_ids))
        return xcom.get(key) if key != "return_value" else xcom

    def __getattr__(self, name: str) -> Any:
        return mock.MagicMock()


def plain(value: Any) -> Any:
    """A value as JSON can say it."""
    if isinstance(value, (str, int, float, bool, type(None))):
        return str(value) if isinstance(value, str) else value
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [plain(item) for item in value]
    return re.sub(r" at 0x\w+|\d{8,}", "", repr(value))[:300]


def run(fault: str, what: Callable[[], Any]) -> dict[str, Any]:
    RECORDER.start(fault)
    try:
        returned = plain(what())
    except BaseException as error:
        return {"calls": RECORDER.calls, "raises": type(error).__name__, "told": str(error)[:300]}
    return {"calls": RECORDER.calls, "returned": returned}


def context(dag: Any, instance: Instance) -> dict[str, Any]:
    import pendulum
    from airflow import macros

    date = pendulum.datetime(2024, 3, 6)
    return {
        "ds": "2024-03-06", "ds_nodash": "20240306", "ts": date.isoformat(), "ts_nodash": "20240306T000000", "logical_date": date,
        "execution_date": date, "yesterday_ds": "2024-03-05", "ti": instance, "task_instance": instance, "dag": dag, "params": {}, "run_id": "r",
        "data_interval_start": date, "macros": macros, "data_interval_end": date.add(days=1), "dag_run": mock.MagicMock(run_id="r"), "task": None,
    }  # fmt: skip


def real(path: str) -> dict[str, Any]:
    google_others.in_airflow()
    from airflow.models import DAG, DagBag
    from airflow.models.connection import Connection
    from airflow.providers.google.common.hooks.base_google import GoogleBaseHook

    def connection(conn_id: str) -> Any:
        return Connection(conn_id=conn_id, conn_type="google_cloud_platform", extra={"project": "own"})

    bag = DagBag(path, include_examples=False, read_dags_from_db=False)
    if bag.import_errors:
        raise SystemExit(str(bag.import_errors))
    found: dict[str, Any] = {}
    with (
        mock.patch("airflow.hooks.base.BaseHook.get_connection", side_effect=connection),
        mock.patch.object(GoogleBaseHook, "get_credentials_and_project_id", lambda self: (Credentials(), "own")),
        mock.patch("airflow.models.taskinstance.TaskInstance.get_template_context", lambda self: {}),
    ):
        for dag in bag.dags.values():
            assert isinstance(dag, DAG)
            for task in dag.tasks:
                if type(task).__module__.startswith("airflow.operators."):
                    continue
                for fault in FAULTS:
                    instance = Instance()
                    instance.task_id = task.task_id
                    copy = task.prepare_for_execution()
                    given = context(dag, instance)
                    copy.render_template_fields(given)
                    method = copy.poke if hasattr(copy, "poke") else copy.execute
                    made = run(fault, lambda method=method, given=given: method(given))
                    found.setdefault(task.task_id, {})[fault] = {**made, "pushed": plain(instance.pushed)}
    return found


def stand_ins() -> None:
    """Prefect, as far as the functions of tasks are concerned."""

    def decorator(*args: Any, **kwargs: Any) -> Any:
        return args[0] if args and callable(args[0]) else lambda function: _named(function, kwargs.get("name"))

    def _named(function: Any, name: str | None) -> Any:
        function.task_name = name or function.__name__
        TASKS[function.task_name] = function
        return function

    class GcpCredentials:
        project = "own"

        @staticmethod
        def load(name: str) -> GcpCredentials:
            return GcpCredentials()

        def get_credentials_from_service_account(self) -> Credentials:
            return Credentials()

        def get_bigquery_client(self, project: str | None = None, location: str | None = None) -> Any:
            from google.cloud.bigquery import Client

            return Client(project=project or "own", credentials=Credentials(), location=location)

        def get_cloud_storage_client(self, project: str | None = None) -> Any:
            from google.cloud.storage import Client

            return Client(project=project or "own", credentials=Credentials())

    class Finder:
        """Anything of Prefect is a stand-in."""

        @staticmethod
        def find_spec(name: str, path: Any = None, target: Any = None) -> Any:
            return importlib.util.spec_from_loader(name, Finder) if name.partition(".")[0].startswith("prefect") else None  # type: ignore[arg-type]

        @staticmethod
        def create_module(spec: Any) -> Any:
            return mock.MagicMock(__path__=[], __spec__=spec)

        @staticmethod
        def exec_module(module: Any) -> None: ...

    sys.meta_path.insert(0, Finder)  # type: ignore[arg-type]
    for name in ("prefect", "prefect_gcp"):
        importlib.import_module(name)
    sys.modules["prefect"].task = decorator  # type: ignore[attr-defined]
    sys.modules["prefect"].flow = lambda *args, **kwargs: lambda function: function  # type: ignore[attr-defined]
    sys.modules["prefect_gcp"] = mock.MagicMock(GcpCredentials=GcpCredentials)
    for name in ("airflow_resume", "airflow_rules", "airflow_templates", "airflow_sensors", "airflow_ssh"):
        sys.modules[name] = mock.MagicMock(wait_until=lambda poke, **kwargs: poke(), PokeReturnValue=lambda done, value: (done, value))


TASKS: dict[str, Any] = {}


def converted(folder: str) -> dict[str, Any]:
    stand_ins()
    sys.path.insert(0, folder)
    spec = importlib.util.spec_from_file_location("converted_flow", Path(folder) / "dag.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    google_others.in_prefect()
    known = context(None, Instance())
    found: dict[str, Any] = {}
    for name, function in TASKS.items():
        given = {p: known.get(p, XCom(p)) for p in inspect.signature(function).parameters}
        for fault in FAULTS:
            found.setdefault(name, {})[fault] = run(fault, lambda function=function, given=given: function(**given))
    return found


def main() -> None:
    dag, folder = sys.argv[1:3]
    with (
        mock.patch.object(google.api_core.grpc_helpers, "create_channel", lambda *args, **kwargs: Channel()),
        mock.patch.object(google.api_core.operation.protobuf_helpers, "from_any_pb", from_any),
        mock.patch.object(google_auth_httplib2.AuthorizedHttp, "request", by_httplib2),
        mock.patch.object(httplib2.Http, "request", by_httplib2),
        mock.patch.object(requests.Session, "request", by_requests),
        mock.patch("google.auth.default", lambda *args, **kwargs: (Credentials(), "own")),
        mock.patch("time.sleep"),
    ):
        there = real(dag)
        ours = converted(folder)
    print("@@calls@@" + json.dumps({"real": there, "converted": ours}))


if __name__ == "__main__":
    main()
