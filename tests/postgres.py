"""A PostgreSQL server on loopback, for as long as a block lasts: PATH's, or that of Debian's package."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def server(*databases: str) -> Iterator[int]:
    """The port; the user `me` has no password. Skips the test where there is no server, or where root has no other user to run it."""
    homes = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    homes += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    home = next((path for path in homes if (path / "postgres").exists()), None)
    if home is None:
        pytest.skip("there is no PostgreSQL: install Debian's package postgresql")
    user = _user()
    folder = Path(tempfile.mkdtemp(prefix="postgres"))
    if user:
        shutil.chown(folder, user)
    as_user = ["setpriv", f"--reuid={user}", "--clear-groups"] if user else []
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = str(folder / "data")
    made = [*as_user, str(home / "initdb"), "-D", data, "-U", "me", "--auth=trust", "--no-sync", "--no-locale", "--encoding=UTF8"]
    subprocess.run(made, check=True, capture_output=True, cwd=folder)
    quick = [part for setting in ("fsync=off", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}") for part in ("-c", setting)]
    with open(folder / "log", "w") as log:
        running = subprocess.Popen([*as_user, str(home / "postgres"), "-D", data, "-p", str(port), *quick], stdout=log, stderr=log, cwd=folder)
    try:
        for name in databases:
            _create(port, name, running)
        yield port
    finally:
        running.terminate()
        running.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _user() -> str:
    """Whom the server runs as where it may not be root."""
    if os.getuid():
        return ""
    if shutil.which("setpriv"):
        for name in ("postgres", "nobody"):
            try:
                return pwd.getpwnam(name).pw_name
            except KeyError:
                continue
    pytest.skip("PostgreSQL does not run as root, and there is no setpriv or no other user")


def _create(port: int, name: str, running: subprocess.Popen[bytes]) -> None:
    psycopg2 = pytest.importorskip("psycopg2")
    until = time.monotonic() + 60
    while True:
        try:
            conn = psycopg2.connect(host="127.0.0.1", port=port, user="me", dbname="postgres")
            break
        except psycopg2.OperationalError:
            if running.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.05)
    conn.autocommit = True
    with conn.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    conn.close()
