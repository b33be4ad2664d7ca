"""Sensors for objects in S3 and Google Cloud Storage, asked for through the credentials block of their connection."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from airflow2prefect.model import Body, Literal, Task, Value, block_name
from airflow2prefect.operators.connections import block_needed, refused, set_value
from airflow2prefect.operators.polling import sensor, true
from airflow2prefect.operators.registry import missing

_AWS = ("airflow.providers.amazon.aws.sensors.s3", "airflow.operators.sensors")
_GCS = "airflow.providers.google.cloud.sensors.gcs"


@sensor(*(f"{home}.S3KeySensor" for home in (*_AWS, "airflow.sensors.s3_key_sensor", "airflow.providers.amazon.aws.sensors.s3_key")))
def s3_key(
    task: Task,
    *,
    bucket_key: Value | None = None,
    bucket_name: Value | None = None,
    wildcard_match: Value | None = None,
    aws_conn_id: Value | None = None,
    verify: Value | None = None,
    check_fn: Value | None = None,
    use_regex: Value | None = None,
    metadata_keys: Value | None = None,
) -> Body:
    """An object by its key, or several; a pattern with wildcard_match. 1.10 waits on whatever S3 answers, 2.x fails unless it is "not found".

    https://github.com/apache/airflow/blob/1.10.15/airflow/sensors/s3_key_sensor.py
    https://github.com/apache/airflow/blob/2.10.5/airflow/providers/amazon/aws/sensors/s3.py
    """
    if bucket_key is None:
        return missing(task, "bucket_key")
    for name, value in (
        ("check_fn", check_fn),
        ("use_regex", use_regex),
        ("wildcard_match", wildcard_match),
        ("metadata_keys", metadata_keys),
    ):
        plain = isinstance(value, Literal) and (not value.value or name == "wildcard_match")
        if value is not None and not plain:
            return refused(task, name)
    flags = {"wildcard": true(wildcard_match), "patient": not task.operator.startswith("airflow.providers.")}
    return _aws(task, "key_exists", {"key": bucket_key, "bucket": set_value(bucket_name)}, aws_conn_id, flags)


@sensor(
    *(f"{home}.S3PrefixSensor" for home in (*_AWS, "airflow.sensors.s3_prefix_sensor", "airflow.providers.amazon.aws.sensors.s3_prefix"))
)
def s3_prefix(
    task: Task,
    *,
    bucket_name: Value | None = None,
    prefix: Value | None = None,
    delimiter: Value | None = None,
    aws_conn_id: Value | None = None,
    verify: Value | None = None,
) -> Body:
    """A folder. https://github.com/apache/airflow/blob/1.10.15/airflow/sensors/s3_prefix_sensor.py"""
    if bucket_name is None or prefix is None:
        return missing(task, "bucket_name" if bucket_name is None else "prefix")
    delimiter = None if isinstance(delimiter, Literal) and delimiter.value == "/" else delimiter
    return _aws(task, "prefix_exists", {"bucket": bucket_name, "prefix": prefix, "delimiter": delimiter}, aws_conn_id, {})


@sensor("airflow.contrib.sensors.gcs_sensor.GoogleCloudStorageObjectSensor", f"{_GCS}.GCSObjectExistenceSensor")
def gcs_object(
    task: Task,
    *,
    bucket: Value | None = None,
    object: Value | None = None,
    use_glob: Value | None = None,
    google_cloud_conn_id: Value | None = None,
    gcp_conn_id: Value | None = None,
    delegate_to: Value | None = None,
    impersonation_chain: Value | None = None,
    retry: Value | None = None,
) -> Body:
    """https://github.com/apache/airflow/blob/1.10.15/airflow/contrib/sensors/gcs_sensor.py"""
    if bucket is None or object is None:
        return missing(task, "bucket" if bucket is None else "object")
    if use_glob is not None and not (isinstance(use_glob, Literal) and not use_glob.value):
        return refused(task, "use_glob")
    return _gcs(task, "gcs_object", {"bucket": bucket, "object": object}, google_cloud_conn_id or gcp_conn_id)


@sensor(
    "airflow.contrib.sensors.gcs_sensor.GoogleCloudStoragePrefixSensor",
    f"{_GCS}.GCSObjectsWithPrefixExistenceSensor",
    f"{_GCS}.GCSObjectsWtihPrefixExistenceSensor",
)
def gcs_prefix(
    task: Task,
    *,
    bucket: Value | None = None,
    prefix: Value | None = None,
    google_cloud_conn_id: Value | None = None,
    gcp_conn_id: Value | None = None,
    delegate_to: Value | None = None,
    impersonation_chain: Value | None = None,
    retry: Value | None = None,
) -> Body:
    """Any object below a prefix; 2.x returns their names.

    https://github.com/apache/airflow/blob/2.10.5/airflow/providers/google/cloud/sensors/gcs.py
    """
    if bucket is None or prefix is None:
        return missing(task, "bucket" if bucket is None else "prefix")
    return _gcs(task, "gcs_prefix", {"bucket": bucket, "prefix": prefix}, google_cloud_conn_id or gcp_conn_id)


def _set(task: Task, *names: str) -> str:
    """The first of these arguments that says more than None."""
    return next((name for name in names if set_value(task.argument(name)) is not None), "")


def _aws(task: Task, function: str, fields: Mapping[str, Value | None], connection: Value | None, flags: Mapping[str, bool]) -> Body:
    if _set(task, "verify"):
        return refused(task, "verify")
    connection = Literal("aws_default") if connection is None else connection
    if not isinstance(connection, Literal):
        return refused(task, "aws_conn_id")
    default = connection.value is None  # the credentials that boto3 finds
    given = {name: value for name, value in fields.items() if value is not None}
    falls_back = connection.value == "aws_default"  # in Airflow as well, where there is no such connection
    given |= {} if default or falls_back else {"block": Literal(block_name(str(connection.value)))}
    return Body(
        template="s3_sensor",
        fields=MappingProxyType(given),
        templated=frozenset(("key", "bucket", "prefix")),
        flags=MappingProxyType({"wildcard": False, "patient": False, "falls_back": falls_back, **flags}),
        words=MappingProxyType({"function": function}),
        imports=() if falls_back else ("prefect_aws.AwsCredentials",),
        helpers=(("airflow_s3", function), *((("airflow_aws", "aws_client"),) if falls_back else ())),
        findings=() if default else (block_needed(task, connection, "AwsCredentials"),),
    )


def _gcs(task: Task, template: str, fields: Mapping[str, Value], connection: Value | None) -> Body:
    if name := _set(task, "delegate_to", "impersonation_chain", "retry"):
        return refused(task, name)
    connection = connection or Literal("google_cloud_default")
    if not isinstance(connection, Literal) or connection.value is None:
        return refused(task, "google_cloud_conn_id")
    lists = template == "gcs_prefix"
    return Body(
        template=template,
        fields=MappingProxyType({**fields, "block": Literal(block_name(str(connection.value)))}),
        templated=frozenset(("bucket", "object", "prefix")),
        imports=("prefect_gcp.GcpCredentials",),
        helpers=(("airflow_gcs", "objects_below"),) if lists else (),
        returns=lists and task.operator.startswith(_GCS),
        findings=(block_needed(task, connection, "GcpCredentials"),),
    )
