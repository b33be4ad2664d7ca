"""Wheel, sdist and checkout all carry the templates."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DAG = ROOT / "tests" / "cases" / "style_cleanup" / "dag.py"


@pytest.fixture(scope="module")
def uv() -> str:
    found = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
    if found is None:
        pytest.skip("uv is not installed")
    return found


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_installed_elsewhere_it_converts(kind: str, uv: str, tmp_path: Path) -> None:
    built = subprocess.run([uv, "build", f"--{kind}", "-o", str(tmp_path / "dist"), str(ROOT)], capture_output=True, text=True, check=False)
    if built.returncode and "dns error" in built.stderr:
        pytest.skip("no network to build in")
    assert built.returncode == 0, built.stderr
    (package,) = [path for path in (tmp_path / "dist").iterdir() if path.suffix in (".whl", ".gz")]
    python = tmp_path / "env" / "bin" / "python"
    subprocess.run([uv, "venv", "-q", "--python", sys.executable, str(tmp_path / "env")], check=True)
    subprocess.run([uv, "pip", "install", "-q", "--python", str(python), str(package)], check=True)
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    command = [str(python), "-m", "airflow2prefect", "convert", str(DAG), "-o", str(tmp_path / "flows")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=env, check=False)
    assert done.returncode == 0, done.stderr
    assert sorted(p.name for p in (tmp_path / "flows").glob("*.py")) == ["airflow_resume.py", "airflow_rules.py", "dag.py"]


def test_a_bare_checkout_converts(tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "airflow2prefect", "convert", str(DAG), "-o", str(tmp_path)]
    assert subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, check=False).returncode == 0
