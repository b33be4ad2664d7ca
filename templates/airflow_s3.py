"""Objects in S3, looked for as Airflow's sensors do."""

import re
from fnmatch import fnmatch
from urllib.parse import urlparse

from botocore.exceptions import ClientError


def key_exists(client, key, bucket=None, *, wildcard=False, patient=False):
    """Whether there is an object of that key, or of each of several keys; without a `bucket` a key is a whole s3:// URL.

    `wildcard`: the key is a pattern. `patient`: whatever S3 answers, such as "forbidden", counts as not there.
    """
    if not isinstance(key, str):
        return all(key_exists(client, each, bucket, wildcard=wildcard, patient=patient) for each in key)
    if bucket is None:
        url = urlparse(key)
        bucket, key = url.netloc, url.path.lstrip("/")
        if not bucket:
            raise ValueError(f"{key} says no bucket")
    if wildcard:
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=re.split(r"[\[*?]", key, maxsplit=1)[0])
        return any(fnmatch(found["Key"], key) for page in pages for found in page.get("Contents", ()))
    try:
        client.head_object(Bucket=bucket, Key=key)
    except ClientError as error:
        if patient or error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
            return False
        raise
    return True


def prefix_exists(client, bucket, prefix, delimiter="/"):
    """Whether there is a folder of that name, or each of several."""
    if not isinstance(prefix, str):
        return all(prefix_exists(client, bucket, each, delimiter) for each in prefix)
    prefix = prefix if prefix.endswith(delimiter) else prefix + delimiter
    above = re.split(rf"(\w+[{delimiter}])$", prefix, maxsplit=1)[0]
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=above, Delimiter=delimiter)
    return any(found["Prefix"] == prefix for page in pages for found in page.get("CommonPrefixes", ()))
