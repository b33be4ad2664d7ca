"""`airflow2prefect config`: connections as real Airflow reads them, what they become, and no secret anywhere."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from itertools import product
from pathlib import Path

import pytest

from airflow2prefect.migrate.blocks import blocks_of
from airflow2prefect.migrate.connections import PARTS, Connection, Unreadable, from_uri
from airflow2prefect.migrate.exports import BadFile, Exported
from airflow2prefect.migrate.needs import needs_of
from airflow2prefect.migrate.plan import plan_of
from airflow2prefect.model import Options
from tests import environments
from tests.test_flows import RUN, flow_folder, python

ROOT = Path(__file__).parent.parent
SECRET = "s3kr1t-Pa55/w@rd"
QUOTED = "s3kr1t-Pa55%2Fw%40rd"
# As Fernet writes it: version, time, vector, two blocks, digest.
FERNET = base64.urlsafe_b64encode(b"\x80" + (0x65F00000).to_bytes(8, "big") + bytes(16 + 32 + 32)).decode()

# ---------------------------------------------------------------------------------------------- URIs

STRANGE = (
    "postgres://u:p@h:5432/db", "postgresql://h/db", "Postgres://H/Db", "google-cloud-platform://?extra__google_cloud_platform__project=p",
    "my_type://h", "my-conn-type://login:password@host:5432/schema?param1=val1&param2=val2",
    "aws://AKIA:sec%2Fret@/?region_name=eu-central-1", "aws://?__extra__=%7B%22a%22%3A+%7B%22b%22%3A+1%7D%7D", "aws://@:80",
    "http://https%3A%2F%2Fexample.com%2Fpath", "http://https://example.com:8080/path", "http://https://u:p@example.com", "http://example.com/a;b?c=d",
    "http://:@h", "http://u:@h", "http://:p@h", "http://@h", "mysql://%2Ftmp%2FMy.sock/db", "mysql://u:p@%2Ftmp%2FMy.sock:3306/db",
    "sqlite:///%2Fabs%2Fx.db", "sqlite://%2Fabs%2FX.db", "sqlite:////abs/x.db", "sqlite:///rel.db", "sqlite://rel.db", "fs:///", "fs://",
    "http://h:port/x", "http://h:99999", "http://[::1]:80/x", "http://h:/x", "", "nothing", "http:", "http:/h", "//h/x", "http://h?a=", "http://h?a",
    "http://h?a=1&a=2", "http://h/?a=%7B%22b%22%3A1%7D", "http://h#frag", "http://h/x#frag?a=b", "http://a:b:c@h", "http://a@b@h", "http://u%3Ap:p%25@h",
    "http://h%20x/y%20z", "http://h/a/b/c", "http://h//x", "ftp://h/a;type=i", "http://u:p@h:80/s?__extra__=&b=c", "http://u:p@h?__extra__=text",
    "a://b://c://d", "http://u@https://h", "http://h/x://y", "postgres://u:p@h/db?sslmode=require&keepalives=1", "spark://local%5B%2A%5D", "ünï://h",
    "http://Ünï.example/x", "http://h/%C3%BC", "jdbc://u:p@jdbc%3Apostgresql%3A%2F%2Fh%3A5432%2Fdb?extra__jdbc__drv_clsname=x",
    "http://u:p@h:0/x", "http://u:p%2@h", "snowflake://u:p@/s?account=a&warehouse=w", "azure-data-lake://a?tenant=t", "ssh://u@h:22?key_file=%2Fk",
    "http://u:p@h/x?y=z#w", "http://h/x?a=b;c=d", "http://h/x?+=+", "  http://h/x", "http://h/x  ", "http://u:p?q@h/x", "http://u:p#q@h/x",
)  # fmt: skip
MADE = tuple(
    f"{kind}://{user}{host}{port}{path}{query}"
    for kind, user, host, port, path, query in product(
        ("postgres", "google-cloud-platform", "http"), ("", "u@", "u:p%40%2F@"), ("", "h.x", "H%2Fx"), ("", ":80"), ("", "/s%20a", "/a/b"),
        ("", "?a=b&c=%26", "?__extra__=%7B%22a%22%3A1%7D"),
    )
)  # fmt: skip
ASK = """\
import json, sys
from airflow.models import Connection
made = []
for uri in json.load(sys.stdin):
    try:
        c = Connection(conn_id="x", uri=uri)
        made.append([c.conn_type, c.host, c.login, c.password, c.schema, c.port, c.extra])
    except Exception as error:
        made.append(type(error).__name__)
print("ANSWER" + json.dumps(made))
"""


@pytest.mark.oracle
@pytest.mark.parametrize("version", [1, 2])
def test_uris_are_read_as_airflow_reads_them(version: int) -> None:
    uris = [uri for uri in (*STRANGE, *MADE) if uri]
    try:
        binary, home = environments.airflow(version)
    except environments.Unavailable as error:
        pytest.skip(str(error))
    env = {**os.environ, "AIRFLOW_HOME": str(home)}
    done = subprocess.run([str(binary), "-c", ASK], input=json.dumps(uris), env=env, capture_output=True, text=True, check=False)
    answer = next(line for line in done.stdout.splitlines() if line.startswith("ANSWER"))
    for uri, truth in zip(uris, json.loads(answer[6:]), strict=True):
        assert _read(uri, version) == truth or (isinstance(truth, str) and _read(uri, version) == "Unreadable"), uri


def _read(uri: str, version: int) -> object:
    try:
        made = from_uri("x", uri, version)
    except Unreadable:
        return "Unreadable"
    return [getattr(made, name) for name in PARTS]


# ---------------------------------------------------------------------------------------------- exports

ONE = {"conn_type": "postgres", "host": "h", "login": "u", "password": "p", "schema": "d", "port": 5432, "extra": None, "description": None}
YAML = "c:\n  conn_type: postgres\n  description: null\n  extra: null\n  host: h\n  login: u\n  password: p\n  port: 5432\n  schema: d\n"
LISTED = [
    {
        **ONE,
        "id": "1",
        "conn_id": "c",
        "port": "5432",
        "is_encrypted": "False",
        "is_extra_encrypted": "False",
        "extra_dejson": {},
        "get_uri": "x",
    }
]


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        (json.dumps({"c": ONE}), ".json"),
        (json.dumps({"c": "postgres://u:p@h:5432/d"}), ".json"),
        (json.dumps({"c": ["postgres://u:p@h:5432/d"]}), ".json"),
        (json.dumps(LISTED), ".json"),
        (YAML, ".yaml"),
        ("# a comment\n\nc=postgresql://u:p@h:5432/d\n", ".env"),
        (f"c={json.dumps(ONE)}\n", ".env"),
        ("AIRFLOW_CONN_C=postgresql://u:p@h:5432/d\n", ".env"),
    ],
)
def test_every_form_of_an_export_says_the_same(text: str, suffix: str) -> None:
    exported = Exported()
    exported.add_connections(text, suffix)
    assert exported.connections == {"c": Connection("c", "postgres", "h", "u", "p", "d", 5432)} and not exported.problems


def test_the_environment_is_read() -> None:
    exported = Exported()
    json_form = json.dumps({"conn_type": "google-cloud-platform", "port": "80", "extra": {"a": [1]}})
    exported.add_env_file(f"export AIRFLOW_CONN_A='http://u:p@h'\nAIRFLOW_CONN_B={json_form}\nAIRFLOW_VAR_My_Key=\"x y\"\nOTHER=1\n")
    assert exported.connections["a"].password == "p" and exported.connections["b"].extras == {"a": [1]}
    assert exported.connections["b"].conn_type == "google_cloud_platform" and exported.variables == {"my_key": "x y"}


@pytest.mark.parametrize(
    ("text", "suffix"), [("{", ".json"), ("[1]", ".json"), ("a: [", ".yaml"), ("no equals", ".env"), ("{}", ".txt"), ("╒═╕", ".json")]
)
def test_what_is_no_export_is_said_without_its_text(text: str, suffix: str) -> None:
    with pytest.raises(BadFile) as told:
        Exported().add_connections(text + SECRET, suffix)
    assert SECRET not in str(told.value)


def test_what_cannot_be_read_is_told_without_its_text() -> None:
    exported = Exported()
    bad = {
        "a": f"http://u:{SECRET}@h",
        "b": {"conn_type": "x", "port": SECRET},
        "c": {"password": SECRET},
        "d": 7,
        "e": {"conn_type": "x", "pass": SECRET},
    }
    exported.add_connections(json.dumps(bad), ".json")
    assert [found.code for found in exported.problems] == ["A2P484"] * 5 and not exported.connections
    assert SECRET not in "".join(found.message for found in exported.problems)


# ---------------------------------------------------------------------------------------------- blocks


def block(uri: str, conn_id: str = "my_Conn.1") -> tuple[str, str, object, tuple[str, ...]]:
    made = blocks_of(from_uri(conn_id, uri))[0]
    return made.kind.name, made.name, dict(made.fields), made.left


@pytest.mark.parametrize(
    ("uri", "kind", "fields"),
    [
        (
            "postgres://u:p%40@h:5432/d?sslmode=require&cursor=dictcursor",
            "SqlAlchemyConnector",
            {
                "connection_info": {
                    "driver": "postgresql+psycopg2",
                    "username": "u",
                    "password": "p@",
                    "host": "h",
                    "port": 5432,
                    "database": "d",
                },
                "connect_args": {"sslmode": "require"},
            },
        ),
        (
            "mysql://u@/d?charset=utf8",
            "SqlAlchemyConnector",
            {
                "connection_info": {"driver": "mysql+mysqldb", "username": "u", "host": "localhost", "port": 3306, "database": "d"},
                "connect_args": {"charset": "utf8", "use_unicode": True},
            },
        ),
        ("sqlite://%2Ftmp%2FX.db", "SqlAlchemyConnector", {"connection_info": {"driver": "sqlite+pysqlite", "database": "/tmp/X.db"}}),
        (
            "trino://u@h:8080/web?protocol=https",
            "SqlAlchemyConnector",
            {
                "connection_info": {"driver": "trino", "username": "u", "host": "h", "port": 8080, "database": "hive/web"},
                "connect_args": {"http_scheme": "https"},
            },
        ),
        (
            "oracle://u:p@h:1521/s",
            "SqlAlchemyConnector",
            {"connection_info": {"driver": "oracle+oracledb", "username": "u", "password": "p"}, "connect_args": {"dsn": "h:1521/s"}},
        ),
        (
            "snowflake://u:p@/s?account=a&warehouse=w&database=d&region=eu",
            "SqlAlchemyConnector",
            {
                "connection_info": {
                    "driver": "snowflake",
                    "username": "u",
                    "password": "p",
                    "host": "a.eu",
                    "database": "d/s",
                    "query": {"warehouse": "w"},
                }
            },
        ),
        (
            "aws://AK:se%2Fc@?region_name=eu-west-1&endpoint_url=http%3A%2F%2Fs3%3A9",
            "AwsCredentials",
            {
                "aws_access_key_id": "AK",
                "aws_secret_access_key": "se/c",
                "region_name": "eu-west-1",
                "aws_client_parameters": {"endpoint_url": "http://s3:9"},
            },
        ),
        (
            "google-cloud-platform://?extra__google_cloud_platform__project=p&extra__google_cloud_platform__keyfile_dict=%7B%22private_key%22%3A%22a%5C%5Cnb%22%7D",
            "GcpCredentials",
            {"project": "p", "service_account_info": {"private_key": "a\nb"}},
        ),
        (
            "smtp://u:p@h:587?disable_ssl=true",
            "EmailServerCredentials",
            {"username": "u", "password": "p", "smtp_server": "h", "smtp_type": "STARTTLS", "smtp_port": 587},
        ),
        (
            "http://https%3A%2F%2Fhooks.slack.com%2Fservices?webhook_token=T%2FB%2Fx",
            "SlackWebhook",
            {"url": "https://hooks.slack.com/services/T/B/x"},
        ),
        ("slackwebhook://:T%2FB%2Fx@", "SlackWebhook", {"url": "https://hooks.slack.com/services/T/B/x"}),
        ("slack://:xoxb-1@", "SlackCredentials", {"token": "xoxb-1"}),
        ("databricks://token:dapi@https%3A%2F%2Fx.cloud", "DatabricksCredentials", {"databricks_instance": "x.cloud", "token": "dapi"}),
        (
            "http://u:p@h:80/s?a=b",
            "Secret",
            {"value": {"conn_type": "http", "host": "h", "login": "u", "password": "p", "schema": "s", "port": 80, "extra": {"a": "b"}}},
        ),
    ],
)
def test_a_connection_becomes_a_block(uri: str, kind: str, fields: object) -> None:
    assert block(uri)[:3] == (kind, "my-conn-1", fields)


def test_http_is_a_secret_in_any_case() -> None:
    """HttpHook reads it, whatever the host is."""
    made = blocks_of(from_uri("slack", "http://https%3A%2F%2Fhooks.slack.com%2Fservices?webhook_token=T%2FB%2Fx"))
    assert [block.kind.name for block in made] == ["SlackWebhook", "Secret"]


def test_a_role_to_assume_is_not_dropped() -> None:
    role = {"assume_role_arn": "arn", "assume_role_kwargs": {"ExternalId": "x"}}
    assert block("aws://?role_arn=arn&external_id=x") == ("AwsCredentials", "my-conn-1", role, ())
    assert block("aws://?role_arn=arn&assume_role_method=assume_role_with_saml")[0] == "Secret"


def codes(exported: Exported) -> list[str]:
    return sorted(found.code for found in plan_of(exported).findings)


def test_names_that_fall_together_are_told() -> None:
    exported = Exported()
    exported.add_connections(
        json.dumps({"my_db": "sqlite://a", "my-db": "sqlite://b", "same_db": "sqlite://a", "same-db": "sqlite://a"}), ".json"
    )
    exported.add_variables(json.dumps({"Key": 1, "key": 2}), ".json")
    plan = plan_of(exported)
    assert codes(exported) == ["A2P480", "A2P480"] and [item.name for item in plan.items] == ["same-db"]


def test_what_prefect_cannot_hold_is_told() -> None:
    exported = Exported()
    exported.add_variables(
        json.dumps({"long": "x" * 5000, "db_password": "x", "cipher": FERNET, "none": None, "n": 1.5, "d": {"a": 1}}), ".json"
    )
    exported.add_connections(
        json.dumps({"c": {"conn_type": "http", "password": FERNET}, "d": {"conn_type": "http", "extra": {"k": FERNET}}}), ".json"
    )
    exported.add_pools(json.dumps({"all": {"slots": -1, "description": ""}, "none": {"slots": 0}, "two": {"slots": 2}, "bad": {}}), ".json")
    assert codes(exported) == ["A2P481"] * 3 + ["A2P484", "A2P485", "A2P486"] + ["A2P487"] * 2
    made = {item.name: item.value for item in plan_of(exported).items}
    assert made == {"d": {"a": 1}, "db_password": "x", "n": 1.5, "none": "null", "pool:two": 2}


def test_the_needs_of_a_flow_are_read() -> None:
    text = (
        "from prefect.blocks.system import Secret\nfrom airflow_sql import PostgresHook, SqliteHook\nfrom airflow_variables import variable\n"
        "@task(tags=['pool:p', 'x'])\ndef f(c):\n    Secret.load('s').get(), variable('a'), variable('b', 'default'), variable(c)\n"
        "    PostgresHook().run(''), SqliteHook(sqlite_conn_id='my_lite'), SqliteHook(c)\n"
    )
    text += "from airflow_connections import get_connection\nfrom airflow_http import HttpHook\nfrom airflow_variables import variable as airflow_variable\n"
    text += "HttpHook('GET'), HttpHook('GET', 'my_api'), get_connection('x'), airflow_variable(name='B', as_json=True)\n"
    found = [(need.kind, need.name) for need in needs_of(text)]
    connectors = [("SqlAlchemyConnector", name) for name in ("", "my-lite", "postgres-default")]
    variables = [("Variable", name) for name in ("", "a", "b")]
    connections = [("connection", name) for name in ("http-default", "my-api", "x")]
    assert found == [("Secret", "s"), *connectors, *variables, *connections, ("tag limit", "pool:p")]


# ---------------------------------------------------------------------------------------------- with Prefect

LITE = """\
from datetime import datetime
from airflow import DAG
from airflow.models import Variable
from airflow.operators.python_operator import PythonOperator
from airflow.operators.sqlite_operator import SqliteOperator


def read():
    assert Variable.get('Threshold') == '7' and Variable.get('Settings', deserialize_json=True) == {'a': [1]}


with DAG('lite', start_date=datetime(2020, 1, 1), schedule_interval='@daily') as dag:
    make = SqliteOperator(task_id='make', sql='CREATE TABLE t (x TEXT)', sqlite_conn_id='My_Lite', pool='db')
    fill = SqliteOperator(task_id='fill', sql=['INSERT INTO t VALUES (?)'], parameters=('{{ ds }}',), sqlite_conn_id='My_Lite')
    make >> fill >> PythonOperator(task_id='read', python_callable=read)
"""


def config(args: Iterable[str], cwd: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return python(["-m", "airflow2prefect", "config", *args], cwd, env)


@pytest.mark.flows
def test_a_flow_runs_after_config_apply_and_no_secret_is_written(tmp_path: Path, prefect_api: dict[str, str]) -> None:
    import sqlite3

    folder = tmp_path / "work"
    folder.mkdir()
    flow_folder(folder, LITE, Options(retries=0, cache="none"))
    (folder / "run.py").write_text(RUN.replace("dag.steps", "dag.lite"))
    exports = tmp_path / "exports"
    exports.mkdir()
    connections = {
        "My_Lite": {"conn_type": "sqlite", "host": f"{folder}/x.db", "password": SECRET},
        "warehouse": f"postgres://u:{QUOTED}@h/d",
        "api": {"conn_type": "http", "host": "h", "extra": json.dumps({"token": SECRET})},
        "hook": f"slackwebhook://:{QUOTED}@",
    }
    (exports / "c.json").write_text(json.dumps(connections))
    (exports / "v.json").write_text(json.dumps({"Threshold": 7, "Settings": {"a": [1]}}))
    (exports / "p.json").write_text(json.dumps({"db": {"slots": 3, "description": ""}}))
    given = ["--connections", str(exports / "c.json"), "--variables", str(exports / "v.json"), "--pools", str(exports / "p.json")]
    outputs = [config(given, folder, prefect_api)]
    assert outputs[-1].returncode == 0 and "connection warehouse\tSqlAlchemyConnector\twarehouse" in outputs[-1].stdout, outputs[-1].stderr
    outputs.append(config(["--check", "."], folder, prefect_api))
    assert outputs[-1].returncode == 1 and "4 missing" in outputs[-1].stdout, outputs[-1].stdout + outputs[-1].stderr
    outputs.append(config([*given, "--apply", "--check", "."], folder, prefect_api))
    assert outputs[-1].returncode == 0, outputs[-1].stdout + outputs[-1].stderr
    assert "8 made, at http://127.0.0.1" in outputs[-1].stdout and "4 there" in outputs[-1].stdout
    outputs.append(config([*given, "--apply"], folder, prefect_api))
    assert outputs[-1].returncode == 0 and outputs[-1].stdout.startswith("8 unchanged"), outputs[-1].stdout + outputs[-1].stderr
    ran = python(["run.py", "2024-03-06"], folder, prefect_api)
    assert ran.stdout.strip() == "Completed", ran.stderr[-3000:]
    assert sqlite3.connect(folder / "x.db").execute("SELECT x FROM t").fetchall() == [("2024-03-06",)]

    (exports / "c.json").write_text(json.dumps({"warehouse": f"postgres://u:other{QUOTED}@h/d"}))
    outputs.append(config([*given, "--apply"], folder, prefect_api))
    assert outputs[-1].returncode == 1 and "different\t--force" in outputs[-1].stdout
    outputs.append(config([*given, "--apply", "--force"], folder, prefect_api))
    assert outputs[-1].returncode == 0 and "1 changed" in outputs[-1].stdout
    for done in (*outputs, ran):
        assert SECRET not in done.stdout + done.stderr and QUOTED not in done.stdout + done.stderr
    written = [path for root in (folder, Path(prefect_api["PREFECT_HOME"])) for path in root.rglob("*") if path.is_file()]
    assert any(path.name == "server.log" for path in written)
    for path in written:
        data = path.read_bytes()
        assert SECRET.encode() not in data and QUOTED.encode() not in data, path


def test_where_prefect_is_not_there_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "v.json").write_text('{"a": 1}')
    bare = tmp_path / "bare"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(bare)], check=True)
    done = config(["--variables", "v.json", "--apply", "--python", str(bare / "bin" / "python")], tmp_path, {})
    assert done.returncode == 2 and "prefect is not installed for" in done.stderr
    done = config(["--variables", "v.json", "--apply", "--python", "/no/python"], tmp_path, {})
    assert done.returncode == 2 and done.stderr.startswith("cannot run /no/python")


def test_an_api_that_is_not_there_is_no_traceback(tmp_path: Path) -> None:
    pytest.importorskip("prefect", reason="the extra `flows` is not installed")
    (tmp_path / "v.json").write_text(json.dumps({"a": SECRET}))
    done = config(
        ["--variables", "v.json", "--apply"], tmp_path, {"PREFECT_API_URL": "http://127.0.0.1:9/api", "PREFECT_CLIENT_MAX_RETRIES": "0"}
    )
    assert done.returncode == 2 and "cannot be reached" in done.stderr and len(done.stderr.splitlines()) == 1
    assert SECRET not in done.stderr


@pytest.mark.parametrize("args", [[], ["x"], ["--check"], ["--connections", "none.json"]])
def test_what_cannot_be_done_is_said(args: list[str], tmp_path: Path) -> None:
    done = config(args, tmp_path, {})
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1 and "Traceback" not in done.stderr
