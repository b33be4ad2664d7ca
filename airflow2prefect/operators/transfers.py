"""Files between Cloud Storage and SFTP servers (templates/airflow_transfers.py)."""

from __future__ import annotations

from dataclasses import replace

from airflow2prefect.model import Body, Literal, Task, Value
from airflow2prefect.operators.connections import block_needed, set_value
from airflow2prefect.operators.registry import operator
from airflow2prefect.operators.runs import runs

HOME = "airflow.providers.google.cloud.transfers"
REFUSED = ("delegate_to", "impersonation_chain")
COMMON = ("move_object", "gcp_conn_id", "sftp_conn_id", *REFUSED)


def _transfer(task: Task, function: str, needs: tuple[str, ...], given: dict[str, Value]) -> Body:
    body = runs(task, given, f"airflow_transfers.{function}", connection=("sftp_conn_id", "ssh_default"), needs=needs, refuses=REFUSED)
    google = set_value(given.get("gcp_conn_id")) or Literal("google_cloud_default")
    return replace(body, findings=(*body.findings, block_needed(task, google, "GcpCredentials"))) if body.gap is None else body


@operator(
    f"{HOME}.gcs_to_sftp.GCSToSFTPOperator", takes=("source_bucket", "source_object", "destination_path", "keep_directory_structure", *COMMON)
)
def gcs_to_sftp(task: Task, **given: Value) -> Body:
    """https://github.com/apache/airflow/blob/2.10.5/providers/src/airflow/providers/google/cloud/transfers/gcs_to_sftp.py"""
    return _transfer(task, "gcs_to_sftp", ("source_bucket", "source_object", "destination_path"), given)


@operator(
    f"{HOME}.sftp_to_gcs.SFTPToGCSOperator",
    takes=("source_path", "destination_bucket", "destination_path", "mime_type", "gzip", "sftp_prefetch", *COMMON),
)
def sftp_to_gcs(task: Task, **given: Value) -> Body:
    """https://github.com/apache/airflow/blob/2.10.5/providers/src/airflow/providers/google/cloud/transfers/sftp_to_gcs.py"""
    return _transfer(task, "sftp_to_gcs", ("source_path", "destination_bucket"), given)
