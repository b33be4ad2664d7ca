"""A stand-in for AWS, and what real Airflow needs beside it to ask it: shared by the tests of AWS operators and hooks."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import pytest

from tests import environments

PACKAGES = {
    1: ["boto3", "botocore", "s3transfer", "jmespath", "urllib3", "paramiko<3", "bcrypt", "pynacl", "sshtunnel", "psycopg2-binary", "pysftp", "cffi", "pycparser", "six"],
    2: [
        "apache-airflow-providers-amazon", "apache-airflow-providers-ssh", "apache-airflow-providers-sftp", "apache-airflow-providers-postgres",
        "boto3", "botocore", "s3transfer", "jmespath", "paramiko", "bcrypt", "pynacl", "sshtunnel", "asyncssh", "psycopg2-binary",
        "jsonpath-ng", "ply", "redshift-connector", "sqlalchemy-redshift", "inflection", "scramp", "asn1crypto", "beautifulsoup4", "soupsieve", "watchtower",
    ],
}  # fmt: skip


def packages(version: int) -> dict[str, str]:
    """The environment by which real Airflow finds boto3, paramiko and the providers. Skips the test where they cannot be had."""
    try:
        environments.airflow(version)
        return {"PYTHONPATH": str(environments.beside(version, "aws", PACKAGES[version]))}
    except environments.Unavailable as reason:
        pytest.skip(str(reason))


@contextmanager
def stand_in() -> Iterator[str]:
    """The URL of a server of moto's."""
    server = pytest.importorskip("moto.server").ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    urllib.request.urlopen(urllib.request.Request(f"http://{host}:{port}/moto-api/reset", method="POST")).close()
    yield f"http://{host}:{port}"
    server.stop()


def connection(url: str, region: str = "eu-west-1") -> str:
    """The URI of an AWS connection; the endpoint under the names that 1.10 and 2.x have for it."""
    extra = {"region_name": region, "host": url, "endpoint_url": url}
    return f"aws://key:s3cret@/?{urlencode({'__extra__': json.dumps(extra)})}"


def connection_1(url: str, region: str = "eu-west-1") -> str:
    return f"aws://key:s3cret@/?{urlencode({'region_name': region, 'host': url})}"


def client(url: str, service: str) -> Any:
    import boto3

    return boto3.client(service, endpoint_url=url, region_name="eu-west-1", aws_access_key_id="key", aws_secret_access_key="s3cret")


def objects(url: str) -> dict[str, dict[str, bytes]]:
    """All that is in S3, by bucket and key."""
    s3 = client(url, "s3")
    found: dict[str, dict[str, bytes]] = {}
    for bucket in (each["Name"] for each in s3.list_buckets()["Buckets"]):
        keys = [each["Key"] for each in s3.list_objects_v2(Bucket=bucket).get("Contents", ())]
        found[bucket] = {key: s3.get_object(Bucket=bucket, Key=key)["Body"].read() for key in keys}
    return found
