"""What all DAGs of the shop share."""

from datetime import datetime, timedelta

OWNER = "shop"
TABLES = ["orders", "customers", "returns"]
SCHEDULE = "0 5 * * *"
BUCKET = "s3://shop-lake"

default_args = {
    "owner": OWNER,
    "start_date": datetime(2024, 1, 1),
    "retries": 1,
    "retry_delay": timedelta(minutes=1),
}


def path_of(table, day):
    """Where a day of a table lies."""
    return f"{BUCKET}/{table}/{day}.json"
