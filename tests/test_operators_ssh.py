"""SSH and SFTP: the same DAG in real Airflow 1.10.15 and 2.10.5, and its flow, against one server."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest

from tests import aws
from tests.operator_runs import in_airflow, in_prefect, values

DAG = """
from datetime import datetime

from airflow import DAG
from airflow.operators.{python} import PythonOperator
from {ssh_hook} import SSHHook
from {ssh} import SSHOperator
from {sftp} import SFTPOperation, SFTPOperator
from {sensor} import SFTPSensor

FOLDER = "{folder}"
hook = SSHHook(ssh_conn_id="edge")


def pulled(ti=None, **context):
    return str(ti.xcom_pull(task_ids="output"))


with DAG("ssh", start_date=datetime(2024, 1, 1), schedule_interval="@daily", catchup=False) as dag:
    tasks = [
        SSHOperator(task_id="plain", ssh_conn_id="edge", command="echo {{{{ ds }}}} > " + FOLDER + "/made.txt"),
        SSHOperator(task_id="output", ssh_conn_id="edge", command="echo caf\\u00e9; echo bad >&2", do_xcom_push=True),
        SSHOperator(task_id="env", ssh_hook=hook, command="echo $GREETING $TERMINAL", environment={{"GREETING": "hi"}}, do_xcom_push=True),
        SSHOperator(task_id="terminal", ssh_hook=hook, command="sudo() {{ echo $TERMINAL; }}; sudo", get_pty=True, do_xcom_push=True),
        PythonOperator(task_id="pulled", python_callable=pulled{context}),
        SFTPOperator(
            task_id="get", ssh_conn_id="edge", local_filepath=FOLDER + "/a/b/got.txt", remote_filepath=FOLDER + "/made.txt", operation="get",
            create_intermediate_dirs=True),
        SFTPOperator(
            task_id="put", ssh_conn_id="edge", local_filepath=FOLDER + "/a/b/got.txt", remote_filepath=FOLDER + "/c/d/put.txt",
            operation=SFTPOperation.PUT, create_intermediate_dirs=True),
        {wait}
        SSHOperator(task_id="seen", ssh_conn_id="edge", command="cat " + FOLDER + "/c/d/put.txt", do_xcom_push=True),
    ]
    for first, second in zip(tasks, tasks[1:]):
        first >> second
    tasks[-1] >> [
        SSHOperator(task_id="fails", ssh_conn_id="edge", command="echo no >&2; exit 3"),
        SSHOperator(task_id="nobody", ssh_conn_id="stranger", command="true"),
        SFTPOperator(task_id="lost", ssh_conn_id="edge", local_filepath=FOLDER + "/x", remote_filepath=FOLDER + "/nothing", operation="get"),
        {more}
    ]
"""
# The sensor of that day's provider for 2.10.5 closes a connection that its hook does not have any more.
WAIT = 'SFTPSensor(task_id="wait", path=FOLDER + "/c/d/put.txt", sftp_conn_id="edge"),'
OF_1 = 'SFTPSensor(task_id="late", path=FOLDER + "/nothing", sftp_conn_id="edge", poke_interval=0.1, timeout=0.5),'
OF_2 = """
        SFTPOperator(task_id="folder", ssh_conn_id="edge", local_filepath=FOLDER + "/e", remote_filepath=FOLDER + "/c", operation="get"),
        SFTPOperator(task_id="gone", ssh_conn_id="edge", remote_filepath=FOLDER + "/made.txt", operation="delete"),"""
VERSIONS = {
    1: {"python": "python_operator", "ssh_hook": "airflow.contrib.hooks.ssh_hook", "ssh": "airflow.contrib.operators.ssh_operator",
        "sftp": "airflow.contrib.operators.sftp_operator", "sensor": "airflow.contrib.sensors.sftp_sensor", "context": ", provide_context=True", "more": OF_1, "wait": WAIT},
    2: {"python": "python", "ssh_hook": "airflow.providers.ssh.hooks.ssh", "ssh": "airflow.providers.ssh.operators.ssh",
        "sftp": "airflow.providers.sftp.operators.sftp", "sensor": "airflow.providers.sftp.sensors.sftp", "context": "", "more": OF_2, "wait": ""},
}  # fmt: skip


@pytest.mark.flows
@pytest.mark.parametrize("version", [1, 2])
def test_commands_and_files(version: int, tmp_path: Path, prefect_api: dict[str, str]) -> None:
    ssh_server = pytest.importorskip("tests.ssh_server")
    made = {}
    with ssh_server.ssh_server() as port:
        for name in ("airflow", "prefect"):
            folder = tmp_path / name / "files"
            folder.mkdir(parents=True)
            source = DAG.format(folder=folder, **VERSIONS[version])
            extra = quote(json.dumps({"no_host_key_check": "true", "look_for_keys": "false"}))
            edge = f"127.0.0.1:{port}/?__extra__={extra}"
            env = {
                "AIRFLOW_CONN_EDGE": f"ssh://{ssh_server.USER}:{ssh_server.PASSWORD}@{edge}", "AIRFLOW_CONN_STRANGER": f"ssh://nobody:wrong@{edge}",
            }  # fmt: skip
            if version == 1:
                env = {key: value.replace("__extra__=" + extra, "no_host_key_check=true&ignore_hostkey_verification=true") for key, value in env.items()}
            if name == "airflow":
                done = values(in_airflow(version, source, tmp_path / name, {**env, **aws.packages(version)}))
            else:
                done = values(in_prefect(version, source, tmp_path / name, {**env, **prefect_api}))
            files = {str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*")) if path.is_file()}
            made[name] = json.loads(json.dumps(done).replace(str(folder), "FOLDER")), files
    assert made["prefect"] == made["airflow"]
    failed = {name for name, value in made["airflow"][0].items() if value == "failed"}
    assert failed - {"late"} == {"fails", "nobody", "lost"}
