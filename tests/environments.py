"""What tests run in: real Airflow in environments of its own, the public DAG files, a Prefect server. All cached."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

CACHE = Path(os.environ.get("AIRFLOW2PREFECT_TEST_CACHE", Path.home() / ".cache" / "airflow2prefect-tests"))
AIRFLOW1 = ("3.8", ["apache-airflow==1.10.15", "sqlalchemy<1.4", "sqlalchemy-utils<0.37"], "2021-04-15", ["initdb"])
AIRFLOW2 = ("3.11", ["apache-airflow==2.10.5"], "2025-03-01", ["db", "migrate"])
QUIET = {"PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1", "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore"}


class Unavailable(Exception):
    """The environment cannot be made here; the message says why."""


def _uv() -> str:
    found = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
    if found is None:
        raise Unavailable("uv is not installed")
    return found


def _environment() -> dict[str, str]:
    """The environment for uv: with pyenv, all its Pythons."""
    env = dict(os.environ)
    if shutil.which("pyenv"):
        versions = subprocess.run(["pyenv", "versions", "--bare"], capture_output=True, text=True, check=False).stdout.split()
        chosen = subprocess.run(["pyenv", "global"], capture_output=True, text=True, check=False).stdout.split()
        env["PYENV_VERSION"] = ":".join([*chosen, *versions])
    return env


def _run(command: list[str], env: Mapping[str, str]) -> None:
    done = subprocess.run(command, env=dict(env), capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unavailable(f"{' '.join(command[:4])}...: {(done.stderr or done.stdout).strip().splitlines()[-1:]}")


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """One process at a time: tests run side by side."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with open(CACHE / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@_alone()
def airflow(version: int, *extra: str) -> tuple[Path, Path]:
    """Python and AIRFLOW_HOME of real Airflow 1.10.15 or 2.10.5, made on first use; `extra` packages are of today."""
    python, packages, until, init = AIRFLOW1 if version == 1 else AIRFLOW2
    folder, home = CACHE / f"airflow{version}", CACHE / f"airflow{version}-home"
    marker = folder / ("ready-" + "-".join(sorted(name.partition("=")[0] for name in extra)))
    binary = folder / "bin" / "python"
    if not marker.exists():
        env = _environment()
        if not binary.exists():
            _run([_uv(), "venv", "--python", python, str(folder)], env)
        _run([_uv(), "pip", "install", "--python", str(binary), *packages, "--exclude-newer", until], env)
        if extra:
            _run([_uv(), "pip", "install", "--python", str(binary), *extra], env)
        _run([str(folder / "bin" / "airflow"), *init], {**os.environ, "AIRFLOW_HOME": str(home)})
        marker.touch()
    return binary, home


@_alone()
def beside(version: int, name: str, packages: Sequence[str]) -> Path:
    """A folder of packages for PYTHONPATH, beside those of `airflow(version)` and of the same day."""
    _, _, until, _ = AIRFLOW1 if version == 1 else AIRFLOW2
    folder = CACHE / f"airflow{version}-{name}"
    if not folder.exists():
        partial = folder.with_name(f".{folder.name}")
        command = [_uv(), "pip", "install", "--no-deps", "--python", str(CACHE / f"airflow{version}" / "bin" / "python")]
        _run([*command, "--target", str(partial), *packages, "--exclude-newer", until], _environment())
        partial.rename(folder)
    return folder


@_alone()
def corpus(packages: Mapping[str, str]) -> Path:
    """The DAG files that packages of PyPI carry, below a folder each; `packages`: folder to `name==version`."""
    root = CACHE / "corpus"
    for folder, requirement in packages.items():
        target = root / folder
        if target.is_dir():
            continue
        wheel = CACHE / "wheel" / folder
        _run([_uv(), "pip", "install", "--no-deps", "--python", sys.executable, "--target", str(wheel), requirement], _environment())
        source = wheel / "airflow" if requirement.startswith("apache-airflow==") else wheel
        partial = root / f".{folder}"
        for file in sorted(source.rglob("*")):
            if "example_dags" in file.parts and file.is_file():
                copy = partial / file.relative_to(source)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copy)
        partial.rename(target)
        shutil.rmtree(wheel)
    return root


@contextlib.contextmanager
def prefect_server(home: Path) -> Iterator[dict[str, str]]:
    """A Prefect server for as long as the block lasts; the environment that flows need to reach it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**os.environ, **QUIET, "PREFECT_HOME": str(home)}
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with open(home / "server.log", "w") as log, subprocess.Popen(command, env=env, stdout=log, stderr=log) as server:
        try:
            _await(f"http://127.0.0.1:{port}/api/health", server)
            yield {**QUIET, "PREFECT_HOME": str(home), "PREFECT_API_URL": f"http://127.0.0.1:{port}/api"}
        finally:
            server.terminate()


def _await(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while server.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2):
            return
        time.sleep(0.3)
    raise Unavailable("the Prefect server does not start")
