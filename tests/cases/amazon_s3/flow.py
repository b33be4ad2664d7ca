"""S3 as Airflow 2 has it."""
import sys
from datetime import datetime, timedelta

import boto3
from prefect import flow, task
from prefect.runtime import flow_run
from prefect_aws import AwsCredentials

from airflow_aws import aws_client
from airflow_resume import SAME_DATE
from airflow_s3 import S3Hook, bucket_exists, delete_bucket, delete_keys, transform_file

BUCKET = "lake"


@task(name="create", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def create():
    s3 = aws_client("s3", region_name="us-east-1")
    if not bucket_exists(s3, BUCKET):
        s3.create_bucket(Bucket=BUCKET)


@task(name="create_there", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def create_there(ds):
    bucket_name = f"there-{ds}"
    s3 = aws_client("s3", "lake-aws", region_name="eu-west-1")
    if not bucket_exists(s3, bucket_name):
        s3.create_bucket(Bucket=bucket_name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})


@task(name="create_here", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def create_here():
    s3 = boto3.client("s3")
    if not bucket_exists(s3, "here"):
        if s3.meta.region_name == "us-east-1":
            s3.create_bucket(Bucket="here")
        else:
            s3.create_bucket(Bucket="here", CreateBucketConfiguration={"LocationConstraint": s3.meta.region_name})


@task(name="put_tag", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def put_tag():
    s3 = aws_client("s3")
    if bucket_exists(s3, BUCKET):
        s3.put_bucket_tagging(Bucket=BUCKET, Tagging={"TagSet": [{"Key": "team", "Value": "data"}]})


@task(name="put_tags", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def put_tags():
    s3 = aws_client("s3")
    if bucket_exists(s3, BUCKET):
        s3.put_bucket_tagging(
            Bucket=BUCKET,
            Tagging={
                "TagSet": [{"Key": name, "Value": each} for name, each in {"team": "data", "env": "prod"}.items()]
            },
        )


@task(name="get_tags", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def get_tags():
    s3 = AwsCredentials.load("lake-aws").get_client("s3")
    if bucket_exists(s3, BUCKET):
        return s3.get_bucket_tagging(Bucket=BUCKET)["TagSet"]


@task(name="delete_tags", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def delete_tags():
    s3 = aws_client("s3")
    if bucket_exists(s3, BUCKET):
        s3.delete_bucket_tagging(Bucket=BUCKET)


@task(name="write", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def write(ds):
    S3Hook("lake_aws").load_string(f"day {ds}", f"in/{ds}.txt", BUCKET, replace=True, encrypt=False)


@task(name="upload", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def upload():
    S3Hook("aws_default").load_file("/etc/hostname", "in/host.txt", BUCKET, replace=True, encrypt=False, gzip=False)


@task(name="copy", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def copy(ds):
    s3 = AwsCredentials.load("lake-aws").get_client("s3")
    source = {"Bucket": BUCKET, "Key": f"in/{ds}.txt"}
    s3.copy_object(Bucket=BUCKET, Key=f"out/{ds}.txt", CopySource=source, ACL="private")


@task(name="copy_urls", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def copy_urls():
    s3 = aws_client("s3")
    source_bucket, source_key = S3Hook.parse_s3_url("s3://lake/in/host.txt")
    source = {"Bucket": source_bucket, "Key": source_key}
    bucket, key = S3Hook.parse_s3_url("s3://other/host.txt")
    s3.copy_object(Bucket=bucket, Key=key, CopySource=source, ACL="public-read")


@task(name="list_keys", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def list_keys():
    s3 = AwsCredentials.load("lake-aws").get_client("s3")
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix="in/", Delimiter="/")
    return [found["Key"] for page in pages for found in page.get("Contents", [])]


@task(name="list_prefixes", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def list_prefixes():
    s3 = aws_client("s3")
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix="in/", Delimiter="/")
    return [found["Prefix"] for page in pages for found in page.get("CommonPrefixes", [])]


@task(name="transform", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def transform():
    transform_file(
        S3Hook("aws_default"),
        "s3://lake/in/host.txt",
        S3Hook("aws_default"),
        "s3://lake/out/host.txt",
        "/bin/cp",
        replace=True,
    )


@task(name="delete_keys", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def delete_keys_task(ds):
    s3 = AwsCredentials.load("lake-aws").get_client("s3")
    delete_keys(s3, BUCKET, ["in/host.txt", f"out/{ds}.txt"])


@task(name="delete_prefix", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def delete_prefix():
    s3 = aws_client("s3")
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix="in/")
    delete_keys(s3, BUCKET, [found["Key"] for page in pages for found in page.get("Contents", [])])


@task(name="delete_bucket", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def delete_bucket_task():
    s3 = aws_client("s3")
    if bucket_exists(s3, BUCKET):
        delete_bucket(s3, BUCKET)


@task(name="delete_empty", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def delete_empty():
    s3 = boto3.client("s3")
    if bucket_exists(s3, "here"):
        s3.delete_bucket(Bucket="here")


@flow(name="amazon_s3")
def amazon_s3(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    created = create.submit()
    created_there = create_there.submit(ds, wait_for=[created])
    created_here = create_here.submit(wait_for=[created])
    put_tag_run = put_tag.submit(wait_for=[created_there, created_here])
    put_tags_run = put_tags.submit(wait_for=[put_tag_run])
    get_tags_run = get_tags.submit(wait_for=[put_tags_run])
    deleted_tags = delete_tags.submit(wait_for=[get_tags_run])
    write_run = write.submit(ds, wait_for=[deleted_tags])
    uploaded = upload.submit(wait_for=[write_run])
    copy_run = copy.submit(ds, wait_for=[uploaded])
    copy_urls_run = copy_urls.submit(wait_for=[copy_run])
    listed_keys = list_keys.submit(wait_for=[copy_urls_run])
    listed_prefixes = list_prefixes.submit(wait_for=[listed_keys])
    transformed = transform.submit(wait_for=[listed_prefixes])
    deleted_keys = delete_keys_task.submit(ds, wait_for=[transformed])
    deleted_prefix = delete_prefix.submit(wait_for=[deleted_keys])
    deleted_bucket = delete_bucket_task.submit(wait_for=[deleted_prefix])
    deleted_empty = delete_empty.submit(wait_for=[deleted_bucket])
    return [deleted_empty]


if __name__ == "__main__":
    sys.exit(not amazon_s3(return_state=True).is_completed())
