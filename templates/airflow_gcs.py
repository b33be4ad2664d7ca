"""Google Cloud Storage as Airflow's operators, sensors and hooks use it, on google-cloud-storage and Prefect's GcpCredentials blocks."""

import gzip as gz
import logging
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from airflow_google import GoogleBaseHook
from airflow_sensors import PokeReturnValue
from google.api_core.exceptions import Conflict, GoogleAPICallError, NotFound

log = logging.getLogger("prefect.airflow_gcs")


def objects_below(client, bucket, prefix):
    """Whether there are objects whose names begin with `prefix`, and these names."""
    names = [blob.name for blob in client.list_blobs(bucket, prefix=prefix)]
    return PokeReturnValue(bool(names), names)


def names_of(client: Any, bucket: str, prefix: Any = None, delimiter: str | None = None, match_glob: str | None = None) -> list[str]:
    """The names of objects, or what Google groups them to by `delimiter` where there are such groups; `prefix` may be several."""
    found: list[str] = []
    for each in prefix if isinstance(prefix, list) else [prefix]:
        blobs = client.bucket(bucket).list_blobs(prefix=each, delimiter=delimiter, match_glob=match_glob)
        names = [blob.name for blob in blobs]
        found += sorted(blobs.prefixes) or names
    return found


def rewrite(client: Any, source_bucket: str, source: str, bucket: str, target: str) -> None:
    """Copy an object, of any size and between locations."""
    if (source_bucket, source) == (bucket, target):
        raise ValueError(f"source and destination are the same: gs://{bucket}/{target}")
    blob = client.bucket(source_bucket).blob(source)
    token, _, _ = client.bucket(bucket).blob(target).rewrite(blob)
    while token is not None:
        token, _, _ = client.bucket(bucket).blob(target).rewrite(blob, token=token)


def copy_objects(
    client: Any,
    source_bucket: str,
    source: str,
    bucket: str,
    target: str | None = None,
    *,
    move: bool = False,
    replace: bool = True,
    delimiter: str | None = None,
    match_glob: str | None = None,
    modified_after: datetime | None = None,
    exact: bool = False,
    required: bool = False,
    listed: bool = True,
) -> None:
    """Copy the objects whose names begin with `source`, or that match its one "*".

    `target` is a folder for several, the name of one, or None for the same names. `exact`: only the object of that very name;
    `required`: there must be one. Without `listed`, a name without "*" is that of the object, as in Airflow 1.10.
    """
    if source.count("*") > 1:
        raise ValueError(f"only one '*' is allowed in {source}")
    wild = "*" in source
    prefix, end = source.split("*", 1) if wild else (source, delimiter)
    names, direct = [source], not wild and not listed
    if not direct:
        names = names_of(client, source_bucket, prefix, end or None, None if wild else match_glob)
    names = [name for name in names if wild or not exact or name == prefix]
    if not replace:
        there = names_of(client, bucket, prefix if target is None else target, end or None, None if wild else match_glob)
        taken = there if target is None else [name.replace(target, prefix, 1) for name in there]
        names = sorted(set(names) - set(taken))
    if not names and prefix and not wild:
        if client.bucket(source_bucket).blob(prefix).exists():
            names, direct = [prefix], True
        elif required:
            raise FileNotFoundError(f"{prefix} does not exist in bucket {source_bucket}")
    for name in names:
        if modified_after is not None and not is_updated_after(client, source_bucket, name, modified_after):
            continue
        alone = len(names) == 1 and name[-1:] != "/"
        new = target or name if direct else _target(name, prefix, target, alone, wild, names)
        rewrite(client, source_bucket, name, bucket, new)
        if move:
            client.bucket(source_bucket).blob(name).delete()


def _target(name: str, prefix: str, target: str | None, alone: bool, wild: bool, names: list[str]) -> str:
    if target is None:
        return name
    if wild:
        return name.replace(prefix, target, 1)
    if alone:
        return target + name.split("/")[-1] if target.endswith("/") else target or name
    is_folder = prefix.endswith("/") or all(other.replace(prefix.rstrip("/"), "", 1).startswith("/") for other in names)
    folder = prefix.rstrip("/") + "/" if is_folder else prefix[: prefix.rfind("/") + 1]
    return target.rstrip("/") + "/" + name.replace(folder, "", 1)


def is_updated_after(client: Any, bucket: str, name: str, moment: datetime) -> bool:
    blob = client.bucket(bucket).get_blob(name)
    if blob is None:
        raise ValueError(f"Object ({name}) not found in Bucket ({bucket})")
    return blob.updated is not None and blob.updated > (moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc))


def sync_buckets(
    client: Any,
    source_bucket: str,
    bucket: str,
    source: str | None = None,
    target: str | None = None,
    *,
    recursive: bool = True,
    overwrite: bool = False,
    delete_extra: bool = False,
) -> None:
    """Make the objects below `target` those below `source`: new ones are copied, other ones left, unless it is said otherwise."""
    source, target = (f"{name.rstrip('/')}/" if name else "" for name in (source, target))
    delimiter = None if recursive else "/"
    ours = {blob.name[len(source) :]: blob for blob in client.bucket(source_bucket).list_blobs(prefix=source or None, delimiter=delimiter)}
    theirs = {blob.name[len(target) :]: blob for blob in client.bucket(bucket).list_blobs(prefix=target or None, delimiter=delimiter)}
    ours.pop("", None)
    for name, blob in ours.items():
        if name not in theirs:
            rewrite(client, source_bucket, blob.name, bucket, target + name)
    if delete_extra:
        for name in theirs.keys() - ours.keys():
            theirs[name].delete()
    if overwrite:
        for name in ours.keys() & theirs.keys():
            if _checksum(client, ours[name]) != _checksum(client, theirs[name]):
                rewrite(client, source_bucket, ours[name].name, bucket, target + name)


def _checksum(client: Any, blob: Any) -> str:
    """An encrypted object tells it only when it is asked for by itself."""
    return (client.bucket(blob.bucket.name).get_blob(blob.name, generation=blob.generation) if blob.kms_key_name else blob).crc32c


def upload_files(
    client: Any, bucket: str, source: Any, target: str, *, content_type: str = "application/octet-stream", gzip: bool = False,
    chunk_size: int | None = None,
) -> None:  # fmt: skip
    """Upload a file, the files of a pattern, or a list of files; several need a `target` that ends in "/"."""
    import glob

    paths = source if isinstance(source, list) else glob.glob(source)
    if not paths:
        raise FileNotFoundError(source)
    if os.path.basename(target) and len(paths) > 1:
        raise ValueError(f"{target} is the name of one object, and there are {len(paths)} files")
    for path in paths:
        name = target if os.path.basename(target) else os.path.join(target, os.path.basename(path))
        upload_file(client, bucket, path, name, content_type=content_type, gzip=gzip, chunk_size=chunk_size)


def upload_file(
    client: Any,
    bucket: str,
    path: str,
    name: str,
    *,
    content_type: str | None = None,
    gzip: bool = False,
    chunk_size: int | None = None,
) -> None:
    """Upload one file; with `gzip` what is stored is compressed."""
    blob = client.bucket(bucket).blob(name, chunk_size=chunk_size)
    if not gzip:
        blob.upload_from_filename(path, content_type=content_type or "application/octet-stream")
        return
    packed = f"{path}.gz"
    with open(path, "rb") as plain, gz.open(packed, "wb") as out:
        shutil.copyfileobj(plain, out)
    blob.upload_from_filename(packed, content_type=content_type or "application/octet-stream")
    os.remove(packed)


class GCSHook(GoogleBaseHook):
    """Airflow's hook for Cloud Storage. The GcpCredentials block `google-cloud-default` stands for the connection `google_cloud_default`."""

    def __init__(self, gcp_conn_id: str = "google_cloud_default", **kwargs: Any) -> None:
        super().__init__(kwargs.pop("google_cloud_storage_conn_id", None) or gcp_conn_id, **kwargs)
        self._client: Any = None

    def get_conn(self) -> Any:
        """The client of google-cloud-storage."""
        if self._client is None:
            self._client = self.block().get_cloud_storage_client()
        return self._client

    def _blob(self, bucket: str | None, name: str | None, **more: Any) -> Any:
        return self.get_conn().bucket(bucket).blob(name, **more)

    def _get_blob(self, bucket: str | None, name: str | None) -> Any:
        found = self.get_conn().bucket(bucket).get_blob(name)
        if found is None:
            raise ValueError(f"Object ({name}) not found in Bucket ({bucket})")
        return found

    def copy(
        self,
        source_bucket: str,
        source_object: str,
        destination_bucket: str | None = None,
        destination_object: str | None = None,
    ) -> None:
        bucket, name = destination_bucket or source_bucket, destination_object or source_object
        if (source_bucket, source_object) == (bucket, name):
            raise ValueError(f"source and destination are the same: gs://{bucket}/{name}")
        source = self.get_conn().bucket(source_bucket)
        source.copy_blob(source.blob(source_object), self.get_conn().bucket(bucket), new_name=name)

    def rewrite(self, source_bucket: str, source_object: str, destination_bucket: str, destination_object: str | None = None) -> None:
        rewrite(self.get_conn(), source_bucket, source_object, destination_bucket, destination_object or source_object)

    def download(
        self,
        bucket_name: str | None = None,
        object_name: str | None = None,
        filename: str | None = None,
        chunk_size: int | None = None,
        timeout: int | None = 60,
        num_max_attempts: int | None = 1,
        *,
        bucket: str | None = None,
        object: str | None = None,
    ) -> Any:
        """The bytes of an object, or the name of the file that it was written to."""
        blob = self._blob(bucket_name or bucket, object_name or object, chunk_size=chunk_size)
        for attempt in range(attempts := num_max_attempts or 3):
            try:
                if filename:
                    blob.download_to_filename(filename, timeout=timeout)
                    return filename
                return blob.download_as_bytes()
            except GoogleAPICallError:
                if attempt == attempts - 1:
                    raise
                time.sleep(2 ** (attempt + 1))

    def download_as_byte_array(self, bucket_name: str, object_name: str, **more: Any) -> bytes:
        return self.download(bucket_name, object_name, **more)

    @contextmanager
    def provide_file(self, bucket_name: str, object_name: str, dir: str | None = None) -> Iterator[Any]:
        """An object as a temporary file."""
        with NamedTemporaryFile(suffix=object_name.rpartition("/")[2], dir=dir) as file:
            self.download(bucket_name, object_name, file.name)
            file.flush()
            yield file

    @contextmanager
    def provide_file_and_upload(self, bucket_name: str, object_name: str) -> Iterator[Any]:
        """A temporary file that becomes the object when it was written."""
        with NamedTemporaryFile(suffix=object_name.rpartition("/")[2]) as file:
            yield file
            file.flush()
            self.upload(bucket_name, object_name, file.name)

    def upload(
        self,
        bucket_name: str | None = None,
        object_name: str | None = None,
        filename: str | None = None,
        data: str | bytes | None = None,
        mime_type: str | None = None,
        gzip: bool = False,
        encoding: str = "utf-8",
        chunk_size: int | None = None,
        timeout: int = 60,
        metadata: dict[str, str] | None = None,
        cache_control: str | None = None,
        *,
        bucket: str | None = None,
        object: str | None = None,
    ) -> None:
        """Upload a file, or data."""
        bucket_name, object_name = bucket_name or bucket, object_name or object
        if bool(filename) == bool(data):
            raise ValueError("either filename or data is to be uploaded")
        if filename and not (metadata or cache_control):
            upload_file(
                self.get_conn(),
                bucket_name,
                filename,
                object_name,
                content_type=mime_type,
                gzip=gzip,
                chunk_size=chunk_size,
            )
            return
        blob = self._blob(bucket_name, object_name, chunk_size=chunk_size)
        if metadata:
            blob.metadata = metadata
        if cache_control:
            blob.cache_control = cache_control
        content = Path(filename).read_bytes() if filename else data.encode(encoding) if isinstance(data, str) and gzip else data
        kind = mime_type or ("application/octet-stream" if filename else "text/plain")
        blob.upload_from_string(gz.compress(content) if gzip else content, content_type=kind, timeout=timeout)

    def exists(
        self,
        bucket_name: str | None = None,
        object_name: str | None = None,
        *,
        bucket: str | None = None,
        object: str | None = None,
    ) -> bool:
        return self._blob(bucket_name or bucket, object_name or object).exists()

    def get_blob_update_time(self, bucket_name: str, object_name: str) -> datetime:
        return self._get_blob(bucket_name, object_name).updated

    def is_updated_after(self, bucket_name: str, object_name: str, ts: datetime) -> bool:
        return is_updated_after(self.get_conn(), bucket_name, object_name, ts)

    def is_older_than(self, bucket_name: str, object_name: str, seconds: int) -> bool:
        return self.get_blob_update_time(bucket_name, object_name) < datetime.now(timezone.utc) - timedelta(seconds=seconds)

    def delete(
        self,
        bucket_name: str | None = None,
        object_name: str | None = None,
        *,
        bucket: str | None = None,
        object: str | None = None,
    ) -> None:
        self._blob(bucket_name or bucket, object_name or object).delete()

    def delete_bucket(self, bucket_name: str, force: bool = False) -> None:
        try:
            self.get_conn().bucket(bucket_name).delete(force=force)
        except NotFound:
            log.info("The bucket %s does not exist", bucket_name)

    def list(
        self,
        bucket_name: str | None = None,
        versions: bool | None = None,
        max_results: int | None = None,
        prefix: Any = None,
        delimiter: str | None = None,
        match_glob: str | None = None,
        *,
        bucket: str | None = None,
    ) -> list[str]:
        """The names of objects; `max_results` is that of a page, as in Airflow."""
        if versions:
            raise NotImplementedError("GCSHook.list(versions=True)")
        return names_of(self.get_conn(), bucket_name or bucket, prefix, delimiter, match_glob)

    def get_size(
        self,
        bucket_name: str | None = None,
        object_name: str | None = None,
        *,
        bucket: str | None = None,
        object: str | None = None,
    ) -> int:
        return self._get_blob(bucket_name or bucket, object_name or object).size

    def get_crc32c(self, bucket_name: str, object_name: str) -> str:
        return self._get_blob(bucket_name, object_name).crc32c

    def get_md5hash(self, bucket_name: str, object_name: str) -> str:
        return self._get_blob(bucket_name, object_name).md5_hash

    def create_bucket(
        self,
        bucket_name: str,
        resource: dict[str, Any] | None = None,
        storage_class: str = "MULTI_REGIONAL",
        location: str = "US",
        project_id: str | None = None,
        labels: dict[str, str] | None = None,
    ) -> str:
        """Make a bucket; one that is there already is left as it is."""
        bucket = self.get_conn().bucket(bucket_name)
        for name, value in (resource or {}).items():
            if name != "name":
                bucket._patch_property(name=name, value=value)
        bucket.storage_class, bucket.labels = storage_class, labels or {}
        try:
            bucket.create(project=project_id or self.project_id, location=location)
        except Conflict:
            bucket.reload()
        return bucket.id

    def compose(self, bucket_name: str, source_objects: Any, destination_object: str) -> None:
        bucket = self.get_conn().bucket(bucket_name)
        bucket.blob(destination_object).compose([bucket.blob(name) for name in source_objects])

    def sync(
        self,
        source_bucket: str,
        destination_bucket: str,
        source_object: str | None = None,
        destination_object: str | None = None,
        recursive: bool = True,
        allow_overwrite: bool = False,
        delete_extra_files: bool = False,
    ) -> None:
        sync_buckets(
            self.get_conn(), source_bucket, destination_bucket, source_object, destination_object,
            recursive=recursive, overwrite=allow_overwrite, delete_extra=delete_extra_files,
        )  # fmt: skip


class GoogleCloudStorageHook(GCSHook):
    """That of Airflow 1.10, whose arguments stand in another order."""

    def __init__(
        self,
        google_cloud_storage_conn_id: str = "google_cloud_default",
        delegate_to: str | None = None,
        gcp_conn_id: str | None = None,
    ) -> None:
        super().__init__(gcp_conn_id or google_cloud_storage_conn_id, delegate_to=delegate_to)

    def upload(
        self, bucket: str, object: str, filename: str, mime_type: str = "application/octet-stream", gzip: bool = False, multipart: Any = None,
        num_retries: Any = None,
    ) -> None:  # fmt: skip
        upload_file(self.get_conn(), bucket, filename, object, content_type=mime_type, gzip=gzip)

    def delete(self, bucket: str, object: str, generation: str | None = None) -> None:
        self._blob(bucket, object).delete()

    def list(
        self,
        bucket: str,
        versions: bool | None = None,
        maxResults: int | None = None,
        prefix: str | None = None,
        delimiter: str | None = None,
    ) -> list[str]:
        return super().list(bucket, versions, maxResults, prefix, delimiter)
