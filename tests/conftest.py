"""Options and environments of the test suite."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import environments

settings.register_profile("default", deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
settings.load_profile("default")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the golden files of tests/cases and examples/converted anew")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update"))


@pytest.fixture(scope="session")
def prefect_api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a Prefect server of our own, for flows to run against."""
    pytest.importorskip("prefect", reason="the extra `flows` is not installed")
    with environments.prefect_server(tmp_path_factory.mktemp("prefect")) as env:
        yield env


def run_python(args: list[str], env: dict[str, str], cwd: Path, timeout: float = 180) -> subprocess.CompletedProcess[str]:
    """Run this Python on a script, with its output as text."""
    return subprocess.run(
        [sys.executable, *args], env={**os.environ, **env}, cwd=cwd, capture_output=True, text=True, timeout=timeout, check=False
    )
