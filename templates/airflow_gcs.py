"""Objects in Google Cloud Storage, looked for as Airflow's sensors do."""

from airflow_sensors import PokeReturnValue


def objects_below(client, bucket, prefix):
    """Whether there are objects whose names begin with `prefix`, and these names."""
    names = [blob.name for blob in client.list_blobs(bucket, prefix=prefix)]
    return PokeReturnValue(bool(names), names)
