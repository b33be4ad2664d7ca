"""Airflow's SSH and SFTP hooks on paramiko. The Secret block `my-server` stands for the connection `my_server`."""

import getpass
import io
import logging
import os
import stat
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from copy import copy
from datetime import datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import paramiko
from airflow_connections import get_connection

UNSET: Any = object()


def is_said(value: Any, word: str) -> bool:
    return str(value).lower() == word


class SSHHook:
    """A client for the host of a connection; what is given goes before what the connection says."""

    log = logging.getLogger("prefect.airflow_ssh")
    checks_host = False  # whether a host that is not known is refused, where the connection does not say
    attempts = 3

    def __init__(
        self,
        ssh_conn_id: str | None = None,
        remote_host: str | None = None,
        username: str | None = None,
        password: str | None = None,
        key_file: str | None = None,
        port: int | None = None,
        conn_timeout: float | None = None,
        cmd_timeout: Any = UNSET,
        keepalive_interval: int = 30,
        timeout: float | None = None,
        **options: Any,
    ) -> None:
        connection = get_connection(ssh_conn_id) if ssh_conn_id is not None else None
        extra = connection.extra_dejson if connection else {}
        self.ssh_conn_id, self.keepalive_interval, self.client = ssh_conn_id, keepalive_interval, None
        self.username = username or (connection.login if connection else None) or getpass.getuser()
        self.password = password or (connection.password if connection else None)
        self.remote_host = remote_host or (connection.host if connection else None)
        self.port = port or (connection.port if connection else None) or 22
        self.key_file = key_file or extra.get("key_file")
        self.pkey = private_key(extra["private_key"], extra.get("private_key_passphrase")) if extra.get("private_key") else None
        told = next(
            (value for value in (conn_timeout, extra.get("conn_timeout"), timeout, extra.get("timeout")) if value is not None), None
        )
        self.conn_timeout = told if told is None else float(told)
        self.cmd_timeout = cmd_timeout if cmd_timeout is not UNSET else self.command_timeout(extra)
        self.compress = not is_said(extra.get("compress"), "false")
        self.host_key = extra.get("host_key")
        lenient = extra.get("no_host_key_check", extra.get("ignore_hostkey_verification"))
        self.no_host_key_check = not self.host_key and (is_said(lenient, "true") if lenient is not None else not self.checks_host)
        self.allow_host_key_change = is_said(extra.get("allow_host_key_change"), "true")
        wanted = {name: options.get(name) or extra.get(name) for name in ("disabled_algorithms", "banner_timeout", "auth_timeout")}
        self.options = {name: value for name, value in wanted.items() if value is not None}
        self.options["look_for_keys"] = not is_said(extra.get("look_for_keys"), "false")
        self.ciphers, self.host_proxy_cmd = options.get("ciphers") or extra.get("ciphers"), options.get("host_proxy_cmd")
        if self.pkey and self.key_file:
            raise ValueError("a key_file and a private_key are given: one is enough")
        if not self.remote_host:
            raise ValueError("no remote_host is given")
        self.read_config()

    def command_timeout(self, extra: dict[str, Any]) -> float | None:
        """Seconds of silence after which a command is given up."""
        told = extra.get("cmd_timeout", 10)
        return float(told) if told else None

    def limit_of_operators(self) -> float | None:
        """The same for commands of operators: none in Airflow 1.10."""
        return None if self.attempts == 1 else self.cmd_timeout

    def read_config(self) -> None:
        """A proxy and a key file from ~/.ssh/config."""
        path = Path.home() / ".ssh" / "config"
        if not path.is_file():
            return
        host = paramiko.SSHConfig.from_path(str(path)).lookup(self.remote_host)
        self.host_proxy_cmd = self.host_proxy_cmd or host.get("proxycommand")
        if not (self.password or self.key_file) and host.get("identityfile"):
            self.key_file = host["identityfile"][0]

    @property
    def host_proxy(self) -> Any:
        return paramiko.ProxyCommand(self.host_proxy_cmd) if self.host_proxy_cmd else None

    def get_conn(self) -> Any:
        """A client of paramiko; whoever asks for it closes it."""
        transport = self.client.get_transport() if self.client else None
        if transport and transport.is_active():
            return self.client
        client = paramiko.SSHClient()
        if not self.allow_host_key_change:
            client.load_system_host_keys()
        if self.no_host_key_check:
            client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
        if self.host_key:
            kind, _, data = self.host_key.partition(" ") if self.host_key.startswith(("ssh-", "ecdsa-")) else ("ssh-rsa", "", self.host_key)
            name = self.remote_host if self.port == 22 else f"[{self.remote_host}]:{self.port}"
            entry = paramiko.hostkeys.HostKeyEntry.from_line(f"{name} {kind} {data}")
            client.get_host_keys().add(name, entry.key.get_name(), entry.key)
        own = {
            "password": self.password.strip() if self.password else None,
            "pkey": self.pkey,
            "key_filename": self.key_file,
            "timeout": self.conn_timeout,
            "sock": self.host_proxy,
        }
        given = {name: value for name, value in own.items() if value} | self.options
        for attempt in range(1, self.attempts + 1):
            try:
                client.connect(self.remote_host, port=self.port, username=self.username, compress=self.compress, **given)
                break
            except (paramiko.SSHException, OSError):
                if attempt == self.attempts:
                    raise
                self.log.info("no connection to %s; trying again in 3 seconds", self.remote_host)
                time.sleep(3)
        if self.keepalive_interval:
            client.get_transport().set_keepalive(self.keepalive_interval)
        if self.ciphers:
            client.get_transport().get_security_options().ciphers = self.ciphers
        self.client = client
        return client

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *error: Any) -> None:
        if self.client is not None:
            self.client.close()
            self.client = None

    def get_tunnel(self, remote_port: int, remote_host: str = "localhost", local_port: int | None = None) -> Any:
        """https://sshtunnel.readthedocs.io: like `ssh -L local_port:remote_host:remote_port`"""
        from sshtunnel import SSHTunnelForwarder

        return SSHTunnelForwarder(
            self.remote_host,
            ssh_port=self.port,
            ssh_username=self.username,
            ssh_pkey=self.key_file or self.pkey,
            ssh_proxy=self.host_proxy,
            local_bind_address=("localhost", local_port) if local_port else ("localhost",),
            remote_bind_address=(remote_host, remote_port),
            logger=self.log,
            **({"ssh_password": self.password.strip()} if self.password else {"host_pkey_directories": []}),
        )

    def create_tunnel(self, local_port: int, remote_port: int, remote_host: str = "localhost") -> Any:
        return self.get_tunnel(remote_port, remote_host, local_port)

    def exec_ssh_client_command(
        self, ssh_client: Any, command: str, get_pty: bool = False, environment: dict[str, str] | None = None, timeout: Any = UNSET
    ) -> tuple[int, bytes, bytes]:
        """The exit code, the output and the errors of a command, which are logged as they come."""
        limit = self.cmd_timeout if timeout is UNSET else timeout
        stdin, stdout, _ = ssh_client.exec_command(command, get_pty=get_pty, timeout=limit, environment=environment)
        channel = stdout.channel
        stdin.close()
        channel.shutdown_write()
        output, errors, heard = b"", b"", time.monotonic()
        while True:
            ended = channel.exit_status_ready()
            new = channel.recv(65536) if channel.recv_ready() else b""
            bad = channel.recv_stderr(65536) if channel.recv_stderr_ready() else b""
            output, errors = output + new, errors + bad
            for line in (new + bad).decode("utf-8", "replace").splitlines():
                self.log.info("%s", line)
            if new or bad:
                heard = time.monotonic()
            elif ended:
                break
            elif limit is not None and time.monotonic() - heard > limit:
                channel.close()
                raise TimeoutError("SSH command timed out")
            else:
                time.sleep(0.05)
        return channel.recv_exit_status(), output, errors

    def run(self, command: str, get_pty: bool = False, environment: dict[str, str] | None = None) -> tuple[int, bytes]:
        """The exit code and the output of a command. One that begins with sudo gets a terminal."""
        with closing(self.get_conn()) as client:
            code, output, _ = self.exec_ssh_client_command(client, command, get_pty or command.startswith("sudo"), environment)
        return code, output


class Airflow1SSHHook(SSHHook):
    """As in Airflow 1.10: one attempt, a connection is given up after 10 seconds."""

    attempts = 1

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        names = ("ssh_conn_id", "remote_host", "username", "password", "key_file", "port", "timeout", "keepalive_interval")
        given = {**dict(zip(names, args, strict=False)), **kwargs}
        super().__init__(**{"timeout": 10, **given})
        if self.ssh_conn_id is not None and (told := get_connection(self.ssh_conn_id).extra_dejson.get("timeout")):
            self.conn_timeout = float(told)
        if "cmd_timeout" not in given:
            self.cmd_timeout = given.get("timeout", 10)


def private_key(text: str, passphrase: str | None = None) -> Any:
    """A private key of any kind."""
    for kind in (paramiko.RSAKey, paramiko.ECDSAKey, paramiko.Ed25519Key):
        try:
            key = kind.from_private_key(io.StringIO(text), password=passphrase)
            key.sign_ssh_data(b"")  # some are read as a wrong kind, and fail here
        except (paramiko.SSHException, ValueError):
            continue
        return key
    raise ValueError("the private_key of the connection cannot be read")


def run_command(
    hook: SSHHook, command: str, *, remote_host: str | None = None, environment: dict[str, str] | None = None, get_pty: bool = False
) -> bytes:
    """The output of a command; raises if it fails. One that begins with sudo gets a terminal."""
    hook = apart(hook, remote_host)
    with closing(hook.get_conn()) as client:
        code, output, errors = hook.exec_ssh_client_command(
            client, command, get_pty or command.startswith("sudo"), environment, hook.limit_of_operators()
        )
    if code:
        raise RuntimeError(f"SSH operator error: exit status = {code}: {errors.decode(errors='replace')}")
    return output


def apart(hook: Any, remote_host: str | None = None) -> Any:
    """The hook with a connection of its own, for tasks that run side by side."""
    own = copy(hook)
    own.client, own.remote_host = None, remote_host or hook.remote_host
    return own


def get_file(hook: SSHHook, remote: str, local: str, *, make_folders: bool = False) -> None:
    """Copy a file from the host of a connection."""
    with closing(apart(hook).get_conn()) as client:
        if make_folders:
            Path(local).parent.mkdir(parents=True, exist_ok=True)
        client.open_sftp().get(remote, local)


def put_file(hook: SSHHook, local: str, remote: str, *, confirm: bool = True, make_folders: bool = False) -> None:
    """Copy a file to the host of a connection; `confirm`: look at its size there."""
    with closing(apart(hook).get_conn()) as client:
        sftp = client.open_sftp()
        if make_folders:
            _make_folders(sftp, os.path.dirname(remote))
        sftp.put(local, remote, confirm=confirm)


def _make_folders(sftp: Any, folder: str) -> None:
    if folder in ("", "/"):
        return
    try:
        sftp.stat(folder)
    except OSError:
        _make_folders(sftp, os.path.dirname(folder.rstrip("/")))
        sftp.mkdir(folder)


class SFTPHook(SSHHook):
    """Files on the host of a connection."""

    def __init__(self, ssh_conn_id: str | None = "sftp_default", *args: Any, ftp_conn_id: str | None = None, **kwargs: Any) -> None:
        super().__init__(ftp_conn_id or ssh_conn_id, *args, **kwargs)

    @contextmanager
    def get_conn(self) -> Iterator[Any]:
        """https://docs.paramiko.org/en/stable/api/sftp.html, closed in the end"""
        with closing(super().get_conn()) as client, closing(client.open_sftp()) as sftp:
            yield sftp

    def files(self) -> Any:
        return self.get_conn()

    def describe_directory(self, path: str) -> dict[str, dict[str, Any]]:
        return {
            each.filename: {
                "size": each.st_size,
                "type": "dir" if stat.S_ISDIR(each.st_mode) else "file",
                "modify": f"{datetime.fromtimestamp(each.st_mtime):%Y%m%d%H%M%S}",
            }
            for each in sorted(self.list_directory_with_attr(path), key=lambda each: each.filename)
        }

    def list_directory(self, path: str) -> list[str]:
        with self.files() as sftp:
            return sorted(sftp.listdir(path))

    def list_directory_with_attr(self, path: str) -> list[Any]:
        with self.files() as sftp:
            return list(sftp.listdir_attr(path))

    def _mode(self, path: str) -> int:
        """0 where nothing is."""
        with self.files() as sftp:
            try:
                return int(sftp.stat(path).st_mode)
            except OSError:
                return 0

    def isdir(self, path: str) -> bool:
        return stat.S_ISDIR(self._mode(path))

    def isfile(self, path: str) -> bool:
        return stat.S_ISREG(self._mode(path))

    def path_exists(self, path: str) -> bool:
        return bool(self._mode(path))

    def get_mod_time(self, path: str) -> str:
        with self.files() as sftp:
            return f"{datetime.fromtimestamp(sftp.stat(path).st_mtime):%Y%m%d%H%M%S}"

    def mkdir(self, path: str, mode: int = 0o777) -> None:
        with self.files() as sftp:
            sftp.mkdir(path, mode)

    def create_directory(self, path: str, mode: int = 0o777) -> None:
        """With the folders above it; one that is there is left as it is."""
        if self.isdir(path):
            return
        if self.isfile(path):
            raise FileExistsError(f"{path} already exists and is a file")
        above, _, name = path.rpartition("/")
        if above and not self.isdir(above):
            self.create_directory(above, mode)
        if name:
            self.mkdir(path, mode)

    def delete_directory(self, path: str, include_files: bool = False) -> None:
        files, folders, _ = self.get_tree_map(path) if include_files else ([], [], [])
        with self.files() as sftp:
            for each in files:
                sftp.remove(each)
            for each in [*reversed(folders), path]:
                sftp.rmdir(each)

    def delete_file(self, path: str) -> None:
        with self.files() as sftp:
            sftp.remove(path)

    def retrieve_file(self, remote_full_path: str, local_full_path: Any, prefetch: bool = True) -> None:
        """`local_full_path`: a path, or a file to write to."""
        with self.files() as sftp:
            get = sftp.getfo if hasattr(local_full_path, "write") else sftp.get
            get(remote_full_path, local_full_path, prefetch=prefetch)

    def store_file(self, remote_full_path: str, local_full_path: Any, confirm: bool = True) -> None:
        with self.files() as sftp:
            put = sftp.putfo if hasattr(local_full_path, "read") else sftp.put
            put(local_full_path, remote_full_path, confirm=confirm)

    def retrieve_directory(self, remote_full_path: str, local_full_path: str, prefetch: bool = True) -> None:
        """A folder with all that is in it, as a new one."""
        files, folders, _ = self.get_tree_map(remote_full_path)
        Path(local_full_path).mkdir(parents=True)
        for each in folders:
            Path(local_full_path, os.path.relpath(each, remote_full_path)).mkdir(parents=True, exist_ok=True)
        for each in files:
            self.retrieve_file(each, os.path.join(local_full_path, os.path.relpath(each, remote_full_path)), prefetch)

    def store_directory(self, remote_full_path: str, local_full_path: str, confirm: bool = True) -> None:
        if self.path_exists(remote_full_path):
            raise FileExistsError(f"{remote_full_path} already exists")
        self.create_directory(remote_full_path)
        for root, folders, files in os.walk(local_full_path):
            there = os.path.normpath(os.path.join(remote_full_path, os.path.relpath(root, local_full_path)))
            for each in folders:
                self.create_directory(f"{there}/{each}")
            for each in files:
                self.store_file(f"{there}/{each}", os.path.join(root, each), confirm)

    def walktree(self, path: str, fcallback: Any, dcallback: Any, ucallback: Any, recurse: bool = True) -> None:
        """Calls with the path of each file, folder, and all else below a folder."""
        for each in self.list_directory_with_attr(path):
            inner = os.path.join(path, each.filename)
            if stat.S_ISDIR(each.st_mode):
                dcallback(inner)
                if recurse:
                    self.walktree(inner, fcallback, dcallback, ucallback)
            else:
                (fcallback if stat.S_ISREG(each.st_mode) else ucallback)(inner)

    def get_tree_map(self, path: str, prefix: str | None = None, delimiter: str | None = None) -> tuple[list[str], list[str], list[str]]:
        """Files, folders, and all else below a folder whose paths begin and end so."""
        found: tuple[list[str], list[str], list[str]] = ([], [], [])
        self.walktree(path, found[0].append, found[1].append, found[2].append)
        files, folders, others = ([p for p in paths if p.startswith(prefix or "") and p.endswith(delimiter or "")] for paths in found)
        return files, folders, others

    def get_files_by_pattern(self, path: str, fnmatch_pattern: str) -> list[str]:
        return [each.filename for each in self.list_directory_with_attr(path) if fnmatch(each.filename, fnmatch_pattern)]

    def get_file_by_pattern(self, path: str, fnmatch_pattern: str) -> str:
        return next((name for name in self.list_directory(path) if fnmatch(name, fnmatch_pattern)), "")


def paths_of(paths: str | list[str] | None) -> list[str]:
    return [paths] if isinstance(paths, str) else list(paths or ())


def get_path(hook: SFTPHook, remote: str | list[str], local: str | list[str], *, make_folders: bool = False) -> None:
    """Copy files or folders from the host of a connection."""
    hook = apart(hook)
    for there, here in zip(paths_of(remote), paths_of(local), strict=True):
        if make_folders:
            Path(here).parent.mkdir(parents=True, exist_ok=True)
        (hook.retrieve_directory if hook.isdir(there) else hook.retrieve_file)(there, here)


def put_path(hook: SFTPHook, local: str | list[str], remote: str | list[str], *, confirm: bool = True, make_folders: bool = False) -> None:
    hook = apart(hook)
    for here, there in zip(paths_of(local), paths_of(remote), strict=True):
        if make_folders:
            hook.create_directory(os.path.dirname(there))
        (hook.store_directory if os.path.isdir(here) else hook.store_file)(there, here, confirm=confirm)


def delete_path(hook: SFTPHook, remote: str | list[str]) -> None:
    for path in paths_of(remote):
        if hook.isdir(path):
            hook.delete_directory(path, include_files=True)
        else:
            hook.delete_file(path)


def there(hook: SFTPHook, path: str) -> bool:
    try:
        hook.get_mod_time(path)
    except FileNotFoundError:
        return False
    return True


class Airflow1SFTPHook(SFTPHook):
    """As in Airflow 1.10: a host that is not known is refused, unless the connection says otherwise; `close_conn` closes what `get_conn` gives."""

    checks_host = True
    attempts = 1

    def __init__(self, ftp_conn_id: str | None = "sftp_default", *args: Any, **kwargs: Any) -> None:
        super().__init__(ftp_conn_id, *args, **kwargs)
        self.conn: Any = None

    def get_conn(self) -> Any:
        if self.conn is None:
            self.conn = SSHHook.get_conn(self).open_sftp()
        return self.conn

    def close_conn(self) -> None:
        self.conn.close()
        SSHHook.__exit__(self)
        self.conn = None

    @contextmanager
    def files(self) -> Iterator[Any]:
        kept = self.conn is not None
        yield self.get_conn()
        if not kept:
            self.close_conn()

    def create_directory(self, path: str, mode: int = 777) -> None:
        """`mode` is in decimal digits: 755, not 0o755."""
        with self.files() as sftp:
            sftp.mkdir(path, int(str(mode), 8))
