"""The flow behaves as the DAG: both run, undisturbed and once for each task with that task failing, and are compared.

`../shared/oracle` is the judge; it is not part of this project, so these tests are skipped where it is not there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from airflow2prefect.model import Options
from airflow2prefect.writing import Mode, run
from tests import environments

pytestmark = pytest.mark.oracle
ROOT = Path(__file__).parent.parent
ORACLE = ROOT.parent / "shared" / "oracle"
# The part that CI runs. All that tests/README.md tells of was run by hand with `--level L6`.
EXAMPLES = ["tutorial", "example_bash_operator", "example_python_operator", "example_xcom", "example_passing_params_via_test_command"]
CASES = [
    "style_orders",
    "style_fan_out",
    "style_tables",
    "style_branch",
    "style_cleanup",
    "xcoms",
    "loops",
    "callables",
    "context",
    "arguments",
    "loops_at_run_time",
    "loops_that_chain",
    "callables_of_all_shapes",
    "methods",
    "old_style",
    "closures",
    "functions_in_loops",
    "sensors",
    "sensors_time_out",
    "custom_operators",
    "paths",
    "branches",
    "misfits",
    "subclasses",
    "native_callables",
    "pulls_apart",
    "loops_of_functions",
    "timeouts",
]


@pytest.fixture(scope="module")
def judge() -> dict[str, str]:
    if not ORACLE.is_dir():
        pytest.skip("../shared/oracle is not there")
    pytest.importorskip("prefect", reason="the extra `flows` is not installed")
    try:
        return environment_of_the_judge()
    except environments.Unavailable as reason:
        pytest.skip(f"no Airflow 1.10.15: {reason}")


def environment_of_the_judge() -> dict[str, str]:
    """What the oracle needs: real Airflow 1.10.15, this Prefect."""
    python, home = environments.airflow(1)
    cache = environments.CACHE / "oracle"
    cache.mkdir(parents=True, exist_ok=True)
    return {
        "AF1_PYTHON": str(python),
        "AF1_HOME": str(home),
        "PREFECT_PYTHON": sys.executable,
        "ORACLE_CACHE": str(cache),
        **environments.QUIET,
    }


def source_of(name: str, judge: dict[str, str]) -> Path:
    if name in CASES:
        return ROOT / "tests" / "cases" / name / "dag.py"
    (folder,) = Path(judge["AF1_PYTHON"]).parent.parent.glob("lib/python*/site-packages/airflow/example_dags")
    return folder / f"{name}.py"


@pytest.mark.parametrize("name", [*EXAMPLES, *CASES])
def test_the_flow_behaves_as_the_dag(name: str, judge: dict[str, str], tmp_path: Path) -> None:
    source = source_of(name, judge)
    run([str(source)], Options(), Mode(tmp_path))
    report = tmp_path / "report.json"
    command = [sys.executable, str(ORACLE / "compare.py"), str(source), str(tmp_path / source.name), "--level", "L6", "--lenient-skips"]
    command += ["--faults", "3", "--run-type", "scheduled", "--json", str(report)]
    done = subprocess.run(command, env={**os.environ, **judge}, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(report.read_text())
