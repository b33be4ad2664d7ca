"""Clusters and jobs of Dataproc, made and waited for as Airflow's operators do."""

import logging
import time
from typing import Any

from google.api_core.exceptions import AlreadyExists, NotFound, ServerError
from google.cloud.dataproc_v1 import Cluster, JobStatus

log = logging.getLogger("prefect.airflow_dataproc")


def create_cluster(client: Any, request: dict[str, Any], *, delete_on_error: bool = True, use_if_exists: bool = True) -> dict[str, Any]:
    """Make a cluster; one that is there is used, once it runs. A broken one is deleted, and fails the task."""
    named = {"project_id": request["project_id"], "region": request["region"], "cluster_name": request["cluster"]["cluster_name"]}
    try:
        cluster = client.create_cluster(request=request).result()
    except AlreadyExists:
        if not use_if_exists:
            raise
        cluster = client.get_cluster(request=named)
    except Exception:
        try:
            cluster = client.get_cluster(request=named)
        except NotFound:
            cluster = None
        if cluster is not None:
            _check(client, named, cluster, delete_on_error)
        raise
    _check(client, named, cluster, delete_on_error)
    if cluster.status.state == cluster.status.State.CREATING:
        while cluster.status.state == cluster.status.State.CREATING:
            time.sleep(10)
            cluster = client.get_cluster(request=named)
        _check(client, named, cluster, delete_on_error)
    elif cluster.status.state == cluster.status.State.DELETING:
        _wait_until_gone(client, named)
        cluster = client.create_cluster(request=request).result()
        _check(client, named, cluster, delete_on_error)
    elif cluster.status.state == cluster.status.State.STOPPED:
        client.start_cluster(request=named).result()
    return Cluster.to_dict(cluster)


def _check(client: Any, named: dict[str, Any], cluster: Any, delete_on_error: bool) -> None:
    if cluster.status.state != cluster.status.State.ERROR:
        return
    log.error("The cluster %s is in ERROR state: %s", named["cluster_name"], cluster.status.detail)
    if delete_on_error:
        client.delete_cluster(request=named)
        _wait_until_gone(client, named)
    raise RuntimeError(f"the cluster {named['cluster_name']} was created in an ERROR state{' then deleted' if delete_on_error else ''}")


def _wait_until_gone(client: Any, named: dict[str, Any]) -> None:
    while True:
        time.sleep(10)
        try:
            client.get_cluster(request=named)
        except NotFound:
            return


def wait_for_job(client: Any, project: str, region: str, job_id: str, *, timeout: float | None = None, cancelled_ok: bool = False) -> None:
    """Wait for a job; one that fails, or unless `cancelled_ok` is cancelled, raises."""
    start = time.monotonic()
    while True:
        if timeout and start + timeout < time.monotonic():
            raise TimeoutError(f"the job {job_id} is not done after {timeout} s")
        time.sleep(10)
        try:
            job = client.get_job(request={"project_id": project, "region": region, "job_id": job_id})
        except ServerError as error:
            log.info("Asking again for the job %s: %s", job_id, error)
            continue
        if job.status.state == JobStatus.State.DONE or (cancelled_ok and job.status.state == JobStatus.State.CANCELLED):
            return
        if job.status.state in (JobStatus.State.ERROR, JobStatus.State.CANCELLED):
            raise RuntimeError(f"the job {job_id} has state {job.status.state.name}: {job.status.details}")
