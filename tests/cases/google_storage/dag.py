"""Cloud Storage: copies, uploads, access, buckets in step."""
from datetime import datetime
from airflow import DAG
from airflow.providers.google.cloud.transfers.gcs_to_gcs import GCSToGCSOperator
from airflow.providers.google.cloud.transfers.local_to_gcs import LocalFilesystemToGCSOperator

from airflow.providers.google.cloud.operators.gcs import GCSSynchronizeBucketsOperator, GCSBucketCreateAclEntryOperator, GCSObjectCreateAclEntryOperator
B = "bucket"
with DAG('g', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    d = GCSToGCSOperator(task_id="d", source_bucket=B, source_objects=["a.txt", "b/"], destination_bucket="other", destination_object="y/")
    e = LocalFilesystemToGCSOperator(task_id="e", src="/tmp/{{ ds }}/*.csv", dst="x/", bucket=B, gzip=True)
    f = GCSSynchronizeBucketsOperator(task_id="f", source_bucket=B, destination_bucket="other", destination_object="sub/", allow_overwrite=True)
    g = GCSBucketCreateAclEntryOperator(task_id="g", bucket=B, entity="allUsers", role="READER")
    h = GCSObjectCreateAclEntryOperator(task_id="h", bucket=B, object_name="o", entity="allUsers", role="READER")
    d >> e >> f >> g >> h
