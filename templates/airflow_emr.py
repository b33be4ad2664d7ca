"""Clusters and steps of EMR: https://boto3.amazonaws.com/v1/documentation/api/latest/reference/services/emr.html"""

from collections.abc import Iterable
from typing import Any


def cluster_named(emr: Any, name: str, states: list[str] | None = None) -> str:
    """The id of the one cluster of that name."""
    pages = emr.get_paginator("list_clusters").paginate(ClusterStates=states or [])
    found = [cluster["Id"] for page in pages for cluster in page["Clusters"] if cluster["Name"] == name]
    if len(found) != 1:
        raise RuntimeError(f"{len(found)} clusters found for name {name}")
    return found[0]


def ended(what: dict[str, Any], target_states: Iterable[str], failed_states: Iterable[str]) -> bool:
    """Whether a cluster or a step has come to its end; raises if that is a failure."""
    status = what["Status"]
    if status["State"] in target_states:
        return True
    if status["State"] in failed_states:
        raise RuntimeError(f"EMR job failed: {status.get('FailureDetails') or status.get('StateChangeReason')}")
    return False
