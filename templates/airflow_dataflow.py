"""Jobs of Dataflow, named and waited for as Airflow's operators do."""

import re
import time
from typing import Any
from uuid import uuid4

_ENVIRONMENT = (
    "numWorkers", "maxWorkers", "zone", "serviceAccountEmail", "tempLocation", "bypassTempDirValidation", "machineType",
    "additionalExperiments", "network", "subnetwork", "additionalUserLabels", "kmsKeyName", "ipConfiguration", "workerRegion", "workerZone",
)  # fmt: skip
_ENDED = ("JOB_STATE_FAILED", "JOB_STATE_CANCELLED", "JOB_STATE_UPDATED", "JOB_STATE_DRAINED", "JOB_STATE_DONE")


def job_name_of(name: Any, append: bool = True) -> str:
    """A name that Dataflow takes, with letters behind it that no other job has."""
    base = str(name).replace("_", "-")
    if not re.fullmatch(r"[a-z]([-a-z0-9]*[a-z0-9])?", base):
        raise ValueError(f"{base} is no name of a job: lower-case letters, digits and -, a letter first, no - at the end")
    return f"{base}-{uuid4().hex[:8]}" if append else base


def environment_of(options: dict[str, Any], environment: dict[str, Any] | None = None) -> dict[str, Any]:
    """The options that are about the machines."""
    return {**(environment or {}), **{key: value for key, value in options.items() if key in _ENVIRONMENT}}


def wait_for_dataflow(
    service: Any, project: str, location: str, job_id: str, *, seconds: float = 10, wait_until_finished: bool | None = None
) -> dict[str, Any]:
    """Wait until a batch job is done, or a streaming job runs. One that ends in another way raises."""
    jobs = service.projects().locations().jobs()
    while True:
        job = jobs.get(projectId=project, location=location, jobId=job_id).execute(num_retries=5)
        state, streaming = job["currentState"], job.get("type") == "JOB_TYPE_STREAMING"
        if state == ("JOB_STATE_RUNNING" if streaming else "JOB_STATE_DONE") and not (streaming and wait_until_finished):
            return job
        if state in _ENDED:
            raise RuntimeError(f"the job {job['name']} has state {state}")
        if wait_until_finished is False:
            return job
        time.sleep(seconds)
