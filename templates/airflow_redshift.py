"""COPY and UNLOAD of Redshift: https://docs.aws.amazon.com/redshift/latest/dg/r_COPY.html"""

import re
from collections.abc import Sequence

from airflow_aws import AwsHook


def copy_statement(
    target: str, source: str, aws_conn_id: str | None, *, options: Sequence[str] = (), columns: Sequence[str] = (), old: bool = False
) -> str:
    """Loads files of S3 into a table. `old`: as Airflow 1.10 writes it."""
    names = f" ({', '.join(columns)})" if columns else ""
    lines = [
        f"COPY {target}{names}",
        f"FROM '{source}'",
        f"{'with ' if old else ''}credentials '{keys_of(aws_conn_id, old=old)}'",
        *options,
    ]
    return "\n".join(lines) + ";"


def unload_statement(
    query: str, target: str, aws_conn_id: str | None, *, options: Sequence[str] = (), header: bool = False, old: bool = False
) -> str:
    """Writes what a query finds to files in S3."""
    asked = f"'{query}'" if old else "$$" + re.sub(r"''(.+?)''", r"'\1'", query) + "$$"
    more = ["HEADER"] if header and "HEADER" not in [each.upper().strip() for each in options] else []
    lines = [
        f"UNLOAD ({asked})",
        f"TO '{target}'",
        f"{'with ' if old else ''}credentials '{keys_of(aws_conn_id, old=old)}'",
        *options,
        *more,
    ]
    return "\n".join(lines) + ";"


def keys_of(aws_conn_id: str | None, *, old: bool) -> str:
    hook = AwsHook(aws_conn_id)
    role = None if old else getattr(hook.credentials_block, "assume_role_arn", None)
    if role:
        return f"aws_iam_role={role}"
    keys = hook.get_credentials()
    token = "" if old or not keys.token else f";token={keys.token}"
    return f"aws_access_key_id={keys.access_key};aws_secret_access_key={keys.secret_key}{token}"


def replaced(target: str, statement: str) -> list[str]:
    """The statements by which what is loaded takes the place of what is there."""
    return ["BEGIN;", f"DELETE FROM {target};", statement, "COMMIT"]
