"""Google Cloud Storage."""
from datetime import datetime

from airflow import DAG
from airflow.contrib.operators.file_to_gcs import FileToGoogleCloudStorageOperator
from airflow.contrib.operators.gcs_download_operator import GoogleCloudStorageDownloadOperator
from airflow.providers.google.cloud.operators.gcs import (
    GCSCreateBucketOperator,
    GCSDeleteBucketOperator,
    GCSDeleteObjectsOperator,
    GCSListObjectsOperator,
)
from airflow.providers.google.cloud.transfers.local_to_gcs import LocalFilesystemToGCSOperator

BUCKET = 'pets'

with DAG('gcs', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    make = GCSCreateBucketOperator(task_id='make', bucket_name=BUCKET, location='EU', storage_class='STANDARD', labels={'team': 'a'})
    up = FileToGoogleCloudStorageOperator(
        task_id='up', src='/tmp/{{ ds }}.csv', dst='in/{{ ds }}.csv', bucket=BUCKET, google_cloud_storage_conn_id='lake')
    some = LocalFilesystemToGCSOperator(task_id='some', src='/tmp/*.csv', dst='in/', bucket=BUCKET)
    names = GCSListObjectsOperator(task_id='names', bucket=BUCKET, prefix='in/')
    down = GoogleCloudStorageDownloadOperator(task_id='down', bucket=BUCKET, object='in/{{ ds }}.csv', filename='/tmp/back.csv')
    few = GCSDeleteObjectsOperator(task_id='few', bucket_name=BUCKET, objects=['a', 'in/{{ ds }}.csv'])
    rest = GCSDeleteObjectsOperator(task_id='rest', bucket_name=BUCKET, prefix='in/')
    drop = GCSDeleteBucketOperator(task_id='drop', bucket_name=BUCKET)
    make >> up >> some >> names >> down >> few >> rest >> drop
