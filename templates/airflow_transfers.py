"""Files between Cloud Storage, SFTP servers, Google Drive and Google Sheets, as Airflow's operators carry them.

The Secret block `ssh-default` stands for the connection `ssh_default`, the GcpCredentials block `google-cloud-default` for `google_cloud_default`.
"""

import csv
import os
from tempfile import NamedTemporaryFile
from typing import Any

from airflow_gcs import GCSHook
from airflow_google import service_of
from airflow_ssh import SFTPHook
from googleapiclient.http import MediaFileUpload, MediaIoBaseDownload


def gcs_to_sftp(
    *,
    source_bucket: str,
    source_object: str,
    destination_path: str,
    keep_directory_structure: bool = True,
    move_object: bool = False,
    gcp_conn_id: str = "google_cloud_default",
    sftp_conn_id: str = "ssh_default",
) -> None:
    """Objects to files on a server: one, or all that match the one "*"."""
    storage, server = GCSHook(gcp_conn_id), SFTPHook(sftp_conn_id)
    names, folder = matching(storage, source_bucket, source_object)
    for name in names:
        short = os.path.relpath(name, folder) if folder else os.path.basename(name)
        path = os.path.join(destination_path, name if keep_directory_structure else short)
        server.create_directory(os.path.dirname(path))
        with NamedTemporaryFile() as file:
            storage.download(source_bucket, name, file.name)
            server.store_file(path, file.name)
        if move_object:
            storage.delete(source_bucket, name)


def matching(storage: GCSHook, bucket: str, pattern: str) -> tuple[list[str], str]:
    """The objects that a name with at most one "*" means, and the folder of what stands before it."""
    if pattern.count("*") > 1:
        raise ValueError(f"only one '*' is allowed in {pattern}")
    if "*" not in pattern:
        return [pattern], ""
    prefix, end = pattern.split("*", 1)
    return storage.list(bucket, prefix=prefix, delimiter=end), os.path.dirname(prefix)


def sftp_to_gcs(
    *,
    source_path: str,
    destination_bucket: str,
    destination_path: str | None = None,
    mime_type: str = "application/octet-stream",
    gzip: bool = False,
    move_object: bool = False,
    sftp_prefetch: bool = True,
    gcp_conn_id: str = "google_cloud_default",
    sftp_conn_id: str = "ssh_default",
) -> None:
    """Files of a server to objects: one, or all that match the one "*"."""
    if source_path.count("*") > 1:
        raise ValueError(f"only one '*' is allowed in {source_path}")
    storage, server = GCSHook(gcp_conn_id), SFTPHook(sftp_conn_id)
    target, bucket = (destination_path or "").lstrip("/"), destination_bucket.removeprefix("gs://").strip("/")
    copies = {source_path: target or source_path.rsplit("/", 1)[-1]}
    if "*" in source_path:
        prefix, end = source_path.split("*", 1)
        folder = os.path.dirname(prefix)
        files, _, _ = server.get_tree_map(folder, prefix=prefix, delimiter=end)
        copies = {path: path.replace(folder, target, 1) for path in files}
    for path, name in copies.items():
        with NamedTemporaryFile() as file:
            server.retrieve_file(path, file.name, prefetch=sftp_prefetch)
            storage.upload(bucket, name if target else name.lstrip("/"), file.name, mime_type=mime_type, gzip=gzip)
        if move_object:
            server.delete_file(path)


def gcs_to_drive(
    *,
    source_bucket: str,
    source_object: str,
    destination_object: str | None = None,
    destination_folder_id: str = "root",
    move_object: bool = False,
    gcp_conn_id: str = "google_cloud_default",
) -> None:
    """Objects to files in Google Drive: one, or all that match the one "*"."""
    storage, files = GCSHook(gcp_conn_id), service_of(gcp_conn_id, "drive", "v3", "drive").files()
    names, _ = matching(storage, source_bucket, source_object)
    prefix, wild, _ = source_object.partition("*")
    if destination_object is None and not wild:
        raise ValueError("one object needs a destination_object")
    for name in names:
        path = name if destination_object is None else name.replace(prefix, destination_object, 1) if wild else destination_object
        with NamedTemporaryFile() as file:
            storage.download(source_bucket, name, file.name)
            folder, _, title = path.rpartition("/")
            parent = folder_of(files, folder, destination_folder_id) if folder else destination_folder_id
            body = {"name": title, "parents": [parent]}
            media = MediaFileUpload(file.name, chunksize=100 * 1024 * 1024, resumable=False)
            files.create(body=body, media_body=media, fields="id", supportsAllDrives=True).execute(num_retries=5)
        if move_object:
            storage.delete(source_bucket, name)


def folder_of(files: Any, path: str, parent: str) -> str:
    """The id of a folder in Google Drive, which is made with those above it where it is not there."""
    kind = "application/vnd.google-apps.folder"
    names = path.split("/")
    while names:
        query = f"trashed=false and mimeType='{kind}' and name='{names[0]}' and '{parent}' in parents"
        listing = files.list(q=query, spaces="drive", fields="files(id, name)", includeItemsFromAllDrives=True, supportsAllDrives=True)
        found = listing.execute(num_retries=5).get("files", [])
        if not found:
            break
        parent = found[0]["id"]
        names.pop(0)
    for name in names:
        body = {"name": name, "mimeType": kind, "parents": [parent]}
        parent = files.create(body=body, fields="id", supportsAllDrives=True).execute(num_retries=5)["id"]
    return parent


def drive_file(files: Any, folder_id: str | None, file_name: str, drive_id: str | None) -> str | None:
    """The id of the newest file of a name; None where there is none."""
    query = f"name = '{file_name}'" + (f" and parents in '{folder_id}'" if folder_id else "")
    shared = {"driveId": drive_id, "includeItemsFromAllDrives": True, "supportsAllDrives": True, "corpora": "drive"} if drive_id else {}
    listing = files.list(q=query, spaces="drive", fields="files(id, mimeType)", orderBy="modifiedTime desc", **shared)
    found = listing.execute(num_retries=5)["files"]
    return found[0]["id"] if found else None


def drive_has(*, folder_id: str, file_name: str, drive_id: str | None = None, gcp_conn_id: str = "google_cloud_default") -> bool:
    """Whether a file is in a folder of Google Drive."""
    files = service_of(gcp_conn_id, "drive", "v3", "drive").files()
    return drive_file(files, folder_id, file_name, drive_id) is not None


def drive_to_local(
    *, output_file: str, file_name: str, folder_id: str, drive_id: str | None = None, gcp_conn_id: str = "google_cloud_default"
) -> None:
    """A file of Google Drive to one of this machine."""
    files = service_of(gcp_conn_id, "drive", "v3", "drive").files()
    found = drive_file(files, folder_id, file_name, drive_id)
    if found is None:
        raise FileNotFoundError(f"{file_name} in {folder_id}")
    with open(output_file, "wb") as file:
        download, done = MediaIoBaseDownload(file, files.get_media(fileId=found), chunksize=100 * 1024 * 1024), False
        while not done:
            _, done = download.next_chunk()


def drive_to_gcs(
    *,
    bucket_name: str,
    file_name: str,
    folder_id: str,
    object_name: str | None = None,
    drive_id: str | None = None,
    gcp_conn_id: str = "google_cloud_default",
) -> None:
    """A file of Google Drive to an object."""
    with NamedTemporaryFile() as file:
        drive_to_local(output_file=file.name, file_name=file_name, folder_id=folder_id, drive_id=drive_id, gcp_conn_id=gcp_conn_id)
        GCSHook(gcp_conn_id).upload(bucket_name, object_name, file.name)


def sheets_to_gcs(
    *,
    spreadsheet_id: str,
    destination_bucket: str,
    sheet_filter: list[str] | None = None,
    destination_path: str | None = None,
    gcp_conn_id: str = "google_cloud_default",
) -> list[str]:
    """The sheets of a spreadsheet to an object each, as CSV; the names of the objects."""
    sheets = service_of(gcp_conn_id, "sheets", "v4", "spreadsheets").spreadsheets()
    spreadsheet = sheets.get(spreadsheetId=spreadsheet_id).execute(num_retries=5)
    titles = [sheet["properties"]["title"] for sheet in spreadsheet["sheets"]]
    names = []
    for title in titles:
        if sheet_filter and title not in sheet_filter:
            continue
        found = sheets.values().get(
            spreadsheetId=spreadsheet_id,
            range=title,
            majorDimension="DIMENSION_UNSPECIFIED",
            valueRenderOption="FORMATTED_VALUE",
            dateTimeRenderOption="SERIAL_NUMBER",
        )
        rows = found.execute(num_retries=5).get("values", [])
        name = f"{spreadsheet['properties']['title']}_{title}.csv".replace(" ", "_")
        name = f"{destination_path.strip('/')}/{name}" if destination_path else name
        with NamedTemporaryFile("w+") as file:
            csv.writer(file).writerows(rows)
            file.flush()
            GCSHook(gcp_conn_id).upload(destination_bucket, name, file.name)
        names.append(name)
    return names


def gcs_to_sheets(
    *,
    spreadsheet_id: str,
    bucket_name: str,
    object_name: str,
    spreadsheet_range: str = "Sheet1",
    gcp_conn_id: str = "google_cloud_default",
) -> None:
    """An object with CSV to a sheet."""
    sheets = service_of(gcp_conn_id, "sheets", "v4", "spreadsheets").spreadsheets()
    with NamedTemporaryFile("w+") as file:
        GCSHook(gcp_conn_id).download(bucket_name, object_name, file.name)
        rows = list(csv.reader(file))
    update = sheets.values().update(
        spreadsheetId=spreadsheet_id,
        range=spreadsheet_range,
        valueInputOption="RAW",
        includeValuesInResponse=False,
        responseValueRenderOption="FORMATTED_VALUE",
        responseDateTimeRenderOption="SERIAL_NUMBER",
        body={"range": spreadsheet_range, "majorDimension": "ROWS", "values": rows},
    )
    update.execute(num_retries=5)
