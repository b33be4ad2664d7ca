"""What each task of a DAG file asks of AWS, by the real operator or by the converted task: calls of boto3's clients, statements of database hooks.

    AIRFLOW_PYTHON tests/amazon_recorder.py real dag.py
    PYTHON_OF_THE_FLOW tests/amazon_recorder.py converted FOLDER_OF_THE_FLOW

Both with the same boto3. Answers are made from botocore's own models. Prints JSON; nothing leaves the process.
"""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import io
import json
import os
import re
import sys
import tempfile
import warnings
from collections.abc import Callable
from copy import copy as copy_of
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from unittest import mock

warnings.simplefilter("ignore")
os.environ.setdefault("AIRFLOW_HOME", tempfile.mkdtemp())
os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "False"
os.environ["AIRFLOW__LOGGING__LOGGING_LEVEL"] = "CRITICAL"
os.environ.update(AWS_DEFAULT_REGION="us-east-1", AWS_ACCESS_KEY_ID="own", AWS_SECRET_ACCESS_KEY="own", AWS_EC2_METADATA_DISABLED="true")

import botocore.client  # noqa: E402
import botocore.exceptions  # noqa: E402
import botocore.response  # noqa: E402

# "": as it should be. "denied", "missing": the first answer is 403, 404. "failed": what is waited for fails. "there": other second answers.
FAULTS = ("", "denied", "missing", "failed")
NEVER = ("NextToken", "nextToken", "Marker", "NextMarker", "IsTruncated", "LastEvaluatedKey", "Errors", "FunctionError", "Failed", "NextContinuationToken")
# What answers say of states: as it should be, and where the job fails.
STATES = {
    "emr.DescribeStep": ("COMPLETED", "FAILED"), "emr.DescribeCluster": ("TERMINATED", "TERMINATED_WITH_ERRORS"),
    "athena.GetQueryExecution": ("SUCCEEDED", "FAILED"), "batch.DescribeJobs": ("SUCCEEDED", "FAILED"), "ecs.DescribeTasks": ("STOPPED", "STOPPED"),
    "glue.GetJobRun": ("SUCCEEDED", "FAILED"), "glue.GetCrawler": ("READY", "READY"), "redshift.DescribeClusters": ("available", "paused"),
    "redshift-data.DescribeStatement": ("FINISHED", "FAILED"), "sagemaker.DescribeTrainingJob": ("Completed", "Failed"),
    "sagemaker.DescribeTransformJob": ("Completed", "Failed"), "sagemaker.DescribeEndpoint": ("InService", "Failed"),
    "sagemaker.DescribeHyperParameterTuningJob": ("Completed", "Failed"), "sagemaker.DescribeProcessingJob": ("Completed", "Failed"),
    "dms.DescribeReplicationTasks": ("stopped", "failed"), "stepfunctions.DescribeExecution": ("SUCCEEDED", "FAILED"),
    "sfn.DescribeExecution": ("SUCCEEDED", "FAILED"), "datasync.DescribeTaskExecution": ("SUCCESS", "ERROR"), "datasync.DescribeTask": ("AVAILABLE", "AVAILABLE"),
    "cloudformation.DescribeStacks": ("CREATE_COMPLETE", "ROLLBACK_COMPLETE"), "ec2.DescribeInstances": ("running", "terminated"),
    "emr-serverless.GetJobRun": ("SUCCESS", "FAILED"), "emr-serverless.GetApplication": ("STARTED", "TERMINATED"), "emr-containers.DescribeJobRun": ("COMPLETED", "FAILED"),
    "quicksight.DescribeIngestion": ("COMPLETED", "FAILED"), "rds.DescribeDBInstances": ("available", "failed"), "rds.DescribeDBSnapshots": ("available", "failed"),
    "glacier.DescribeJob": ("Succeeded", "Failed"), "lambda.GetFunction": ("Active", "Failed"), "eks.DescribeCluster": ("ACTIVE", "FAILED"),
    "eks.DescribeNodegroup": ("ACTIVE", "CREATE_FAILED"), "dynamodb.DescribeTable": ("ACTIVE", "DELETING"),
}  # fmt: skip
IS_STATE = re.compile(r"(?i)(state|status|\w*JobStatus|lastStatus|\w*Status|StatusCode|JobRunState|State)$")
MISSING = {"glue": "EntityNotFoundException", "s3": "404", "redshift": "ClusterNotFound", "dynamodb": "ResourceNotFoundException"}


class Recorder:
    def __init__(self) -> None:
        self.calls: list[Any] = []
        self.fault = ""
        self.polled: Any = None

    def start(self, fault: str) -> None:
        self.calls, self.fault, self.polled = [], fault, None

    def poll(self, poke: Callable[[], Any], **kwargs: Any) -> None:
        """What a sensor's condition is when it is asked once."""
        self.polled = poke()


RECORDER = Recorder()


def made(shape: Any, name: str, call: str, depth: int = 0) -> Any:
    """An answer of that shape."""
    kind = shape.type_name
    if kind == "structure":
        if depth > 7:
            return {}
        return {key: made(each, key, call, depth + 1) for key, each in shape.members.items() if key not in NEVER}
    if name == "failures":
        return []
    if kind == "list":
        return [made(shape.member, name, call, depth + 1)] if depth < 8 else []
    if kind == "map":
        return {"made": made(shape.value, name, call, depth + 1)} if depth < 8 else {}
    if kind == "string":
        if call in STATES and IS_STATE.match(name):
            return STATES[call][RECORDER.fault == "failed"]
        return f"s3://made/{name}" if name.endswith(("Uri", "Location")) else "made"
    if kind == "timestamp":
        return datetime(2024, 1, 1, tzinfo=timezone.utc)
    if kind == "blob":
        content = b'{"made": 1}'
        if shape.serialization.get("streaming") or name in ("Body", "Payload"):
            return botocore.response.StreamingBody(io.BytesIO(content), len(content))
        return content
    if kind == "boolean":
        return False
    if name in ("StatusCode", "ContentLength"):
        return 200 if name == "StatusCode" else 11
    if name == "exitCode":
        return 1 if RECORDER.fault == "failed" else 0
    return 1


def call_of_a_client(self: Any, operation_name: str, api_params: dict[str, Any]) -> Any:
    service = self.meta.service_model.service_name
    if _for_a_link():
        return {"Cluster": {"LogUri": "s3://logs/made"}}
    key = self._request_signer._credentials.access_key
    RECORDER.calls.append([f"{service}.{operation_name}", plain(api_params), self.meta.region_name, str(key).replace("_", "-")])
    if len(RECORDER.calls) > 60:
        raise RuntimeError("it asks and asks")
    if RECORDER.fault in ("denied", "missing") and len(RECORDER.calls) == 1:
        refused = "403" if service == "s3" else "AccessDenied"
        code = refused if RECORDER.fault == "denied" else MISSING.get(service, "ResourceNotFoundException")
        told = {"Error": {"Code": code, "Message": code}, "ResponseMetadata": {"HTTPStatusCode": 403 if RECORDER.fault == "denied" else 404}}
        raise self.exceptions.from_code(code)(told, operation_name)
    output = self.meta.service_model.operation_model(operation_name).output_shape
    answer = made(output, "", f"{service}.{operation_name}") if output is not None else {}
    return {**answer, "ResponseMetadata": {"HTTPStatusCode": 200}}


def _for_a_link() -> bool:
    """Whether it is only asked for a link in Airflow's pages."""
    frame = sys._getframe(2)
    while frame is not None:
        if frame.f_code.co_name in ("get_log_uri", "persist"):
            return True
        frame = frame.f_back  # type: ignore[assignment]
    return False


def plain(value: Any) -> Any:
    """A value as JSON can say it."""
    if isinstance(value, (str, int, float, bool, type(None))):
        return str(value) if isinstance(value, str) else value
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    if isinstance(value, (bytes, bytearray)):
        return value.decode(errors="replace")
    if isinstance(value, datetime):
        return value.isoformat()
    if hasattr(value, "read"):
        if isinstance(value, botocore.response.StreamingBody):
            return "a stream"
        content = value.read()
        return content.decode(errors="replace") if isinstance(content, bytes) else content
    return re.sub(r" at 0x\w+|\d{8,}", "", repr(value))[:300]


def statement(self: Any, sql: Any, autocommit: bool = False, parameters: Any = None, **kwargs: Any) -> Any:
    statements = [sql] if isinstance(sql, str) else list(sql)
    conn_id = getattr(self, self.conn_name_attr)
    written = [re.sub(r" (?=;)", "", " ".join(each.split())) for each in statements]
    written = [re.sub(r"(?<=key_id=)[\w-]+", lambda found: found[0].replace("_", "-"), each) for each in written]
    RECORDER.calls.append(["sql", written, bool(autocommit), plain(parameters), conn_id])
    if RECORDER.fault == "denied" and len(RECORDER.calls) == 1:
        raise RuntimeError("denied")
    return None


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


def run(fault: str, what: Callable[[], Any]) -> dict[str, Any]:
    RECORDER.start(fault)
    try:
        returned = what()
        returned = plain(RECORDER.polled if returned is None else returned)
    except BaseException as error:
        return {"calls": RECORDER.calls, "raises": type(error).__name__, "told": str(error)[:300]}
    return {"calls": RECORDER.calls, "returned": returned}


def context(dag: Any, instance: Instance) -> dict[str, Any]:
    date = datetime(2024, 3, 6, tzinfo=timezone.utc)
    return {
        "ds": "2024-03-06", "ds_nodash": "20240306", "ts": date.isoformat(), "ts_nodash": "20240306T000000", "logical_date": date,
        "execution_date": date, "yesterday_ds": "2024-03-05", "ti": instance, "task_instance": instance, "dag": dag, "params": {}, "run_id": "r",
        "dag_run": mock.MagicMock(run_id="r"), "task": None, "expanded_ti_count": None, "var": mock.MagicMock(), "macros": mock.MagicMock(),
    }  # fmt: skip


EXTRAS = {"emr_small": {"Name": "small", "LogUri": "s3://logs"}, "emr_default": {"ServiceRole": "EMR"}}


def real(path: str) -> dict[str, Any]:
    import airflow
    from airflow.models import DagBag
    from airflow.models.connection import Connection

    def connection(conn_id: str, *args: Any) -> Any:
        extra = EXTRAS.get(conn_id, {"region_name": "eu-west-1"})
        kind = "emr" if conn_id in EXTRAS else "aws"
        return Connection(conn_id=conn_id, conn_type=kind, login=None if kind == "emr" else conn_id, password="secret", extra=json.dumps(extra))

    old = airflow.__version__.startswith("1.")
    bag = DagBag(path, include_examples=False, **({"store_serialized_dags": False} if old else {"read_dags_from_db": False}))
    if bag.import_errors:
        raise SystemExit(str(bag.import_errors))
    found: dict[str, Any] = {}
    hook = "airflow.hooks.base_hook.BaseHook.get_connection" if old else "airflow.hooks.base.BaseHook.get_connection"
    database = "airflow.hooks.dbapi_hook.DbApiHook.run" if old else "airflow.providers.common.sql.hooks.sql.DbApiHook.run"
    with mock.patch(hook, side_effect=connection), mock.patch(database, statement):
        for dag in bag.dags.values():
            for task in dag.tasks:
                if type(task).__module__.startswith("airflow.operators.python"):
                    continue
                for fault in FAULTS:
                    instance = Instance()
                    instance.task_id = task.task_id
                    copy = copy_of(task) if old else task.prepare_for_execution()
                    given = context(dag, instance)
                    given["task"] = copy
                    copy.render_template_fields(given)
                    method = copy.poke if hasattr(copy, "poke") else copy.execute
                    result = run(fault, lambda method=method, given=given: method(given))
                    found.setdefault(task.task_id, {})[fault] = {**result, "pushed": plain(instance.pushed)}
    return found


def stand_ins() -> None:
    """Prefect, as far as the functions of tasks are concerned."""
    import boto3

    def decorator(*args: Any, **kwargs: Any) -> Any:
        return args[0] if args and callable(args[0]) else lambda function: _named(function, kwargs.get("name"))

    def _named(function: Any, name: str | None) -> Any:
        function.task_name = name or function.__name__
        TASKS[function.task_name] = function
        return function

    class AwsCredentials:
        def __init__(self, key: str | None = None, region_name: str | None = None) -> None:
            self.key, self.region_name = key, region_name
            self.aws_client_parameters = mock.MagicMock(get_params_override=dict)

        @staticmethod
        def load(name: str) -> AwsCredentials:
            return AwsCredentials(name, "eu-west-1")

        def model_copy(self, update: dict[str, Any]) -> AwsCredentials:
            return AwsCredentials(self.key, update["region_name"])

        def get_boto3_session(self) -> Any:
            return boto3.Session(aws_access_key_id=self.key, aws_secret_access_key=self.key and "secret", region_name=self.region_name)

        def get_client(self, service: str) -> Any:
            return self.get_boto3_session().client(service)

    class BaseHook:
        @staticmethod
        def get_connection(conn_id: str) -> Any:
            return get_connection(conn_id)

    def get_connection(conn_id: str) -> Any:
        return mock.MagicMock(conn_id=conn_id, extra_dejson=dict(EXTRAS.get(conn_id, {"region_name": "eu-west-1"})), login=conn_id, password="secret")

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
    importlib.import_module("prefect")
    sys.modules["prefect"].task = decorator  # type: ignore[attr-defined]
    sys.modules["prefect"].flow = lambda *args, **kwargs: lambda function: function  # type: ignore[attr-defined]
    sys.modules["prefect_aws"] = mock.MagicMock(AwsCredentials=AwsCredentials)
    sys.modules["airflow_connections"] = mock.MagicMock(
        BaseHook=BaseHook, get_connection=get_connection, block_name=lambda name: name.replace("_", "-")
    )
    for name in ("airflow_resume", "airflow_rules", "airflow_templates", "airflow_sensors"):
        sys.modules[name] = mock.MagicMock(wait_until=RECORDER.poll, PokeReturnValue=lambda done, value: (done, value))


TASKS: dict[str, Any] = {}


def converted(folder: str) -> dict[str, Any]:
    stand_ins()
    sys.path.insert(0, folder)
    if (Path(folder) / "airflow_sql.py").exists():
        importlib.import_module("airflow_sql").DbApiHook.run = statement
    spec = importlib.util.spec_from_file_location("converted_flow", Path(folder) / "dag.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    known = context(None, Instance())
    found: dict[str, Any] = {}
    for name, function in TASKS.items():
        given = {p: known.get(p, XCom(p)) for p in inspect.signature(function).parameters}
        for fault in FAULTS:
            found.setdefault(name, {})[fault] = run(fault, lambda function=function, given=given: function(**given))
    return found


def main() -> None:
    side, path = sys.argv[1:3]
    with mock.patch.object(botocore.client.BaseClient, "_make_api_call", call_of_a_client), mock.patch("time.sleep"):
        found = real(path) if side == "real" else converted(path)
    print("@@calls@@" + json.dumps(found))


if __name__ == "__main__":
    main()
