"""Jobs of Databricks, by its REST API: https://docs.databricks.com/api/workspace/jobs

The DatabricksCredentials block `databricks-default` stands for the connection `databricks_default`.
"""

import time
from collections.abc import Mapping
from typing import Any

import requests
from prefect import get_run_logger
from prefect.runtime import task_run
from prefect_databricks import DatabricksCredentials


def submit_run(**arguments: Any) -> dict[str, Any]:
    """A run of its own: what `json` and the arguments say of it."""
    return _run("runs/submit", **arguments)


def run_job(**arguments: Any) -> dict[str, Any]:
    """A run of a job that is there, by its id or its name."""
    return _run("run-now", **arguments)


def _run(
    action: str,
    *,
    credentials: str,
    version: str = "2.1",
    json: Mapping[str, Any] | None = None,
    polling_period_seconds: float = 30,
    databricks_retry_limit: int = 3,
    databricks_retry_delay: float = 1,
    wait_for_termination: bool = True,
    **fields: Any,
) -> dict[str, Any]:
    """`credentials` names a DatabricksCredentials block, `fields` are those of the request."""
    api = _Api(credentials, f"api/{version}/jobs", databricks_retry_limit, databricks_retry_delay)
    given = {**(json or {}), **{name: value for name, value in fields.items() if value is not None}}
    if action == "runs/submit":
        given.setdefault("run_name", task_run.task_name)
    asked = _as_text(given, bools=version == "2.0")
    if "job_name" in asked:
        asked["job_id"] = api.job(asked.pop("job_name"))
    run_id = api.ask("POST", action, asked)["run_id"]
    page = api.ask("GET", "runs/get", {"run_id": run_id})["run_page_url"]
    get_run_logger().info("Run %s: %s", run_id, page)
    try:
        while wait_for_termination:
            state = api.ask("GET", "runs/get", {"run_id": run_id})["state"]
            if state["life_cycle_state"] in ("TERMINATED", "SKIPPED", "INTERNAL_ERROR"):
                if state.get("result_state") != "SUCCESS":
                    raise RuntimeError(f"Run {run_id} failed with terminal state: {state}, see {page}")
                break
            time.sleep(polling_period_seconds)
    except BaseException as error:
        if not isinstance(error, Exception):  # cancelled, or out of time
            api.ask("POST", "runs/cancel", {"run_id": run_id})
        raise
    return {"run_id": run_id, "run_page_url": page}


class _Api:
    def __init__(self, block: str, path: str, limit: int, delay: float) -> None:
        self.credentials = DatabricksCredentials.load(block)
        self.path, self.limit, self.delay = path, limit, delay

    def ask(self, method: str, action: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """The answer; what fails on the other side is asked again."""
        url = f"https://{self.credentials.databricks_instance}/{self.path}/{action}"
        headers = {"Authorization": f"Bearer {self.credentials.token.get_secret_value()}"}
        content = {"params": given} if method == "GET" else {"json": given}
        for number in range(1, self.limit + 1):
            try:
                response = requests.request(method, url, headers=headers, timeout=180, **content)
                response.raise_for_status()
                return response.json()
            except (requests.ConnectionError, requests.Timeout, requests.HTTPError) as error:
                wrong = error.response is not None and error.response.status_code < 500
                if wrong or number == self.limit:
                    raise
                get_run_logger().warning("Attempt %s failed: %s", number, error)
                time.sleep(self.delay)
        raise ValueError("databricks_retry_limit must be at least 1")

    def job(self, name: str) -> int:
        found = self.ask("GET", "list", {"name": name, "limit": 25}).get("jobs", [])
        if len(found) != 1:
            raise RuntimeError(f"{len(found)} jobs of the name {name}")
        return found[0]["job_id"]


def _as_text(value: Any, *, bools: bool) -> Any:
    """Numbers, and for the older API `bools`, as text: so Airflow sends them."""
    if isinstance(value, Mapping):
        return {name: _as_text(item, bools=bools) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_as_text(item, bools=bools) for item in value]
    if not isinstance(value, (str, int, float)):
        raise TypeError(f"{value!r} is not a number or a string")
    return value if isinstance(value, str) or (isinstance(value, bool) and not bools) else str(value)
