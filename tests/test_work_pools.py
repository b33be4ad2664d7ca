"""prefect.yaml for a work pool of choice: what stands in it, and that Prefect takes it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from airflow2prefect import convert
from airflow2prefect.model import Options, WorkPool
from airflow2prefect.writing import Mode, run
from tests.test_flows import python

QUEUED = """\
from datetime import datetime
from airflow import DAG
from airflow.operators.bash_operator import BashOperator

CONFIG = {"KubernetesExecutor": {"request_cpu": "500m", "limit_memory": "1Gi", "namespace": "etl", "image": "airflow:1"}}

with DAG("alike", start_date=datetime(2020, 1, 1), default_args={"queue": "heavy", "executor_config": CONFIG}) as alike:
    BashOperator(task_id="a", bash_command="true") >> BashOperator(task_id="b", bash_command="true")

with DAG("unlike", start_date=datetime(2020, 1, 1)) as unlike:
    BashOperator(task_id="c", bash_command="true", queue="heavy", executor_config=CONFIG, pool_slots=2) >> BashOperator(task_id="d", bash_command="true", queue="light")

with DAG("usual", start_date=datetime(2020, 1, 1), default_args={"queue": "default", "pool_slots": 1}) as usual:
    BashOperator(task_id="e", bash_command="true")
"""
KUBERNETES = WorkPool("k8s", "kubernetes", "acme.io:5000/flows:1.2", "1", "2Gi")


def entries(pool: WorkPool) -> dict[str, object]:
    made = convert(QUEUED, "dag.py", Options(pool=pool))
    return {str(deployment.entries["name"]): deployment.entries["work_pool"] for deployment in made.deployments}


def findings(pool: WorkPool) -> list[tuple[str, str, str]]:
    """(code, task, the argument or what it became) of what is told of queues and the like."""
    codes = {"A2P508", "A2P550", "A2P551", "A2P552"}
    found = [f for f in convert(QUEUED, "dag.py", Options(pool=pool)).findings if f.code in codes]
    return [(f.code, f.task, next(value for _, value in f.facts)) for f in found]


def test_a_queue_of_all_tasks_is_a_work_queue() -> None:
    assert entries(WorkPool("local")) == {
        "alike": {"name": "local", "work_queue_name": "heavy"},
        "unlike": {"name": "local"},
        "usual": {"name": "local"},
    }
    assert findings(WorkPool("local")) == [
        ("A2P508", "", "executor_config"),
        ("A2P550", "", "heavy"),
        *(("A2P508", "c", argument) for argument in ("executor_config", "pool_slots", "queue")),
        ("A2P508", "d", "queue"),
    ]


def test_what_all_tasks_say_to_kubernetes_the_deployment_says() -> None:
    image = {"image": "acme.io:5000/flows:1.2", "cpu_request": "1", "cpu_limit": "1", "memory_request": "2Gi", "memory_limit": "2Gi"}
    own = {**image, "cpu_request": "500m", "memory_limit": "1Gi", "namespace": "etl"}
    assert entries(KUBERNETES) == {
        "alike": {"name": "k8s", "work_queue_name": "heavy", "job_variables": own},
        "unlike": {"name": "k8s", "job_variables": image},
        "usual": {"name": "k8s", "job_variables": image},
    }
    assert [found for found in findings(KUBERNETES) if not found[1]] == [
        ("A2P550", "", "heavy"),
        ("A2P551", "", "cpu_request, memory_limit, namespace"),
        ("A2P552", "", "airflow:1"),
    ]


def test_docker_builds_and_pushes_when_asked(tmp_path: Path) -> None:
    (tmp_path / "dag.py").write_text(QUEUED)
    pool = WorkPool("d", "docker", "acme.io:5000/flows", "0.5", "512m", build=True, push=True)
    run([str(tmp_path / "dag.py")], Options(pool=pool), Mode(tmp_path / "flows"))
    made = yaml.safe_load((tmp_path / "flows" / "prefect.yaml").read_text())
    build, push = (next(iter(made[name][0].values())) for name in ("build", "push"))
    assert build == {"id": "build-image", "requires": "prefect-docker>=0.6", "image_name": "acme.io:5000/flows", "dockerfile": "Dockerfile"}
    assert push["image_name"] == "{{ build-image.image_name }}" and push["tag"] == "{{ build-image.tag }}"
    variables = {"image": "{{ build-image.image }}", "container_create_kwargs": {"nano_cpus": 500_000_000}, "mem_limit": "512m"}
    assert made["deployments"][1]["work_pool"] == {"name": "d", "job_variables": variables}
    text = (tmp_path / "flows" / "Dockerfile").read_text()
    assert text.startswith("FROM prefecthq/prefect:3") and "requirements.txt" in text
    assert "WORKDIR /opt/flows" in text and made["pull"][0]["prefect.deployments.steps.set_working_directory"] == {
        "directory": "/opt/flows"
    }


@pytest.mark.flows
@pytest.mark.parametrize(
    "pool", [KUBERNETES, WorkPool("boxes", "docker", "acme/flows:1", "0.5", "512m"), WorkPool("local")], ids=lambda p: p.type
)
def test_prefect_takes_it(pool: WorkPool, tmp_path: Path, prefect_api: dict[str, str]) -> None:
    (tmp_path / "dag.py").write_text(QUEUED)
    run([str(tmp_path / "dag.py")], Options(pool=pool), Mode(tmp_path / "flows"))
    created = python(["-m", "prefect", "work-pool", "create", pool.name, "--type", pool.type], tmp_path, prefect_api)
    assert created.returncode == 0, created.stderr
    deployed = python(["-m", "prefect", "--no-prompt", "deploy", "--all"], tmp_path / "flows", prefect_api)
    assert deployed.returncode == 0, deployed.stdout + deployed.stderr
    code = (
        "import json; from prefect.client.orchestration import get_client\n"
        "with get_client(sync_client=True) as client: found = client.read_deployments()\n"
        f"print(json.dumps({{d.name: [d.work_queue_name, d.job_variables] for d in found if d.work_pool_name == {pool.name!r}}}))"
    )
    found = json.loads(python(["-c", code], tmp_path, prefect_api).stdout)
    expected = {name: [entry.get("work_queue_name", "default"), entry.get("job_variables", {})] for name, entry in entries(pool).items()}  # type: ignore[attr-defined]
    assert found == expected


@pytest.mark.parametrize(
    "args",
    [["--image", "x"], ["--work-pool-type", "docker"], ["--work-pool-type", "docker", "--image", "x", "--cpu", "500m"], ["--cpu", "1"],
     ["--work-pool-type", "kubernetes", "--image", "x", "--docker-push"]],
)  # fmt: skip
def test_what_cannot_be_is_said(args: list[str], tmp_path: Path) -> None:
    (tmp_path / "dag.py").write_text(QUEUED)
    done = python(["-m", "airflow2prefect", "convert", "dag.py", "-o", "flows", *args], tmp_path, {})
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1 and not (tmp_path / "flows").exists()
