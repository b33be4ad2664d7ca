"""Google Drive and Google Sheets."""
from datetime import datetime

from airflow import DAG
from airflow.providers.google.cloud.transfers.gdrive_to_gcs import GoogleDriveToGCSOperator
from airflow.providers.google.cloud.transfers.gdrive_to_local import GoogleDriveToLocalOperator
from airflow.providers.google.cloud.transfers.sheets_to_gcs import GoogleSheetsToGCSOperator
from airflow.providers.google.suite.operators.sheets import GoogleSheetsCreateSpreadsheetOperator
from airflow.providers.google.suite.sensors.drive import GoogleDriveFileExistenceSensor
from airflow.providers.google.suite.transfers.gcs_to_gdrive import GCSToGoogleDriveOperator
from airflow.providers.google.suite.transfers.gcs_to_sheets import GCSToGoogleSheetsOperator

with DAG("suite", start_date=datetime(2020, 1, 1), schedule_interval="@daily", catchup=False) as dag:
    one = GCSToGoogleDriveOperator(
        task_id="one", source_bucket="b", source_object="sales/{{ ds }}.csv", destination_object="copied/deep/{{ ds }}.csv", move_object=True)
    many = GCSToGoogleDriveOperator(task_id="many", source_bucket="b", source_object="sales/*.csv", destination_object="copied-")
    same = GCSToGoogleDriveOperator(task_id="same", source_bucket="b", source_object="x", destination_object="y", gcp_conn_id="drive", destination_folder_id="f1")
    back = GoogleDriveToGCSOperator(task_id="back", bucket_name="b", object_name="o", file_name="n", folder_id="f", drive_id="d")
    local = GoogleDriveToLocalOperator(task_id="local", output_file="/tmp/suite.out", file_name="n", folder_id="f")
    there = GoogleDriveFileExistenceSensor(task_id="there", file_name="n", folder_id="f")
    sheets = GoogleSheetsToGCSOperator(
        task_id="sheets", spreadsheet_id="s1", destination_bucket="b", destination_path="/out/", sheet_filter=["made", "other"])
    every = GoogleSheetsToGCSOperator(task_id="every", spreadsheet_id="s1", destination_bucket="b")
    fill = GCSToGoogleSheetsOperator(task_id="fill", spreadsheet_id="s1", bucket_name="b", object_name="in.csv")
    new = GoogleSheetsCreateSpreadsheetOperator(task_id="new", spreadsheet={"properties": {"title": "T {{ ds }}"}, "sheets": []})
    one >> many >> same >> back >> local >> there >> sheets >> every >> fill >> new
