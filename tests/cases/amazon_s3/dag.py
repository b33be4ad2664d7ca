"""S3 as Airflow 2 has it."""
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.s3 import (
    S3CopyObjectOperator, S3CreateBucketOperator, S3CreateObjectOperator, S3DeleteBucketOperator, S3DeleteBucketTaggingOperator,
    S3DeleteObjectsOperator, S3FileTransformOperator, S3GetBucketTaggingOperator, S3ListOperator, S3ListPrefixesOperator, S3PutBucketTaggingOperator,
)
from airflow.providers.amazon.aws.transfers.local_to_s3 import LocalFilesystemToS3Operator

BUCKET = "lake"

with DAG("amazon_s3", start_date=datetime(2024, 1, 1), schedule="@daily", catchup=False) as dag:
    create = S3CreateBucketOperator(task_id="create", bucket_name=BUCKET, region_name="us-east-1")
    create_there = S3CreateBucketOperator(task_id="create_there", bucket_name="there-{{ ds }}", aws_conn_id="lake_aws", region_name="eu-west-1")
    create_here = S3CreateBucketOperator(task_id="create_here", bucket_name="here", aws_conn_id=None)
    put_tag = S3PutBucketTaggingOperator(task_id="put_tag", bucket_name=BUCKET, key="team", value="data")
    put_tags = S3PutBucketTaggingOperator(task_id="put_tags", bucket_name=BUCKET, tag_set={"team": "data", "env": "prod"})
    get_tags = S3GetBucketTaggingOperator(task_id="get_tags", bucket_name=BUCKET, aws_conn_id="lake_aws")
    delete_tags = S3DeleteBucketTaggingOperator(task_id="delete_tags", bucket_name=BUCKET)
    write = S3CreateObjectOperator(
        task_id="write", s3_bucket=BUCKET, s3_key="in/{{ ds }}.txt", data="day {{ ds }}", replace=True, aws_conn_id="lake_aws"
    )
    upload = LocalFilesystemToS3Operator(
        task_id="upload", filename="/etc/hostname", dest_key="in/host.txt", dest_bucket=BUCKET, replace=True
    )
    copy = S3CopyObjectOperator(
        task_id="copy", source_bucket_key="in/{{ ds }}.txt", dest_bucket_key="out/{{ ds }}.txt", source_bucket_name=BUCKET,
        dest_bucket_name=BUCKET, aws_conn_id="lake_aws",
    )
    copy_urls = S3CopyObjectOperator(
        task_id="copy_urls", source_bucket_key="s3://lake/in/host.txt", dest_bucket_key="s3://other/host.txt", acl_policy="public-read"
    )
    list_keys = S3ListOperator(task_id="list_keys", bucket=BUCKET, prefix="in/", delimiter="/", aws_conn_id="lake_aws")
    list_prefixes = S3ListPrefixesOperator(task_id="list_prefixes", bucket=BUCKET, prefix="in/", delimiter="/")
    transform = S3FileTransformOperator(
        task_id="transform", source_s3_key="s3://lake/in/host.txt", dest_s3_key="s3://lake/out/host.txt", transform_script="/bin/cp",
        replace=True,
    )
    delete_keys = S3DeleteObjectsOperator(task_id="delete_keys", bucket=BUCKET, keys=["in/host.txt", "out/{{ ds }}.txt"], aws_conn_id="lake_aws")
    delete_prefix = S3DeleteObjectsOperator(task_id="delete_prefix", bucket=BUCKET, prefix="in/")
    delete_bucket = S3DeleteBucketOperator(task_id="delete_bucket", bucket_name=BUCKET, force_delete=True)
    delete_empty = S3DeleteBucketOperator(task_id="delete_empty", bucket_name="here", aws_conn_id=None)

    create >> [create_there, create_here] >> put_tag >> put_tags >> get_tags >> delete_tags >> write >> upload >> copy >> copy_urls
    copy_urls >> list_keys >> list_prefixes >> transform >> delete_keys >> delete_prefix >> delete_bucket >> delete_empty
