"""Jobs and messages of AWS, asked for with boto3's clients: https://boto3.amazonaws.com/v1/documentation/api/latest"""

import json
import re
import time
from collections.abc import Mapping, Sequence
from typing import Any


def message_attributes_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Attributes of an SNS message."""
    return {name: _attribute(value) for name, value in values.items()}


def _attribute(value: Any) -> dict[str, Any]:
    if isinstance(value, bytes):
        return {"DataType": "Binary", "BinaryValue": value}
    if isinstance(value, str):
        return {"DataType": "String", "StringValue": value}
    if isinstance(value, (int, float)):
        return {"DataType": "Number", "StringValue": str(value)}
    if hasattr(value, "__iter__"):
        return {"DataType": "String.Array", "StringValue": json.dumps(value)}
    raise TypeError(f"an attribute of a message is bytes, a string, a number or a list, not {type(value)}")


def invoke(client: Any, *, Payload: Any = None, **given: Any) -> str:
    """What a function of Lambda answers; raises if it fails."""
    if Payload is not None:
        given["Payload"] = Payload.encode() if isinstance(Payload, str) else Payload
    answer = client.invoke(**given)
    if answer["StatusCode"] not in (200, 202, 204):
        raise RuntimeError(f"Lambda function did not execute: {answer['StatusCode']}")
    payload = answer["Payload"].read().decode()
    if "FunctionError" in answer:
        raise RuntimeError(f"Lambda function execution resulted in error: {payload}")
    return payload


def query_ended(athena: Any, query_id: str) -> bool:
    """Whether a query of Athena is through; raises if it failed."""
    status = athena.get_query_execution(QueryExecutionId=query_id)["QueryExecution"]["Status"]
    return succeeded(status["State"], "SUCCEEDED", ["FAILED", "CANCELLED"], status.get("StateChangeReason"))


def wait_for_query(athena: Any, query_id: str, *, pause: float = 30, attempts: int | None = None) -> None:
    tries = 1
    while not query_ended(athena, query_id):
        if attempts and tries >= attempts:
            raise TimeoutError(f"the query {query_id} has not ended after {tries} looks at it")
        tries += 1
        time.sleep(pause)


def succeeded(state: str, wanted: str, failed: Sequence[str], reason: Any = None) -> bool:
    if state in failed:
        raise RuntimeError(f"it ended as {state}: {reason}" if reason else f"it ended as {state}")
    return state == wanted


def started_task(ecs: Any, **given: Any) -> str:
    """Run a task of ECS: its ARN."""
    answer = ecs.run_task(**given)
    if answer.get("failures"):
        raise RuntimeError(f"the task was not started: {answer['failures']}")
    return answer["tasks"][0]["taskArn"]


def check_task(ecs: Any, cluster: str, task_arn: str) -> None:
    """Raises if a task of ECS that has stopped, or one of its containers, did not succeed."""
    answer = ecs.describe_tasks(cluster=cluster, tasks=[task_arn])
    if answer.get("failures"):
        raise RuntimeError(f"{answer['failures']}")
    for task in answer["tasks"]:
        reason = task.get("stoppedReason", "")
        if task.get("stopCode") == "TaskFailedToStart" or re.match(r"Host EC2 \(instance .+?\) (stopped|terminated)\.", reason):
            raise RuntimeError(f"the task was stopped: {reason}")
        for container in task["containers"]:
            failed = container.get("lastStatus") == "STOPPED" and container.get("exitCode", 1) != 0
            if failed or container.get("lastStatus") == "PENDING" or "error" in container.get("reason", "").lower():
                raise RuntimeError(f"the container {container.get('name')} did not succeed: {container}")


def cluster_status(redshift: Any, identifier: str) -> str | None:
    try:
        found = redshift.describe_clusters(ClusterIdentifier=identifier)["Clusters"]
    except redshift.exceptions.ClusterNotFoundFault:
        return "cluster_not_found"
    return found[0]["ClusterStatus"] if found else None
