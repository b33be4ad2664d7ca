"""Nightly orders: extract, transform, load."""
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run

# Orders below this amount are noise.
MINIMUM = 10


@task(name="extract", retries=3, retry_delay_seconds=300)
def read_orders(ds):
    """Orders of one day."""
    return [{'id': 1, 'amount': 25, 'day': ds}, {'id': 2, 'amount': 4, 'day': ds}]


@task(name="transform", retries=3, retry_delay_seconds=300)
def keep_large(extract):
    xcoms = {}
    orders = extract
    large = [o for o in orders if o['amount'] >= MINIMUM]  # ties are kept
    xcoms["dropped"] = len(orders) - len(large)
    return xcoms | {"return_value": large}


@task(name="load", retries=5, retry_delay_seconds=300)
def write(target, transform):
    rows = transform["return_value"]
    dropped = transform["dropped"]
    print('%s rows to %s, %s dropped' % (len(rows), target, dropped))
    return len(rows)


@flow(name="orders", log_prints=True)
def orders(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"
    ds_nodash = f"{logical_date:%Y%m%d}"

    extract = read_orders(ds)
    transform = keep_large(extract)
    load = write(target=f"s3://warehouse/orders/{ds_nodash}", transform=transform)
    return load


if __name__ == "__main__":
    orders()
