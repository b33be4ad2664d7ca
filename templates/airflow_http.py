"""Airflow's HttpHook on requests. The Secret block `http-default` stands for the connection `http_default`."""

import logging
import socket
from typing import Any

import requests
from airflow_connections import Connection, get_connection
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection

SESSION = ("proxies", "proxy", "stream", "verify", "verify_ssl", "cert", "max_redirects", "trust_env")


class HttpHook:
    """Requests to the host of a connection. What is no success (2xx, 3xx) raises, unless extra_options say check_response=False."""

    log = logging.getLogger("prefect.airflow_http")

    def __init__(
        self,
        method: str = "POST",
        http_conn_id: str = "http_default",
        auth_type: Any = None,
        tcp_keep_alive: bool = True,
        tcp_keep_alive_idle: int = 120,
        tcp_keep_alive_count: int = 20,
        tcp_keep_alive_interval: int = 30,
    ) -> None:
        self.method, self.http_conn_id, self.auth_type = method.upper(), http_conn_id, auth_type
        self.keep_alive = (tcp_keep_alive_idle, tcp_keep_alive_count, tcp_keep_alive_interval) if tcp_keep_alive else None
        self.base_url = ""

    def get_conn(self, headers: dict[str, Any] | None = None, extra_options: dict[str, Any] | None = None) -> requests.Session:
        """A session with the connection's login, headers and options, and `headers`."""
        session, connection = requests.Session(), get_connection(self.http_conn_id)
        self.base_url = self.url_of(connection)
        if connection.login:
            session.auth = (self.auth_type or requests.auth.HTTPBasicAuth)(connection.login, connection.password)
        elif self.auth_type:
            session.auth = self.auth_type()
        self.configure(session, connection, {} if extra_options is None else extra_options)
        session.headers.update(headers or {})
        return session

    def url_of(self, connection: Connection) -> str:
        host = connection.host or ""
        if "://" in host:
            return host
        return f"{connection.schema or 'http'}://{host}" + (f":{connection.port}" if connection.port else "")

    def configure(self, session: requests.Session, connection: Connection, options: dict[str, Any]) -> None:
        """The connection's extra holds headers, and options of requests that give way to `options`."""
        if self.keep_alive is not None:
            session.mount("http://", KeepAlive(*self.keep_alive))
            session.mount("https://", KeepAlive(*self.keep_alive))
        extra = connection.extra_dejson
        if not extra:
            return
        for name in (*SESSION, "timeout", "allow_redirects", "check_response"):
            if (value := extra.pop(name, None)) is not None:
                options.setdefault({"proxies": "proxy", "verify": "verify_ssl"}.get(name, name), value)
        session.proxies = options.pop("proxies", options.pop("proxy", {}))
        session.stream = options.pop("stream", False)
        session.verify = options.pop("verify", options.pop("verify_ssl", True))
        session.cert = options.pop("cert", None)
        session.max_redirects = options.pop("max_redirects", session.max_redirects)
        session.trust_env = options.pop("trust_env", True)
        session.headers.update(extra)

    def run(
        self,
        endpoint: str | None = None,
        data: Any = None,
        headers: dict[str, Any] | None = None,
        extra_options: dict[str, Any] | None = None,
        **request_kwargs: Any,
    ) -> requests.Response:
        """`data` is the query of a GET and the body of all others but HEAD."""
        options = dict(extra_options or {})
        session = self.get_conn(headers, options)
        slash = "/" if self.base_url and not self.base_url.endswith("/") and endpoint and not endpoint.startswith("/") else ""
        content = {} if self.method == "HEAD" else {"params" if self.method == "GET" else "data": data}
        request = requests.Request(self.method, f"{self.base_url}{slash}{endpoint or ''}", headers=headers, **content, **request_kwargs)
        return self.run_and_check(session, session.prepare_request(request), options)

    def run_and_check(self, session: requests.Session, request: requests.PreparedRequest, options: dict[str, Any]) -> requests.Response:
        response = session.send(
            request,
            timeout=options.get("timeout"),
            allow_redirects=options.get("allow_redirects", True),
            **self.send_options(session, request, options),
        )
        if options.get("check_response", True):
            self.check_response(response)
        return response

    def send_options(self, session: requests.Session, request: requests.PreparedRequest, options: dict[str, Any]) -> Any:
        stream, verify, cert = options.get("stream", False), options.get("verify"), options.get("cert")
        return session.merge_environment_settings(request.url, options.get("proxies", {}), stream, verify, cert)

    def check_response(self, response: requests.Response) -> None:
        if 400 <= response.status_code < 600:
            self.log.error("HTTP error: %s\n%s", response.reason, response.text)
            raise RuntimeError(f"{response.status_code}:{response.reason}")

    def run_with_advanced_retry(self, _retry_args: dict[str, Any], *args: Any, **kwargs: Any) -> requests.Response:
        """`run` by tenacity: https://tenacity.readthedocs.io"""
        import tenacity

        return tenacity.Retrying(**_retry_args)(self.run, *args, **kwargs)


class Airflow1HttpHook(HttpHook):
    """As in Airflow 1.10: certificates are not verified, all of the connection's extra are headers, its port is always added."""

    def __init__(self, method: str = "POST", http_conn_id: str | None = "http_default") -> None:
        super().__init__(method, http_conn_id or "", tcp_keep_alive=False)

    def get_conn(self, headers: dict[str, Any] | None = None, extra_options: dict[str, Any] | None = None) -> requests.Session:
        if self.http_conn_id:
            return super().get_conn(headers, extra_options)
        session = requests.Session()
        session.headers.update(headers or {})
        return session

    def url_of(self, connection: Connection) -> str:
        host = connection.host or ""
        base = host if "://" in host else f"{connection.schema or 'http'}://{host}"
        return base + (f":{connection.port}" if connection.port else "")

    def configure(self, session: requests.Session, connection: Connection, options: dict[str, Any]) -> None:
        session.headers.update(connection.extra_dejson)

    def send_options(self, session: requests.Session, request: requests.PreparedRequest, options: dict[str, Any]) -> Any:
        wanted = {"stream": False, "verify": False, "proxies": {}, "cert": None}
        return {name: options.get(name, value) for name, value in wanted.items()}


def answers(hook: HttpHook, endpoint: str, response_check: Any = None, *, later: Any = ("404",), **request: Any) -> Any:
    """Whether a request has success, and `response_check` is true of the answer. A status among `later` is none yet, others raise."""
    try:
        response = hook.run(endpoint, **request)
        return response_check(response) if response_check else True
    except RuntimeError as error:
        if str(error).startswith(tuple(later)):
            return False
        raise


class KeepAlive(HTTPAdapter):
    """Keeps quiet connections open: seconds before the first probe, probes, seconds between them."""

    def __init__(self, idle: int, count: int, interval: int) -> None:
        named = {"TCP_KEEPIDLE": idle, "TCP_KEEPCNT": count, "TCP_KEEPINTVL": interval}
        known = [(socket.IPPROTO_TCP, getattr(socket, name), value) for name, value in named.items() if hasattr(socket, name)]
        self.options = [*HTTPConnection.default_socket_options, (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1), *known]
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **{**kwargs, "socket_options": self.options})
