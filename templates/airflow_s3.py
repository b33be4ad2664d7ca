"""Objects in S3: Airflow's S3Hook, and what its sensors look for."""

import gzip as gz
import io
import os
import re
import shutil
import subprocess
import tempfile
import uuid
from fnmatch import fnmatch
from pathlib import Path
from typing import Any
from urllib.parse import urlparse, urlsplit

from airflow_aws import AwsHook
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


def bucket_exists(client, bucket):
    try:
        client.head_bucket(Bucket=bucket)
    except ClientError:
        return False
    return True


def delete_bucket(client, bucket):
    """With all that is in it, which may come back for some seconds."""
    for _ in range(5):
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket)
        keys = [found["Key"] for page in pages for found in page.get("Contents", ())]
        if not keys:
            break
        delete_keys(client, bucket, keys)
    client.delete_bucket(Bucket=bucket)


def delete_keys(client, bucket, keys):
    """Raises if one of them could not be deleted; S3 takes 1000 at once."""
    keys = [keys] if isinstance(keys, str) else keys
    for start in range(0, len(keys), 1000):
        chunk = [{"Key": key} for key in keys[start : start + 1000]]
        answer = client.delete_objects(Bucket=bucket, Delete={"Objects": chunk})
        if "Errors" in answer:
            raise RuntimeError(f"Errors when deleting: {[each['Key'] for each in answer['Errors']]}")


def transform_file(source, source_key, target, target_key, script=None, *, args=(), select=None, replace=False):
    """Puts what a script makes of an object into another: it is called with the names of two files, and `args`. Keys are whole URLs."""
    if not source.check_for_key(source_key):
        raise FileNotFoundError(f"The source key {source_key} does not exist")
    with tempfile.NamedTemporaryFile("wb") as before, tempfile.NamedTemporaryFile("wb") as after:
        found = source.get_key(source_key)
        if select is not None:
            before.write(source.select_key(source_key, expression=select).encode())
        else:
            found.download_fileobj(before)
        before.flush()
        if script is not None:
            done = subprocess.run([script, before.name, after.name, *args], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
            source.log.info("%s", done.stdout.decode(errors="replace"))
            if done.returncode:
                raise RuntimeError(f"Transform script failed: {done.returncode}")
        target.load_file(after.name if script is not None else before.name, target_key, replace=replace)


class S3Hook(AwsHook):
    """Objects of a connection's S3. A key without a bucket is a whole URL, `s3://bucket/key`."""

    service = "s3"

    def __init__(
        self,
        aws_conn_id: str | None = "aws_default",
        *args: Any,
        transfer_config_args: dict[str, Any] | None = None,
        extra_args: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(aws_conn_id, *args, **kwargs)
        self.extra_args, self.transfer_config_args = extra_args or {}, transfer_config_args or {}

    @property
    def resource(self) -> Any:
        return self.get_resource_type("s3")

    @staticmethod
    def parse_s3_url(s3url: str) -> tuple[str, str]:
        """The bucket and the key, also of `https://bucket.s3.region.amazonaws.com/key`."""
        scheme, _, rest = s3url.partition("//")
        if re.match(r"s3[na]?:", scheme, re.IGNORECASE):
            url = urlsplit(s3url, allow_fragments=False)
            if url.netloc:
                return url.netloc, url.path.lstrip("/")
        elif scheme == "https:":
            host, _, path = rest.partition("/")
            if host.partition(".")[0] == "s3":
                bucket, _, key = path.partition("/")
                return bucket, key
            if host.split(".")[1:2] == ["s3"]:
                return host.partition(".")[0], path
        raise ValueError(f"no bucket is given, and {s3url!r} is no URL that names one")

    def place(self, key: str, bucket_name: str | None) -> tuple[str, str]:
        return (bucket_name, key) if bucket_name else self.parse_s3_url(key)

    # ---- buckets

    def check_for_bucket(self, bucket_name: str) -> bool:
        try:
            self.get_conn().head_bucket(Bucket=bucket_name)
        except ClientError as error:
            self.log.info("%s", error.response["Error"]["Message"])
            return False
        return True

    def get_bucket(self, bucket_name: str) -> Any:
        return self.resource.Bucket(bucket_name)

    def create_bucket(self, bucket_name: str, region_name: str | None = None) -> None:
        region = region_name or self.conn_region_name
        place = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
        self.get_conn().create_bucket(Bucket=bucket_name, **place)

    def delete_bucket(self, bucket_name: str, force_delete: bool = False, max_retries: int = 5) -> None:
        """With `force_delete`, what is in it goes first."""
        for _ in range(max_retries if force_delete else 0):
            keys = self.list_keys(bucket_name)
            if not keys:
                break
            self.delete_objects(bucket_name, keys)
        self.get_conn().delete_bucket(Bucket=bucket_name)

    def get_bucket_tagging(self, bucket_name: str) -> list[dict[str, str]]:
        return self.get_conn().get_bucket_tagging(Bucket=bucket_name)["TagSet"]

    def put_bucket_tagging(
        self, tag_set: Any = None, key: str | None = None, value: str | None = None, bucket_name: str | None = None
    ) -> None:
        tags = [{"Key": k, "Value": v} for k, v in tag_set.items()] if isinstance(tag_set, dict) else list(tag_set or [])
        if bool(key) != bool(value):
            raise ValueError(f"a key and a value belong together: {key!r}, {value!r}")
        tags += [{"Key": key, "Value": value}] if key else []
        self.get_conn().put_bucket_tagging(Bucket=bucket_name, Tagging={"TagSet": tags})

    def delete_bucket_tagging(self, bucket_name: str) -> None:
        self.get_conn().delete_bucket_tagging(Bucket=bucket_name)

    # ---- what is there

    def pages(
        self, bucket_name: str, prefix: str | None, delimiter: str | None, page_size: int | None, limit: int | None, **more: Any
    ) -> Any:
        paging = {"PageSize": page_size, "MaxItems": limit}
        pages = self.get_conn().get_paginator("list_objects_v2")
        return pages.paginate(Bucket=bucket_name, Prefix=prefix or "", Delimiter=delimiter or "", PaginationConfig=paging, **more)

    def list_keys(
        self,
        bucket_name: str,
        prefix: str | None = None,
        delimiter: str | None = None,
        page_size: int | None = None,
        max_items: int | None = None,
        start_after_key: str | None = None,
        from_datetime: Any = None,
        to_datetime: Any = None,
        object_filter: Any = None,
        apply_wildcard: bool = False,
    ) -> Any:
        """The keys, of objects changed after `from_datetime` and until `to_datetime`; with `apply_wildcard` the prefix is a pattern."""
        pattern = prefix if apply_wildcard and prefix and "*" in prefix else None
        start = pattern.partition("*")[0] if pattern else prefix
        after = {"StartAfter": start_after_key} if start_after_key else {}
        pages = self.pages(bucket_name, start, delimiter, page_size, max_items, **after)
        found = [each for page in pages for each in page.get("Contents", ()) if pattern is None or fnmatch(each["Key"], pattern)]
        if object_filter is not None:
            return object_filter(found, from_datetime, to_datetime)
        return [
            each["Key"]
            for each in found
            if (from_datetime is None or each["LastModified"] > from_datetime)
            and (to_datetime is None or each["LastModified"] <= to_datetime)
        ]

    def list_prefixes(
        self,
        bucket_name: str,
        prefix: str | None = None,
        delimiter: str | None = None,
        page_size: int | None = None,
        max_items: int | None = None,
    ) -> Any:
        pages = self.pages(bucket_name, prefix, delimiter, page_size, max_items)
        return [each["Prefix"] for page in pages for each in page.get("CommonPrefixes", ())]

    def get_file_metadata(
        self, prefix: str, bucket_name: str, page_size: int | None = None, max_items: int | None = None
    ) -> list[dict[str, Any]]:
        pages = self.pages(bucket_name, prefix, None, page_size, max_items)
        return [each for page in pages for each in page.get("Contents", ())]

    def check_for_prefix(self, *args: str, **kwargs: str) -> bool:
        """`prefix, delimiter, bucket_name`: whether there is such a folder."""
        return self.folder_exists(**dict(zip(("prefix", "delimiter", "bucket_name"), args, strict=False)), **kwargs)

    def folder_exists(self, prefix: str, delimiter: str, bucket_name: str) -> bool:
        prefix = prefix if prefix.endswith(delimiter) else prefix + delimiter
        above = re.split(rf"(\w+[{delimiter}])$", prefix, maxsplit=1)[0]
        return prefix in (self.list_prefixes(bucket_name, above, delimiter) or ())

    def head_object(self, key: str, bucket_name: str | None = None) -> Any:
        """What S3 tells of an object, None if there is none."""
        bucket, key = self.place(key, bucket_name)
        try:
            return self.get_conn().head_object(Bucket=bucket, Key=key)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                return None
            raise

    def check_for_key(self, key: str, bucket_name: str | None = None) -> bool:
        return self.head_object(key, bucket_name) is not None

    def get_wildcard_key(self, wildcard_key: str, bucket_name: str | None = None, delimiter: str = "") -> Any:
        """The first object whose key matches, None if there is none."""
        bucket, pattern = self.place(wildcard_key, bucket_name)
        keys = self.list_keys(bucket, prefix=re.split(r"[\[*?]", pattern, maxsplit=1)[0], delimiter=delimiter)
        matching = [key for key in keys or () if fnmatch(key, pattern)]
        return self.get_key(matching[0], bucket) if matching else None

    def check_for_wildcard_key(self, wildcard_key: str, bucket_name: str | None = None, delimiter: str = "") -> bool:
        return self.get_wildcard_key(wildcard_key, bucket_name, delimiter) is not None

    # ---- reading

    def get_key(self, key: str, bucket_name: str | None = None) -> Any:
        """https://boto3.amazonaws.com/v1/documentation/api/latest/reference/services/s3/object/index.html"""
        found = self.resource.Object(*self.place(key, bucket_name))
        found.load()
        return found

    def read_key(self, key: str, bucket_name: str | None = None) -> str:
        return self.get_key(key, bucket_name).get()["Body"].read().decode("utf-8")

    def select_key(
        self,
        key: str,
        bucket_name: str | None = None,
        expression: str | None = None,
        expression_type: str | None = None,
        input_serialization: dict[str, Any] | None = None,
        output_serialization: dict[str, Any] | None = None,
    ) -> str:
        """What S3 Select finds in an object."""
        bucket, key = self.place(key, bucket_name)
        answer = self.get_conn().select_object_content(
            Bucket=bucket,
            Key=key,
            Expression=expression or "SELECT * FROM S3Object",
            ExpressionType=expression_type or "SQL",
            InputSerialization={"CSV": {}} if input_serialization is None else input_serialization,
            OutputSerialization={"CSV": {}} if output_serialization is None else output_serialization,
        )
        return b"".join(event["Records"]["Payload"] for event in answer["Payload"] if "Records" in event).decode("utf-8")

    def download_file(
        self,
        key: str,
        bucket_name: str | None = None,
        local_path: str | None = None,
        preserve_file_name: bool = False,
        use_autogenerated_subdir: bool = True,
    ) -> str:
        """The object in a new file; its path."""
        found = self.get_key(key, bucket_name)
        if preserve_file_name:
            folder = Path(
                local_path or tempfile.gettempdir(), f"airflow_tmp_dir_{uuid.uuid4().hex[:8]}" if use_autogenerated_subdir else ""
            )
            path = folder / found.key.rpartition("/")[2]
            if path.is_file():
                raise FileExistsError(path)
            folder.mkdir(parents=True, exist_ok=True)
        else:
            handle, name = tempfile.mkstemp(dir=local_path, prefix="airflow_tmp_")
            os.close(handle)
            path = Path(name)
        found.download_file(str(path), ExtraArgs=self.extra_args, **self.transfers())
        return str(path)

    def generate_presigned_url(
        self, client_method: str, params: dict[str, Any] | None = None, expires_in: int = 3600, http_method: str | None = None
    ) -> str:
        return self.get_conn().generate_presigned_url(client_method, Params=params, ExpiresIn=expires_in, HttpMethod=http_method)

    # ---- writing

    def transfers(self) -> dict[str, Any]:
        if not self.transfer_config_args:
            return {}
        from boto3.s3.transfer import TransferConfig

        return {"Config": TransferConfig(**self.transfer_config_args)}

    def new_place(self, key: str, bucket_name: str | None, replace: bool) -> tuple[str, str]:
        if not replace and self.check_for_key(key, bucket_name):
            raise ValueError(f"The key {key} already exists.")
        return self.place(key, bucket_name)

    def upload_options(self, encrypt: bool, acl_policy: str | None) -> dict[str, Any]:
        own = {"ServerSideEncryption": "AES256" if encrypt else None, "ACL": acl_policy}
        return {"ExtraArgs": {**self.extra_args, **{name: value for name, value in own.items() if value}}, **self.transfers()}

    def load_file(
        self,
        filename: str | Path,
        key: str,
        bucket_name: str | None = None,
        replace: bool = False,
        encrypt: bool = False,
        gzip: bool = False,
        acl_policy: str | None = None,
    ) -> None:
        bucket, key = self.new_place(key, bucket_name, replace)
        if gzip:
            with open(filename, "rb") as plain, gz.open(f"{filename}.gz", "wb") as packed:
                shutil.copyfileobj(plain, packed)
            filename = f"{filename}.gz"
        self.get_conn().upload_file(str(filename), bucket, key, **self.upload_options(encrypt, acl_policy))

    def load_file_obj(
        self,
        file_obj: Any,
        key: str,
        bucket_name: str | None = None,
        replace: bool = False,
        encrypt: bool = False,
        acl_policy: str | None = None,
    ) -> None:
        bucket, key = self.new_place(key, bucket_name, replace)
        self.get_conn().upload_fileobj(file_obj, bucket, key, **self.upload_options(encrypt, acl_policy))

    def load_bytes(
        self,
        bytes_data: bytes,
        key: str,
        bucket_name: str | None = None,
        replace: bool = False,
        encrypt: bool = False,
        acl_policy: str | None = None,
    ) -> None:
        self.load_file_obj(io.BytesIO(bytes_data), key, bucket_name, replace, encrypt, acl_policy)

    def load_string(
        self,
        string_data: str,
        key: str,
        bucket_name: str | None = None,
        replace: bool = False,
        encrypt: bool = False,
        encoding: str | None = None,
        acl_policy: str | None = None,
        compression: str | None = None,
    ) -> None:
        if compression not in (None, "gzip"):
            raise NotImplementedError(f"a string can be compressed by gzip, not by {compression}")
        data = string_data.encode(encoding or "utf-8")
        self.load_bytes(gz.compress(data) if compression else data, key, bucket_name, replace, encrypt, acl_policy)

    def copy_object(
        self,
        source_bucket_key: str,
        dest_bucket_key: str,
        source_bucket_name: str | None = None,
        dest_bucket_name: str | None = None,
        source_version_id: str | None = None,
        acl_policy: str | None = None,
        meta_data_directive: str | None = None,
        **kwargs: Any,
    ) -> Any:
        """An object under another name, private unless `acl_policy` says otherwise ("no-acl": nothing is said)."""
        if acl_policy != "no-acl":
            kwargs["ACL"] = acl_policy or "private"
        if meta_data_directive:
            kwargs["MetadataDirective"] = meta_data_directive
        source, target = self.whole(source_bucket_key, source_bucket_name), self.whole(dest_bucket_key, dest_bucket_name)
        copied = {"Bucket": source[0], "Key": source[1], "VersionId": source_version_id}
        return self.get_conn().copy_object(Bucket=target[0], Key=target[1], CopySource=copied, **kwargs)

    def whole(self, key: str, bucket_name: str | None) -> tuple[str, str]:
        if bucket_name is not None and (urlsplit(key).scheme or urlsplit(key).netloc):
            raise TypeError(f"beside a bucket, {key} should be a key and no URL")
        return (bucket_name, key) if bucket_name is not None else self.parse_s3_url(key)

    def delete_objects(self, bucket: str, keys: str | list[str]) -> Any:
        """Raises if one of them could not be deleted."""
        keys = [keys] if isinstance(keys, str) else keys
        for start in range(0, len(keys), 1000):  # S3 takes no more at once
            chunk = [{"Key": key} for key in keys[start : start + 1000]]
            answer = self.get_conn().delete_objects(Bucket=bucket, Delete={"Objects": chunk})
            if "Errors" in answer:
                raise RuntimeError(f"Errors when deleting: {[each['Key'] for each in answer['Errors']]}")


class Airflow1S3Hook(S3Hook):
    """As in Airflow 1.10: an empty list is None, and whatever S3 answers about a key, such as "forbidden", counts as not there."""

    @staticmethod
    def parse_s3_url(s3url: str) -> tuple[str, str]:
        url = urlparse(s3url)
        if not url.netloc:
            raise RuntimeError(f'Please provide a bucket_name instead of "{s3url}"')
        return url.netloc, url.path.strip("/")

    def list_keys(self, bucket_name: str, prefix: str | None = "", delimiter: str | None = "", *args: Any, **kwargs: Any) -> Any:
        return super().list_keys(bucket_name, prefix, delimiter, *args, **kwargs) or None

    def list_prefixes(self, bucket_name: str, prefix: str | None = "", delimiter: str | None = "", *args: Any, **kwargs: Any) -> Any:
        return super().list_prefixes(bucket_name, prefix, delimiter, *args, **kwargs) or None

    def check_for_prefix(self, *args: str, **kwargs: str) -> bool:
        """`bucket_name, prefix, delimiter`: whether there is such a folder."""
        return self.folder_exists(**dict(zip(("bucket_name", "prefix", "delimiter"), args, strict=False)), **kwargs)

    def check_for_key(self, key: str, bucket_name: str | None = None) -> bool:
        bucket, key = self.place(key, bucket_name)
        try:
            self.get_conn().head_object(Bucket=bucket, Key=key)
        except ClientError:
            return False
        return True

    def delete_objects(self, bucket: str, keys: str | list[str]) -> Any:
        keys = keys if isinstance(keys, list) else [keys]
        return self.get_conn().delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": key} for key in keys]})
