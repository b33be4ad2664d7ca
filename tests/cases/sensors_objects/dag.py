from datetime import datetime

from airflow import DAG
from airflow.contrib.sensors.gcs_sensor import GoogleCloudStorageObjectSensor
from airflow.operators.python_operator import PythonOperator
from airflow.providers.amazon.aws.sensors.s3 import S3KeySensor as NewS3KeySensor
from airflow.providers.google.cloud.sensors.gcs import GCSObjectsWithPrefixExistenceSensor
from airflow.sensors.s3_key_sensor import S3KeySensor
from airflow.sensors.s3_prefix_sensor import S3PrefixSensor


def count(names):
    print(len(names))


with DAG("sensors_objects", schedule_interval="@daily", start_date=datetime(2024, 1, 1), catchup=False) as dag:
    key = S3KeySensor(task_id="key", bucket_key="s3://landing/{{ ds }}/_SUCCESS", timeout=3600, poke_interval=30)
    some = S3KeySensor(
        task_id="some", bucket_name="landing", bucket_key="{{ ds }}/part-*.csv", wildcard_match=True, aws_conn_id="my_s3", soft_fail=True
    )
    several = NewS3KeySensor(task_id="several", bucket_name="landing", bucket_key=["a/{{ ds }}", "b/{{ ds }}"], aws_conn_id=None)
    folder = S3PrefixSensor(task_id="folder", bucket_name="landing", prefix="sales/{{ ds }}")
    blob = GoogleCloudStorageObjectSensor(task_id="blob", bucket="landing", object="{{ ds }}/done", google_cloud_conn_id="my_gcp")
    blobs = GCSObjectsWithPrefixExistenceSensor(task_id="blobs", bucket="landing", prefix="{{ ds }}/", mode="reschedule")
    checked = NewS3KeySensor(task_id="checked", bucket_key="s3://landing/x", check_fn=lambda files: len(files) > 1)
    done = PythonOperator(task_id="done", python_callable=count, op_args=["{{ ti.xcom_pull(task_ids='blobs') }}"])
    [key, some, several, folder, blob, blobs, checked] >> done
