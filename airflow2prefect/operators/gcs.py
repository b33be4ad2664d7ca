"""Google Cloud Storage: the client of google-cloud-storage, made by the GcpCredentials block of prefect-gcp."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from airflow2prefect.model import Body, Literal, Sequence, Task, Value
from airflow2prefect.operators.connections import block_needed, block_of, is_set, pushes, refused, set_value
from airflow2prefect.operators.registry import missing, operator

BUCKETS = "airflow.providers.google.cloud.operators.gcs"
CONNECTION = ("gcp_conn_id", "google_cloud_storage_conn_id")
REFUSED = ("delegate_to", "impersonation_chain")


def _body(
    task: Task, action: str, fields: Mapping[str, Value | None], given: Mapping[str, Value], *, returns: bool = False,
    imports: tuple[str, ...] = (), own: tuple[str, ...] = (),
) -> Body:  # fmt: skip
    """The task that does `action` of templates/tasks/gcs.py.j2 with the fields that are set; all but labels and options are rendered."""
    for name in REFUSED:
        if is_set(given.get(name)):
            return refused(task, name)
    connection = next((v for name in CONNECTION if (v := set_value(given.get(name))) is not None), Literal("google_cloud_default"))
    known = {name: value for name, value in fields.items() if value is not None}
    return Body(
        template="gcs",
        fields=MappingProxyType({**known, "block": block_of(connection)}),
        templated=frozenset(known) - {"labels", "force", "content_type"},
        words=MappingProxyType({"action": action}),
        locals=own,
        imports=("prefect_gcp.GcpCredentials", *imports),
        returns=returns,
        findings=(block_needed(task, connection, "GcpCredentials"),),
    )


@operator(
    f"{BUCKETS}.GCSCreateBucketOperator",
    takes=("bucket_name", "resource", "storage_class", "location", "project_id", "labels", *CONNECTION, *REFUSED),
)
def create_bucket(task: Task, **given: Value) -> Body:
    """One that is there already is left as it is.

    https://github.com/apache/airflow/blob/2.10.5/providers/src/airflow/providers/google/cloud/operators/gcs.py
    """
    if "bucket_name" not in given:
        return missing(task, "bucket_name")
    if is_set(given.get("resource")):
        return refused(task, "resource")
    fields = {
        "bucket": given["bucket_name"],
        "storage_class": given.get("storage_class") or Literal("MULTI_REGIONAL"),
        "location": given.get("location") or Literal("US"),
        "project": set_value(given.get("project_id")),
        "labels": given["labels"] if is_set(given.get("labels")) else None,
    }
    return _body(task, "create", fields, given, imports=("contextlib.suppress", "google.api_core.exceptions.Conflict"), own=("bucket",))


@operator(f"{BUCKETS}.GCSDeleteBucketOperator", takes=("bucket_name", "force", "user_project", *CONNECTION, *REFUSED))
def delete_bucket(task: Task, **given: Value) -> Body:
    """With all that is in it, unless force=False; one that is not there is fine."""
    if "bucket_name" not in given:
        return missing(task, "bucket_name")
    if is_set(given.get("user_project")):
        return refused(task, "user_project")
    fields = {"bucket": given["bucket_name"], "force": given.get("force") or Literal(True)}
    return _body(task, "delete", fields, given, imports=("contextlib.suppress", "google.api_core.exceptions.NotFound"))


@operator(f"{BUCKETS}.GCSDeleteObjectsOperator", takes=("bucket_name", "objects", "prefix", *CONNECTION, *REFUSED))
def delete_objects(task: Task, **given: Value) -> Body:
    objects, prefix = set_value(given.get("objects")), set_value(given.get("prefix"))
    if "bucket_name" not in given:
        return missing(task, "bucket_name")
    if (objects is None) == (prefix is None):
        return missing(task, "objects")
    if isinstance(prefix, Sequence):
        return refused(task, "prefix")
    fields = {"bucket": given["bucket_name"], "objects": objects, "prefix": prefix}
    return _body(task, "delete_objects", fields, given, own=("client", "bucket", "name", "blob"))


@operator(f"{BUCKETS}.GCSListObjectsOperator", takes=("bucket", "prefix", "delimiter", "match_glob", *CONNECTION, *REFUSED))
def list_objects(task: Task, **given: Value) -> Body:
    """The names are the XCom."""
    if "bucket" not in given:
        return missing(task, "bucket")
    if isinstance(given.get("prefix"), Sequence):
        return refused(task, "prefix")
    if is_set(given.get("delimiter")):
        return refused(task, "delimiter")
    fields = {"bucket": given["bucket"], **{name: set_value(given.get(name)) for name in ("prefix", "match_glob")}}
    return _body(task, "list", fields, given, returns=pushes(task), own=("client",))


@operator(
    "airflow.contrib.operators.gcs_download_operator.GoogleCloudStorageDownloadOperator",
    "airflow.providers.google.cloud.transfers.gcs_to_local.GCSToLocalFilesystemOperator",
    takes=("bucket", "object", "object_name", "filename", "store_to_xcom_key", "file_encoding", *CONNECTION, *REFUSED),
)
def download(task: Task, **given: Value) -> Body:
    """One object into a file."""
    blob = given.get("object_name") or given.get("object")
    if "bucket" not in given or blob is None:
        return missing(task, "bucket" if blob is not None else "object_name")
    if is_set(given.get("store_to_xcom_key")) or not is_set(given.get("filename")):
        return refused(task, "store_to_xcom_key")
    return _body(task, "download", {"bucket": given["bucket"], "blob": blob, "filename": given["filename"]}, given, own=("bucket",))
