"""Airflow's FTP hooks on ftplib. The Secret block `my-server` stands for the connection `my_server`."""

import ftplib
import logging
import os
from collections.abc import Callable
from datetime import datetime
from typing import Any

from airflow_connections import get_connection


class FTPHook:
    """Files on the host of a connection. What opens it closes it: `with FTPHook(...) as hook`, or `close_conn`."""

    protocol: type[ftplib.FTP] = ftplib.FTP
    log = logging.getLogger("prefect.airflow_ftp")

    def __init__(self, ftp_conn_id: str = "ftp_default") -> None:
        self.ftp_conn_id, self.conn = ftp_conn_id, None

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *error: Any) -> None:
        if self.conn is not None:
            self.close_conn()

    def get_conn(self) -> Any:
        if self.conn is None:
            connection = get_connection(self.ftp_conn_id)
            self.conn = self.protocol()
            self.conn.connect(connection.host or "", connection.port or 0)
            self.conn.login(connection.login or "", connection.password or "")
            self.conn.set_pasv(connection.extra_dejson.get("passive", True))
        return self.conn

    def close_conn(self) -> None:
        self.conn.quit()
        self.conn = None

    def describe_directory(self, path: str) -> dict[str, Any]:
        return dict(self.get_conn().mlsd(path))

    def list_directory(self, path: str, nlst: bool = False) -> list[str]:
        self.get_conn().cwd(path)
        return self.get_conn().nlst()

    def create_directory(self, path: str) -> None:
        self.get_conn().mkd(path)

    def delete_directory(self, path: str) -> None:
        self.get_conn().rmd(path)

    def retrieve_file(self, remote_full_path: str, local_full_path_or_buffer: Any, callback: Callable[..., Any] | None = None) -> None:
        """Into a path or an open file; with a `callback`, what comes goes there instead."""
        if callback is None and isinstance(local_full_path_or_buffer, str):
            with open(local_full_path_or_buffer, "wb") as file:
                self.retrieve_file(remote_full_path, file)
            return
        folder, name = os.path.split(remote_full_path)
        self.get_conn().cwd(folder)
        self.get_conn().retrbinary(f"RETR {name}", callback or local_full_path_or_buffer.write)

    def store_file(self, remote_full_path: str, local_full_path_or_buffer: Any) -> None:
        if isinstance(local_full_path_or_buffer, str):
            with open(local_full_path_or_buffer, "rb") as file:
                self.store_file(remote_full_path, file)
            return
        folder, name = os.path.split(remote_full_path)
        self.get_conn().cwd(folder)
        self.get_conn().storbinary(f"STOR {name}", local_full_path_or_buffer)

    def delete_file(self, path: str) -> None:
        self.get_conn().delete(path)

    def rename(self, from_name: str, to_name: str) -> str:
        return self.get_conn().rename(from_name, to_name)

    def get_mod_time(self, path: str) -> datetime:
        text = self.get_conn().sendcmd(f"MDTM {path}")[4:]
        return datetime.strptime(text, "%Y%m%d%H%M%S.%f" if "." in text else "%Y%m%d%H%M%S")

    def get_size(self, path: str) -> int | None:
        return self.get_conn().size(path)


class FTPSHook(FTPHook):
    """The same by TLS."""

    protocol = ftplib.FTP_TLS
