"""Files between Cloud Storage and an SFTP server."""
from datetime import datetime

from airflow import DAG
from airflow.providers.google.cloud.transfers.gcs_to_sftp import GCSToSFTPOperator
from airflow.providers.google.cloud.transfers.sftp_to_gcs import SFTPToGCSOperator

with DAG("sftp", start_date=datetime(2020, 1, 1), schedule_interval="@daily", catchup=False) as dag:
    one = GCSToSFTPOperator(task_id="one", source_bucket="b", source_object="dir/{{ ds }}.csv", destination_path="/in/", sftp_conn_id="server")
    flat = GCSToSFTPOperator(
        task_id="flat", source_bucket="b", source_object="dir/x.csv", destination_path="/in", keep_directory_structure=False, move_object=True)
    many = GCSToSFTPOperator(task_id="many", source_bucket="b", source_object="dir/*", destination_path="/in", keep_directory_structure=False)
    all_of_it = GCSToSFTPOperator(task_id="all_of_it", source_bucket="b", source_object="dir/*.csv", destination_path="/in", gcp_conn_id="lake")
    up = SFTPToGCSOperator(task_id="up", source_path="/out/{{ ds }}.csv", destination_bucket="gs://b/", mime_type="text/csv")
    named = SFTPToGCSOperator(
        task_id="named", source_path="/out/a.csv", destination_bucket="b", destination_path="/x/b.csv", move_object=True, sftp_prefetch=False)
    some = SFTPToGCSOperator(task_id="some", source_path="/out/a*.csv", destination_bucket="b", destination_path="x")
    every = SFTPToGCSOperator(task_id="every", source_path="/out/*", destination_bucket="b", sftp_conn_id="server")
    one >> flat >> many >> all_of_it >> up >> named >> some >> every
