"""An SSH server of paramiko's on loopback: commands run in this machine's shell, files are this machine's."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import threading
from collections.abc import Iterator
from typing import Any

import paramiko

USER, PASSWORD = "user", "s3cret"


class Files(paramiko.SFTPServerInterface):
    def list_folder(self, path: str) -> Any:
        try:
            return [paramiko.SFTPAttributes.from_stat(os.stat(os.path.join(path, name)), name) for name in os.listdir(path)]
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)

    def stat(self, path: str) -> Any:
        try:
            return paramiko.SFTPAttributes.from_stat(os.stat(path))
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)

    lstat = stat

    def open(self, path: str, flags: int, attr: Any) -> Any:
        try:
            file = os.fdopen(os.open(path, flags, 0o644), "wb" if flags & os.O_WRONLY else "rb")
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)
        handle = paramiko.SFTPHandle(flags)
        handle.readfile = handle.writefile = file  # type: ignore[attr-defined]
        return handle

    def _done(self, action: Any, *args: Any) -> int:
        try:
            action(*args)
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)
        return paramiko.SFTP_OK

    def mkdir(self, path: str, attr: Any) -> int:
        return self._done(os.mkdir, path)

    def remove(self, path: str) -> int:
        return self._done(os.remove, path)

    def rmdir(self, path: str) -> int:
        return self._done(os.rmdir, path)


class Server(paramiko.ServerInterface):
    def __init__(self) -> None:
        self.env: dict[str, str] = {}
        self.terminal = False

    def check_auth_password(self, username: str, password: str) -> int:
        return paramiko.AUTH_SUCCESSFUL if (username, password) == (USER, PASSWORD) else paramiko.AUTH_FAILED

    def get_allowed_auths(self, username: str) -> str:
        return "password"

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return paramiko.OPEN_SUCCEEDED

    def check_channel_env_request(self, channel: Any, name: bytes, value: bytes) -> bool:
        self.env[name.decode()] = value.decode()
        return True

    def check_channel_pty_request(self, *args: Any) -> bool:
        self.terminal = True
        return True

    def check_channel_exec_request(self, channel: Any, command: bytes) -> bool:
        threading.Thread(target=self._run, args=(channel, command.decode(), dict(self.env), self.terminal), daemon=True).start()
        self.env, self.terminal = {}, False
        return True

    @staticmethod
    def _run(channel: Any, command: str, env: dict[str, str], terminal: bool) -> None:
        known = {**os.environ, **env, "TERMINAL": str(terminal)}
        done = subprocess.run(["sh", "-c", command], capture_output=True, env=known, check=False)
        channel.sendall(done.stdout)
        channel.sendall_stderr(done.stderr)
        channel.send_exit_status(done.returncode)
        channel.close()


@contextlib.contextmanager
def ssh_server() -> Iterator[int]:
    """Its port."""
    key = paramiko.ECDSAKey.generate()
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(20)
    transports: list[paramiko.Transport] = []

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                transport = paramiko.Transport(listener.accept()[0])
                transports.append(transport)
                transport.add_server_key(key)
                transport.set_subsystem_handler("sftp", paramiko.SFTPServer, Files)
                with contextlib.suppress(paramiko.SSHException, EOFError):
                    transport.start_server(server=Server())

    threading.Thread(target=serve, daemon=True).start()
    yield int(listener.getsockname()[1])
    listener.close()
    for transport in transports:
        transport.close()
