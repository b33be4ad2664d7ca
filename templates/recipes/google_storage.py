"""Cloud Storage: airflow/providers/google/cloud/operators/gcs.py and transfers, airflow/contrib/operators of 1.10."""

from contextlib import suppress

from airflow_gcs import copy_objects, names_of, rewrite, sync_buckets, upload_file, upload_files
from google.api_core.exceptions import Conflict


@operator(
    "airflow.providers.google.cloud.operators.gcs.GCSBucketCreateAclEntryOperator",
    "airflow.contrib.operators.gcs_acl_operator.GoogleCloudStorageBucketCreateAclEntryOperator",
)
def bucket_acl(bucket, entity, role, user_project=None):
    acl = gcp.get_cloud_storage_client().bucket(bucket).acl
    acl.reload()
    acl.entity_from_dict({"entity": entity, "role": role})
    if user_project:
        acl.user_project = user_project
    acl.save()


@operator(
    "airflow.providers.google.cloud.operators.gcs.GCSObjectCreateAclEntryOperator",
    "airflow.contrib.operators.gcs_acl_operator.GoogleCloudStorageObjectCreateAclEntryOperator",
)
def object_acl(bucket, object_name, entity, role, generation=None, user_project=None):
    blob = gcp.get_cloud_storage_client().bucket(bucket).blob(object_name, generation=generation)
    blob.acl.reload()
    blob.acl.entity_from_dict({"entity": entity, "role": role})
    if user_project:
        blob.acl.user_project = user_project
    blob.acl.save()


@operator("airflow.providers.google.cloud.operators.gcs.GCSSynchronizeBucketsOperator")
def sync(
    source_bucket, destination_bucket, source_object=None, destination_object=None, recursive=None, delete_extra_files=None, allow_overwrite=None
):
    client = gcp.get_cloud_storage_client()
    sync_buckets(
        client, source_bucket, destination_bucket, source=source_object, target=destination_object, recursive=recursive,
        overwrite=allow_overwrite, delete_extra=delete_extra_files,
    )


@operator("airflow.providers.google.cloud.transfers.gcs_to_gcs.GCSToGCSOperator")
def copy(
    source_bucket, source_object=None, source_objects=None, destination_bucket=source_bucket, destination_object=None, delimiter=None,
    move_object=None, replace=None, last_modified_time=None, maximum_modified_time=None, is_older_than=None, source_object_required=None,
    exact_match=None, match_glob=None,
):
    if maximum_modified_time:
        refuse(maximum_modified_time)
    if is_older_than:
        refuse(is_older_than)
    if source_object is not None and source_objects is not None:
        refuse(source_objects)
    if source_object is None and source_objects is None:
        refuse(source_object)
    client = gcp.get_cloud_storage_client()
    if source_object is not None:
        copy_objects(
            client, source_bucket, source_object, destination_bucket, destination_object, move=move_object, replace=replace,
            delimiter=delimiter, match_glob=match_glob, modified_after=last_modified_time, exact=exact_match, required=source_object_required,
        )
    else:
        for name in source_objects:
            copy_objects(
                client, source_bucket, name, destination_bucket, destination_object, move=move_object, replace=replace,
                delimiter=delimiter, match_glob=match_glob, modified_after=last_modified_time, exact=exact_match,
                required=source_object_required,
            )


@operator("airflow.contrib.operators.gcs_to_gcs.GoogleCloudStorageToGoogleCloudStorageOperator")
def copy_1(source_bucket, source_object, destination_bucket=source_bucket, destination_object=None, move_object=None, last_modified_time=None):
    client = gcp.get_cloud_storage_client()
    if "*" in source_object or last_modified_time:
        copy_objects(
            client, source_bucket, source_object, destination_bucket, destination_object, move=move_object,
            modified_after=last_modified_time, listed=False,
        )
    else:
        rewrite(client, source_bucket, source_object, destination_bucket, destination_object or source_object)
        if move_object:
            client.bucket(source_bucket).blob(source_object).delete()


@operator("airflow.contrib.operators.file_to_gcs.FileToGoogleCloudStorageOperator")
def upload_1(src, dst, bucket, mime_type="application/octet-stream", gzip=False):
    client = gcp.get_cloud_storage_client()
    if gzip:
        upload_file(client, bucket, src, dst, content_type=mime_type, gzip=gzip)
    else:
        client.bucket(bucket).blob(dst).upload_from_filename(src, content_type=mime_type)


@operator("airflow.providers.google.cloud.transfers.local_to_gcs.LocalFilesystemToGCSOperator")
def upload(src, dst, bucket, mime_type=None, gzip=None, chunk_size=None):
    client = gcp.get_cloud_storage_client()
    upload_files(client, bucket, src, dst, content_type=mime_type, gzip=gzip, chunk_size=chunk_size)


@operator("airflow.contrib.operators.gcs_delete_operator.GoogleCloudStorageDeleteOperator")
def delete(bucket_name, objects=None, prefix=None):
    if not objects and not prefix:
        refuse(objects)
    bucket = gcp.get_cloud_storage_client().bucket(bucket_name)
    if objects:
        for name in objects:
            bucket.blob(name).delete()
    else:
        for blob in bucket.list_blobs(prefix=prefix):
            blob.delete()


@operator(
    "airflow.contrib.operators.gcs_operator.GoogleCloudStorageCreateBucketOperator",
)
def create_bucket_1(bucket_name, resource=None, storage_class="MULTI_REGIONAL", location="US", project_id=None, labels=None):
    if resource:
        refuse(resource)
    bucket = gcp.get_cloud_storage_client().bucket(bucket_name)
    bucket.storage_class = storage_class
    if labels:
        bucket.labels = labels
    with suppress(Conflict):
        bucket.create(project=project_id, location=location)


@operator("airflow.contrib.operators.gcs_list_operator.GoogleCloudStorageListOperator")
def list_1(bucket, prefix=None, delimiter=None):
    client = gcp.get_cloud_storage_client()
    if delimiter:
        return names_of(client, bucket, prefix, delimiter)
    return [blob.name for blob in client.list_blobs(bucket, prefix=prefix)]
