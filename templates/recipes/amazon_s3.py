"""S3: airflow/providers/amazon/aws/operators/s3.py, and airflow/contrib/operators/s3_*.py of 1.10."""

from airflow_s3 import Airflow1S3Hook, S3Hook, bucket_exists, delete_bucket, delete_keys, transform_file


@operator(
    "airflow.providers.amazon.aws.operators.s3.S3CreateBucketOperator", "airflow.providers.amazon.aws.operators.s3_bucket.S3CreateBucketOperator",
)
def create_bucket(bucket_name):
    s3 = client("s3")
    if not bucket_exists(s3, bucket_name):
        if region_name == "us-east-1":
            s3.create_bucket(Bucket=bucket_name)
        elif region_name:
            s3.create_bucket(Bucket=bucket_name, CreateBucketConfiguration={"LocationConstraint": region_name})
        elif s3.meta.region_name == "us-east-1":
            s3.create_bucket(Bucket=bucket_name)
        else:
            s3.create_bucket(Bucket=bucket_name, CreateBucketConfiguration={"LocationConstraint": s3.meta.region_name})


@operator(
    "airflow.providers.amazon.aws.operators.s3.S3DeleteBucketOperator", "airflow.providers.amazon.aws.operators.s3_bucket.S3DeleteBucketOperator",
)
def remove_bucket(bucket_name, force_delete=False):
    s3 = client("s3")
    if bucket_exists(s3, bucket_name):
        if force_delete:
            delete_bucket(s3, bucket_name)
        else:
            s3.delete_bucket(Bucket=bucket_name)


@operator(
    "airflow.providers.amazon.aws.operators.s3.S3GetBucketTaggingOperator",
    "airflow.providers.amazon.aws.operators.s3_bucket_tagging.S3GetBucketTaggingOperator",
)
def get_tags(bucket_name):
    s3 = client("s3")
    if bucket_exists(s3, bucket_name):
        return s3.get_bucket_tagging(Bucket=bucket_name)["TagSet"]


@operator(
    "airflow.providers.amazon.aws.operators.s3.S3PutBucketTaggingOperator",
    "airflow.providers.amazon.aws.operators.s3_bucket_tagging.S3PutBucketTaggingOperator",
)
def put_tags(bucket_name, key=None, value=None, tag_set=None):
    if key is not None and value is None:
        refuse(key)
    if value is not None and key is None:
        refuse(value)
    s3 = client("s3")
    if bucket_exists(s3, bucket_name):
        if tag_set is None:
            s3.put_bucket_tagging(Bucket=bucket_name, Tagging={"TagSet": [{"Key": key, "Value": value}]})
        elif key is None and isinstance(tag_set, list):
            s3.put_bucket_tagging(Bucket=bucket_name, Tagging={"TagSet": tag_set})
        elif key is None:
            s3.put_bucket_tagging(Bucket=bucket_name, Tagging={"TagSet": [{"Key": name, "Value": each} for name, each in tag_set.items()]})
        else:
            refuse(tag_set)


@operator(
    "airflow.providers.amazon.aws.operators.s3.S3DeleteBucketTaggingOperator",
    "airflow.providers.amazon.aws.operators.s3_bucket_tagging.S3DeleteBucketTaggingOperator",
)
def delete_tags(bucket_name):
    s3 = client("s3")
    if bucket_exists(s3, bucket_name):
        s3.delete_bucket_tagging(Bucket=bucket_name)


@operator(
    "airflow.contrib.operators.s3_copy_object_operator.S3CopyObjectOperator",
    "airflow.providers.amazon.aws.operators.s3_copy_object.S3CopyObjectOperator",
    "airflow.providers.amazon.aws.operators.s3.S3CopyObjectOperator",
)
def copy(
    source_bucket_key, dest_bucket_key, source_bucket_name=None, dest_bucket_name=None, source_version_id=None, acl_policy=None,
    meta_data_directive=None,
):
    if meta_data_directive:
        refuse(meta_data_directive)
    s3 = client("s3")
    if source_bucket_name is None:
        source_bucket, source_key = S3Hook.parse_s3_url(source_bucket_key)
        source = {"Bucket": source_bucket, "Key": source_key, "VersionId": source_version_id}
    else:
        source = {"Bucket": source_bucket_name, "Key": source_bucket_key, "VersionId": source_version_id}
    if dest_bucket_name is None:
        bucket, key = S3Hook.parse_s3_url(dest_bucket_key)
        s3.copy_object(Bucket=bucket, Key=key, CopySource=source, ACL=acl_policy or "private")
    else:
        s3.copy_object(Bucket=dest_bucket_name, Key=dest_bucket_key, CopySource=source, ACL=acl_policy or "private")


@operator(
    "airflow.contrib.operators.s3_delete_objects_operator.S3DeleteObjectsOperator",
    "airflow.providers.amazon.aws.operators.s3_delete_objects.S3DeleteObjectsOperator",
    "airflow.providers.amazon.aws.operators.s3.S3DeleteObjectsOperator",
)
def delete(bucket, keys=None, prefix=None, from_datetime=None, to_datetime=None):
    if from_datetime:
        refuse(from_datetime)
    if to_datetime:
        refuse(to_datetime)
    if keys is not None and prefix is not None:
        refuse(prefix)
    s3 = client("s3")
    if prefix is None:
        delete_keys(s3, bucket, keys)
    else:
        pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
        delete_keys(s3, bucket, [found["Key"] for page in pages for found in page.get("Contents", [])])


@operator(
    "airflow.contrib.operators.s3_list_operator.S3ListOperator",
    "airflow.providers.amazon.aws.operators.s3_list.S3ListOperator",
    "airflow.providers.amazon.aws.operators.s3.S3ListOperator",
)
def list_keys(bucket, prefix="", delimiter="", apply_wildcard=False):
    if apply_wildcard:
        return S3Hook(aws_conn_id).list_keys(bucket, prefix, delimiter, apply_wildcard=True)
    s3 = client("s3")
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix, Delimiter=delimiter)
    if airflow == 1:
        return [found["Key"] for page in pages for found in page.get("Contents", [])] or None
    return [found["Key"] for page in pages for found in page.get("Contents", [])]


@operator(
    "airflow.providers.amazon.aws.operators.s3_list_prefixes.S3ListPrefixesOperator",
    "airflow.providers.amazon.aws.operators.s3.S3ListPrefixesOperator",
)
def list_prefixes(bucket, prefix, delimiter):
    s3 = client("s3")
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix, Delimiter=delimiter)
    if airflow == 1:
        return [found["Prefix"] for page in pages for found in page.get("CommonPrefixes", [])] or None
    return [found["Prefix"] for page in pages for found in page.get("CommonPrefixes", [])]


@operator("airflow.providers.amazon.aws.operators.s3.S3CreateObjectOperator")
def create_object(s3_key, data, s3_bucket=None, replace=False, encrypt=False, acl_policy=None, encoding=None, compression=None):
    if isinstance(data, str):
        S3Hook(aws_conn_id, verify=verify).load_string(
            data, s3_key, s3_bucket, replace=replace, encrypt=encrypt, encoding=encoding, acl_policy=acl_policy, compression=compression
        )
    else:
        S3Hook(aws_conn_id, verify=verify).load_bytes(data, s3_key, s3_bucket, replace=replace, encrypt=encrypt, acl_policy=acl_policy)


@operator(
    "airflow.operators.s3_file_transform_operator.S3FileTransformOperator",
    "airflow.providers.amazon.aws.operators.s3_file_transform.S3FileTransformOperator",
    "airflow.providers.amazon.aws.operators.s3.S3FileTransformOperator",
)
def transform(
    source_s3_key, dest_s3_key, transform_script=None, select_expression=None, select_expr_serialization_config=None, script_args=None,
    source_aws_conn_id="aws_default", source_verify=None, dest_aws_conn_id="aws_default", dest_verify=None, replace=False,
):
    if transform_script is None and select_expression is None:
        refuse(transform_script)
    if select_expr_serialization_config:
        refuse(select_expr_serialization_config)
    if airflow == 1:
        if transform_script is None:
            refuse(select_expression)
        transform_file(
            Airflow1S3Hook(source_aws_conn_id, verify=source_verify), source_s3_key, Airflow1S3Hook(dest_aws_conn_id, verify=dest_verify), dest_s3_key,
            transform_script, args=script_args, select=select_expression, replace=replace,
        )
    else:
        transform_file(
            S3Hook(source_aws_conn_id, verify=source_verify), source_s3_key, S3Hook(dest_aws_conn_id, verify=dest_verify), dest_s3_key, transform_script,
            args=script_args, select=select_expression, replace=replace,
        )


@operator("airflow.providers.amazon.aws.transfers.local_to_s3.LocalFilesystemToS3Operator")
def upload(filename, dest_key, dest_bucket=None, replace=False, encrypt=False, gzip=False, acl_policy=None):
    S3Hook(aws_conn_id, verify=verify).load_file(filename, dest_key, dest_bucket, replace=replace, encrypt=encrypt, gzip=gzip, acl_policy=acl_policy)
