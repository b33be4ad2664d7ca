"""Stand-ins for services' client libraries that keep what they are asked: used in Airflow 1.10's Python, in 2.10's, and in the flow's.

Only the standard library and the client libraries: `calls` is what was asked, as JSON.
"""

import json
import logging
import os
import re
import types
from urllib.parse import parse_qsl, urlsplit

calls = []
CONNECTIONS = {
    "docker_hub": {"conn_type": "docker", "host": "registry.example", "login": "me", "password": "secret", "port": 5000},
    "spark_default": {"conn_type": "spark", "host": "yarn", "extra": '{"queue": "root.default"}'},
    "spark_sql_default": {"conn_type": "spark", "host": "yarn"},
    "spark_k8s": {
        "conn_type": "spark",
        "host": "k8s://https://cluster",
        "port": 443,
        "extra": '{"spark-home": "/opt/spark", "spark-binary": "spark2-submit", "deploy-mode": "cluster", "namespace": "jobs"}',
    },
    "spark_local": {"conn_type": "spark", "host": "spark://master", "port": 7077, "extra": "{}"},
    "hive_cli_default": {"conn_type": "hive_cli", "host": "hive", "port": 10000, "schema": "default", "extra": '{"use_beeline": true, "auth": ""}'},
    "hive_plain": {"conn_type": "hive_cli", "host": "localhost", "schema": "default", "extra": '{"hive_cli_params": "-v"}'},
    "pig_cli_default": {"conn_type": "pig_cli", "schema": "default", "extra": '{"pig_properties": "-x tez"}'},
    "sqoop_default": {"conn_type": "sqoop", "host": "db", "port": 3306, "schema": "shop", "login": "me", "password": "secret", "extra": '{"libjars": "a.jar"}'},
    "jdbc_default": {"conn_type": "jdbc", "host": "db", "port": 5432, "schema": "shop", "login": "me", "password": "secret", "extra": '{"conn_prefix": "jdbc:postgresql://"}'},
    "databricks_default": {"conn_type": "databricks", "host": "acme.cloud.databricks.com", "extra": '{"token": "dapi1", "host": "acme.cloud.databricks.com"}'},
    "dbt_cloud_default": {"conn_type": "dbt_cloud", "login": "42", "password": "token"},
    "livy_default": {"conn_type": "livy", "host": "livy", "port": 8998},
    "airbyte_default": {"conn_type": "airbyte", "host": "airbyte", "port": 8001},
    "dingding_default": {"conn_type": "dingding", "host": "https://oapi.dingtalk.com", "password": "token"},
    "discord": {"conn_type": "http", "host": "https://discord.com/api/", "extra": '{"webhook_endpoint": "webhooks/1/abc"}'},
    "opsgenie_default": {"conn_type": "http", "host": "https://api.opsgenie.com", "password": "key"},
    "telegram_default": {"conn_type": "telegram", "host": "-100", "password": "token"},
    "jenkins": {"conn_type": "jenkins", "host": "jenkins", "port": 8080, "login": "me", "password": "secret", "extra": "false"},
    "wasb_default": {"conn_type": "wasb", "login": "account", "password": "a2V5"},
    "shop_mongo": {"conn_type": "mongo", "host": "mongo", "port": 27017, "login": "me", "password": "secret", "schema": "shop", "extra": '{"ssl": true, "replicaSet": "r"}'},
    "mongo_plain": {"conn_type": "mongo", "host": "mongo", "schema": "x", "extra": '{"srv": true}'},
    "cache": {"conn_type": "redis", "host": "redis", "port": 6379, "password": "secret", "extra": '{"db": "3"}'},
    "hive_server": {"conn_type": "hiveserver2", "host": "hive", "port": 10000, "schema": "default", "extra": '{"run_set_variable_statements": false}'},
    "other_cluster": {"conn_type": "kubernetes", "extra": '{"in_cluster": true, "namespace": "elsewhere"}'},
}  # fmt: skip


def told(*call):
    calls.append(json.loads(json.dumps(call, default=str)))


# ---------------------------------------------------------------------------------------------- kubernetes


def kubernetes():
    """CoreV1Api, for which each pod has ended: one of the image `fails` has failed."""
    from kubernetes import client

    space = types.SimpleNamespace
    pods = {}

    class CoreV1Api:
        api_client = client.ApiClient(client.Configuration())

        def __init__(self, api_client=None):
            pass

        def create_namespaced_pod(self, namespace, body, **kwargs):
            told("create_namespaced_pod", namespace, body)
            pods[body["metadata"]["name"]] = body
            return self.read_namespaced_pod(body["metadata"]["name"], namespace)

        def read_namespaced_pod(self, name, namespace):
            failed = pods[name]["spec"]["containers"][0]["image"] == "fails"
            ended = space(running=None, terminated=space(exit_code=int(failed), message=None, finished_at=None))
            statuses = [
                space(name=each["name"], state=ended if each["name"] == "base" else space(running=space(), terminated=None))
                for each in pods[name]["spec"]["containers"]
            ]
            return space(
                metadata=space(name=name, namespace=namespace, labels={}),
                spec=space(containers=[space(name=each["name"]) for each in pods[name]["spec"]["containers"]]),
                status=space(
                    phase="Failed" if failed else "Succeeded", start_time="now", container_statuses=statuses, init_container_statuses=[]
                ),
            )

        def read_namespaced_pod_log(self, name, namespace, container, **kwargs):
            told("read_namespaced_pod_log", namespace, container)
            return [b"2024-01-01T00:00:00.0Z a line\n"]

        def list_namespaced_pod(self, namespace, label_selector):
            return space(items=[])

        def list_namespaced_event(self, namespace, field_selector):
            told("list_namespaced_event", namespace)
            return space(items=[space(reason="Killed", message="why")])

        def delete_namespaced_pod(self, name, namespace, **kwargs):
            told("delete_namespaced_pod", namespace)

        def patch_namespaced_pod(self, name, namespace, body, **kwargs):
            pass

        def connect_get_namespaced_pod_exec(self):
            pass

    class Shell:
        """The sidecar's: it prints the XCom once, and is closed soon after."""

        def __init__(self, *args, **kwargs):
            self.asked, self.left, self.out = " ".join(kwargs["command"]), 3, ['{"rows": 3}']

        def is_open(self):
            return self.left > 0

        def write_stdin(self, text):
            self.asked += text

        def update(self, timeout=None):
            self.left -= 1

        run_forever = update

        def peek_stdout(self, timeout=None):
            return bool(self.out) and "return.json" in self.asked

        def read_stdout(self, timeout=None):
            if not self.peek_stdout():
                return ""
            told("exec", "return.json")
            return self.out.pop()

        def peek_stderr(self, timeout=None):
            return False

        def close(self):
            pass

    return CoreV1Api, Shell


# ---------------------------------------------------------------------------------------------- programs


class End:
    """What readline gives at the end, of text or bytes."""

    __hash__ = None

    def __bool__(self):
        return False

    def decode(self, *args):
        return ""

    def strip(self):
        return ""

    def __eq__(self, other):
        return other in ("", b"")


class Popen:
    """A program that ends well; what Airflow adds of its own is left out, and a script is told instead of its file's name."""

    def __init__(self, command, **kwargs):
        env = kwargs.get("env") or {}
        added = {name: str(value) for name, value in env.items() if os.environ.get(name) != str(value)}
        told("process", list(_plain_command(command)), added, kwargs.get("cwd") if "flow" not in str(kwargs.get("cwd")) else None)
        text = kwargs.get("text") or kwargs.get("universal_newlines")
        lines = [" Exit code: 0\n", "done\n"]
        self.lines = lines if text else [line.encode() for line in lines]
        self.stdout, self.returncode = self, 0

    def __iter__(self):
        return iter(self.lines)

    def readline(self):
        return self.lines.pop(0) if self.lines else End()

    def wait(self):
        return 0

    def poll(self):
        return 0

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None


def _plain_command(command):
    skip = False
    for number, part in enumerate(command):
        following = command[number + 1] if number + 1 < len(command) else ""
        if skip:
            skip = False
        elif part == "-hiveconf" and (str(following).startswith("airflow.ctx") or "HiveOperator task" in following):
            skip = True
        elif number and command[number - 1] == "-f" and os.path.exists(part):
            with open(part) as file:
                yield file.read()
        else:
            yield part


# ---------------------------------------------------------------------------------------------- HTTP


def send(session, request, **kwargs):
    """Answers requests; the fields of their query and of their JSON are told alike."""
    import requests

    parts = urlsplit(request.url)
    body = request.body.decode() if isinstance(request.body, bytes) else request.body or ""
    content = json.loads(body) if body.startswith("{") else dict(parse_qsl(body or parts.query))
    content = {name: value for name, value in content.items() if value != "False" and not str(value).startswith("Triggered via")}
    told("http", request.method, f"{parts.scheme}://{parts.netloc}{parts.path}", _as_text(content), request.headers.get("Authorization"))
    state = {"life_cycle_state": "TERMINATED", "result_state": "SUCCESS", "state_message": ""}
    answers = {
        "get": {"run_id": 5, "run_page_url": "https://page", "state": state},
        "list": {"jobs": [{"job_id": 9, "settings": {"name": "nightly"}}], "has_more": False},
    }
    response = requests.Response()
    response.status_code, response.request, response.url = 200, request, request.url
    answer = {"data": {"id": 5, "status": 10, "href": ""}} if "/accounts/" in parts.path else answers.get(parts.path.rpartition("/")[2])
    response._content = json.dumps(answer or {"run_id": 5, "errcode": 0}).encode()
    return response


def _as_text(content):
    return {name: str(value) if isinstance(value, int) and name in ("run_id", "limit", "offset") else value for name, value in content.items()}


# ---------------------------------------------------------------------------------------------- docker


class APIClient:
    """Docker's, of which the containers of the image `fails` fail."""

    def __init__(self, base_url=None, version=None, tls=None, **kwargs):
        told("docker", base_url[0] if isinstance(base_url, list) else base_url, version)

    def ping(self):
        return True

    def login(self, **kwargs):
        told("login", {name: value for name, value in kwargs.items() if value not in (None, True)})

    def images(self, name):
        return [name] if name == "alpine" else []

    def pull(self, image, **kwargs):
        told("pull", image)
        return [{"status": "pulled"}]

    def create_host_config(self, **kwargs):
        return kwargs

    def create_container(self, **kwargs):
        host = kwargs.pop("host_config")
        places = [str(each) for each in host.pop("binds", None) or []]
        places += ["{}:{}".format(each["Source"], each["Target"]) for each in host.pop("mounts", None) or []]
        host["places"] = [each for each in places if "airflowtmp" not in each]
        removes = host.pop("auto_remove", None)
        if not host.get("log_config") or not host["log_config"].get("Config"):
            host.pop("log_config", None)
        self.image = kwargs["image"]
        told("create_container", _without_nothing(dict(kwargs, host=host)))
        if removes:  # by the daemon, when it has ended
            told("remove_container", False)
        return {"Id": "1"}

    def start(self, container):
        pass

    def attach(self, **kwargs):
        return [b"one\n", b"last line\n"]

    def wait(self, container):
        return {"StatusCode": int(self.image == "fails")}

    def logs(self, **kwargs):
        return b"one\nlast line\n"

    def remove_container(self, container, force=False):
        told("remove_container", bool(force))


def plain_pod(body):
    """A pod without what differs each time, what says nothing, and what only Airflow looks at."""
    body = json.loads(re.sub(r"secretvol[-0-9a-f]+", "secretvol", json.dumps(body)))
    spec, metadata = body["spec"], body["metadata"]
    metadata.pop("name", None)
    for name in ("airflow_version", "kubernetes_pod_operator", "execution_date", "run_id", "task_run_id", "try_number", "dag_id", "task_id", "airflow_kpo_in_cluster"):  # fmt: skip
        metadata.get("labels", {}).pop(name, None)
    for container in spec["containers"]:
        container.setdefault("env", []).sort(key=lambda each: each["name"])
        container.setdefault("volumeMounts", []).sort(key=lambda each: json.dumps(each, sort_keys=True))
        if container["name"] != "base":  # how it sleeps depends on the version of Airflow
            container.pop("resources", None)
            container.pop("command", None)
    spec.get("volumes", []).sort(key=lambda each: json.dumps(each, sort_keys=True))
    return _without_nothing(body)


def _without_nothing(value):
    if isinstance(value, dict):
        cleaned = {key: _without_nothing(item) for key, item in value.items()}
        return {key: item for key, item in cleaned.items() if item not in (None, [], {}, False) and item != "File"}
    return [_without_nothing(item) for item in value] if isinstance(value, list) else value


class Client:
    """A client of a store: it keeps what it and what it gives are asked, and gives documents and rows."""

    description = (("a", "STRING"), ("b", "INT"))

    def __init__(self, name, *args, **kwargs):
        self.name = name
        if kwargs.pop("ssl", False):  # as the driver's newer versions say it
            kwargs.update(tls=True, tlsAllowInvalidCertificates=kwargs.pop("ssl_cert_reqs", 1) == 0)
        told(name, args, kwargs)

    def __getattr__(self, name):
        def method(*args, **kwargs):
            told(self.name + "." + name, [vars(arg) if isinstance(arg, ReplaceOne) else arg for arg in args], kwargs)
            if name in ("get_database", "get_collection", "cursor"):
                return self
            return {"_id": 1} if name == "find_one" else "1" if name == "get" else [{"_id": 2}]

        return method

    def __iter__(self):
        return iter([("x", 1), ("y", None)])

    def bulk_write(self, requests, **kwargs):
        told("bulk_write", [vars(each) for each in requests], kwargs)


class ReplaceOne:
    def __init__(self, filter, replacement, upsert=False, collation=None):
        self.filter, self.replacement, self.upsert, self.collation = filter, replacement, upsert, collation


def stores():
    """The modules of the drivers."""
    names = {
        "pymongo": {"MongoClient": lambda *a, **k: Client("mongo", *a, **k), "ReplaceOne": ReplaceOne},
        "redis": {"Redis": lambda *a, **k: Client("redis", *a, **k)},
        "pyhive": {},
        "pyhive.hive": {"connect": lambda *a, **k: Client("hive", *a, **k)},
        "pyhive.exc": {"ProgrammingError": ValueError},
    }
    made = {name: types.ModuleType(name) for name in names}
    for name, module in made.items():
        module.__path__ = []
        vars(module).update(names[name])
    return made


class GCSHook:
    """Keeps what is uploaded."""

    def __init__(self, conn_id="google_cloud_default", google_cloud_storage_conn_id=None, delegate_to=None):
        self.conn_id = google_cloud_storage_conn_id or conn_id

    def upload(self, bucket, name, path, mime_type=None, gzip=False):
        with open(path, newline="") as file:
            told("upload", self.conn_id, bucket, name, mime_type, gzip, file.read())


def quiet():
    logging.disable(logging.CRITICAL)
