"""Google Drive and Google Sheets: airflow/providers/google/suite and cloud/transfers, airflow/contrib/operators/gcs_to_gdrive_operator.py of 1.10."""

from airflow_google import service_of
from airflow_transfers import drive_has, drive_to_gcs, drive_to_local, gcs_to_drive, gcs_to_sheets, sheets_to_gcs


@operator(
    "airflow.providers.google.suite.transfers.gcs_to_gdrive.GCSToGoogleDriveOperator",
    "airflow.contrib.operators.gcs_to_gdrive_operator.GcsToGDriveOperator",
)
def to_drive(source_bucket, source_object, destination_object=None, destination_folder_id=None, move_object=None):
    gcs_to_drive(
        source_bucket=source_bucket, source_object=source_object, destination_object=destination_object,
        destination_folder_id=destination_folder_id, move_object=move_object, gcp_conn_id=connection,
    )


@operator("airflow.providers.google.cloud.transfers.gdrive_to_gcs.GoogleDriveToGCSOperator")
def from_drive(file_name, folder_id, bucket_name=destination_bucket, object_name=destination_object, destination_bucket=None, destination_object=None, drive_id=None):
    drive_to_gcs(
        bucket_name=bucket_name, object_name=object_name, file_name=file_name, folder_id=folder_id, drive_id=drive_id, gcp_conn_id=connection
    )


@operator("airflow.providers.google.cloud.transfers.gdrive_to_local.GoogleDriveToLocalOperator")
def from_drive_to_local(output_file, file_name, folder_id, drive_id=None):
    drive_to_local(output_file=output_file, file_name=file_name, folder_id=folder_id, drive_id=drive_id, gcp_conn_id=connection)


@sensor("airflow.providers.google.suite.sensors.drive.GoogleDriveFileExistenceSensor")
def drive_file_exists(folder_id, file_name, drive_id=None):
    return drive_has(folder_id=folder_id, file_name=file_name, drive_id=drive_id, gcp_conn_id=connection)


@operator("airflow.providers.google.cloud.transfers.sheets_to_gcs.GoogleSheetsToGCSOperator")
def from_sheets(spreadsheet_id, destination_bucket, sheet_filter=None, destination_path=None):
    names = sheets_to_gcs(
        spreadsheet_id=spreadsheet_id, destination_bucket=destination_bucket, sheet_filter=sheet_filter, destination_path=destination_path,
        gcp_conn_id=connection,
    )
    push(destination_objects=names)
    return names


@operator("airflow.providers.google.suite.transfers.gcs_to_sheets.GCSToGoogleSheetsOperator")
def to_sheets(spreadsheet_id, bucket_name, object_name, spreadsheet_range=None):
    gcs_to_sheets(
        spreadsheet_id=spreadsheet_id, bucket_name=bucket_name, object_name=object_name, spreadsheet_range=spreadsheet_range,
        gcp_conn_id=connection,
    )


@operator("airflow.providers.google.suite.operators.sheets.GoogleSheetsCreateSpreadsheetOperator")
def create_spreadsheet(spreadsheet):
    sheets = service_of(connection, "sheets", "v4", "spreadsheets").spreadsheets()
    made = sheets.create(body=spreadsheet).execute(num_retries=5)
    push(spreadsheet_id=made["spreadsheetId"], spreadsheet_url=made["spreadsheetUrl"])
    return made
