"""Writes tests/data/services.json: what the operators of tests/cases/<case>/dag.py ask of their services in real Airflow.

    python -m tests.make_service_truth [CASE ...]

Airflow 1.10.15 with its contrib operators, or 2.10.5 with providers of that time; client libraries are real, what they would send is kept
by service_stubs.py instead. The packages go to a folder of their own, so that the environments of other tests stay as they are.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.environments import CACHE, _environment, _uv, airflow

CASES, DATA = Path(__file__).parent / "cases", Path(__file__).parent / "data/services.json"
PACKAGES = {
    1: (["kubernetes==11.0.0", "docker==5.0.0"], "2021-04-15"),
    2: (["kubernetes==31.0.0", "kubernetes_asyncio==31.1.0", "aiofiles==24.1.0", "docker==7.1.0", "python-dotenv", "mergedeep"], "2025-03-01"),
}
PROVIDERS = ["cncf-kubernetes", "docker", "apache-spark", "databricks", "dbt-cloud", "google"]
# Of which version of Airflow each case is.
VERSIONS = {
    "kubernetes": 1, "kubernetes_2": 2, "docker": 1, "docker_2": 2, "spark": 1, "spark_2": 2, "hadoop": 1, "databricks": 1, "databricks_2": 2,
    "messages": 1, "dbt_cloud": 2, "exports_contrib": 1, "hooks_stores": 1,
}  # fmt: skip
RUNNER = Path(__file__).parent / "service_airflow.py"


def packages(version: int, python: Path) -> Path:
    """A folder with the client libraries, and for 2.x the providers."""
    folder = CACHE / f"services{version}"
    wanted, until = PACKAGES[version]
    marker = folder / ("ready-" + "-".join(sorted(wanted + (PROVIDERS if version == 2 else []))))
    if marker.exists():
        return folder
    base = [_uv(), "pip", "install", "-q", "--python", str(python), "--target", str(folder), "--exclude-newer", until]
    subprocess.run([*base, *wanted], env=_environment(), check=True)
    if version == 2:
        subprocess.run([*base, "--no-deps", *(f"apache-airflow-providers-{name}" for name in PROVIDERS)], env=_environment(), check=True)
    marker.touch()
    return folder


def truth(case: str) -> dict[str, object]:
    """The calls by task, and what the task gave or raised."""
    version = VERSIONS[case]
    python, home = airflow(version)
    out = Path(os.environ.get("TMPDIR", "/tmp")) / f"services-{case}.json"
    folder = packages(version, python)
    env = {**os.environ, "AIRFLOW_HOME": str(home), "PYTHONPATH": f"{Path(__file__).parent}:{folder}", "AIRFLOW__CORE__LOAD_EXAMPLES": "False"}
    done = subprocess.run([str(python), str(RUNNER), str(CASES / case / "dag.py"), str(out)], env=env, capture_output=True, text=True, check=False, timeout=120)
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    return json.loads(out.read_text())


def main() -> int:
    known = json.loads(DATA.read_text()) if DATA.exists() else {}
    for case in sys.argv[1:] or VERSIONS:
        known[case] = truth(case)
        print(case, {task: found["result"] for task, found in known[case].items()})
    DATA.write_text(json.dumps(dict(sorted(known.items())), indent=1, sort_keys=True) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
